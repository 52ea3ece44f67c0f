#include "server/wire/attachments.hpp"

#include "events/codec/codec.hpp"

namespace server::wire {

bool may_read_file(const documents& from, events::member_id who, std::string_view sha256) {
    const auto carriers = from.views().read([&](const core::views::views& v, events::position) { return v.attachments.of(sha256); });
    events::decoder decode;
    for (const auto& one : carriers) {
        std::optional<events::recorded> event;
        from.log().read_one(one.at, [&](events::position, std::string_view bytes) {
            if (auto e = decode.decode(bytes)) event = std::move(*e);
            return false;
        });
        if (event && from.seen_by(who, *event) == core::access::sight::whole) return true;
    }
    return false;
}

}  // namespace server::wire
