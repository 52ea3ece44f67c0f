#pragma once
// Who may read what an event says, where they come upon it in the log itself: in the audit feed, in a page of the log, in
// an export. That it happened, when and by whom is for every auditor to see.

#include "core/kernel/context.hpp"
#include "events/catalog/envelope.hpp"

namespace core::views {
class views;
}

namespace core::access {

/// For somebody who may audit. What is said in a channel for members only is for the people in it, and for AU; what
/// appraisals and incentives say is for none of those who audit (D5).
bool may_read_event(const events::envelope& about, const person& reader, const views::views& all);

}  // namespace core::access
