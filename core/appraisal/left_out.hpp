#pragma once
// Who has no appraisal in a cycle, and why: nobody is left out silently (S1.2).

#include "core/cycle/cycle.hpp"

#include <boost/describe/enum.hpp>

#include <vector>

namespace core {

/// no_indicators: none of their roles has indicators in use. no_evaluator: nobody could evaluate them. not_opened: nothing is in
/// the way; they came, or it was put right, after the cycle had opened.
BOOST_DEFINE_ENUM_CLASS(left_out_why, no_indicators, no_evaluator, not_opened)

struct left_out {
    member_id member;
    left_out_why why;
    bool operator==(const left_out&) const = default;
};
BOOST_DESCRIBE_STRUCT(left_out, (), (member, why))

/// By member: of all who work in a department where people are appraised in this cycle, or that an operations manager runs.
/// Those who are excused are not among them.
std::vector<left_out> left_out_of(const cycle::state& of, const context& by);

}  // namespace core
