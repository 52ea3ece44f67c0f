#pragma once
// What is wrong with a delivery, beyond the bounds of its fields; and what else there is of the same days.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"

#include <optional>
#include <vector>

namespace core::delivering {

/// When those days are due by the plan; nothing where they are none of its own.
std::optional<events::delivery::promise> promise_of(const collection::state& plan, date from, date until, const context& by);

/// Whether a delivery of just those days was expected or came, by whichever version of the plan. One that was not to be expected
/// does not count.
bool is_known(collection_id plan, date from, date until, const context& by);

std::optional<delivery_rejection> files_at_fault(const std::vector<events::attachment>& files, const context& by);
std::optional<delivery_rejection> entry_at_fault(const delivery::enter& c, const context& by);
std::optional<delivery_rejection> report_at_fault(const events::delivery::checked& e, const delivery::state& now, const context& by);

}  // namespace core::delivering
