// The data behind the metrics: which sets there are, and whole sets as files for other programs (S4.2.2).

#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <iostream>

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

}  // namespace

void add_data_commands(tree& t) {
    auto* noun = t.noun("data", {"指标背后的数据", "the data behind the metrics"}, "opsroom data sets\nopsroom data get orders.csv\nopsroom data get figures.xlsx --grain month");
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
}

}  // namespace cli
