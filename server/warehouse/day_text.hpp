#pragma once
// Days as the worker takes and gives them.

#include "events/codec/json_write.hpp"

#include <string>

namespace server::warehouse {

/// "2026-11-30"
inline std::string day_text(events::date d) {
    std::string quoted;
    events::codec::write_date(quoted, d);
    return quoted.substr(1, quoted.size() - 2);
}

}  // namespace server::warehouse
