#include "server/data_worker/odata/condition.hpp"

#include "server/data_worker/odata/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace data_worker::odata {
namespace {

const std::string option = "$filter";

bool is_number(kind k) { return k == kind::decimal || k == kind::whole; }

class meaning {
public:
    explicit meaning(const entity_set& over) : over_(over) {}

    /// A condition. Where it is not `exact` it may be missing (NULL) instead of false, which selects the same rows and lets the engine
    /// pass over blocks of them.
    void condition(const node& n, bool exact) {
        switch (n.is) {
            case node::what::both: return chain(n, " AND ", exact);
            case node::what::either: return chain(n, " OR ", exact);
            case node::what::negation:
                sql_ += "NOT (";
                condition(n.of[0], true);
                sql_ += ")";
                return;
            case node::what::compare: return compare(n, exact);
            case node::what::in: return list(n, exact);
            case node::what::call:
            case node::what::literal:
                if (kind_of(n) == kind::yes_no) return value(n, kind::yes_no, 0);
                break;
            case node::what::property: break;
        }
        const auto what = n.is == node::what::literal ? std::string("a value") : n.name;
        wrong_at(option, n.at, fmt::format("这里应为条件，如 {} eq …", n.is == node::what::literal ? "列" : n.name), fmt::format("a condition is expected here, not {}", what));
    }

    sql_condition made() { return {std::move(sql_), std::move(with_)}; }

private:
    void chain(const node& n, const char* word, bool exact) {
        sql_ += "(";
        for (std::size_t i = 0; i < n.of.size(); ++i) {
            if (i > 0) sql_ += word;
            condition(n.of[i], exact);
        }
        sql_ += ")";
    }

    const property& property_of(const node& n) const {
        const auto* p = over_.find(n.name);
        if (!p)
            wrong(n.name, fmt::format("{} 第 {} 个字符处：{} 没有列 {}（列名见 $metadata）", option, n.at, over_.name, n.name), fmt::format("{}, at character {}: {} has no property {} (see $metadata)", option, n.at, over_.name, n.name));
        return *p;
    }

    kind kind_of(const node& n) const {
        switch (n.is) {
            case node::what::literal: return n.value.is;
            case node::what::property: return property_of(n).is;
            case node::what::call: return n.name.ends_with("with") || n.name == "contains" ? kind::yes_no : kind::whole;
            default: return kind::yes_no;
        }
    }
    unsigned places_of(const node& n) const { return n.is == node::what::property ? property_of(n).places : n.is == node::what::literal ? n.value.places : 0; }
    static bool is_null(const node& n) { return n.is == node::what::literal && n.value.null; }

    [[noreturn]] void unlike(const node& at, const node& a, const node& b) const {
        const node& p = b.is == node::what::property && a.is != node::what::property ? b : a;
        const node& v = &p == &a ? b : a;
        const auto target = p.is == node::what::property ? p.name : option;
        const auto shown = p.is == node::what::property ? p.name + " (" + edm_name(kind_of(p)) + ")" : std::string(edm_name(kind_of(p)));
        std::string how_zh, how_en;
        if (kind_of(p) == kind::text) how_zh = "：文字要加引号", how_en = ": a text is put in quotes";
        if (kind_of(p) == kind::day) how_zh = "：日期应如 2026-11-30，不加引号", how_en = ": a day is as in 2026-11-30, without quotes";
        if (kind_of(p) == kind::moment) how_zh = "：时刻应如 2026-11-30T08:30:00Z", how_en = ": a moment is as in 2026-11-30T08:30:00Z";
        if (is_number(kind_of(p))) how_zh = "：数不加引号", how_en = ": a number is without quotes";
        wrong(target, fmt::format("{} 第 {} 个字符处：{} 不能与 {} 比较{}", option, at.at, shown, edm_name(kind_of(v)), how_zh), fmt::format("{}, at character {}: {} can't be compared with {}{}", option, at.at, shown, edm_name(kind_of(v)), how_en));
    }
    void see_that_they_compare(const node& at, const node& a, const node& b) const {
        const auto x = kind_of(a), y = kind_of(b);
        if (!is_null(a) && !is_null(b) && x != y && !(is_number(x) && is_number(y))) unlike(at, a, b);
    }

    /// `beside`: what it is compared with, which says how a number is kept.
    void value(const node& n, kind beside, unsigned places) {
        switch (n.is) {
            case node::what::literal: sql_ += sql_value(n.value, beside, places, with_); return;
            case node::what::property: sql_ += property_of(n).sql; return;
            case node::what::call: return call(n);
            default:
                sql_ += "(";
                condition(n, true);
                sql_ += ")";
        }
    }

