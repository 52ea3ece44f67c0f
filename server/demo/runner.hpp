#pragma once
// Commands from inside the process, one after another, through the engine like anyone's. Their ids follow from their order
// alone, so a list of them that was cut off is run again from its beginning, and nothing happens twice.

#include "server/engine/engine.hpp"

namespace server::demo {

class runner {
public:
    explicit runner(engine::engine& room) : room_(room) {}

    /// Decided and durable when it returns. Throws std::runtime_error with what was refused.
    template <class Command>
    engine::done run(events::member_id who, std::optional<events::stream_id> target, Command&& what) {
        engine::client_command c;
        c.actor = who;
        c.target = target;
        c.what = group_of(std::forward<Command>(what));
        return settle(std::move(c));
    }

private:
    template <class Command>
    static core::any_command group_of(Command&& what) {
        using plain = std::decay_t<Command>;
        if constexpr (std::is_constructible_v<core::member::command, plain>) return core::member::command(std::forward<Command>(what));
        else if constexpr (std::is_constructible_v<core::channel::command, plain>) return core::channel::command(std::forward<Command>(what));
        else return core::task::command(std::forward<Command>(what));
    }

    engine::done settle(engine::client_command&& c);

    engine::engine& room_;
    std::uint64_t count_ = 0;
};

}  // namespace server::demo
