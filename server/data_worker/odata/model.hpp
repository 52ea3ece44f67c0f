#pragma once
// What OData calls entity sets: the sets of rows that a reader may see, and the figures of the metrics that they may see.

#include "server/data_worker/request.hpp"
#include "server/data_worker/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace data_worker::odata {

enum class kind { text, decimal, whole, day, moment, yes_no };

/// "Edm.Decimal"
const char* edm_name(kind);

struct property {
    std::string name;
    std::string sql;      ///< its expression over the rows
    kind is = kind::text;
    unsigned places = 0;  ///< of a decimal
    bool key = false;
    bool nullable = true;
    std::string description;
    std::string as_shown;  ///< expression of its digits as people see them; empty: all its places
};

struct entity_set {
    std::string name;
    bool is_figures = false;
    std::string rows;   ///< what stands behind FROM
    std::string table;  ///< of a set of rows: that of all its deliveries, without their numbers (`numbered`)
    parameters with;    ///< of `rows`
    std::vector<property> properties;
    std::vector<std::string> order;  ///< names of properties: each row has its own place by them

    const property* find(std::string_view name) const;
};

/// The number of a delivery as people have it. No column is called so.
inline constexpr const char* number_name = "\"$delivery\"";
/// The rows of a set with that beside what its table has.
std::string numbered(const std::string& table);

/// The code that the metrics' values are under; no set of rows is shown by that name.
inline constexpr const char* figures_name = "figures";

/// Those that the request's `sets` and `metrics` allow; with a name only that one, where there is one.
std::vector<entity_set> entity_sets(database& in, store& known, const request& r, const std::string& name = {});

}  // namespace data_worker::odata
