#pragma once
// A command to any aggregate. A command whose type has `creates` is given without a target. `system_fields` are the fields that
// nobody outside fills in.

#include "events/catalog/erased_group.hpp"

#include <span>
#include <string_view>

namespace core {

/// The fields of a command that the system alone fills in: what follows by itself has them, nobody outside gives them.
template <class Command>
constexpr std::span<const std::string_view> system_fields() {
    if constexpr (requires { Command::system_fields; }) return Command::system_fields;
    else return {};
}

/// Whether a command of this type makes the entity that it is for.
template <class Command>
inline constexpr bool creates = requires { requires Command::creates; };

struct command_questions : events::group_questions {
    virtual bool makes_something() const = 0;

    template <class Held, class G>
    struct answers : events::group_questions::answers<Held, G> {
        using events::group_questions::answers<Held, G>::answers;
        bool makes_something() const override {
            return std::visit([](const auto& c) { return creates<std::decay_t<decltype(c)>>; }, this->group);
        }
    };
};

class any_command : public events::erased_group<command_questions> {
public:
    using erased_group::erased_group;

    bool makes_something() const { return ask().makes_something(); }
};

/// "task.start"
inline std::string_view type_of(const any_command& command) { return command.type(); }

}  // namespace core
