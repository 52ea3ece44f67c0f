#pragma once
// How a command to one kind of entity is decided: reached by category, so that the engine names no kind. The build makes one of each
// (one_kind.cpp.in).

#include "core/any_command.hpp"
#include "core/kernel/context.hpp"
#include "server/engine/batch.hpp"
#include "server/engine/request.hpp"
#include "server/engine/table.hpp"

#include <memory>
#include <optional>
#include <span>

namespace server::engine {

class decider;

/// A command that is given to it is one of its own.
class kind_deciding {
public:
    kind_deciding(const kind_deciding&) = delete;
    kind_deciding& operator=(const kind_deciding&) = delete;
    virtual ~kind_deciding() = default;

    virtual events::category category() const = 0;
    virtual std::unique_ptr<any_table> make_table() const = 0;
    virtual answer run(decider& in, const client_command& asked, const core::context& by, batch& open) const = 0;
    /// Puts what was made into a command that refers to it ("#3"). False where a reference is to nothing of the kind.
    virtual bool resolve(core::any_command& in, std::span<const std::optional<events::stream_id>> made) const = 0;

protected:
    kind_deciding() = default;
};

const kind_deciding& deciding_of(events::category which);

}  // namespace server::engine
