#pragma once
// What is wrong with a formula, where, and what would cure it, in both languages.

#include "core/formula/ast.hpp"
#include "events/catalog/value.hpp"

#include <boost/describe/enum.hpp>
#include <boost/system/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core::formula {

/// Stable, for programs.
BOOST_DEFINE_ENUM_CLASS(problem,
    // of the text
    too_long, not_utf8, unwanted_character, unknown_character, text_not_closed, bad_number, empty,
    // of its form
    not_expected, bracket_missing, two_signs, too_deep, too_many_aggregates, bad_count, bad_quantile, field_missing, no_such_function,
    // against the catalogue
    no_such_field, no_such_dimension, no_such_value, no_such_metric, not_of_this_set, which_set, wrong_type,
    // of its meaning
    different_units, mixed_currencies, not_the_metrics_unit, not_additive, rolls_twice, zero_divisor, circle, refers_too_deep, asks_too_much,
    faulty_metric)

struct fault {
    problem is;
    std::uint32_t at;  ///< the character, from 1; 0: the formula as a whole
    std::string zh;    ///< "第 14 字：没有维度「渠到」，是否为「渠道」？"
    std::string en;    ///< "Character 14: there is no dimension "渠到"; did you mean "渠道"?"

    const std::string& in(events::language l) const { return l == events::language::zh ? zh : en; }
    bool operator==(const fault&) const = default;
};

/// What it is, or the faults in the order of their places: at least one.
template <class T>
using found = boost::system::result<T, std::vector<fault>>;

/// Says the place before what is told. The texts end without a full stop.
fault fault_at(place where, problem is, std::string_view zh, std::string_view en);

/// "，是否为「渠道」？" or, where nothing is near, the end of the sentence.
struct suggestion {
    std::string zh, en;
};
suggestion did_you_mean(std::string_view typed, const std::vector<std::string>& all);

/// A name as a sentence has it: shortened, where somebody typed one that is no name.
std::string quoted_zh(std::string_view name);
std::string quoted_en(std::string_view name);

}  // namespace core::formula
