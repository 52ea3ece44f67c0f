#pragma once
// $filter: a text to a tree. Pure, and bounded: what is too long, too deep or of too many terms is refused, and the place is named.

#include "server/data_worker/odata/tokens.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace data_worker::odata {

struct node {
    enum class what { literal, property, call, compare, in, both, either, negation } is = what::literal;
    /// Of a property or a function; of a comparison eq, ne, gt, ge, lt or le.
    std::string name;
    odata::literal value;
    std::vector<node> of;
    std::size_t at = 1;
};

constexpr std::size_t depth_max = 50, terms_max = 200;

node parse_filter(std::string_view text);

}  // namespace data_worker::odata
