#include "clients/cli/chart.hpp"

#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli {

chart::chart(const json& org) {
    const auto read = [&](const char* list, const char* code, std::vector<entry>& into) {
        for (const auto& each : list_at(org, list)) {
            const auto& name = at_or_null(each, "name");
            into.push_back({text_at(each, code), as_kept(text_at(name, "zh")), as_kept(text_at(name, "en"))});
        }
    };
    read("departments", "department", departments_);
    read("roles", "role", roles_);
    any_role_ = departments_.empty() && roles_.empty();
    // The handbook's need no definition.
    const entry own[] = {{"OM", "运营经理", "operations manager"}, {"SP", "运营专员", "operations specialist"}, {"DA", "数据分析员", "data analyst"},
                         {"SL", "上级领导", "superior leader"},    {"RQ", "需求部门", "requester"},             {"HR", "人力资源", "human resources"},
                         {"AU", "审计", "auditor"},                {"AD", "系统管理员", "system administrator"}};
    for (const auto& e : own)
        if (std::none_of(roles_.begin(), roles_.end(), [&](const auto& there) { return there.code == e.code; })) roles_.push_back(e);
}

const chart::entry* chart::find(const std::vector<entry>& all, std::string_view typed) {
    for (const auto& e : all)
        if (typed == e.code) return &e;
    const auto small = small_letters(as_kept(typed));
    const auto same = [&](const std::string& word) { return !word.empty() && small == small_letters(word); };
    const entry* found = nullptr;
    for (const auto& e : all) {
        if (!same(e.code) && !same(e.zh) && !same(e.en)) continue;
        if (found) return nullptr;
        found = &e;
    }
    return found;
}

std::string chart::names(const std::vector<entry>& all, language l) {
    std::string out;
    for (const auto& e : all) {
        const auto& name = l == language::zh ? e.zh : e.en;
        if (!out.empty()) out += l == language::zh ? "、" : ", ";
        out += e.code;
        if (!name.empty()) out += l == language::zh ? "（" + name + "）" : " (" + name + ")";
    }
    return out;
}

std::optional<std::string> chart::department(std::string_view typed) const {
    if (departments_.empty()) return std::string(typed);
    const auto* found = find(departments_, typed);
    return found ? std::optional(found->code) : std::nullopt;
}

std::optional<std::string> chart::role(std::string_view typed) const {
    const auto* found = find(roles_, typed);
    if (!found && any_role_) return std::string(typed);
    return found ? std::optional(found->code) : std::nullopt;
}

}  // namespace cli
