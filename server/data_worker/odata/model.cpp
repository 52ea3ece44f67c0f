#include "server/data_worker/odata/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace data_worker::odata {
namespace {

constexpr std::size_t names_max = 10'000;

std::vector<std::string> texts(const request& r, const char* key) {
    std::vector<std::string> all;
    const auto* given = r.find(key);
    if (!given) return all;
    if (!given->is_array() || given->size() > names_max) request::wrong(key, fmt::format("应为列表，最多 {} 项", names_max), fmt::format("a list is expected, of {} at most", names_max));
    for (const auto& one : *given) {
        if (!one.is_string()) request::wrong(key, "应为文字的列表", "a list of texts is expected");
        all.push_back(one.get<std::string>());
    }
    return all;
}

std::string described(const set_column& c) { return c.unit.empty() ? c.name : c.name + "（" + c.unit + "）"; }

/// What the engine keeps a column as decides: one whose values are hashed is text, whatever its plan calls it.
kind kind_of(column_kind k) {
    switch (k) {
        case column_kind::decimal: return kind::decimal;
        case column_kind::whole: return kind::whole;
        case column_kind::day: return kind::day;
        case column_kind::moment: return kind::moment;
        default: return kind::text;
    }
}

entity_set of_rows(database& in, const row_set& from) {
    entity_set made;
    made.name = from.code;
    made.table = set_table(from.code);
    made.rows = "(" + numbered(made.table) + " WHERE " + live_rows({}) + ")";
    std::set<std::string> taken;
    const auto table = in.ask("SELECT * FROM " + made.table + " LIMIT 0");
    for (const auto& c : from.columns) {
        const auto kept = std::find_if(table.columns().begin(), table.columns().end(), [&](const result_column& k) { return k.name == c.code; });
        if (kept == table.columns().end()) continue;
        made.properties.push_back({c.code, sql_name(c.code), kind_of(kept->kind), c.places, false, true, described(c), {}});
        taken.insert(c.code);
    }
    // Names that begin with _ are OData's to give.
    const auto free_name = [&](std::string name) {
        while (taken.contains(name)) name += '_';
        return name;
    };
    made.properties.push_back({free_name("delivery_"), number_name, kind::text, 0, true, false, "交付的编号 / number of the delivery", {}});
    made.properties.push_back({free_name("line_"), "_line", kind::whole, 0, true, false, "文件中的行号 / line in the file", {}});
    made.order = {made.properties[made.properties.size() - 2].name, made.properties.back().name};
    return made;
}

entity_set of_figures(const std::vector<std::string>& metrics) {
    entity_set made;
    made.name = figures_name;
    made.is_figures = true;
    std::string list;
    for (const auto& m : metrics) {
        list += list.empty() ? "?" : ", ?";
        made.with.emplace_back(m);
    }
    // A key can't be missing, and a member may be: this names each row all the same.
    constexpr const char* id = "metric || '/' || grain || '/' || period || '/' || dimension || coalesce('/' || member, '')";
    made.rows = fmt::format("(SELECT *, {} AS _id FROM figures WHERE {})", id, list.empty() ? "FALSE" : "metric IN (" + list + ")");
    made.properties = {
        {"id", "_id", kind::text, 0, true, false, "这一行的标识 / names this row", {}},
        {"metric", "metric", kind::text, 0, false, false, "指标的代码 / code of the metric", {}},
        {"grain", "grain", kind::text, 0, false, false, "粒度：day、week、month、quarter、year / grain", {}},
        {"period", "period", kind::text, 0, false, false, "时期，如 2026-W48 / period, such as 2026-W48", {}},
        {"from", "\"from\"", kind::day, 0, false, false, "时期的第一天 / first day of the period", {}},
        {"until", "until", kind::day, 0, false, false, "时期的最后一天 / last day of the period", {}},
        {"dimension", "dimension", kind::text, 0, false, false, "维度，合计为空文字 / dimension, an empty text for the total", {}},
        {"member", "member", kind::text, 0, false, true, "维度的值，缺失时为 null / value of the dimension, null where it is missing", {}},
        {"value", "value", kind::decimal, 9, false, true, "数值 / value", "shown"},
        {"shown", "shown", kind::text, 0, false, true, "按指标的小数位显示的数值 / the value as it is shown", {}},
        {"why", "why", kind::text, 0, false, true, "没有数值或不完整的原因 / why there is no value, or not all of it", {}},
        {"unit", "unit", kind::text, 0, false, true, "单位 / unit", {}},
        {"version", "version", kind::whole, 0, false, true, "指标定义的版本 / version of the metric's definition", {}},
    };
    made.order = {"metric", "grain", "from", "dimension", "member"};
    return made;
}

}  // namespace

const char* edm_name(kind k) {
    constexpr std::array names{"Edm.String", "Edm.Decimal", "Edm.Int64", "Edm.Date", "Edm.DateTimeOffset", "Edm.Boolean"};
    return names[static_cast<std::size_t>(k)];
}

const property* entity_set::find(std::string_view wanted) const {
    for (const auto& p : properties)
        if (p.name == wanted) return &p;
    return nullptr;
}

std::string numbered(const std::string& table) { return fmt::format("SELECT *, (SELECT delivery FROM _deliveries WHERE n = r._delivery) AS {} FROM {} AS r", number_name, table); }

std::vector<entity_set> entity_sets(database& in, store& known, const request& r, const std::string& name) {
    const auto allowed = texts(r, "sets");
    const auto wanted = [&](const std::string& n) { return name.empty() || name == n; };
    std::vector<entity_set> all;
    for (const auto& s : known.sets())
        if (wanted(s.code) && s.code != figures_name && std::find(allowed.begin(), allowed.end(), s.code) != allowed.end()) all.push_back(of_rows(in, s));
    if (wanted(figures_name)) all.push_back(of_figures(texts(r, "metrics")));
    return all;
}

}  // namespace data_worker::odata
