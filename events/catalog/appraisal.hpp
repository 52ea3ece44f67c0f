#pragma once
// An appraisal of one employee in one cycle (S6.3), from its opening to what is made of it. Reopening appends: every
// form and every result that there was stays in the log.

#include "events/catalog/appraisal_forms.hpp"
#include "events/catalog/cycle.hpp"

#include <tuple>
#include <variant>

namespace events::appraisal {

/// What it is about, once and for all: the indicators are a copy of the version that was valid.
struct opened {
    static constexpr std::string_view type = "appraisal.opened.v1";
    static constexpr std::string_view clause = "S6.2";
    appraisal_id id;
    cycle_id cycle;
    events::cycle::kind kind;
    std::uint16_t year;
    std::uint8_t quarter;  ///< 0: the year
    member_id employee;
    events::role role;     ///< that they are appraised in
    events::department department;
    member_id evaluator;
    template_id indicators_from;
    std::uint32_t indicators_version;
    std::vector<events::indicators::indicator> indicators;
    std::uint32_t flow;
    bool operator==(const opened&) const = default;
};
BOOST_DESCRIBE_STRUCT(opened, (), (id, cycle, kind, year, quarter, employee, role, department, evaluator, indicators_from,
                                   indicators_version, indicators, flow))

struct self_drafted_v1 {
    static constexpr std::string_view type = "appraisal.self_drafted.v1";
    static constexpr std::string_view clause = "S6.3.1";
    self_form_v1 form;
    bool operator==(const self_drafted_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_drafted_v1, (), (form))

struct self_drafted {
    static constexpr std::string_view type = "appraisal.self_drafted.v2";
    static constexpr std::string_view clause = "S6.3.1";
    self_form form;
    bool operator==(const self_drafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_drafted, (), (form))
inline self_drafted upcast(self_drafted_v1&& old) { return {upcast(std::move(old.form))}; }

struct self_submitted_v1 {
    static constexpr std::string_view type = "appraisal.self_submitted.v1";
    static constexpr std::string_view clause = "S6.3.1";
    self_form_v1 form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    bool operator==(const self_submitted_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_submitted_v1, (), (form, score))

struct self_submitted {
    static constexpr std::string_view type = "appraisal.self_submitted.v2";
    static constexpr std::string_view clause = "S6.3.1";
    self_form form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    bool operator==(const self_submitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_submitted, (), (form, score))
inline self_submitted upcast(self_submitted_v1&& old) { return {upcast(std::move(old.form)), old.score}; }

/// F6 may be handed in again until this day.
struct self_returned {
    static constexpr std::string_view type = "appraisal.self_returned.v1";
    static constexpr std::string_view clause = "S6.3.1";
    personal reason;
    date until;
    bool operator==(const self_returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_returned, (), (reason, until))

struct evaluation_drafted_v1 {
    static constexpr std::string_view type = "appraisal.evaluation_drafted.v1";
    static constexpr std::string_view clause = "S6.3.2";
    evaluation_v1 form;
    bool operator==(const evaluation_drafted_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluation_drafted_v1, (), (form))

struct evaluation_drafted {
    static constexpr std::string_view type = "appraisal.evaluation_drafted.v2";
    static constexpr std::string_view clause = "S6.3.2";
    evaluation form;
    bool operator==(const evaluation_drafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluation_drafted, (), (form))
inline evaluation_drafted upcast(evaluation_drafted_v1&& old) { return {upcast(std::move(old.form))}; }

struct evaluated_v1 {
    static constexpr std::string_view type = "appraisal.evaluated.v1";
    static constexpr std::string_view clause = "S6.3.2";
    evaluation_v1 form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    std::optional<appraisal::grade> grade;
    bool operator==(const evaluated_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluated_v1, (), (form, score, grade))

/// With this, F6 and F7 are open to both sides (D4).
struct evaluated {
    static constexpr std::string_view type = "appraisal.evaluated.v2";
    static constexpr std::string_view clause = "S6.3.2";
    evaluation form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    std::optional<appraisal::grade> grade;
    bool operator==(const evaluated&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluated, (), (form, score, grade))
inline evaluated upcast(evaluated_v1&& old) { return {upcast(std::move(old.form)), old.score, old.grade}; }

/// F6 and F7 may come until this day, whatever the cycle has closed.
struct extended {
    static constexpr std::string_view type = "appraisal.extended.v1";
    static constexpr std::string_view clause = "S6.2";
    date until;
    personal reason;
    bool operator==(const extended&) const = default;
};
BOOST_DESCRIBE_STRUCT(extended, (), (until, reason))

/// Found in the log by the indicator's sources.
struct suggestion {
    std::string indicator;
    events::indicators::evidence_source source;
    position at;
    bool operator==(const suggestion&) const = default;
};
BOOST_DESCRIBE_STRUCT(suggestion, (), (indicator, source, at))

struct evidence_suggested {
    static constexpr std::string_view type = "appraisal.evidence_suggested.v1";
    static constexpr std::string_view clause = "S6.3.2";
    std::vector<suggestion> found;
    bool operator==(const evidence_suggested&) const = default;
};
BOOST_DESCRIBE_STRUCT(evidence_suggested, (), (found))

struct evidence_added {
    static constexpr std::string_view type = "appraisal.evidence_added.v1";
    static constexpr std::string_view clause = "S6.3.2";
    member_id by;
    std::string indicator;
    appraisal::evidence evidence;
    bool operator==(const evidence_added&) const = default;
};
BOOST_DESCRIBE_STRUCT(evidence_added, (), (by, indicator, evidence))

struct evidence_removed {
    static constexpr std::string_view type = "appraisal.evidence_removed.v1";
    static constexpr std::string_view clause = "S6.3.2";
    std::string indicator;
    position at;
    personal reason;
    bool operator==(const evidence_removed&) const = default;
};
BOOST_DESCRIBE_STRUCT(evidence_removed, (), (indicator, at, reason))

struct talk_recorded_v1 {
    static constexpr std::string_view type = "appraisal.talk_recorded.v1";
    static constexpr std::string_view clause = "S6.3.3";
    appraisal::talk_v1 talk;
    bool operator==(const talk_recorded_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_recorded_v1, (), (talk))

struct talk_recorded {
    static constexpr std::string_view type = "appraisal.talk_recorded.v2";
    static constexpr std::string_view clause = "S6.3.3";
    appraisal::talk talk;
    bool operator==(const talk_recorded&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_recorded, (), (talk))
inline talk_recorded upcast(talk_recorded_v1&& old) { return {upcast(std::move(old.talk))}; }

struct talk_revised_v1 {
    static constexpr std::string_view type = "appraisal.talk_revised.v1";
    static constexpr std::string_view clause = "S6.3.3";
    appraisal::talk_v1 talk;
    bool operator==(const talk_revised_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_revised_v1, (), (talk))

/// Whoever had confirmed it has to confirm it again.
struct talk_revised {
    static constexpr std::string_view type = "appraisal.talk_revised.v2";
    static constexpr std::string_view clause = "S6.3.3";
    appraisal::talk talk;
    bool operator==(const talk_revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_revised, (), (talk))
inline talk_revised upcast(talk_revised_v1&& old) { return {upcast(std::move(old.talk))}; }

/// Once both have, the talk is held.
struct talk_confirmed {
    static constexpr std::string_view type = "appraisal.talk_confirmed.v1";
    static constexpr std::string_view clause = "S6.3.3";
    member_id by;
    bool operator==(const talk_confirmed&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_confirmed, (), (by))

/// The employee does not agree with the record.
struct talk_returned {
    static constexpr std::string_view type = "appraisal.talk_returned.v1";
    static constexpr std::string_view clause = "S6.3.3";
    personal reason;
    bool operator==(const talk_returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_returned, (), (reason))

struct calibrated {
    static constexpr std::string_view type = "appraisal.calibrated.v1";
    static constexpr std::string_view clause = "D2";
    std::vector<adjustment> adjustments;
    personal reason;
    bool operator==(const calibrated&) const = default;
};
BOOST_DESCRIBE_STRUCT(calibrated, (), (adjustments, reason))

struct finalised_v1 {
    static constexpr std::string_view type = "appraisal.finalised.v1";
    static constexpr std::string_view clause = "D2";
    breakdown_v1 result;
    std::uint32_t formula;
    date appeal_until;
    std::optional<personal> comment;
    bool operator==(const finalised_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(finalised_v1, (), (result, formula, appeal_until, comment))

struct finalised {
    static constexpr std::string_view type = "appraisal.finalised.v2";
    static constexpr std::string_view clause = "D2";
    breakdown result;
    std::uint32_t formula;  ///< the number of the settings that it was counted by (org.configured)
    date appeal_until;
    std::optional<personal> comment;
    bool operator==(const finalised&) const = default;
};
BOOST_DESCRIBE_STRUCT(finalised, (), (result, formula, appeal_until, comment))
inline finalised upcast(finalised_v1&& old) {
    return {upcast(std::move(old.result)), old.formula, old.appeal_until, std::move(old.comment)};
}

/// People had no chance to appeal for a while: it may be done until this day.
struct appeal_extended {
    static constexpr std::string_view type = "appraisal.appeal_extended.v1";
    static constexpr std::string_view clause = "S6.3.4";
    date until;
    personal reason;
    bool operator==(const appeal_extended&) const = default;
};
BOOST_DESCRIBE_STRUCT(appeal_extended, (), (until, reason))

struct appealed {
    static constexpr std::string_view type = "appraisal.appealed.v1";
    static constexpr std::string_view clause = "S6.3.4";
    personal reason;
    bool operator==(const appealed&) const = default;
};
BOOST_DESCRIBE_STRUCT(appealed, (), (reason))

/// It is evaluated anew.
struct appeal_upheld {
    static constexpr std::string_view type = "appraisal.appeal_upheld.v1";
    static constexpr std::string_view clause = "S6.3.4";
    personal reason;
    member_id evaluator;  ///< from here on
    bool operator==(const appeal_upheld&) const = default;
};
BOOST_DESCRIBE_STRUCT(appeal_upheld, (), (reason, evaluator))

/// The result stands.
struct appeal_rejected {
    static constexpr std::string_view type = "appraisal.appeal_rejected.v1";
    static constexpr std::string_view clause = "S6.3.4";
    personal reason;
    bool operator==(const appeal_rejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(appeal_rejected, (), (reason))

struct reopened {
    static constexpr std::string_view type = "appraisal.reopened.v1";
    static constexpr std::string_view clause = "S6.3.4";
    personal reason;
    member_id evaluator;  ///< from here on
    bool operator==(const reopened&) const = default;
};
BOOST_DESCRIBE_STRUCT(reopened, (), (reason, evaluator))

struct applied {
    static constexpr std::string_view type = "appraisal.applied.v1";
    static constexpr std::string_view clause = "S6.3.4";
    bool operator==(const applied&) const = default;
};
BOOST_DESCRIBE_STRUCT(applied, (), ())

struct cancelled {
    static constexpr std::string_view type = "appraisal.cancelled.v1";
    static constexpr std::string_view clause = "S6.2";
    personal reason;
    bool operator==(const cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

/// The evaluator has left.
struct handed_over {
    static constexpr std::string_view type = "appraisal.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

/// By who reviews it, or human resources. What was drafted by the one before stays theirs.
struct evaluator_changed {
    static constexpr std::string_view type = "appraisal.evaluator_changed.v1";
    static constexpr std::string_view clause = "S6.3.2";
    member_id from;
    member_id to;
    personal reason;
    bool operator==(const evaluator_changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluator_changed, (), (from, to, reason))

using any = std::variant<opened, self_drafted, self_submitted, self_returned, evaluation_drafted, evaluated, extended, evidence_suggested,
                         evidence_added, evidence_removed, talk_recorded, talk_revised, talk_confirmed, talk_returned, calibrated, finalised,
                         appealed, appeal_upheld, appeal_rejected, reopened, applied, cancelled, handed_over, evaluator_changed,
                         appeal_extended>;

/// Old shapes that a log may still hold, oldest first.
std::tuple<self_drafted_v1, self_submitted_v1, evaluation_drafted_v1, evaluated_v1, talk_recorded_v1, talk_revised_v1, finalised_v1> retired_shapes(const any*);

}  // namespace events::appraisal
