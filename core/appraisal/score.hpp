#pragma once
// How scores come about (D2, D3): pure functions of what is in the forms.
//
// Scores are whole numbers of hundredths of a point: 8750 is 87.50. Each mean is rounded half up to a hundredth, once,
// and the next one goes on from there, so that a person with the breakdown and a pencil gets the same. A mean is
// counted from the weights as they are settled, over the sum of those that are there; the weights "as used" are what
// that comes to, in hundredths of a per cent, made to add up to 100 % by the largest remainder.
//
// Absent is not zero: a part that is missing is left out and the others' weights are renormalised, which the breakdown
// shows. Where nothing is there that weighs anything there is no score, and no grade.

#include "core/appraisal/appraisal.hpp"

#include <span>

namespace core::scores {

using events::appraisal::breakdown;
using events::appraisal::grade;
using events::appraisal::mean;
using events::org::scoring;

struct part {
    std::string code;
    std::uint16_t weight;
    std::optional<std::uint32_t> score;  ///< hundredths; nothing: missing
};

/// The weighted mean of what is there. Its parts are in the order given; the score does not depend on it.
mean weigh(std::span<const part> parts);

/// A form's score: its indicators' by their weights.
mean of_form(const std::vector<events::indicators::indicator>& by, const std::vector<appraisal::score>& scores);

grade grade_of(std::uint32_t score, const scoring& how);

/// A quarter of the year that an annual appraisal is about.
struct quarter {
    appraisal_id appraisal;  ///< 0: there is none
    std::optional<std::uint32_t> score;
};
using year = std::array<quarter, 4>;

/// The quarters' results that stand.
year quarters_of(member_id employee, std::uint16_t of, const context& by);
/// Whether a quarter's appraisal is still under way, or under appeal.
bool has_pending_quarter(member_id employee, std::uint16_t of, const context& by);

/// Everything: from the forms to the grade. `quarters` count for an annual appraisal only.
breakdown result_of(const appraisal::state& of, const year& quarters, const scoring& how);

}  // namespace core::scores
