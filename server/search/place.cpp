#include "server/search/place.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

namespace server::search {

std::string_view name_of(kind of) { return boost::describe::enum_to_string(of, ""); }

std::optional<kind> parse_kind(std::string_view name) {
    kind found{};
    const bool known = boost::describe::enum_from_string(std::string(name).c_str(), found);
    return known && found != kind::none ? std::optional(found) : std::nullopt;
}

std::string words_of(const place& of) { return std::string(name_of(of.kind)) + ' ' + std::to_string(of.number); }

}  // namespace server::search
