#include "core/member/member.hpp"

namespace core {

// What was confirmed is told as what it is, to whom it is about; to who proposed it, that it was confirmed. A declined one is not
// known any more: who proposed it is among those who set people up.
concerned concerned_by(const member::event& happened, const member::state& of, const events::envelope&, const context& by) {
    using namespace events::member;
    concerned all;
    std::visit([&]<class Event>(const Event& e) {
        if constexpr (is_one_of<Event, roles_changed, department_changed, superior_set, delegated, delegation_ended, change_declined>) all.add(of.id);
        if constexpr (is_one_of<Event, superior_set>) all.add(e.superior);
        if constexpr (is_one_of<Event, delegated, delegation_ended, handed_over>) all.add(e.to);
        if constexpr (is_one_of<Event, change_confirmed>) all.add(e.proposed_by);
        if constexpr (is_one_of<Event, change_declined>) all.add_roles(by, {"AD", "HR"});
    }, happened);
    return all;
}

}  // namespace core
