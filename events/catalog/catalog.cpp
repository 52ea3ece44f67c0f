#include "events/catalog/catalog.hpp"

namespace events {

any::any() = default;
any::any(const any&) = default;
any::any(any&&) noexcept = default;
any& any::operator=(const any&) = default;
any& any::operator=(any&&) noexcept = default;
any::~any() = default;

bool any::operator==(const any& other) const { return static_cast<const variant&>(*this) == static_cast<const variant&>(other); }

std::string_view type_of(const any& event) {
    return std::visit([](const auto& group) {
        return std::visit([](const auto& e) { return std::decay_t<decltype(e)>::type; }, group);
    }, event);
}

std::string_view clause_of(const any& event) {
    return std::visit([](const auto& group) {
        return std::visit([](const auto& e) { return clause_of_one(e); }, group);
    }, event);
}

}  // namespace events
