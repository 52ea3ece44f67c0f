#pragma once
// An event of the log, as its reader is shown it. Whatever writes one goes through here, or through feeds/frames.

#include "core/access/events.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/keyring.hpp"

#include <string>
#include <string_view>

namespace server::wire {

/// Nothing for sight::nothing.
inline std::string shown_event(std::string_view stored, const events::keyring& keys, core::access::sight how) {
    using core::access::sight;
    switch (how) {
        case sight::whole: return events::show(stored, keys);
        case sight::gone: return events::show_taken_back(stored);
        case sight::wordless: return events::show_without_words(stored);
        case sight::bare: return events::show_envelope(stored);
        case sight::nothing: break;
    }
    return {};
}

}  // namespace server::wire
