#pragma once
// A delivery's file as its plan reads it: which of its columns is which of the plan's, and the rows below the headings.

#include "server/data_worker/plan.hpp"
#include "server/data_worker/reading/record.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace data_worker {

struct heading {
    std::uint64_t line = 0;
    std::vector<std::string> names;
    std::vector<std::optional<std::size_t>> at;  ///< by column of the plan
    std::vector<std::string> missing;            ///< that the plan reads
    std::vector<std::string> more;               ///< that the plan does not know
    bool moved = false;                          ///< in another order than the plan's
};

class table {
public:
    /// Throws `trouble` where it is not such a file, or has no row of headings.
    table(const std::string& path, const plan& by);

    const heading& headings() const { return heading_; }
    /// Rows that are not blank, without those of totals at the end. One that can't be taken says why in `bad`.
    bool next(record& row);

private:
    bool next_read(record& row);

    const plan& plan_;
    std::unique_ptr<record_source> rows_;
    heading heading_;
    std::deque<record> held_;  ///< the last that were read, as these may be the totals
    std::uint64_t count_ = 0;
};

/// Rows of a file whatever they are, as `how` says.
std::unique_ptr<record_source> open_rows(const std::string& path, const reading_rules& how);

}  // namespace data_worker
