// The operation series: figures of many metrics at once, as they were published, in the order of their periods.

#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

namespace data_worker {
namespace {

constexpr std::size_t wanted_max = 200, members_max = 200, periods_max = 1'000;

json one_series(database& in, const request& wanted) {
    const auto metric = wanted.text("metric"), grain = wanted.text("grain"), by = wanted.text_or("by", "");
    json members = json::array();
    std::string member;
    bool first = true, more = false;
    // Of a dimension with very many members the first ones by name: which they are does not change with the figures.
    const auto sql = fmt::format(R"sql(
SELECT member, period, CAST("from" AS VARCHAR), CAST(until AS VARCHAR), shown FROM figures
WHERE metric = ? AND grain = ? AND dimension = ? AND member IN
    (SELECT DISTINCT member FROM figures WHERE metric = ? AND grain = ? AND dimension = ? ORDER BY member LIMIT {})
ORDER BY member, "from")sql", members_max + 1);
    auto rows = in.ask(sql, {metric, grain, by, metric, grain, by});
    text_row row;
    while (rows.next(row)) {
        const auto text = [&](std::size_t column) { return row[column] ? json(*row[column]) : json(nullptr); };
        if (first || row[0].value_or("") != member) {
            more = members.size() == members_max;
            if (more) break;
            member = row[0].value_or("");
            members.push_back({{"member", member}, {"values", json::array()}});
            first = false;
        }
        auto& values = members.back()["values"];
        if (values.size() < periods_max) values.push_back(json::array({text(1), text(2), text(3), text(4)}));
    }
    return {{"members", std::move(members)}, {"more", more}};
}

}  // namespace

json series_of(database& in, const request& r) {
    const auto& wanted = r.needs("wanted");
    if (!wanted.is_array() || wanted.size() > wanted_max) request::wrong("wanted", fmt::format("应为列表，最多 {} 项", wanted_max), fmt::format("a list is expected, of {} at most", wanted_max));
    json all = json::array();
    const bool published = in.one("SELECT 1 FROM information_schema.tables WHERE table_name = 'figures'", {}).has_value();
    for (const auto& one : wanted) {
        if (!one.is_object()) request::wrong("wanted", "应为对象的列表", "a list of objects is expected");
        all.push_back(published ? one_series(in, request(one)) : json{{"members", json::array()}, {"more", false}});
    }
    return {{"series", std::move(all)}};
}

}  // namespace data_worker
