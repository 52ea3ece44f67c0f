#include "core/formula/unit.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace core::formula {

unsigned shown_per(std::string_view unit) {
    if (unit == "%" || unit == "％") return 100;
    if (unit == "‰") return 1'000;
    return unit == "‱" ? 10'000 : 1;
}

bool is_known_currency(std::string_view unit) {
    static constexpr std::array<std::string_view, 24> known{"元", "万元", "亿元", "人民币", "CNY", "RMB", "美元", "USD", "欧元", "EUR", "日元", "JPY",
                                                            "港元", "HKD", "英镑", "GBP", "新加坡元", "SGD", "韩元", "KRW", "澳元", "AUD", "新台币", "TWD"};
    return std::find(known.begin(), known.end(), unit) != known.end();
}

std::optional<unit> unit::parse(std::string_view text) {
    unit made;
    if (text.empty()) return made;
    int power = 1;
    while (true) {
        const auto slash = text.find('/'), dot = text.find("·");
        const auto end = std::min(slash, dot);
        const auto name = text.substr(0, end);
        if (name.empty()) return std::nullopt;
        if (shown_per(name) == 1 && name != "1") made = made.joined(unit::named(name), power);
        if (end == text.npos) return made;
        if (end == slash) power = -1;  // all that follows is below it: 元/人·天
        text.remove_prefix(end + (end == slash ? 1 : std::string_view("·").size()));
    }
}

unit unit::named(std::string_view name) {
    unit one;
    one.powers_.emplace_back(name, 1);
    return one;
}

unit unit::joined(const unit& other, int sign) const {
    std::map<std::string, int> all(powers_.begin(), powers_.end());
    for (const auto& [name, power] : other.powers_) all[name] += sign * power;
    unit made;
    for (const auto& [name, power] : all)
        if (power != 0) made.powers_.emplace_back(name, power);
    return made;
}

std::string unit::text(events::language l) const {
    if (powers_.empty()) return l == events::language::zh ? "无单位" : "no unit";
    std::string above, below;
    for (const auto& [name, power] : powers_) {
        auto& side = power > 0 ? above : below;
        for (int n = 0; n < std::abs(power); ++n) side += (side.empty() ? "" : "·") + name;
    }
    if (below.empty()) return above;
    return (above.empty() ? "1" : above) + "/" + below;
}

}  // namespace core::formula
