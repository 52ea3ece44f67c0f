#pragma once
// How appraisals are shown (core/kernel/shown.hpp): each number to whom it is for (D4, D5).

#include "core/appraisal/appraisal.hpp"
#include "core/appraisal/score.hpp"
#include "core/appraisal/visibility.hpp"
#include "core/kernel/shown.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core {

template <>
struct shown_as<appraisal> : shown_plainly {
    struct also {
        std::string name;
        std::optional<std::uint32_t> score_so_far;
        std::optional<events::appraisal::grade> grade_so_far;
    };
    struct pointed_at {
        std::string indicator;
        events::position at;
        member_id by;
        bool removed;
    };
    struct more {
        bool unsealed;
        std::vector<pointed_at> evidence;
        std::uint32_t actions_agreed;
    };

    static void put_own(auto& o, const appraisal::state& s, const context& by) {
        o.put("name", name_of(s)).put("cycle", s.cycle).put("kind", s.kind).put("year", s.year).put("quarter", s.quarter);
        o.put("employee", s.employee).put("evaluator", s.evaluator).put("role", s.role).put("department", s.department);
        if (is_final(s) && may_see(s, by)) {
            if (s.result) o.put("result", *s.result);
            if (s.grade) o.put("grade", *s.grade);
            if (s.appeal_until) o.put("appeal_until", *s.appeal_until);
            o.put("appealed", s.appealed);
        } else if (is_unsealed(s) && may_see_scores(s, *by.actor, by)) {
            const auto so_far = result_so_far(s, by);
            if (so_far.score) o.put("score_so_far", *so_far.score);
            if (so_far.grade) o.put("grade_so_far", *so_far.grade);
            if (may_read_self_form(s, *by.actor, by)) o.put("self", s.self);
            o.put("superior", s.superior).put("calibrated", s.calibrated);
        }
        if (s.extended_until) o.put("extended_until", *s.extended_until);
    }

    static void put_more(auto& o, const appraisal::state& s, std::uint64_t, const context& by) {
        o.put("indicators", s.indicators).put("unsealed", is_unsealed(s));
        const bool self = may_read_self_form(s, *by.actor, by), superior = may_read_evaluation(s, *by.actor, by);
        if (is_final(s) && self) o.put("self", s.self);
        if (is_final(s) && superior) o.put("superior", s.superior).put("calibrated", s.calibrated);
        // How the number comes about: of a result that stands as it was counted, whatever the formula is by now.
        if (is_final(s) && self && superior && s.breakdown) o.put("breakdown", *s.breakdown);
        else if (self && superior && is_unsealed(s)) o.put("breakdown", result_so_far(s, by));
        std::vector<pointed_at> pieces;
        for (const auto& p : s.evidence)
            if (may_see_piece(p, s, by.who())) pieces.push_back({s.indicators[p.indicator].code, p.at, p.by, p.removed});
        o.put("evidence", pieces);
        if (is_unsealed(s)) {
            o.put("actions_agreed", s.actions.size()).put("employee_confirmed", s.employee_confirmed).put("evaluator_confirmed", s.evaluator_confirmed);
        }
    }

private:
    static bool is_final(const appraisal::state& s) { return (appraisal::final & flow::from(s.is)) != 0; }
    static auto result_so_far(const appraisal::state& s, const context& by) {
        return scores::result_of(s, scores::quarters_of(s.employee, s.year, by), by.how->scoring);
    }
};
// clang-format off
OPSROOM_DESCRIBE(shown_as<appraisal>::also,
    (name, line("名称", "Name")),
    (score_so_far, hundredths("目前得分", "Score so far")),
    (grade_so_far, choice("目前等级", "Grade so far")))
OPSROOM_DESCRIBE(shown_as<appraisal>::pointed_at,
    (indicator, code("指标", "Indicator")),
    (at, event("所指的事件", "Event")),
    (by, person("添加人", "Added by").may_be_empty().hint("0：系统推荐", "0: suggested by the system")),
    (removed, yes_no("已移除", "Removed")))
OPSROOM_DESCRIBE(shown_as<appraisal>::more,
    (unsealed, yes_no("评价已启封", "Evaluation unsealed")),
    (evidence, list("依据", "Evidence")),
    (actions_agreed, number("商定的改进措施", "Actions agreed")))
// clang-format on

}  // namespace core
