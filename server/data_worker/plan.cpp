#include "server/data_worker/plan.hpp"

#include "server/data_worker/cast.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace data_worker {
namespace {

using json = nlohmann::json;

constexpr std::array type_names{"text", "whole", "decimal", "percent", "day", "moment", "yes_no"};
constexpr std::array role_names{"day", "field", "dimension", "label", "ignored"};
constexpr std::array nature_names{"flow", "stock", "ratio"};
constexpr std::array treatment_names{"keep", "hash", "drop"};
constexpr std::array file_names{"csv", "xlsx"};
constexpr std::array encoding_names{"utf8", "gb18030", "utf16le", "utf16be"};
constexpr std::array separator_names{"comma", "semicolon", "tab", "bar"};
constexpr std::array check_names{"freshness", "completeness", "schema", "key", "repeated", "range", "values", "references", "volume", "reconciliation"};
constexpr std::array severity_names{"off", "warn", "block"};
constexpr std::array rhythm_names{"daily", "working_days", "weekly", "monthly"};
static_assert(check_names.size() == check_kinds);

[[noreturn]] void bad(const std::string& field, const std::string& zh, const std::string& en) {
    throw trouble("bad_plan", fmt::format("采集计划的 {}：{}", field, zh), fmt::format("the plan's {}: {}", field, en));
}

/// An object of the plan, and where it stands.
class part {
public:
    part(const json& of, std::string where) : of_(of), where_(std::move(where)) {
        if (!of_.is_object()) bad(where_, "应为对象", "an object is expected");
    }

    const json* find(const char* key) const {
        const auto at = of_.find(key);
        return at == of_.end() || at->is_null() ? nullptr : &*at;
    }
    std::string path(const char* key) const { return where_.empty() ? key : where_ + "." + key; }

