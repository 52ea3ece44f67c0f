#pragma once
// Who has which part in an appraisal. Nobody evaluates, reviews or arbitrates what is about themselves (D1).

#include "core/appraisal/appraisal.hpp"

namespace core::appraisal_people {

/// Who evaluates `employee`: their superior, and where there is none, the first other superior leader; 0: nobody.
member_id evaluator_for(member_id employee, const context& by);

/// Whether `who` reviews: the first of the evaluator's superiors who is neither side, nor has evaluated it; where there is none, any superior
/// leader who is not; where there is none of those either, human resources.
bool reviews(const person& who, const appraisal::state& of, const context& by);

/// Whether `who` may reopen: a superior leader who is neither side; where there is none, human resources.
bool arbitrates(const person& who, const appraisal::state& of, const context& by);

/// Whether `who` answers an appeal: a superior leader who is neither side and did not finalise it; where there is none, human
/// resources who did not either.
bool hears(const person& who, const appraisal::state& of, const context& by);

}  // namespace core::appraisal_people
