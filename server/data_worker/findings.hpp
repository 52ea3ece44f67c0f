#pragma once
// What was found in a delivery, and what follows from it by the plan: the results of the ten checks and the verdict. Pure.

#include "server/data_worker/plan.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace data_worker {

constexpr std::size_t faults_max = 100;

struct fault {
    std::uint64_t line = 0;  ///< 0: the file as a whole
    std::string column;
    said reason;
    std::string value;  ///< the first 100 characters
};

/// Counts of one column.
struct column_findings {
    std::uint64_t missing = 0;
    std::uint64_t outside = 0;       ///< of `least` and `most`
    std::uint64_t outside_hard = 0;  ///< of the hard ones: these rows are rejected
    std::uint64_t unknown = 0;       ///< not among the accepted values
    std::vector<std::string> unknown_values;  ///< the first of them
};

struct weekday_rows {
    unsigned weekday = 0;  ///< 1 is Monday; 0: any
    std::uint64_t rows = 0;
};

struct reference_findings {
    std::string column;
    std::uint64_t unknown = 0;
    std::string example;
};

struct total_pair {
    std::string column;
    std::string here, there;  ///< decimal texts
    bool within = true;
    std::string apart;  ///< "0.73 %"
};

struct findings {
    std::uint64_t rows = 0, taken = 0;
    std::uint64_t bad_rows = 0;      ///< not read or cast
    std::uint64_t doubtful = 0;      ///< taken, with a value that is outside what is usual, or not known
    std::uint64_t restated = 0;      ///< that say something else than those of the delivery that this one corrects
    std::uint64_t off_days = 0;      ///< of days that the delivery is not for
    std::uint64_t key_missing = 0, doubles = 0;
    std::uint64_t already = 0;       ///< keys that another delivery has brought
    std::string already_by;
    std::vector<column_findings> columns;  ///< by column of the plan
    std::vector<std::string> missing_columns, more_columns, empty_days;
    std::uint64_t days_expected = 0;
    bool moved_columns = false, schema_changed = false;
    std::string repeats;  ///< what was delivered before
    std::optional<std::int64_t> late_minutes;
    std::uint64_t grace_minutes = 120;
    std::vector<weekday_rows> volumes;
    unsigned weekday = 0;  ///< of a delivery for one day
    std::vector<reference_findings> references;
    std::vector<total_pair> totals;
    std::vector<fault> faults;
};

struct check_result {
    check_kind check;
    data_worker::severity severity;
    bool passed = true;
    said found;  ///< at most 200 characters each
    std::uint64_t rows = 0;  ///< that fail it, where it looks at rows
};

enum class verdict { accepted, warned, quarantined, refused };
const char* name_of(verdict v);

/// In the order of the kinds; those that are off, and those that had nothing to look at, are left out.
std::vector<check_result> judged(const plan& by, const findings& found);

verdict verdict_of(const std::vector<check_result>& results);

/// The median and the median distance from it, twice each, so that halves are whole numbers.
struct usual {
    std::uint64_t median2 = 0, distance2 = 0;
};
std::optional<usual> usual_volume(const std::vector<weekday_rows>& before, unsigned weekday);

}  // namespace data_worker
