#include "server/engine/references.hpp"

#include "events/codec/references.hpp"

namespace server::engine {
namespace {

template <class Tag>
std::optional<events::category> kind_of(events::id<Tag> i) {
    if constexpr (requires { events::stream_of(i); })
        return events::stream_of(i).kind;
    else
        return std::nullopt;
}

}  // namespace

bool resolve(core::any_command& in, std::span<const std::optional<events::stream_id>> made) {
    bool good = true;
    std::visit(
        [&](auto& group) {
            std::visit(
                [&](auto& command) {
                    events::codec::for_each_id(command, [&](auto& id) {
                        const auto place = events::codec::reference_in(id.value);
                        if (!place) return;
                        const auto kind = kind_of(id);
                        if (kind && *place < made.size() && made[*place] && made[*place]->kind == *kind)
                            id.value = made[*place]->number;
                        else
                            good = false;
                    });
                },
                group);
        },
        in);
    return good;
}

}  // namespace server::engine
