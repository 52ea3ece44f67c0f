#pragma once
// Who may see and read what of an appraisal (D4, D5). It holds for lists, counts, feeds, notifications, search, exports
// and as-of views alike. Nobody else: neither the administrator nor the auditor.

#include "core/appraisal/appraisal.hpp"

namespace core {

/// That there is one, where it stands and its result: the employee; the evaluator; the evaluator's superior (or who
/// stands for one: people.hpp); HR once it is finalised; while it is under appeal, whoever is asked to answer that.
bool may_see_appraisal(const appraisal::state& of, const person& reader, const context& by);

/// The evaluator's scores by indicator, without a word of the forms: who may see it, and HR while its cycle calibrates, as they
/// are what is calibrated. Not the employee's own; and of the superior leaders those alone who review it.
bool may_see_scores(const appraisal::state& of, const person& reader, const context& by);

/// Both forms are in, so that each side may read the other's (D4). Returned to the employee, they are sealed again.
bool is_unsealed(const appraisal::state& of);

/// What each side has pointed at is sealed as its form is (D4).
bool may_see_piece(const appraisal::piece& p, const appraisal::state& of, member_id reader);

/// F6 and F7 as they were handed in: their own author at any time, everyone else who may see it once it is unsealed.
bool may_read_self_form(const appraisal::state& of, const person& reader, const context& by);
bool may_read_evaluation(const appraisal::state& of, const person& reader, const context& by);

/// One event of its history, for feeds, exports and replays. Drafts are their author's alone, for ever; whose hand
/// evidence was added by is sealed as that side's form is.
bool may_read(const events::appraisal::any& happened, const appraisal::state& of, const person& reader, const context& by);

}  // namespace core
