#pragma once
// Units of measure, and what becomes of them: + needs the same, * and / make new ones (元/人), and what is over its own kind is a
// share. Per cent is a way to show a share, and so no unit: 12.5 % is 0.125 wherever it is calculated with.

#include "events/catalog/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::formula {

class unit {
public:
    unit() = default;  ///< none: a share, or a plain number

    /// "元", "元/人", "人·天", "%"; empty: none. Nothing where it is none of these: "元/", "/人", "元//人".
    static std::optional<unit> parse(std::string_view text);

    unit times(const unit& other) const { return joined(other, 1); }
    unit over(const unit& other) const { return joined(other, -1); }
    bool is_none() const { return powers_.empty(); }
    /// "元/人"; of none "无单位" and "no unit".
    std::string text(events::language l) const;
    /// Names and powers, by name; no power is 0.
    const std::vector<std::pair<std::string, int>>& powers() const { return powers_; }

    bool operator==(const unit&) const = default;

private:
    static unit named(std::string_view name);
    unit joined(const unit& other, int sign) const;

    std::vector<std::pair<std::string, int>> powers_;
};

/// By how much a share is multiplied to be shown so: % 100, ‰ 1000, ‱ 10000; anything else 1.
unsigned shown_per(std::string_view unit);

/// 元, and the three letters and Chinese names of what is traded most.
bool is_known_currency(std::string_view unit);

}  // namespace core::formula
