#pragma once
// The codec of one aggregate's commands, made from their descriptions.

#include "events/codec/json_write.hpp"
#include "server/wire/command_codec.hpp"
#include "server/wire/read_tidy.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace server::wire {

template <class A>
class kind_command_codec final : public command_codec {
    using group = typename A::command;
    using fault = events::codec::fault;

    struct entry {
        std::string_view type;
        fault (*read)(simdjson::dom::element, core::any_command&);
    };

    template <class Command>
    static fault read_one(simdjson::dom::element data, core::any_command& out) {
        constexpr auto of_the_system = core::system_fields<Command>();
        if constexpr (!of_the_system.empty()) {
            simdjson::dom::object fields;
            if (data.get(fields) == simdjson::SUCCESS)
                for (const auto field : of_the_system)
                    if (fields.at_key(field).error() == simdjson::SUCCESS) return fault{events::codec::fault_kind::unknown, "", ""}.in(field);
        }
        Command command{};
        auto wrong = read_tidy(data, command);
        out = group(std::move(command));
        return wrong;
    }

    static std::span<const entry> entries() {
        static constexpr auto all = []<class... C>(const std::variant<C...>*) {
            return std::array<entry, sizeof...(C)>{entry{C::type, &read_one<C>}...};
        }(static_cast<const group*>(nullptr));
        return all;
    }
    static const entry* find(std::string_view type) {
        const auto all = entries();
        const auto found = std::find_if(all.begin(), all.end(), [&](const entry& e) { return e.type == type; });
        return found == all.end() ? nullptr : &*found;
    }

public:
    events::category category() const override { return A::category; }
    bool knows(std::string_view type) const override { return find(type) != nullptr; }
    fault read(std::string_view type, simdjson::dom::element data, core::any_command& out) const override { return find(type)->read(data, out); }
    void write(std::string& out, const core::any_command& command) const override {
        std::visit([&](const auto& c) { events::codec::write_json(out, c); }, command.get<group>());
    }
};

}  // namespace server::wire
