// Deliveries as they come (S4.1.3, S2.3.5): each is accepted, warned of, quarantined or refused, and says why in both languages.

#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>

#include <iconv.h>

#include <set>

using namespace support;

namespace {

const std::string headings = "日期,订单号,渠道,金额\n";

std::string in(const char* encoding, std::string text) {
    const auto with = ::iconv_open(encoding, "UTF-8");
    std::string out(text.size() * 4, '\0');
    char *from = text.data(), *to = out.data();
    auto left = text.size(), room = out.size();
    ::iconv(with, &from, &left, &to, &room);
    ::iconv_close(with);
    out.resize(out.size() - room);
    return out;
}

json reading(const std::string& key, json value) {
    auto plan = orders_plan();
    plan["reading"][key] = std::move(value);
    return plan;
}

void says_why(const json& checked) {
    for (const auto& f : checked["faults"]) {
        CHECK_FALSE(f["reason_zh"].get<std::string>().empty());
        CHECK_FALSE(f["reason_en"].get<std::string>().empty());
    }
    for (const auto& r : checked["results"]) CHECK(r["found_en"].get<std::string>().size() <= 800);
}

}  // namespace

TEST_CASE("data: a clean delivery is accepted, whatever its encoding and separators", "[data][S4.1.3]") {
    data_room room;
    const auto rows = headings + "2026-11-30,A1,天猫,\"1,234.50\"\n2026-11-30,\"A\n2\",\"抖\"\"音\",20\n";
    const auto plain = room.check(rows);
    CAPTURE(plain.dump());
    CHECK(plain["verdict"] == "accepted");
    CHECK(plain["rows"] == 2);
    CHECK(plain["taken"] == 2);
    // The same rows are the same, however they came, in whichever order.
    const auto hash = plain["rows_sha256"];
    CHECK(room.check("\xEF\xBB\xBF" + rows)["rows_sha256"] == hash);
    CHECK(room.check(headings + "2026/11/30,\"A\n2\",\"抖\"\"音\",20.00\r\n20261130,A1,天猫,1234.5")["rows_sha256"] == hash);
    CHECK(room.check(in("GB18030", rows), reading("encoding", "gb18030"))["rows_sha256"] == hash);
    CHECK(room.check("\xFF\xFE" + in("UTF-16LE", rows), reading("encoding", "utf16le"))["rows_sha256"] == hash);
    CHECK(room.check(in("UTF-16BE", rows), reading("encoding", "utf16be"))["rows_sha256"] == hash);
    CHECK(room.check("日期;订单号;渠道;金额\n2026-11-30;A1;天猫;1,234.50\n2026-11-30;\"A\n2\";\"抖\"\"音\";20\n", reading("separator", "semicolon"))["rows_sha256"] == hash);
    auto titled = orders_plan();
    titled["reading"]["skip"] = 2;
    titled["reading"]["skip_end"] = 1;
    CHECK(room.check("渠道周报,,,\n,,,\n" + rows + "合计,,,1254.50\n", titled)["rows_sha256"] == hash);
    CHECK(room.check(headings + "2026-11-30,A1,天猫,1\n")["rows_sha256"] != hash);
}

