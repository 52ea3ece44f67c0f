#pragma once
// Who may read what an event says, where they come upon it in the log itself: in the audit feed, in a page of the log, in
// an export. That it happened, when and by whom is for every auditor to see.

#include "core/kernel/context.hpp"
#include "events/catalog/catalog.hpp"
#include "events/catalog/envelope.hpp"

namespace core::views {
class views;
}

namespace core::access {

/// For somebody who may audit. What is said in a channel for members only is for the people in it, and for AU; what
/// appraisals, incentives and desks say is for none of those who audit (D5).
bool may_read_event(const events::envelope& about, const person& reader, const views::views& all);

/// For anybody (`by.actor`), wherever they come upon the event: as evidence, in a search. What was said to members only, and
/// what is sealed, stays so.
bool may_see_event(const events::recorded& what, const views::views& all, const context& by);

}  // namespace core::access
