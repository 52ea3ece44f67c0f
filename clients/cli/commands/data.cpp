// The data behind the metrics: which sets there are, and whole sets as files for other programs (S4.2.2).

#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/values.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <iostream>
#include <set>

namespace cli {
namespace {

struct get_options {
    std::string name, file, from, until, only, metric, grain;
};

void sets(context& about) {
    const auto reply = about.server().get("/api/v1/data/sets");
    const auto plain = [](const char* key) { return [key](const json& r) { return cell{raw(at_or_null(r, key))}; }; };
    const auto days = [](const json& r) { return cell{text_at(r, "from").empty() ? std::string() : text_at(r, "from") + " – " + text_at(r, "until")}; };
    const auto columns = [](const json& r) {
        std::string all;
        for (const auto& c : list_at(r, "columns")) all += (all.empty() ? "" : ", ") + text_at(c, "code");
        return cell{all};
    };
    about.out << shown_list(about, list_at(reply, "items"),
                            {{{"数据集", "SET"}, "set", plain("set")},
                             {{"行数", "ROWS"}, "rows", plain("rows"), true, false},
                             {{"期间", "DAYS"}, "from", days},
                             {{"列", "COLUMNS"}, "columns", columns}});
    if (const auto behind = number_at(reply, "behind").value_or(0); behind > 0)
        std::cerr << "opsroom: " << (about.with.zh() ? fmt::format("还有 {} 次交付未载入", behind) : fmt::format("{} deliveries are not loaded yet", behind)) << '\n';
}

void get(context& about, get_options given) {
    std::string asked;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) asked += fmt::format("{}{}={}", asked.empty() ? '?' : '&', name, percent_encoded(value));
    };
    const auto add_day = [&](const char* name, const std::string& typed) {
        if (typed.empty()) return;
        const auto day = about.day(typed);
        if (!day) throw failure(exit_code::usage, fmt::format("--{} 须为日期，如 2026-12-01 或 今天", name), fmt::format("--{} takes a day, as in 2026-12-01 or today", name));
        add(name, written(*day));
    };
    add_day("from", given.from);
    add_day("until", given.until);
    add("only", given.only);
    add("metric", given.metric);
    add("grain", given.grain);
    if (given.file.empty()) given.file = given.name;
    save_stream(about, fmt::format("/api/v1/data/sets/{}{}", percent_encoded(given.name), asked), given.file, {"数据", "data"});
}

void pulls(context& about) {
    const auto reply = about.server().get("/api/v1/data/pulls");
    const auto plain = [](const char* key) { return [key](const json& r) { return cell{raw(at_or_null(r, key))}; }; };
    const auto moment = [](const char* key) { return [key](const json& r) { return cell{shown_time(text_at(r, key))}; }; };
    const auto why = [&about](const json& r) { return cell{text_at(at_or_null(r, "why"), about.with.zh() ? "zh" : "en"), paint::red}; };
    about.out << shown_list(about, list_at(reply, "items"),
                            {{{"交付", "DELIVERY"}, "delivery", plain("delivery"), true, false},
                             {{"名称", "NAME"}, "name", plain("name")},
                             {{"次数", "TRIES"}, "tries", plain("tries"), true, false},
                             {{"最近一次", "LAST"}, "last", moment("last"), false, false},
                             {{"下一次", "NEXT"}, "next", moment("next"), false, false},
                             {{"原因", "WHY"}, "why", why}});
}

struct sql_options {
    std::string sql, file;
    std::vector<std::string> params;
    std::uint64_t limit = 0;
};

constexpr std::uint64_t rows_shown = 1'000, rows_saved = 100'000;

/// A whole number is one, and everything else a text.
json param_of(const std::string& typed) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), n);
    const bool whole = error == std::errc() && end == typed.data() + typed.size() && std::to_string(n) == typed;
    return whole ? json(n) : json(typed);
}

std::string format_of(const std::string& file) {
    const auto dot = file.rfind('.');
    const auto ending = dot == file.npos ? std::string() : file.substr(dot + 1);
    if (file == "-" || ending == "csv") return "csv";
    if (ending == "json" || ending == "parquet") return ending;
    throw failure(exit_code::usage, "--output 的文件名须以 .csv、.json 或 .parquet 结尾", "--output takes a file that ends in .csv, .json or .parquet");
}

/// Columns of one name are told apart, as in a row each has its own: "x", "x_2".
std::deque<std::string> keys_of(const json& columns) {
    std::set<std::string> taken;
    std::deque<std::string> keys;
    for (const auto& c : columns) {
        const auto name = text_at(c, "name");
        auto key = name;
        for (int n = 2; !taken.insert(key).second; ++n) key = fmt::format("{}_{}", name, n);
        keys.push_back(std::move(key));
    }
    return keys;
}

