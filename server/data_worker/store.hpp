#pragma once
// What the database holds: a table for each set of rows, and of each delivery where in the log it is and which one it replaces, so that
// what was known at any position can be asked. All of it can be made anew from the deliveries' files.

#include "server/data_worker/days.hpp"
#include "server/data_worker/engine/database.hpp"
#include "server/data_worker/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace data_worker {

struct delivered {
    std::string delivery, collection;
    std::int32_t from = 0, until = 0;  ///< days since 1970
    std::int64_t position = 0;
    std::string replaces;
    std::uint64_t rows = 0;
    std::string rows_sha256, file_sha256;
};

/// A column of a set, whichever plans have filled it.
struct set_column {
    std::string code, name, unit;
    column_type type = column_type::text;
    column_role role = column_role::label;
    data_worker::nature nature = data_worker::nature::flow;
    unsigned places = 0;
    bool is_number = false, key = false;
};

struct row_set {
    std::string code;
    std::vector<set_column> columns;

    const set_column* find(std::string_view code_or_name) const;
    const set_column& day() const;
};

std::string set_table(const std::string& set);

/// The numbers of the deliveries whose rows count, now or at a position, as a condition: "_delivery IN (…)".
std::string live_rows(std::optional<std::int64_t> as_of);

class store {
public:
    enum class opened { to_write, to_read };
    explicit store(database& in, opened how = opened::to_write);

    std::optional<delivered> find(const std::string& delivery);
    /// Moves the rows of `staged` into the set, within a transaction of its own. `staged` is gone then.
    void load(const plan& by, const std::string& staged, const delivered& what);
    /// False where there is no such delivery.
    bool unload(const std::string& delivery);

    std::vector<delivered> all();
    std::vector<row_set> sets();
    std::optional<row_set> set(const std::string& code);
    /// The first and last day that live deliveries are for.
    std::optional<std::pair<std::int32_t, std::int32_t>> covered(const std::string& set, std::optional<std::int64_t> as_of);
    /// The highest position that anything was loaded at.
    std::int64_t position();

private:
    void fit_table(const plan& by);

    database& db_;
};

}  // namespace data_worker
