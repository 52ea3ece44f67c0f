#pragma once
// When figures are what they will be.

#include "core/formula/period.hpp"
#include "core/kernel/context.hpp"

#include <optional>
#include <set>
#include <string>

namespace server::warehouse {

/// From which day on the figures of a period that ends on `until` change no more: that of the slowest of its sets. Nothing: none of them is
/// collected.
std::optional<events::date> settled_on(const std::set<std::string>& sets, events::date until, const core::context& by);

/// The newest period that is settled today; nothing where there is none of the last sixty.
std::optional<core::formula::period> newest_settled(const std::set<std::string>& sets, core::formula::grain of, const core::context& by);

}  // namespace server::warehouse
