// Metrics over the database come to what core/formula comes to over the same rows in memory (S2.3.2): formulas made up at random, each
// over many periods and by member, compared as text.

#include "core/formula/evaluate.hpp"
#include "server/data_worker/catalogue.hpp"
#include "tests/data_worker/support.hpp"
#include "tests/support/formula_data.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace support;
namespace lang = core::formula;

namespace {

class maker {
public:
    explicit maker(std::uint64_t seed) : random_(seed) {}

    int up_to(int most) { return static_cast<int>(random_() % static_cast<std::uint64_t>(most + 1)); }
    bool one_in(int n) { return up_to(n - 1) == 0; }
    std::string one_of(const std::vector<std::string>& all) { return all[static_cast<std::size_t>(up_to(static_cast<int>(all.size()) - 1))]; }

    std::string test() {
        const bool channel = one_in(2);
        const auto name = channel ? "channel" : "region";
        const auto value = [&] { return "\"" + one_of(channel ? std::vector<std::string>{"天猫", "抖音", "it's"} : std::vector<std::string>{"东", "西"}) + "\""; };
        switch (up_to(4)) {
            case 0: return std::string(name) + " = " + value();
            case 1: return std::string(name) + " != " + value();
            case 2: return std::string(name) + " in (" + value() + ", " + value() + ")";
            case 3: return std::string(name) + " not in (" + value() + ")";
            default: return std::string(name) + " is missing";
        }
    }
    std::string aggregate() {
        const auto field = one_of({"s.amount", "s.rate", "s.n"});
        const auto where = one_in(2) ? " where " + test() + (one_in(2) ? (one_in(2) ? " and " : " or ") + test() : "") : "";
        switch (up_to(9)) {
            case 0: return "count()" + where;
            case 1: return "count(" + one_of({"s.buyer", "s.amount"}) + ")" + where;
            case 2: return "count_distinct(" + one_of({"s.buyer", "s.channel"}) + ")" + where;
            case 3: return "quantile(" + field + ", 0." + std::to_string(1 + up_to(97)) + ")" + where;
            case 4: return "median(" + field + ")" + where;
            case 5: return "last(s.stock)" + where;
            default: return one_of({"sum", "avg", "min", "max"}) + "(s.amount)" + where;
        }
    }
    std::string formula(int deep) {
        switch (deep == 0 ? 0 : up_to(5)) {
            case 1: return "(" + formula(deep - 1) + " / " + formula(deep - 1) + ")";
            case 2: return "(" + formula(deep - 1) + " * " + formula(deep - 1) + " / 3)";
            case 3: return "(" + formula(deep - 1) + one_of({" + ", " - "}) + formula(deep - 1) + ")";
            case 4: return one_of({"previous", "year_ago"}) + "(" + formula(deep - 1) + ", " + std::to_string(1 + up_to(2)) + ")";
            case 5: return "rolling(" + aggregate() + ", " + std::to_string(2 + up_to(3)) + ")";
            default: return aggregate();
        }
    }

private:
    std::mt19937_64 random_;
};

json plan_of_s() {
    auto plan = orders_plan();
    plan["set"] = "s";
    // No units: all of it may be added up here, as it is the sums that are tested.
    plan["columns"] = json::array({column("日期", "day", "day", "day"), column("渠道", "channel", "text", "dimension"), column("地区", "region", "text", "dimension"), column("买家", "buyer", "text", "field"),
                                   column("金额", "amount", "decimal", "field", {{"places", 2}}), column("比率", "rate", "percent", "field", {{"places", 1}, {"nature", "ratio"}}), column("件数", "n", "whole", "field"),
                                   column("库存", "stock", "decimal", "field", {{"places", 1}, {"nature", "stock"}})});
    plan["checks"] = json::array({{{"check", "completeness"}, {"severity", "off"}}});
    return plan;
}

}  // namespace

