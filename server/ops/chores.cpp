#include "server/ops/chores.hpp"

#include "server/ops/logging.hpp"

namespace server::ops {

void chore_failed(const char* what, const std::exception& why) noexcept {
    if (const auto* last = dynamic_cast<const events::cannot_go_on*>(&why)) events::end_process(*last);
    try {
        log_error("something failed, and the rest goes on", {{"task", what}, {"why", why.what()}});
    } catch (...) {  // there is no memory for a line either
    }
}

}  // namespace server::ops
