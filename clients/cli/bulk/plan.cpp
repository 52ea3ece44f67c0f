#include "clients/cli/bulk/plan.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace cli::bulk {

std::string plan::id(std::string_view kind, std::uint64_t by, bool whole) const {
    const auto creates = [](const planned& p) { return !p.command.contains("target"); };
    const bool any = !whole && std::any_of(commands.begin(), commands.end(), creates);
    std::string content = fmt::format("{}\n", by);
    for (const auto& p : commands)
        if (!any || creates(p)) content += fmt::format("{} {}\n", p.planned_on, as_text(p.command));
    return uuid_of(kind, content);
}

bool plan::has_all(const record& r, std::span<const column_about> columns) {
    bool all = true;
    for (const auto& c : columns) {
        if (!c.required || r.has(c.key)) continue;
        refuse(r, std::string(c.key), "新建时必填：请填写", "needed for something new: fill it in");
        all = false;
    }
    return all;
}

people::people(context& about) : known_(about.names()) {
    for (const auto& row : known_.everybody()) {
        by_id_[number_at(row, "id").value_or(0)] = &row;
        if (const auto login = text_at(row, "login"); !login.empty()) by_login_[login] = &row;
        if (const auto external = text_at(row, "external"); !external.empty()) {
            by_external_[external] = &row;
            const auto own = external.substr(external.rfind(':') + 1);
            if (!own.empty() && own.find_first_not_of("0123456789") == own.npos) by_external_number_[own].push_back(&row);
        }
    }
}

namespace {

const json* found_in(const auto& map, const auto& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : found->second;
}

}  // namespace

const json* people::with_id(std::uint64_t id) const { return found_in(by_id_, id); }
const json* people::with_login(std::string_view login) const {
    return found_in(by_login_, small_letters(login.starts_with('@') ? login.substr(1) : login));
}
const json* people::with_external(std::string_view external) const { return found_in(by_external_, external); }

std::map<std::uint64_t, std::string> people::meant_by(const std::string& typed) const {
    auto out = known_.meant_by(typed);
    if (const auto elsewhere = by_external_number_.find(typed); elsewhere != by_external_number_.end())
        for (const auto* row : elsewhere->second) {
            const auto id = number_at(*row, "id").value_or(0);
            out.emplace(id, fmt::format("member/{}", id));
        }
    return out;
}

std::optional<std::uint64_t> people::find(const record& r, std::string_view column, plan& into) const {
    const auto& typed = r[column];
    const auto meant = meant_by(typed);
    if (meant.size() == 1) return meant.begin()->first;
    if (meant.empty()) {
        into.refuse(r, std::string(column), fmt::format("找不到“{}”：请用登录名、编号或全名", typed),
                    fmt::format("nobody is called “{}”: use a login, an id or a whole name", typed));
        return std::nullopt;
    }
    std::string zh, en;
    for (const auto& [id, as] : meant) {
        const auto name = text_at(*with_id(id), "name");
        zh += fmt::format("{}{}（{}）", zh.empty() ? "" : "，或 ", as, name);
        en += fmt::format("{}{} ({})", en.empty() ? "" : " or ", as, name);
    }
    into.refuse(r, std::string(column), fmt::format("“{}”可以指不止一个人：请写成 {}", typed, zh),
                fmt::format("“{}” can mean more than one person: write {}", typed, en));
    return std::nullopt;
}

std::optional<std::string> department_in(const chart& of, const record& r, std::string_view column, plan& into) {
    if (auto code = of.department(r[column])) return code;
    into.refuse(r, std::string(column), fmt::format("没有部门“{}”：可用 {}", r[column], of.departments(language::zh)),
                fmt::format("there is no department “{}”: use {}", r[column], of.departments(language::en)));
    return std::nullopt;
}

std::optional<std::vector<std::string>> roles_in(const chart& of, const record& r, std::string_view column, plan& into) {
    std::vector<std::string> out;
    for (const auto& typed : parts_in(r[column], {"\n", ",", "，", "、", "；", ";"})) {
        const auto code = of.role(typed);
        if (!code) {
            into.refuse(r, std::string(column), fmt::format("没有角色“{}”：可用 {}", typed, of.roles(language::zh)),
                        fmt::format("there is no role “{}”: use {}", typed, of.roles(language::en)));
            return std::nullopt;
        }
        if (std::find(out.begin(), out.end(), *code) == out.end()) out.push_back(*code);
    }
    return out;
}

std::optional<std::string> day_in(context& about, const record& r, std::string_view column, plan& into) {
    if (const auto day = about.day_in_file(r[column])) return written(*day);
    into.refuse(r, std::string(column), fmt::format("“{}”不是日期：请写成 2026-12-01", r[column]),
                fmt::format("“{}” is not a day: write 2026-12-01", r[column]));
    return std::nullopt;
}

std::optional<std::uint64_t> number_in(const record& r, std::string_view column, std::string_view prefix, plan& into) {
    std::string_view typed = r[column];
    if (typed.starts_with(prefix)) typed.remove_prefix(prefix.size());
    if (typed.ends_with('%')) typed.remove_suffix(1);
    // "1,234" and "50.00", as a spreadsheet shows whole numbers.
    auto digits = std::string(typed);
    if (const auto point = digits.find('.'); point != digits.npos && digits.find_first_not_of('0', point + 1) == digits.npos)
        digits.resize(point);
    for (auto comma = digits.rfind(','), from = digits.size(); comma != digits.npos && from - comma == 4; comma = digits.rfind(',')) {
        digits.erase(comma, 1);
        from = comma;
    }
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (!digits.empty() && error == std::errc() && end == digits.data() + digits.size()) return n;
    into.refuse(r, std::string(column), fmt::format("“{}”不是整数", r[column]), fmt::format("“{}” is no whole number", r[column]));
    return std::nullopt;
}

std::optional<std::string> choice_in(const record& r, std::string_view column, std::span<const choice> choices, plan& into) {
    const auto& typed = r[column];
    std::string zh, en;
    for (const auto& c : choices) {
        const auto small = small_letters(typed);
        if (small == small_letters(c.code) || small == c.name.zh || small == small_letters(c.name.en)) return std::string(c.code);
        zh += fmt::format("{}{}", zh.empty() ? "" : "、", c.name.zh);
        en += fmt::format("{}{}", en.empty() ? "" : ", ", c.code);
    }
    into.refuse(r, std::string(column), fmt::format("应为其一：{}", zh), fmt::format("this has to be one of {}", en));
    return std::nullopt;
}

std::vector<std::string> parts_in(std::string_view cell, std::initializer_list<std::string_view> between) {
    std::vector<std::string> out;
    while (!cell.empty()) {
        auto end = cell.size();
        std::size_t skip = 0;
        for (const auto b : between)
            if (const auto at = cell.find(b); at < end) end = at, skip = b.size();
        auto part = cell.substr(0, end);
        while (!part.empty() && (part.front() == ' ' || part.front() == '\r')) part.remove_prefix(1);
        while (!part.empty() && (part.back() == ' ' || part.back() == '\r')) part.remove_suffix(1);
        if (!part.empty()) out.emplace_back(part);
        cell.remove_prefix(std::min(end + skip, cell.size()));
    }
    return out;
}

}  // namespace cli::bulk
