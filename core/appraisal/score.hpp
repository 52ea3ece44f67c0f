#pragma once
// How scores come about (D2, D3, D17): pure functions of what is in the forms.
//
// Scores are shown as whole numbers of hundredths of a point: 8750 is 87.50. They are counted as fractions from the forms to
// the end, and rounded half up only to be shown; a grade is that of the fraction. A mean is counted from the weights as they
// are settled, over the sum of those that are there; the weights "as used" are what that comes to, in hundredths of a per
// cent, made to add up to 100 % by the largest remainder.
//
// Absent is not zero: a part that is missing is left out and the others' weights are renormalised, which the breakdown
// shows. Where nothing is there that weighs anything there is no score, and no grade.

#include "core/appraisal/appraisal.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <span>

namespace core::scores {

using events::appraisal::breakdown;
using events::appraisal::grade;
using events::appraisal::mean;
using events::org::scoring;

/// Hundredths of a point.
using exact = boost::multiprecision::cpp_rational;

struct part {
    std::string code;
    std::uint16_t weight;
    std::optional<exact> score;  ///< nothing: missing
};

/// Of a mean that is kept: the fraction, or what it was rounded to where that is all there is.
std::optional<exact> exact_of(const mean& m);

/// The weighted mean of what is there. Its parts are in the order given; the score does not depend on it.
mean weigh(std::span<const part> parts);

/// A form's score: its indicators' by their weights.
mean of_form(const std::vector<events::indicators::indicator>& by, const std::vector<appraisal::score>& scores);

grade grade_of(const exact& score, const scoring& how);

/// A quarter of the year that an annual appraisal is about.
struct quarter {
    appraisal_id appraisal;  ///< 0: there is none
    std::optional<exact> score;
};
using year = std::array<quarter, 4>;

/// The quarters' results that stand.
year quarters_of(member_id employee, std::uint16_t of, const context& by);
/// Whether a quarter's appraisal is still under way, or under appeal.
bool has_pending_quarter(member_id employee, std::uint16_t of, const context& by);

/// Everything: from the forms to the grade. `quarters` count for an annual appraisal only.
breakdown result_of(const appraisal::state& of, const year& quarters, const scoring& how);

}  // namespace core::scores