    std::string text(const char* key, bool needed = false) const {
        const auto* v = find(key);
        if (!v && !needed) return {};
        if (!v || !v->is_string()) bad(path(key), "应为文字", "a text is expected");
        return v->get<std::string>();
    }
    bool flag(const char* key) const {
        const auto* v = find(key);
        if (v && !v->is_boolean()) bad(path(key), "应为 true 或 false", "true or false is expected");
        return v && v->get<bool>();
    }
    std::optional<std::uint64_t> number(const char* key, std::uint64_t most) const {
        const auto* v = find(key);
        if (!v) return std::nullopt;
        const bool whole = v->is_number_unsigned() || (v->is_number_integer() && v->get<std::int64_t>() >= 0);
        if (!whole || v->get<std::uint64_t>() > most) bad(path(key), fmt::format("应为 0–{} 的整数", most), fmt::format("a whole number of 0–{} is expected", most));
        return v->get<std::uint64_t>();
    }
    template <class Enum, std::size_t N>
    Enum choice(const char* key, const std::array<const char*, N>& names, std::optional<Enum> otherwise = std::nullopt) const {
        const auto* v = find(key);
        if (!v && otherwise) return *otherwise;
        const auto given = v && v->is_string() ? v->get<std::string>() : std::string();
        for (std::size_t i = 0; i < N; ++i)
            if (given == names[i]) return static_cast<Enum>(i);
        std::string all;
        for (const char* n : names) all += (all.empty() ? "" : ", ") + std::string(n);
        bad(path(key), "应为 " + all + " 之一", "one of " + all + " is expected");
    }
    std::optional<bound> limit(const char* key) const {
        const auto* v = find(key);
        if (!v) return std::nullopt;
        const auto given = v->is_string() ? v->get<std::string>() : std::string();
        const auto read = cast_decimal(given, 6, true);
        if (!read.value) bad(path(key), "应为小数文字，如 \"0.5\"", "a decimal as text is expected, as in \"0.5\"");
        return *read.value;
    }

private:
    const json& of_;
    std::string where_;
};

plan_column column_from(const json& given, const std::string& where) {
    const part p(given, where);
    plan_column c;
    c.name = p.text("name", true);
    c.code = p.text("code", true);
    if (!is_code(c.code)) bad(p.path("code"), "应由小写字母开头，含小写字母、数字和下划线，最多 63 个", "lower-case letters, digits and _ are expected, from a letter, 63 at most");
    c.type = p.choice<column_type>("type", type_names);
    c.role = p.choice<column_role>("role", role_names);
    c.unit = p.text("unit");
    c.nature = p.choice<nature>("nature", nature_names, nature::flow);
    c.places = static_cast<unsigned>(p.number("places", 6).value_or(0));
    if (c.type != column_type::decimal && c.type != column_type::percent) c.places = 0;
    if (c.type == column_type::percent && c.unit.empty()) c.unit = "%";
    c.key = p.flag("key");
    c.required = p.flag("required");
    c.personal = p.flag("personal");
    c.treatment = p.choice<treatment>("treatment", treatment_names, treatment::keep);
    if (c.personal && c.treatment == treatment::keep) bad(p.path("treatment"), "个人信息须散列（hash）或不保留（drop）", "personal data are hashed or dropped");
    if (c.key && !c.stored()) bad(p.path("key"), "主键列须保留", "a column of the key has to be kept");
    c.least = p.limit("least");
    c.most = p.limit("most");
    c.hard_least = p.limit("hard_least");
    c.hard_most = p.limit("hard_most");
    if (const auto* v = p.find("values")) {
        if (!v->is_array() || v->size() > 10'000) bad(p.path("values"), "应为文字的列表", "a list of texts is expected");
        for (const auto& one : *v) {
            if (!one.is_string()) bad(p.path("values"), "应为文字的列表", "a list of texts is expected");
            c.values.push_back(one.get<std::string>());
        }
        std::sort(c.values.begin(), c.values.end());
    }
    return c;
}

void read_checks(plan& into, const json* given) {
    using enum check_kind;
    for (auto& c : into.checks) c.severity = severity::warn;
    // What is late was told when it was missed, and is taken all the same.
    for (const auto k : {completeness, schema, key, repeated, range}) into.checks[static_cast<std::size_t>(k)].severity = severity::block;
    if (!given) return;
    if (!given->is_array() || given->size() > 100) bad("checks", "应为列表", "a list is expected");
    for (std::size_t i = 0; i < given->size(); ++i) {
        const part p((*given)[i], fmt::format("checks[{}]", i));
        auto& c = into.checks[static_cast<std::size_t>(p.choice<check_kind>("check", check_names))];
        c.severity = p.choice<severity>("severity", severity_names);
        c.limit = p.number("limit", 1'000'000'000);
        c.against = p.text("against");
        if (!c.against.empty() && !is_code(c.against)) bad(p.path("against"), "应为数据集的代码", "a set's code is expected");
    }
}

}  // namespace

const char* name_of(column_type t) { return type_names[static_cast<std::size_t>(t)]; }
const char* name_of(column_role r) { return role_names[static_cast<std::size_t>(r)]; }
const char* name_of(nature n) { return nature_names[static_cast<std::size_t>(n)]; }
const char* name_of(text_encoding e) { return encoding_names[static_cast<std::size_t>(e)]; }
const char* name_of(check_kind k) { return check_names[static_cast<std::size_t>(k)]; }
const char* name_of(severity s) { return severity_names[static_cast<std::size_t>(s)]; }

bool is_code(const std::string& text) {
    return !text.empty() && text.size() <= 63 && text[0] >= 'a' && text[0] <= 'z' &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::size_t plan::day_column() const {
    return static_cast<std::size_t>(std::find_if(columns.begin(), columns.end(), [](const plan_column& c) { return c.role == column_role::day; }) - columns.begin());
}

plan plan_from(const json& form) {
    const part p(form, "");
    plan made;
    made.set = p.text("set", true);
    if (!is_code(made.set)) bad("set", "应为数据集的代码（小写字母开头）", "a set's code is expected (from a lower-case letter)");
    made.version = p.number("version", UINT32_MAX).value_or(0);
    if (const auto* r = p.find("reading")) {
        const part reading(*r, "reading");
        made.reading.type = reading.choice<file_type>("type", file_names, file_type::csv);
        made.reading.encoding = reading.choice<text_encoding>("encoding", encoding_names, text_encoding::utf8);
        made.reading.separator = ",;\t|"[reading.choice<unsigned>("separator", separator_names, 0u)];
        made.reading.skip = static_cast<unsigned>(reading.number("skip", 100).value_or(0));
        made.reading.skip_end = static_cast<unsigned>(reading.number("skip_end", 10).value_or(0));
        made.reading.sheet = reading.text("sheet");
    }
    const auto* columns = p.find("columns");
    if (!columns || !columns->is_array() || columns->empty() || columns->size() > 200) bad("columns", "应有 1–200 列", "1–200 columns are expected");
    std::set<std::string> codes, names;
    unsigned days = 0;
    for (std::size_t i = 0; i < columns->size(); ++i) {
        auto c = column_from((*columns)[i], fmt::format("columns[{}]", i));
        if (!codes.insert(c.code).second || !names.insert(c.name).second) bad(fmt::format("columns[{}]", i), "名称或代码与前面的列重复", "its name or code is that of an earlier column");
        if (c.role == column_role::day) {
            ++days;
            if (!c.stored() || c.hashed() || (c.type != column_type::day && c.type != column_type::moment)) bad(fmt::format("columns[{}].type", i), "日期列的类型应为 day 或 moment", "the day's column is of type day or moment");
        }
        made.columns.push_back(std::move(c));
    }
    if (days != 1) bad("columns", "须有且只有一列的角色是 day", "exactly one column has the role day");
    if (const auto* s = p.find("schedule")) {
        const part schedule(*s, "schedule");
        made.every_day = schedule.choice<unsigned>("rhythm", rhythm_names, 0u) != 1;
        made.grace_minutes = schedule.number("grace_minutes", 2880).value_or(120);
    }
    read_checks(made, p.find("checks"));
    return made;
}

}  // namespace data_worker
