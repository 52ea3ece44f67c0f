#pragma once
// What is refused, by its codes: of each status and of each kind, as the documents list it.

#include "core/kernel/refusal.hpp"
#include "server/openapi/shape.hpp"

#include <string>
#include <vector>

namespace server::openapi {

/// "409", or "task.409" of one kind, and the codes that there are, one a line.
struct refused {
    std::string name;
    std::string says;
};

std::vector<refused> refusals_of_the_wire(events::language reader);
std::vector<refused> refusals_of(const json& kind, events::language reader);

/// A line of such a list.
std::string one_refusal(const core::refusal& why, events::language reader);

}  // namespace server::openapi
