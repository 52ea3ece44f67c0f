#include "core/definitions/definitions.hpp"

namespace core {

// Who can confirm what is proposed (D12). Of what holds, or was declined, all who amend flows and forms: who proposed it is one
// of them.
concerned concerned_by(const definitions::event& happened, const definitions::state& of, const events::envelope&, const context& by) {
    using namespace events::definitions;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, flow_proposed>)
            if (!of.pending.empty()) all.add_all(by, [&](const person& p) { return may_confirm(p, of.pending.back(), by); });
        if constexpr (is_one_of<Event, flow_amended, form_amended, flow_declined>) all.add_roles(by, {"OM", "SL"});
    }, happened);
    return all;
}

}  // namespace core
