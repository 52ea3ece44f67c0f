#pragma once
// Whether the data still are what the log says of them: each file that was checked is read again by its plan, and has to come to the same rows;
// and what the warehouse holds has to be those.

#include "events/catalog/value.hpp"
#include "server/blobs/store.hpp"
#include "server/warehouse/keeper.hpp"
#include "server/wire/documents.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace server::warehouse {

struct data_fault {
    events::delivery_id delivery;
    events::bilingual why;
};

struct data_verified {
    std::uint64_t deliveries = 0;
    std::uint64_t rows = 0;
    std::vector<data_fault> faults;
};

/// Any thread; takes as long as reading all of them does, in a process of its own. `progress` is told how many of how many are done. Throws
/// worker_gone.
data_verified verify_data(keeper& of, const wire::documents& read, const blobs::store& files, const std::function<void(std::uint64_t done, std::uint64_t of)>& progress);

}  // namespace server::warehouse
