#pragma once
// The commands to one kind of entity, from and to JSON: reached by category. The build makes one of each kind (one_kind.cpp.in).

#include "core/any_command.hpp"
#include "events/codec/json_read.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace server::wire {

class command_codec {
public:
    command_codec(const command_codec&) = delete;
    command_codec& operator=(const command_codec&) = delete;
    virtual ~command_codec() = default;

    virtual events::category category() const = 0;
    virtual bool knows(std::string_view type) const = 0;
    /// Reads a command of a type that it knows, and makes its texts as they are kept.
    virtual events::codec::fault read(std::string_view type, simdjson::dom::element data, core::any_command& out) const = 0;
    /// Of one of its own.
    virtual void write(std::string& out, const core::any_command& command) const = 0;

protected:
    command_codec() = default;
};

const command_codec& command_codec_of(events::category which);

}  // namespace server::wire