void show_answer(context& about, const json& reply) {
    const auto all = list_at(reply, "columns");
    const auto keys = keys_of(all);
    std::vector<shown_column> columns;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto type = text_at(all[i], "type");
        const bool number = type == "whole" || type == "decimal" || type == "number";
        const auto* key = keys[i].c_str();
        columns.push_back({{key, key}, key, [key](const json& r) { return cell{raw(at_or_null(r, key))}; }, number});
    }
    json rows = json::array();
    for (const auto& row : list_at(reply, "rows")) {
        json one = json::object();
        for (std::size_t i = 0; i < keys.size() && i < row.size(); ++i) one[keys[i]] = row[i];
        rows.push_back(std::move(one));
    }
    about.out << shown_list(about, rows, columns);
    const auto cut = reply.find("cut");
    if (cut != reply.end() && *cut == true) std::cerr << "opsroom: " << (about.with.zh() ? "还有更多行：用 --limit 增加，或用 --output 存为文件" : "there are more rows: ask for them with --limit, or save them with --output") << '\n';
}

void sql(context& about, const sql_options& given) {
    auto text = given.sql;
    if (text == "-") text = text_of_file("-");
    else if (text.starts_with("@")) text = text_of_file(text.substr(1));
    json params = json::array();
    for (const auto& p : given.params) params.push_back(param_of(p));
    json body{{"sql", text}, {"params", params}, {"limit", given.limit ? given.limit : given.file.empty() ? rows_shown : rows_saved}};
    constexpr const char* address = "/api/v1/data/sql";
    if (given.file.empty()) {
        const auto reply = parse_json(about.server().raw("POST", address, as_text(body), about.command_id()));
        if (!reply.is_object()) throw failure(exit_code::invalid, "服务器的答复无法读取", "the server's answer can't be read");
        return show_answer(about, reply);
    }
    body["format"] = format_of(given.file);
    save_parts(about, given.file, {"数据", "data"}, [&](const std::function<void(std::string_view)>& part) { about.server().post_for_bytes(address, body, about.command_id(), part); });
}

}  // namespace

void add_data_commands(tree& t) {
    auto* noun = t.noun("data", {"指标背后的数据", "the data behind the metrics"}, "opsroom data sets\nopsroom data get orders.csv\nopsroom data get figures.xlsx --grain month\nopsroom data sql \"select channel, sum(amount) from orders group by all\"");
    t.verb(noun, "sets", {"有哪些数据集", "which sets there are"}, "opsroom data sets", [](context& about) { sets(about); });
    auto given = std::make_shared<get_options>();
    auto* app = t.verb(noun, "get", {"把整个数据集或各指标的数值存为文件（CSV、Parquet 或 XLSX）", "save a whole set, or the figures of metrics, as CSV, Parquet or XLSX"},
                       "opsroom data get orders.csv --from 2026-11-01\n"
                       "opsroom data get orders.parquet --only channel:app,web --output app.parquet\n"
                       "opsroom data get figures.xlsx --metric gmv,orders --grain month",
                       [given](context& about) { get(about, *given); });
    t.required(t.option(app, "NAME", given->name, "", {"数据集代码（或 figures）加 .csv、.parquet、.xlsx", "a set's code (or figures) and .csv, .parquet or .xlsx"}));
    t.option(app, "--output", given->file, "FILE", {"写入的文件，- 为标准输出（默认同名）", "the file to write, - for standard output (of the same name)"});
    t.option(app, "--from", given->from, "DATE", {"第一天", "the first day"});
    t.option(app, "--until", given->until, "DATE", {"最后一天", "the last day"});
    t.option(app, "--only", given->only, "TEXT", {"只要这些：维度:值,值;维度:值", "of these alone: dimension:value,value;dimension:value"});
    t.option(app, "--metric", given->metric, "CODES", {"figures：只要这些指标，逗号分隔", "of figures: these metrics alone, with commas"});
    t.only(t.option(app, "--grain", given->grain, "PERIOD", {"figures：只要此周期", "of figures: of this period alone"}), {"day", "week", "month", "quarter", "year"});
    t.verb(noun, "pulls", {"到期而未能获取的数据，及其原因", "data that are due and could not be fetched, and why"}, "opsroom data pulls", [](context& about) { pulls(about); });
    auto asked = std::make_shared<sql_options>();
    auto* query = t.verb(noun, "sql", {"用 SQL 查询您可以查看的数据集（S4.2.2）；每次查询都有记录", "query the sets that you may see in SQL (S4.2.2); each query is on record"},
                         "opsroom data sql \"select channel, sum(amount) as total from orders group by all\"\n"
                         "opsroom data sql \"select * from orders where ordered_on >= ?\" --param 2026-11-01 --output november.parquet\n"
                         "opsroom data sql @weekly.sql -o csv",
                         [asked](context& about) { sql(about, *asked); });
    t.required(t.option(query, "SQL", asked->sql, "", {"一条 SELECT；“@文件”，或“-”表示从标准输入读", "one SELECT; @ and a file, or - for stdin"}));
    t.one_each(t.option(query, "--param", asked->params, "VALUE", {"依次代入 ? 的值，可多次", "a value for each ?, in their order"}), true);
    t.number(query, "--limit", asked->limit, "N", {1, 100'000}, {"行数上限（默认显示 1000 行，存文件 100,000 行）", "rows at most (1,000 are shown, 100,000 saved)"});
    t.option(query, "--output", asked->file, "FILE", {"存为 .csv、.json 或 .parquet，- 为标准输出（CSV）", "save as .csv, .json or .parquet; - for standard output, as CSV"});
}

}  // namespace cli
