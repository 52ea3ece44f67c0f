#pragma once
// Commands from inside the process, one after another, through the engine like anyone's. Their ids follow from their order
// alone, so a list of them that was cut off is run again from its beginning, and nothing happens twice.

#include "server/engine/engine.hpp"

namespace server::demo {

class runner {
public:
    /// `series` and the count within it, from `first` on, make the commands' ids.
    explicit runner(engine::engine& room, std::uint8_t series = 0, std::uint64_t first = 1) : room_(room), series_(series), count_(first - 1) {}

    /// Decided and durable when it returns. Throws std::runtime_error with what was refused.
    template <class Aggregate>
    engine::done run(events::member_id who, std::optional<events::stream_id> target, typename Aggregate::command what) {
        engine::client_command c;
        c.actor = who;
        c.target = target;
        c.what = std::move(what);
        return settle(std::move(c));
    }

private:
    engine::done settle(engine::client_command&& c);

    engine::engine& room_;
    std::uint8_t series_;
    std::uint64_t count_;
};

}  // namespace server::demo
