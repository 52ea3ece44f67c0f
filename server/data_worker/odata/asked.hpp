#pragma once
// What a request asks: where it points to, and its options ($select, $top and so on). Pure.

#include "server/data_worker/odata/filter.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace data_worker::odata {

enum class resource { service, metadata, set, count, one };

struct place {
    resource is = resource::service;
    std::string set;
    /// Of one row. A single value may have no name.
    std::vector<std::pair<std::string, literal>> key;
};

/// "/sales", "/sales/$count", "/sales(delivery_='12',line_=3)", decoded.
place place_of(std::string_view path);

struct ordering {
    const property* by;
    bool down = false;
};

struct options {
    std::optional<node> filter;
    std::vector<const property*> select;  ///< empty: all
    std::vector<ordering> orderby;
    std::optional<std::uint64_t> top, skip;
    bool count = false;
    std::optional<std::string> after;  ///< $skiptoken
};

/// Throws `refusal` that names the option. `over` may be null: there is nothing to select from.
options options_of(const json& query, const place& at, const entity_set* over);

}  // namespace data_worker::odata
