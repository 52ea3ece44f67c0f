#pragma once
// A filter's tree as SQL over an entity set: names from its properties alone, values as parameters alone. Pure.

#include "server/data_worker/odata/filter.hpp"

#include <string>

namespace data_worker::odata {

struct sql_condition {
    std::string sql;
    parameters with;
};

/// Throws `refusal` that names the property or the place where kinds do not go together.
sql_condition condition_of(const node& filter, const entity_set& over);

/// One value as SQL of that kind, which a column with those places can be compared with as it is; it is added to `with`.
std::string sql_value(const literal& value, kind as, unsigned places, parameters& with);

/// An expression whose moments are as they are given out: in UTC.
std::string as_given(const std::string& moment);

}  // namespace data_worker::odata
