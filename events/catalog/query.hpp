#pragma once
// A statement that somebody ran on the data, in SQL (S4.2.2): who, what, on which sets, and what came of it. What it answered is not kept: the
// same statement on the same data says the same.

#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::query {

/// As what the rows were asked for.
OPSROOM_DEFINE_ENUM(format, (json, "JSON", "JSON"), (csv, "CSV", "CSV"), (parquet, "Parquet", "Parquet"))

/// It is about to run: nothing is answered before this is durable.
struct asked {
    static constexpr std::string_view type = "query.asked.v1";
    static constexpr std::string_view clause = "S4.2.2";
    static constexpr event_words says{{"执行了查询", "ran a query"}, {"为 {by} 执行了查询", "ran a query for {by}"}};
    member_id by;
    events::department department;           ///< of who asked, then
    std::string statement;
    std::optional<std::string> parameters;   ///< its values, in their order, as JSON
    std::vector<std::string> sets;           ///< the codes of all that they might read
    query::format format;
    std::uint64_t rows_most;
    instant at;
    std::uint32_t flow;
    bool operator==(const asked&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(asked,
    (by, person("查询人", "Asked by").may_have_left()), (department, department("部门", "Department")), (statement, prose("查询语句", "Statement")),
    (parameters, prose("参数", "Parameters").hint("按顺序的取值，JSON", "Its values in their order, as JSON")), (sets, codes("可读的数据集", "Sets that might be read")),
    (format, choice("格式", "Format")), (rows_most, number("行数上限", "Rows at most")), (at, moment("查询时间", "Asked at")), (flow, hidden()))
// clang-format on

struct answered {
    static constexpr std::string_view type = "query.answered.v1";
    static constexpr std::string_view clause = "S4.2.2";
    static constexpr event_words says{{"查询已完成", "answered the query"}, {"查询已完成：{rows} 行", "answered the query: {rows} rows"}};
    std::uint64_t rows;
    std::uint64_t bytes;           ///< of the file that was sent
    std::uint64_t milliseconds;
    bool cut;                      ///< there were more rows than could be asked for
    std::vector<std::string> read; ///< the codes of the sets that it names
    bool operator==(const answered&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(answered,
    (rows, number("行数", "Rows")), (bytes, number("字节数", "Bytes")), (milliseconds, number("用时", "Took").unit("毫秒", "ms")),
    (cut, yes_no("超出上限被截断", "Cut at the limit")), (read, codes("读取的数据集", "Sets read")))
// clang-format on

struct failed {
    static constexpr std::string_view type = "query.failed.v1";
    static constexpr std::string_view clause = "S4.2.2";
    static constexpr event_words says{{"查询未完成", "could not answer the query"}, {"查询未完成：{why}", "could not answer the query: {why}"}};
    std::string code;              ///< for programs: "refused", "engine", "limit", "bad_request", "not_published", "lost", …
    bilingual why;
    std::uint64_t milliseconds;
    bool operator==(const failed&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(failed,
    (code, code("原因代码", "Code")), (why, bilingual("原因", "Why").most(1'000)), (milliseconds, number("用时", "Took").unit("毫秒", "ms")))
// clang-format on

using any = std::variant<asked, answered, failed>;

}  // namespace events::query
