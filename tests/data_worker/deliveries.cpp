// Loading deliveries: each once, corrections over what they correct, and nothing torn by a process that dies (S4.1.2, S4.1.3).

#include "server/data_worker/framing.hpp"
#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace support;

namespace {

const std::string headings = "日期,订单号,渠道,金额\n";

std::string total(data_room& room, json more = json::object()) {
    more.update({{"metric", {{"parts", json::array({{{"code", "m"}, {"formula", "sum(amount)"}}})}, {"unit", "元"}}}, {"grain", "day"}, {"from", "2026-11-30"}, {"until", "2026-11-30"}});
    const auto made = room.ok("values", std::move(more));
    if (!made.contains("values")) return made.dump();
    const auto& v = made["values"][0];
    return v["shown"].is_null() ? v["why"].get<std::string>() : v["shown"].get<std::string>();
}

/// The real program, spoken to over pipes.
class process {
public:
    explicit process(const std::string& database) {
        int to[2], from[2];
        REQUIRE(::pipe(to) == 0);
        REQUIRE(::pipe(from) == 0);
        const auto program = beside_this("opsroom-data");
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(to[0], 0);
            ::dup2(from[1], 1);
            ::close(to[1]);
            ::close(from[0]);
            ::execl(program.c_str(), program.c_str(), "serve", "--database", database.c_str(), "--memory-mb", "256", "--threads", "1", nullptr);
            ::_exit(127);
        }
        ::close(to[0]);
        ::close(from[1]);
        to_ = to[1];
        from_ = from[0];
    }
    ~process() {
        ::close(to_);
        ::close(from_);
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
    }
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    void say(const json& asked) const { data_worker::write_frame(to_, asked.dump()); }
    json hear() const { return json::parse(data_worker::read_frame(from_).value_or("null")); }
    json ask(const json& asked) const {
        say(asked);
        return hear();
    }
    void kill() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = -1;
    }

private:
    pid_t child_ = -1;
    int to_ = -1, from_ = -1;
};

}  // namespace

TEST_CASE("data: a delivery is loaded once, however often it is asked for", "[data][S4.1.2]") {
    data_room room;
    const auto checked = room.check(headings + "2026-11-30,A1,天猫,1\n2026-11-30,A2,抖音,2\n");
    CHECK(room.load(checked["prepared"], "d1", 5)["rows"] == 2);
    const auto again = room.load(checked["prepared"], "d1", 5);
    CHECK(again["already"] == true);
    CHECK(again["rows"] == 2);
    CHECK(total(room) == "3.00");
    CHECK(room.load("none", "d2", 6)["error"]["code"] == "not_found");
    // The same rows in another file.
    const auto twice = room.check(headings + "2026-11-30,A2,抖音,2.0\n2026-11-30,A1,天猫,1\n");
    CHECK(twice["verdict"] == "refused");
    CHECK(result(twice, "repeated")["found_en"].get<std::string>().find("d1") != std::string::npos);
    // Keys that are there already.
    CHECK(result(room.check(headings + "2026-11-30,A2,抖音,7\n"), "key")["passed"] == false);
    const auto loaded = room.ok("loaded")["deliveries"];
    REQUIRE(loaded.size() == 1);
    CHECK(loaded[0]["rows_sha256"] == checked["rows_sha256"]);
    CHECK(loaded[0]["position"] == 5);
    room.restart();
    CHECK(total(room) == "3.00");
    CHECK(room.ok("unload", {{"delivery", "d1"}})["unloaded"] == true);
    CHECK(room.ok("unload", {{"delivery", "d1"}})["unloaded"] == false);
    CHECK(total(room) == "no_data");
}