TEST_CASE("data: what can't be read is refused, and says why", "[data][S4.1.3]") {
    data_room room;
    struct messy {
        std::string what, bytes;
        json plan = orders_plan();
    };
    for (const auto& [what, bytes, plan] : {messy{"empty", ""},
                                            {"blank lines", "\n\n\n"},
                                            {"cut off in a quote", headings + "2026-11-30,A1,天猫,\"1"},
                                            {"binary", std::string("\x7f""ELF\x00\x01\x02\xff\xfe\xfd", 10)},
                                            {"another encoding", in("GB18030", headings + "2026-11-30,A1,天猫,1\n")},
                                            {"UTF-8 where GB18030 is said", "\xEF\xBB\xBF" + headings, reading("encoding", "gb18030")},
                                            {"UTF-16 unsaid", "\xFF\xFE" + in("UTF-16LE", headings)},
                                            {"another separator", "日期;订单号;渠道;金额\n2026-11-30;A1;天猫;1\n"},
                                            {"another plan", "姓名,年龄\n张三,3\n"},
                                            {"a column is missing", "日期,订单号,渠道\n2026-11-30,A1,天猫\n"},
                                            {"a column twice", "日期,订单号,渠道,金额,金额\n2026-11-30,A1,天猫,1,2\n"},
                                            {"an archive", "PK\x03\x04 and so on"},
                                            {"no workbook", headings, reading("type", "xlsx")},
                                            {"a broken workbook", "PK\x03\x04 and so on", reading("type", "xlsx")},
                                            {"an old workbook", "\xD0\xCF\x11\xE0 and so on"},
                                            {"more to skip than there is", headings, reading("skip", 50)},
                                            {"a cell without end", headings + "2026-11-30,A1," + std::string(100'000, 'x') + ",1\n"}}) {
        const auto made = room.check(bytes, plan);
        CAPTURE(what, made.dump());
        CHECK(made["verdict"] == "refused");
        CHECK_FALSE(made.contains("prepared"));
        CHECK_FALSE(made["results"].empty());
        says_why(made);
    }
    CHECK(room.ask("check", {{"plan", orders_plan()}, {"file", "/nonexistent"}, {"from", "2026-11-30"}, {"until", "2026-11-30"}})["error"]["code"] == "not_found");
    CHECK(room.ok("sets")["sets"].empty());
}

TEST_CASE("data: rows that are wrong are rejected one by one, and the delivery waits in quarantine", "[data][S4.1.3][S2.3.5]") {
    data_room room;
    const auto made = room.check(headings + "2026-11-30,A1,天猫,1\n2026-11-30,A2,天猫\n2026-11-30,A3,天猫,1,2\n2026-02-30,A4,天猫,1\n2026-11-30,A5,天猫,一百\n2026-11-29,A6,天猫,1\n2026-11-30,,天猫,1\n2026-11-30,A1,抖音,2\n2026-11-30,\"A8\"x,天猫,1\n",
                                 orders_plan(), {{"rejects", (room.folder / "rejects.csv").string()}});
    CAPTURE(made.dump());
    CHECK(made["verdict"] == "quarantined");
    CHECK(made["rows"] == 9);
    CHECK(made["taken"] == 1);
    CHECK(made["rejected"] == 8);
    CHECK(made["has_rejects"] == true);
    CHECK(made["faults"].size() == 8);
    std::set<int> lines;
    for (const auto& f : made["faults"]) lines.insert(f["line"].get<int>());
    CHECK(lines == std::set<int>{3, 4, 5, 6, 7, 8, 9, 10});
    CHECK(made["faults"][3]["column"] == "金额");
    CHECK(made["faults"][3]["value"] == "一百");
    for (const auto* failed : {"schema", "key", "range"}) CHECK(result(made, failed)["passed"] == false);
    says_why(made);
    std::ifstream rejects(room.folder / "rejects.csv");
    CHECK(std::string(std::istreambuf_iterator<char>(rejects), {}).find("\"6\",\"金额\",\"不是数字\"") != std::string::npos);
}

TEST_CASE("data: the ten checks, each with the severity of the plan", "[data][S4.1.3][S2.3.5]") {
    data_room room;
    auto plan = orders_plan();
    plan["columns"][2]["required"] = true;
    plan["columns"][2]["values"] = {"天猫", "抖音"};
    plan["columns"][3].update({{"least", "0"}, {"most", "100"}, {"hard_most", "1000"}});
    const auto verdict = [&](const std::string& rows, json more = json::object()) {
        const auto made = room.check(headings + rows, plan, std::move(more));
        CAPTURE(made.dump());
        return made;
    };
    CHECK(verdict("2026-11-30,A1,天猫,1\n")["verdict"] == "accepted");
    CHECK(verdict("2026-11-30,A1,天猫,101\n")["verdict"] == "warned");
    CHECK(verdict("2026-11-30,A1,天猫,1001\n")["verdict"] == "quarantined");
    CHECK(result(verdict("2026-11-30,A1,京东,1\n"), "values")["passed"] == false);
    CHECK(verdict("2026-11-30,A1,京东,1\n")["verdict"] == "warned");
    CHECK(verdict("2026-11-30,A1,,1\n")["verdict"] == "quarantined");
    CHECK(result(verdict(""), "completeness")["passed"] == false);
    CHECK(verdict("")["verdict"] == "quarantined");
    CHECK(result(verdict("2026-11-30,A1,天猫,1\n", {{"from", "2026-11-28"}, {"until", "2026-11-30"}}), "completeness")["found_en"].get<std::string>().find("2026-11-28, 2026-11-29") != std::string::npos);
    CHECK(verdict("2026-11-30,A1,天猫,1\n", {{"late_minutes", 100}})["verdict"] == "accepted");
    CHECK(verdict("2026-11-30,A1,天猫,1\n", {{"late_minutes", 121}})["verdict"] == "warned");
    json usual = json::array();
    for (int n = 0; n < 8; ++n) usual.push_back({{"weekday", 1}, {"rows", 100 + n}});
    CHECK(result(verdict("2026-11-30,A1,天猫,1\n", {{"volumes", usual}}), "volume")["passed"] == false);
    const auto before = verdict("2026-11-30,A1,天猫,1\n");
    CHECK(verdict("2026-11-30,A1,天猫,1\n", {{"previous", json::array({before["file_sha256"]})}})["verdict"] == "refused");
    CHECK(verdict("2026-11-30,A1,天猫,1\n", {{"known_schema", before["schema_sha256"]}})["verdict"] == "accepted");
    CHECK(room.check("日期,订单号,金额,渠道\n2026-11-30,A1,1,天猫\n", plan)["verdict"] == "warned");
    CHECK(room.check("日期,订单号,渠道,金额,备注\n2026-11-30,A1,天猫,1,x\n", plan)["verdict"] == "warned");
    plan["checks"] = json::array({{{"check", "range"}, {"severity", "off"}}, {{"check", "values"}, {"severity", "block"}}, {{"check", "key"}, {"severity", "warn"}}});
    CHECK(verdict("2026-11-30,A1,天猫,101\n")["verdict"] == "accepted");
    CHECK(verdict("2026-11-30,A1,京东,1\n")["verdict"] == "quarantined");
    CHECK(verdict("2026-11-30,A1,天猫,1\n2026-11-30,A1,天猫,2\n")["verdict"] == "warned");
}

TEST_CASE("data: two sets are held against one another", "[data][S4.1.3]") {
    data_room room;
    room.load(room.check(headings + "2026-11-30,A1,天猫,100\n2026-11-30,A2,抖音,100\n")["prepared"], "d1", 1);
    auto plan = orders_plan();
    plan["set"] = "bills";
    plan["checks"] = json::array({{{"check", "references"}, {"severity", "warn"}, {"against", "orders"}}, {{"check", "reconciliation"}, {"severity", "warn"}, {"against", "orders"}}});
    const auto good = room.check(headings + "2026-11-30,B1,天猫,200.50\n", plan);
    CAPTURE(good.dump());
    CHECK(good["verdict"] == "accepted");
    const auto bad = room.check(headings + "2026-11-30,B1,京东,202\n", plan);
    CAPTURE(bad.dump());
    CHECK(result(bad, "references")["passed"] == false);
    CHECK(result(bad, "reconciliation")["passed"] == false);
    CHECK(bad["verdict"] == "warned");
}

TEST_CASE("data: what is personal is hashed or dropped, and told to nobody", "[data][S4.1.3]") {
    data_room room;
    auto plan = orders_plan();
    plan["columns"].push_back(column("手机", "phone", "text", "field", {{"personal", true}, {"treatment", "hash"}}));
    plan["columns"].push_back(column("姓名", "buyer", "text", "label", {{"personal", true}, {"treatment", "drop"}}));
    const std::string rows = "日期,订单号,渠道,金额,手机,姓名\n2026-11-30,A1,天猫,1,13800000000,张三丰\n2026-11-30,A2,天猫,x,13800000000,张三丰\n2026-11-30,A3,13800000000,张三丰\n";
    CHECK(room.ask("check", {{"plan", plan}, {"file", room.file("f", rows)}, {"from", "2026-11-30"}, {"until", "2026-11-30"}})["error"]["code"] == "bad_request");
    const auto made = room.check(rows, plan, {{"hash_key", "0123456789abcdef"}, {"rejects", (room.folder / "rejects.csv").string()}});
    CAPTURE(made.dump());
    REQUIRE(made.contains("prepared"));
    room.load(made["prepared"], "d1", 1);
    const auto shown = room.ok("rows", {{"set", "orders"}}).dump() + made.dump() + std::string(std::istreambuf_iterator<char>(std::ifstream(room.folder / "rejects.csv").rdbuf()), {});
    CHECK(shown.find("13800000000") == std::string::npos);
    CHECK(shown.find("张三丰") == std::string::npos);
    CHECK(room.ok("rows", {{"set", "orders"}})["rows"][0]["values"]["phone"].get<std::string>().size() == 64);
    plan["columns"][4]["treatment"] = "keep";
    CHECK(room.check(rows, plan)["error"]["code"] == "bad_plan");
}