TEST_CASE("data: random formulas come to the same over the database as over rows in memory", "[data][formula][S2.3.2]") {
    using std::chrono::days;
    using std::chrono::sys_days;
    data_room room;
    maker make(20'261'130);
    support::data_in_memory memory;
    auto& rows = memory.sets["s"];
    rows.columns = {{"s.day", ""}, {"channel", ""}, {"region", ""}, {"s.buyer", ""}, {"s.amount", ""}, {"s.rate", "%"}, {"s.n", ""}, {"s.stock", ""}, {"s.channel", ""}};
    const sys_days begins = std::chrono::year(2024) / 11 / 20, ends = begins + days(430);
    rows.covers = std::pair(lang::date(begins), lang::date(ends));
    std::vector<std::string> text(2, "日期,渠道,地区,买家,金额,比率,件数,库存\n");
    for (int i = 0; i < 1500; ++i) {
        const int after = make.up_to(430);
        const auto day = begins + days(after);
        const std::chrono::year_month_day d(day);
        std::vector<std::string> c{make.one_in(6) ? "" : make.one_of({"天猫", "抖音", "it's", "京东"}), make.one_in(6) ? "" : make.one_of({"东", "西"}), make.one_in(6) ? "" : "b" + std::to_string(make.up_to(9))};
        const int amount = make.up_to(2000) - 500, rate = make.up_to(1000), n = make.up_to(9), stock = make.up_to(500);
        const auto exactly = [&](int units, int places) -> lang::cell { return make.one_in(5) ? lang::cell() : lang::decimal{units, static_cast<std::uint8_t>(places)}; };
        const std::vector<lang::cell> cells{exactly(amount, 2), exactly(rate, 1), exactly(n, 0), exactly(stock, 1)};
        const auto cell = [](const std::string& s) { return s.empty() ? lang::cell() : lang::cell(s); };
        rows.all.push_back({lang::date(day), {{}, cell(c[0]), cell(c[1]), cell(c[2]), cells[0], cells[1], cells[2], cells[3], cell(c[0])}});
        char when[16];
        std::snprintf(when, sizeof when, "%04d-%02u-%02u", static_cast<int>(d.year()), static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
        auto& line = text[after > 200];
        line += when;
        for (const auto& s : c) line += "," + s;
        for (const auto& x : cells) {
            line += ",";
            if (const auto* v = std::get_if<lang::decimal>(&x)) line += data_worker::decimal_text(v->units, v->places);
        }
        line += "\n";
    }
    const auto label = [](sys_days d) { return lang::period::of(lang::grain::day, lang::date(d)).label(); };
    const auto load = [&](std::size_t which, sys_days from, sys_days until, int position) {
        const auto made = room.check(text[which], plan_of_s(), {{"from", label(from)}, {"until", label(until)}});
        CAPTURE(made.dump().substr(0, 2000));
        REQUIRE(made["rejected"] == 0);
        REQUIRE(room.load(made["prepared"], "d" + std::to_string(position), position).contains("rows"));
    };
    load(0, begins, begins + days(200), 1);
    load(1, begins + days(201), ends, 2);

    data_worker::row_set set{"s", {}};
    const auto loaded = room.ok("sets");
    for (const auto& c : loaded["sets"][0]["columns"]) {
        data_worker::set_column made;
        made.code = c["code"];
        made.name = c["name"];
        made.unit = c.value("unit", "");
        made.role = c["role"] == "dimension" ? data_worker::column_role::dimension : c["role"] == "day" ? data_worker::column_role::day : data_worker::column_role::field;
        made.nature = c["nature"] == "stock" ? data_worker::nature::stock : c["nature"] == "ratio" ? data_worker::nature::ratio : data_worker::nature::flow;
        made.is_number = c["type"] == "decimal" || c["type"] == "percent" || c["type"] == "whole";
        set.columns.push_back(made);
    }
    const data_worker::loaded_catalogue names({set});
    const char* const grains[] = {"day", "week", "month", "quarter", "year"};
    std::size_t compared = 0, values = 0, tried = 0;
    for (int n = 0; n < 400 && tried < 150; ++n) {
        const auto formula = make.formula(n % 4);
        const bool zero = make.one_in(2);
        const auto checked = lang::check({"m", formula, "", zero}, names);
        if (!checked.has_value()) {
            UNSCOPED_INFO(formula << ": " << checked.error().front().zh);
            continue;  // avg of a rate, and the like
        }
        ++tried;
        const auto grain = static_cast<std::size_t>(make.up_to(4));
        const auto from = begins - days(10) + days(make.up_to(430)), until = from + days(grain == 0 ? 20 : 400);
        const bool to_date = make.one_in(2);
        json asked{{"metric", {{"parts", json::array({{{"code", "m"}, {"formula", formula}, {"missing_is_zero", zero}}})}, {"unit", ""}, {"digits", 3}}}, {"grain", grains[grain]}, {"from", label(from)}, {"until", label(until)}, {"to_date", to_date}};
        lang::question question{lang::period::of(static_cast<lang::grain>(grain), lang::date(from)), {}, to_date};
        const bool by = make.one_in(3);
        if (by) asked["by"] = "region";
        if (make.one_in(3)) {
            asked["only"] = json::array({{{"dimension", "channel"}, {"values", json::array({"天猫", "it's"})}}});
            question.only.push_back({"channel", lang::relation::in, {"天猫", "it's"}, {}, {}});
        }
        const auto answer = room.ok("values", asked);
        CAPTURE(formula, asked.dump(), answer.dump().substr(0, 1000));
        REQUIRE(answer.contains("values"));
        const auto only = question.only;
        for (const auto& v : answer["values"]) {
            auto p = lang::period::of(question.period.grain(), lang::date(from));
            while (p.label() != v["period"]) p = p.moved(1);
            question.period = p;
            question.only = only;
            if (by) {
                const auto member = v["member"].is_null() ? std::vector<std::string>() : std::vector<std::string>{v["member"].get<std::string>()};
                question.only.push_back({"region", member.empty() ? lang::relation::missing : lang::relation::equal, member, {}, {}});
            }
            const auto wanted = lang::evaluate(*checked, memory, question, 3);
            CAPTURE(v.dump());
            REQUIRE(v["shown"] == (wanted.shown ? json(*wanted.shown) : json()));
            REQUIRE(v.value("exact", "") == wanted.exact.value_or(""));
            REQUIRE(v.contains("why") == wanted.why.has_value());
            if (wanted.why) REQUIRE(v["why"] == std::vector<std::string>{"zero_denominator", "no_data", "partial", "not_yet"}[static_cast<std::size_t>(*wanted.why)]);
            ++compared;
            values += wanted.shown.has_value();
        }
    }
    CHECK(tried > 100);
    CHECK(compared > 1500);
    CHECK(values > 500);
}

TEST_CASE("data: a metric of metrics, in per cent, and what is wrong with a formula", "[data][formula][S2.3.2]") {
    data_room room;
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1\n2026-11-30,A2,抖音,2\n2026-11-30,A3,天猫,\n")["prepared"], "d1", 1);
    json asked{{"metric", {{"parts", json::array({{{"code", "天猫数"}, {"formula", "count() where 渠道 = \"天猫\""}}, {{"code", "占比"}, {"formula", "天猫数 / count()"}}})}, {"unit", "%"}, {"digits", 1}}}, {"grain", "month"}, {"from", "2026-11-01"}, {"until", "2026-11-30"}, {"to_date", true}};
    const auto partial = room.ok("values", asked);
    CAPTURE(partial.dump());
    CHECK(partial["values"][0]["why"] == "partial");
    asked["grain"] = "day";
    asked["from"] = "2026-11-30";
    const auto made = room.ok("values", asked);
    CAPTURE(made.dump());
    CHECK(made["values"][0]["shown"] == "66.7");
    CHECK(made["values"][0]["exact"] == "2/3");
    CHECK(made["position"] == 1);
    asked["metric"]["parts"][1]["formula"] = "sum(金颌)";
    const auto bad = room.ask("values", asked)["error"];
    CHECK(bad["code"] == "bad_formula");
    CHECK(bad["zh"].get<std::string>().find("金额") != std::string::npos);
}
