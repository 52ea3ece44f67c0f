#include "core/indicators/indicators.hpp"
#include "core/kernel/audience.hpp"

namespace core {

bool may_see(const indicators::state& of, const context& by) { return access::may_see_directory(*by.actor) && of.is != indicators_status::absent; }

/// A role's code.
std::string name_of(const indicators::state& of) { return of.role.code; }

// Whoever is judged by them.
concerned concerned_by(const indicators::event& happened, const indicators::state& of, const events::envelope&, const context& by) {
    using namespace events::indicators;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, published, revised, retired>) all.add_roles(by, {of.role.code});
    }, happened);
    return all;
}

section indicators::section_of(const event& happened) {
    return std::holds_alternative<events::indicators::retired>(happened) ? section{} : section{"template"};
}

// Those of one of the department's roles.
std::vector<indicators::state> indicators::about_to_be(const context&, project_id) {
    std::vector<state> all;
    for (const char* code : {"SP", "DA", "OM"}) {
        state one;
        one.role = {code};
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace core