TEST_CASE("data: a correction replaces what it corrects, and what was known before can still be asked", "[data][S4.1.3]") {
    data_room room;
    room.load(room.check(headings + "2026-11-30,A1,天猫,1\n")["prepared"], "d1", 5);
    const auto corrected = room.check(headings + "2026-11-30,A1,天猫,9\n", orders_plan(), {{"replaces", "d1"}});
    CHECK(corrected["verdict"] == "accepted");
    room.load(corrected["prepared"], "d2", 8, {{"replaces", "d1"}});
    CHECK(total(room) == "9.00");
    CHECK(total(room, {{"as_of", 8}}) == "9.00");
    CHECK(total(room, {{"as_of", 7}}) == "1.00");
    CHECK(total(room, {{"as_of", 4}}) == "no_data");
    CHECK(room.ok("sets")["sets"][0]["rows"] == 1);
    CHECK(room.ok("rows", {{"set", "orders"}})["rows"][0]["delivery"] == "d2");
    // What was superseded may be delivered again; what counts, not.
    CHECK(room.check(headings + "2026-11-30,A1,天猫,1\n", orders_plan(), {{"replaces", "d2"}})["verdict"] == "accepted");
    CHECK(room.check(headings + "2026-11-30,A1,天猫,9\n", orders_plan(), {{"replaces", "d2"}})["verdict"] == "refused");
    // Made anew from its file nothing is asked of what else there is.
    CHECK(room.ok("load", {{"plan", orders_plan()}, {"file", room.file("f", headings + "2026-11-30,A1,天猫,9\n")}, {"from", "2026-11-30"}, {"until", "2026-11-30"}, {"delivery", "d3"}, {"collection", "c1"}, {"position", 9}, {"replaces", "d2"}})["rows"] == 1);
    CHECK(total(room) == "9.00");
    room.ok("unload", {{"delivery", "d3"}});
    room.ok("unload", {{"delivery", "d2"}});
    CHECK(total(room) == "1.00");
}

TEST_CASE("data: rows that a check is about are counted once each, and what a correction changes is counted", "[data][S2.3.5]") {
    data_room room;
    auto plan = orders_plan();
    plan["columns"][3].update({{"most", "100"}, {"hard_most", "1000"}});
    plan["columns"][2]["values"] = {"天猫"};
    // One as it is to be, one that is doubtful in two ways, one past the limit, one that repeats a key and is doubtful, one that can't be read.
    const auto seen = room.check(headings + "2026-11-30,A1,天猫,1\n2026-11-30,A2,抖音,200\n2026-11-30,A3,天猫,2000\n2026-11-30,A1,抖音,1\n2026-11-30,A4,天猫,x\n", plan);
    CHECK(seen["rows"] == 5);
    CHECK(seen["rejected"] == 3);
    CHECK(seen["faulty"] == 4);
    CHECK(seen["restated"] == 0);
    CHECK(result(seen, "key")["rows"] == 1);
    CHECK(result(seen, "schema")["rows"] == 1);
    CHECK(result(seen, "range")["rows"] == 1);
    CHECK(result(seen, "values")["rows"] == 2);
    room.load(room.check(headings + "2026-11-30,A1,天猫,1\n2026-11-30,A2,天猫,2\n2026-11-30,A3,天猫,3\n")["prepared"], "d1", 1);
    const auto again = room.check(headings + "2026-11-30,A1,天猫,1\n2026-11-30,A2,天猫,5\n", orders_plan(), {{"replaces", "d1"}});
    CHECK(again["restated"] == 2);  // one was changed, one is gone
    CHECK(room.check(headings + "2026-11-30,A3,天猫,3\n2026-11-30,A2,天猫,2\n2026-11-30,A1,天猫,1\n", orders_plan(), {{"replaces", "d1"}, {"delivery", "d2"}})["restated"] == 0);
}

TEST_CASE("data: rows are given out in pages, with where they come from", "[data][S2.3.2]") {
    data_room room;
    std::string rows = headings;
    for (int i = 0; i < 25; ++i) rows += "2026-11-30,A" + std::to_string(i) + "," + (i % 2 ? "天猫" : "") + ",1\n";
    room.load(room.check(rows)["prepared"], "d1", 5);
    json after;
    std::size_t n = 0;
    for (int page = 0; page < 10; ++page) {
        json asked{{"set", "orders"}, {"limit", 10}};
        if (!after.is_null()) asked["after"] = after;
        const auto made = room.ok("rows", asked);
        for (const auto& r : made["rows"]) CHECK(r["line"] == ++n + 1);
        if (made["more"] == false) break;
        after = made["after"];
    }
    CHECK(n == 25);
    CHECK(room.ok("rows", {{"set", "orders"}, {"only", json::array({{{"dimension", "渠道"}, {"values", {"天猫"}}}})}})["rows"].size() == 12);
    CHECK(room.ok("rows", {{"set", "orders"}, {"only", json::array({{{"dimension", "channel"}, {"values", json::array({json()})}}})}})["rows"].size() == 13);
    CHECK(room.ask("rows", {{"set", "orders\" WHERE 1"}})["error"]["code"] == "not_found");
    CHECK(room.ask("rows", {{"set", "orders"}, {"only", json::array({{{"dimension", "x' OR 1"}, {"values", {"a"}}}})}})["error"]["code"] == "not_found");
}