    void call(const node& n) {
        const auto needs = [&](const node& a, bool good, const char* zh, const char* en) {
            if (!good) wrong(a.is == node::what::property ? a.name : option, fmt::format("{} 第 {} 个字符处：{}() 应用于{}", option, a.at, n.name, zh), fmt::format("{}, at character {}: {}() takes {}", option, a.at, n.name, en));
        };
        if (n.of.size() == 1) {
            const auto k = kind_of(n.of[0]);
            needs(n.of[0], k == kind::day || k == kind::moment, "日期或时刻", "a day or a moment");
            sql_ += n.name + "(";
            const auto before = sql_.size();
            value(n.of[0], k, 0);
            if (k == kind::moment) sql_.replace(before, sql_.npos, as_given(sql_.substr(before)));
            sql_ += ")";
            return;
        }
        for (const auto& a : n.of) needs(a, kind_of(a) == kind::text, "文字", "texts");
        sql_ += n.name == "contains" ? "contains(" : n.name == "startswith" ? "starts_with(" : "ends_with(";
        value(n.of[0], kind::text, 0);
        sql_ += ", ";
        value(n.of[1], kind::text, 0);
        sql_ += ")";
    }

    /// As OData has it: what is missing equals what is missing alone, and is neither less nor more than anything.
    void compare(const node& n, bool exact) {
        const auto& a = n.of[0];
        const auto& b = n.of[1];
        see_that_they_compare(n, a, b);
        const bool equal = n.name == "eq", unequal = n.name == "ne";
        if (is_null(a) || is_null(b)) {
            if (!equal && !unequal) {
                sql_ += "FALSE";
                return;
            }
            const auto& other = is_null(a) ? b : a;
            sql_ += "(";
            value(other, kind_of(other), places_of(other));
            sql_ += equal ? " IS NULL)" : " IS NOT NULL)";
            return;
        }
        const char* by = equal ? exact ? " IS NOT DISTINCT FROM " : " = " : unequal ? " IS DISTINCT FROM " : n.name == "gt" ? " > " : n.name == "ge" ? " >= " : n.name == "lt" ? " < " : " <= ";
        const bool covered = exact && !equal && !unequal;
        sql_ += covered ? "coalesce(" : "(";
        value(a, kind_of(b), places_of(b));
        sql_ += by;
        value(b, kind_of(a), places_of(a));
        sql_ += covered ? ", FALSE)" : ")";
    }

    void list(const node& n, bool exact) {
        const auto& a = n.of[0];
        bool null = false, any = false;
        for (std::size_t i = 1; i < n.of.size(); ++i) {
            see_that_they_compare(n.of[i], a, n.of[i]);
            (is_null(n.of[i]) ? null : any) = true;
        }
        sql_ += exact ? "(coalesce(" : "((";
        if (any) {
            value(a, kind_of(n.of.back()), 0);
            sql_ += " IN (";
            const char* between = "";
            for (std::size_t i = 1; i < n.of.size(); ++i) {
                if (is_null(n.of[i])) continue;
                sql_ += between;
                value(n.of[i], kind_of(a), places_of(a));
                between = ", ";
            }
            sql_ += ")";
        } else {
            sql_ += "FALSE";
        }
        sql_ += exact ? ", FALSE)" : ")";
        if (null) {
            sql_ += " OR ";
            value(a, kind_of(a), places_of(a));
            sql_ += " IS NULL";
        }
        sql_ += ")";
    }

    const entity_set& over_;
    std::string sql_;
    parameters with_;
};

}  // namespace

// The department's clock is UTC+8 (cast.hpp).
std::string as_given(const std::string& moment) { return "(" + moment + " - INTERVAL 8 HOUR)"; }

std::string sql_value(const literal& value, kind as, unsigned places, parameters& with) {
    if (value.null) return "CAST(NULL AS VARCHAR)";
    if (value.is == kind::yes_no) return value.text == "true" ? "TRUE" : "FALSE";
    with.emplace_back(value.text);
    switch (value.is) {
        case kind::day: return "CAST(? AS DATE)";
        case kind::moment: return "CAST(? AS TIMESTAMP)";
        case kind::decimal: {
            // A BIGINT column is compared as one where it can be.
            constexpr std::size_t long_digits = 18;
            if (as == kind::whole && value.places == 0 && value.text.size() <= long_digits) return "CAST(? AS BIGINT)";
            return fmt::format("CAST(? AS DECIMAL(38,{}))", std::max(value.places, as == kind::decimal ? places : 0u));
        }
        default: return "CAST(? AS VARCHAR)";
    }
}

sql_condition condition_of(const node& filter, const entity_set& over) {
    meaning m(over);
    m.condition(filter, false);
    return m.made();
}

}  // namespace data_worker::odata
