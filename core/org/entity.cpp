#include "core/org/org.hpp"

namespace core {

// Who settles them, and answers for them together.
concerned concerned_by(const org::event& happened, const org::state&, const events::envelope&, const context& by) {
    concerned all;
    if (std::holds_alternative<events::org::configured>(happened)) all.add_roles(by, {"HR", "SL"});
    return all;
}

}  // namespace core
