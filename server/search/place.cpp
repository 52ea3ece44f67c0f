#include "server/search/place.hpp"

#include "core/entity.hpp"

namespace server::search {

bool is_searched(events::category of) {
    if (of == events::category::member || of == events::category::channel) return true;
    const auto* known = core::kind_of(of);
    return known && known->is_searched();
}

std::string all_names() {
    std::string all;
    events::each_category([&](events::category c) {
        if (is_searched(c)) (all += events::name_of(c)) += ", ";
    });
    return all + "message";
}

std::string_view name_of(kind of) { return of == kind::message ? "message" : of == kind::none ? std::string_view() : events::name_of(category_of(of)); }

std::optional<kind> parse_kind(std::string_view name) {
    if (name == "message") return kind::message;
    const auto of = events::category_of(name);
    return of && is_searched(*of) ? std::optional(kind_of(*of)) : std::nullopt;
}

std::string words_of(const place& of) { return std::string(name_of(of.kind)) + ' ' + std::to_string(of.number); }

}  // namespace server::search
