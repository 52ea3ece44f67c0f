#pragma once
// The forms of an appraisal: F6 self-appraisal, F7 superior's appraisal, F8 talk record and improvement plan; and the
// result with all that it was counted from.
//
// Every `personal` here is the employee's: whoever wrote it, it is about them, and goes when their key does. Scores and
// evidence stay.

#include "events/catalog/indicators.hpp"
#include "events/catalog/sealed_form.hpp"

#include <optional>

namespace events::appraisal {

/// An event that speaks for or against an indicator.
struct evidence {
    position at;
    personal note;
    bool operator==(const evidence&) const = default;
};
BOOST_DESCRIBE_STRUCT(evidence, (), (at, note))

/// One line of F6.
struct self_line {
    std::string indicator;              ///< its code
    std::optional<std::uint8_t> score;  ///< 0 to 100; nothing: not given, which is not zero
    personal text;
    std::vector<appraisal::evidence> evidence;
    bool operator==(const self_line&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_line, (), (indicator, score, text, evidence))

/// F6. Whose, for which period and by which indicators is in the appraisal's opening.
struct self_form {
    std::vector<self_line> lines;
    sealed_extras extras;
    bool operator==(const self_form&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_form, (), (lines, extras))

/// One line of F7.
struct evaluation_line {
    std::string indicator;
    std::optional<std::uint8_t> score;
    personal comment;
    std::vector<appraisal::evidence> evidence;
    bool operator==(const evaluation_line&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluation_line, (), (indicator, score, comment, evidence))

/// F7.
struct evaluation {
    std::vector<evaluation_line> lines;
    personal comment;
    sealed_extras extras;
    bool operator==(const evaluation&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluation, (), (lines, comment, extras))

/// An action of the improvement plan. It becomes a task, so it is in the clear, as tasks are.
struct action {
    std::string what;
    member_id owner;
    std::string standard;
    date due;
    bool operator==(const action&) const = default;
};
BOOST_DESCRIBE_STRUCT(action, (), (what, owner, standard, due))

/// F8.
struct talk {
    personal result;
    personal strengths;
    personal shortcomings;
    std::vector<action> actions;
    sealed_extras extras;
    bool operator==(const talk&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk, (), (result, strengths, shortcomings, actions, extras))

/// What calibration made of an indicator's score in F7.
struct adjustment {
    std::string indicator;
    std::optional<std::uint8_t> before;
    std::uint8_t after;
    bool operator==(const adjustment&) const = default;
};
BOOST_DESCRIBE_STRUCT(adjustment, (), (indicator, before, after))

// How a score came about. Scores are in hundredths of a point: 8750 is 87.50.

BOOST_DEFINE_ENUM_CLASS(grade, S, A, B, C, D)

/// A part of a weighted mean.
struct part {
    std::string code;     ///< an indicator; or self, superior, quarters, annual; or Q1 to Q4
    std::uint16_t weight; ///< as it is settled, in per cent (of quarters: 1 each)
    std::uint16_t used;   ///< as it counted, in hundredths of a per cent: what is missing was left out and the rest
                          ///< renormalised, so those that counted add up to 10000
    std::optional<std::uint32_t> score;  ///< nothing: missing
    bool operator==(const part&) const = default;
};
BOOST_DESCRIBE_STRUCT(part, (), (code, weight, used, score))

/// A mean with what it is the mean of. Without any part that counts there is no score.
struct mean {
    std::optional<std::uint32_t> score;
    std::vector<part> parts;
    bool operator==(const mean&) const = default;
};
BOOST_DESCRIBE_STRUCT(mean, (), (score, parts))

/// The whole way from the forms to the grade.
struct breakdown {
    mean self;                          ///< of F6, by indicator
    mean superior;                      ///< of F7 as calibrated, by indicator
    mean evaluation;                    ///< of both
    std::optional<mean> quarters;       ///< annual: of the year's finalised quarters
    std::optional<mean> year;           ///< annual: of the quarters and the evaluation
    std::vector<appraisal_id> rests_on; ///< annual: the quarters that counted, by quarter
    std::optional<std::uint32_t> score;
    std::optional<appraisal::grade> grade;
    bool operator==(const breakdown&) const = default;
};
BOOST_DESCRIBE_STRUCT(breakdown, (), (self, superior, evaluation, quarters, year, rests_on, score, grade))

}  // namespace events::appraisal
