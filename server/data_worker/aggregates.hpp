#pragma once
// The aggregates of formulas, asked of the database: one or two statements for each of them over all periods and members together, from
// whose exact sums and counts the value for any stretch of days follows.

#include "core/formula/source.hpp"
#include "server/data_worker/catalogue.hpp"
#include "server/data_worker/engine/database.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace data_worker {

/// Days in a row, as numbers since 1970.
struct stretch {
    std::int32_t from = 0, until = 0;
    auto operator<=>(const stretch&) const = default;
};

struct asked_aggregates {
    std::vector<core::formula::test> only;  ///< of all rows
    std::string by;                         ///< dimension whose members are asked for one by one; empty: none
    std::optional<std::int64_t> as_of;
};

/// Which aggregates are needed, and for when: goes through an evaluation without answering it.
class wanted_aggregates : public core::formula::source {
public:
    std::optional<std::pair<core::formula::date, core::formula::date>> covered(std::string_view set) const override;
    bool has_dimension(std::string_view, std::string_view) const override { return true; }
    core::formula::value aggregated(const core::formula::aggregate& of, core::formula::date from, core::formula::date until, const std::vector<core::formula::test>&, bool) const override;

    mutable std::map<const core::formula::aggregate*, std::set<stretch>> all;
};

class database_aggregates : public core::formula::source {
public:
    using member = std::optional<std::string>;  ///< nothing: rows that have none

    database_aggregates(database& in, store& known, const loaded_catalogue& names, asked_aggregates how);

    /// Asks the database for all of these.
    void find(const wanted_aggregates& what);
    std::set<member> members() const;
    /// For whom it answers; only where there are members.
    void choose(const member& m) { member_ = m; }

    std::optional<std::pair<core::formula::date, core::formula::date>> covered(std::string_view set) const override;
    bool has_dimension(std::string_view set, std::string_view code) const override;
    core::formula::value aggregated(const core::formula::aggregate& of, core::formula::date from, core::formula::date until, const std::vector<core::formula::test>& only, bool missing_is_zero) const override;

private:
    struct of_day {
        std::int32_t day = 0;
        boost::multiprecision::cpp_int rows, filled;
        core::formula::exact total, least, most;
    };
    struct found {
        std::map<member, std::vector<of_day>> days;
        std::vector<std::int32_t> recorded;  ///< days that any row has the field on
        std::map<std::pair<member, stretch>, core::formula::exact> direct;
    };

    struct statement {
        std::string from;  ///< rows with m, day and x
        parameters with;
    };
    /// Rows of a set that count, as a condition.
    const std::string& live(const std::string& set) const;
    statement rows_of(const core::formula::aggregate& a, bool filtered, std::int32_t first, std::int32_t last) const;
    void find_days(const core::formula::aggregate& a, std::int32_t first, std::int32_t last, found& into);
    void find_recorded(const core::formula::aggregate& a, std::int32_t first, std::int32_t last, found& into);
    void find_different(const core::formula::aggregate& a, const std::set<stretch>& when, found& into);
    void find_quantile(const core::formula::aggregate& a, const std::set<stretch>& when, found& into);
    unsigned per(const core::formula::aggregate& a) const;

    database& db_;
    store& store_;
    const loaded_catalogue& names_;
    asked_aggregates how_;
    std::map<const core::formula::aggregate*, found> found_;
    mutable std::map<std::string, std::string, std::less<>> live_;
    mutable std::map<std::string, std::optional<std::pair<core::formula::date, core::formula::date>>, std::less<>> covered_;
    member member_;
};

/// A row passes: as a condition in SQL, its values as parameters.
std::string passing(const row_set& of, const core::formula::test& t, parameters& with);

}  // namespace data_worker