TEST_CASE("data: later plans of a set may add columns and places, and not change what a column is", "[data][S2.3.1]") {
    data_room room;
    room.load(room.check(headings + "2026-11-30,A1,天猫,1.25\n")["prepared"], "d1", 1);
    auto plan = orders_plan();
    plan["columns"][3]["places"] = 4;
    plan["columns"].push_back(column("备注", "note", "text", "label"));
    room.load(room.check("日期,订单号,渠道,金额,备注\n2026-11-30,A2,天猫,0.0001,好\n", plan)["prepared"], "d2", 2);
    CHECK(total(room) == "1.25");
    CHECK(room.ok("rows", {{"set", "orders"}})["rows"][1]["values"]["amount"] == "0.0001");
    CHECK(room.ok("rows", {{"set", "orders"}})["rows"][0]["values"]["note"].is_null());
    plan["columns"][3] = column("金额", "amount", "text", "label");
    const auto other = room.check("日期,订单号,渠道,金额,备注\n2026-11-30,A3,天猫,x,好\n", plan);
    CHECK(room.load(other["prepared"], "d3", 3)["error"]["code"] == "bad_plan");
    CHECK(room.ok("loaded")["deliveries"].size() == 2);
}

TEST_CASE("data: a database that can't be opened is moved aside, and begun anew", "[data][S4.1.3]") {
    data_room room;
    room.load(room.check(headings + "2026-11-30,A1,天猫,1\n")["prepared"], "d1", 1);
    room.stop();
    std::ofstream(room.folder / "data.duckdb", std::ios::binary) << std::string(50'000, 'x');
    room.restart();
    CHECK(room.ok("hello").contains("started_anew"));
    CHECK(room.ok("loaded")["deliveries"].empty());
    CHECK(std::filesystem::exists(room.worker().moved_to()));
    const auto again = room.ok("load", {{"plan", orders_plan()}, {"file", room.file("f", headings + "2026-11-30,A1,天猫,1\n")}, {"from", "2026-11-30"}, {"until", "2026-11-30"}, {"delivery", "d1"}, {"collection", "c1"}, {"position", 1}});
    CHECK(again["rows"] == 1);
    CHECK(total(room) == "1.00");
}

TEST_CASE("data: a process killed at any moment leaves whole deliveries, and loading again gives the same", "[data][crash][S4.1.3]") {
    data_room room;
    room.stop();
    const auto database = (room.folder / "killed.duckdb").string();
    std::string rows = headings;
    for (int i = 0; i < 30'000; ++i) rows += "2026-11-30,A" + std::to_string(i) + ",天猫," + std::to_string(i % 100) + ".25\n";
    const auto file = room.file("rows.csv", rows);
    const json check{{"id", 1}, {"do", "check"}, {"plan", orders_plan()}, {"file", file}, {"from", "2026-11-30"}, {"until", "2026-11-30"}};
    std::string hash;
    std::size_t acknowledged = 0;
    for (int round = 0; round < 8; ++round) {
        CAPTURE(round);
        process p(database);
        const auto before = p.ask({{"id", 0}, {"do", "loaded"}})["ok"]["deliveries"].size();
        // What was acknowledged is there, and nothing is there in part.
        REQUIRE(before >= acknowledged);
        const auto sets = p.ask({{"id", 0}, {"do", "sets"}})["ok"]["sets"];
        REQUIRE((sets.empty() ? 0 : sets[0]["rows"].get<std::size_t>()) == before * 30'000);
        auto asked = check;
        // Another set of keys each time would be another file: the check for repetition is off here.
        asked["plan"]["checks"] = json::array({{{"check", "repeated"}, {"severity", "off"}}, {{"check", "key"}, {"severity", "warn"}}});
        const auto made = p.ask(asked)["ok"];
        REQUIRE(made.contains("prepared"));
        if (hash.empty()) hash = made["rows_sha256"];
        REQUIRE(made["rows_sha256"] == hash);
        p.say({{"id", 2}, {"do", "load"}, {"token", made["prepared"]}, {"delivery", "d" + std::to_string(round)}, {"collection", "c"}, {"position", round}});
        if (round % 2 == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(15 * round));
        } else {
            REQUIRE(p.hear()["ok"]["rows"] == 30'000);
            acknowledged = before + 1;
        }
        p.kill();
    }
}
