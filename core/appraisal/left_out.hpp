#pragma once
// Who has no appraisal in a cycle, and why: nobody is left out silently (S1.2).

#include "core/cycle/cycle.hpp"
#include "events/catalog/describe.hpp"

#include <vector>

namespace core {

/// no_indicators: none of their roles has indicators in use. no_evaluator: nobody could evaluate them. not_opened: nothing is in
/// the way; they came, or it was put right, after the cycle had opened.
OPSROOM_DEFINE_ENUM(left_out_why, (no_indicators, "其岗位没有在用的考核指标", "No indicators in use for any of their roles"), (no_evaluator, "没有可以评价此人的上级", "Nobody above who could evaluate them"),
                    (not_opened, "尚未建立考核", "No appraisal opened yet"))

struct left_out {
    member_id member;
    left_out_why why;
    bool operator==(const left_out&) const = default;
};
OPSROOM_DESCRIBE(left_out, (member, person("成员", "Member")), (why, choice("原因", "Why")))

/// By member: of all who work in a department where people are appraised in this cycle, or that an operations manager runs.
/// Those who are excused are not among them.
std::vector<left_out> left_out_of(const cycle::state& of, const context& by);

}  // namespace core
