#pragma once
// Who may read what an event says, where they come upon it in the log itself: in the audit feed, in a page of the log, in
// an export. That it happened, when and by whom is for every auditor to see.

#include "core/kernel/context.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/envelope.hpp"

namespace core::views {
class views;
struct channel_row;
}  // namespace core::views

namespace core::access {

/// How much of an event somebody is shown, wherever they come upon it. Every way of reading asks this before it writes one.
enum class sight : std::uint8_t {
    nothing,   ///< not even that it happened
    bare,      ///< that it happened, when and by whom
    gone,      ///< without its words and what they were filed under: they were taken back (D14)
    wordless,  ///< all but its words: they stood before an edit (D14)
    whole,
};

/// For somebody who may audit, in the log itself. What is said in a channel for members only is for the people in it, and for
/// AU; what appraisals, incentives, desks and improvement plans say is for none of those who audit (D5). Never `nothing`.
sight in_audit(const events::recorded& what, const views::views& now, const context& by);

/// Of a channel that the reader may see.
sight in_channel(const events::recorded& what, const views::channel_row& now, const person& reader);

/// For anybody (`by.actor`) elsewhere: in the feed of an entity, as evidence, in a search. What was said to members only, and
/// what is sealed, stays so. `now` are the views of the present, whatever moment is looked at: who may not see it as it is may
/// not see it as it was.
sight elsewhere(const events::recorded& what, const views::views& now, const context& by);

/// Not even in part.
inline bool may_see_event(const events::recorded& what, const views::views& now, const context& by) {
    return elsewhere(what, now, by) != sight::nothing;
}

}  // namespace core::access
