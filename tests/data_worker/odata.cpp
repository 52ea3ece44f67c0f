// OData as Excel, Power BI and Tableau ask it: what passes a filter, pages by key, numbers as they are, and no for whatever else comes (S4.2.2).

#include "server/data_worker/odata/filter.hpp"
#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include <functional>
#include <set>

using namespace support;

namespace {

struct order {
    std::string day, no, channel, amount, qty, paid;  // empty: missing
};

const std::vector<order> orders{{"2026-11-28", "A1", "天猫", "1234.56", "1", "2026-11-28 08:30:00"},  {"2026-11-29", "A2", "抖音", "0.10", "2", "2026-11-29 03:00:00"},
                                {"2026-11-29", "A3", "", "-7.25", "3", ""},                          {"2026-11-30", "A4", "天猫", "", "40", "2026-11-30 23:59:59"},
                                {"2026-11-30", "O'B", "100%_天", "99999999999999999999.99", "", ""}, {"2026-12-01", "b6", "抖音", "1234.57", "7", "2026-12-01 00:00:00"}};

json plan() {
    auto p = orders_plan();
    p["columns"].push_back(column("件数", "qty", "whole", "field", {{"unit", "件"}}));
    p["columns"].push_back(column("付款时间", "paid", "moment", "label"));
    return p;
}

/// A database as it is published: views of what counts, and the metrics' values.
class published {
public:
    /// Of each delivery its file's rows.
    explicit published(const std::vector<std::string>& deliveries) {
        int n = 0;
        for (const auto& rows : deliveries) {
            ++n;
            const auto seen = room_.check("日期,订单号,渠道,金额,件数,付款时间\n" + rows, plan(), {{"from", "2026-11-01"}, {"until", "2026-12-31"}});
            if (!seen.contains("prepared")) throw std::runtime_error(seen.dump());
            const auto loaded = room_.load(seen["prepared"], std::to_string(10 + n), n);
            if (!loaded.contains("rows")) throw std::runtime_error(loaded.dump());
        }
        room_.stop();
        db.emplace(data_worker::database_options{room_.options().database, 256});
        known.emplace(*db);
        for (const auto& s : known->sets()) {
            std::string list;
            for (const auto& c : s.columns) list += data_worker::sql_name(c.code) + ", ";
            db->run("CREATE OR REPLACE VIEW " + data_worker::sql_name(s.code) + " AS SELECT " + list + "(SELECT delivery FROM _deliveries WHERE n = r._delivery) AS _delivery, _line FROM " + data_worker::set_table(s.code) + " AS r WHERE " +
                    data_worker::live_rows({}));
        }
        db->run(R"(CREATE TABLE figures (metric VARCHAR, grain VARCHAR, period VARCHAR, "from" DATE, until DATE, dimension VARCHAR, member VARCHAR, value DECIMAL(38,9), shown VARCHAR, why VARCHAR, unit VARCHAR, version INTEGER);
            INSERT INTO figures VALUES
              ('gmv', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', '', '', 1234.56, '1234.6', NULL, '元', 3),
              ('gmv', 'day', '2026-11-29', DATE '2026-11-29', DATE '2026-11-29', '', '', NULL, NULL, 'no_data', '元', 3),
              ('gmv', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', 'channel', NULL, 0.5, '0.5', 'partial', '元', 3),
              ('gmv', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', 'channel', 'a/b', 12345678901234567890.123456789, '12345678901234567890.1', NULL, '元', 3),
              ('secret', 'day', '2026-11-28', DATE '2026-11-28', DATE '2026-11-28', '', '', 1, '1', NULL, '元', 1))");
    }

    json ask(const std::string& path, json query = json::object(), json more = json::object()) {
        more.update({{"do", "odata"}, {"path", path}, {"query", std::move(query)}, {"base", "https://host/api/v1/odata"}});
        if (!more.contains("sets")) more["sets"] = {"orders"};
        if (!more.contains("metrics")) more["metrics"] = {"gmv"};
        return data_worker::odata_of(*db, *known, data_worker::request(more));
    }
    json body(const std::string& path, json query = json::object(), json more = json::object()) {
        const auto made = ask(path, std::move(query), std::move(more));
        auto read = json::parse(made["body"].get<std::string>());
        if (made["status"] != 200) throw std::runtime_error(made.dump());
        return read;
    }

private:
    data_room room_;

public:
    std::optional<data_worker::database> db;
    std::optional<data_worker::store> known;
};

std::string row_of(const order& o) {
    std::string row;
    for (const auto* cell : {&o.day, &o.no, &o.channel, &o.amount, &o.qty, &o.paid}) row += (row.empty() ? "" : ",") + *cell;
    return row + "\n";
}

std::string first_orders() {
    std::string rows;
    for (const auto& o : orders) rows += row_of(o);
    return rows;
}

/// What an address has behind its "?", decoded.
json query_in(const std::string& link) {
    json made = json::object();
    const auto decoded = [](std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '%') out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)), i += 2;
            else out += text[i];
        return out;
    };
    std::string_view rest = link;
    rest.remove_prefix(rest.find('?') + 1);
    while (!rest.empty()) {
        const auto one = rest.substr(0, rest.find('&'));
        made[decoded(one.substr(0, one.find('=')))] = decoded(one.substr(one.find('=') + 1));
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    }
    return made;
}

}  // namespace

TEST_CASE("data: a filter selects what the same condition selects by hand", "[data][S4.2.2]") {
    published p({first_orders()});
    const auto amount = [](const order& o) { return std::strtold(o.amount.c_str(), nullptr); };
    using test = std::function<bool(const order&)>;
    const std::vector<std::pair<std::string, test>> table{
        {"channel eq '天猫'", [](auto& o) { return o.channel == "天猫"; }},
        {"channel ne '天猫'", [](auto& o) { return o.channel != "天猫"; }},
        {"channel eq null", [](auto& o) { return o.channel.empty(); }},
        {"null ne channel", [](auto& o) { return !o.channel.empty(); }},
        {"no eq 'O''B'", [](auto& o) { return o.no == "O'B"; }},
        {"no in ('A1','A4','none') or qty in (7,null)", [](auto& o) { return o.no == "A1" || o.no == "A4" || o.qty == "7" || o.qty.empty(); }},
        {"not (channel in ('天猫','抖音'))", [](auto& o) { return o.channel != "天猫" && o.channel != "抖音"; }},
        {"not (channel in ('天猫',null))", [](auto& o) { return o.channel != "天猫" && !o.channel.empty(); }},
        {"amount gt 1234.56", [&](auto& o) { return !o.amount.empty() && amount(o) > 1234.565L; }},
        {"amount ge 1234.5600 and amount le 1234.57", [](auto& o) { return o.amount == "1234.56" || o.amount == "1234.57"; }},
        {"amount lt 0.105", [&](auto& o) { return !o.amount.empty() && amount(o) < 0.105L; }},
        {"amount eq 99999999999999999999.99", [](auto& o) { return o.amount == "99999999999999999999.99"; }},
        {"-7.25 eq amount", [](auto& o) { return o.amount == "-7.25"; }},
        {"not (amount gt 0)", [&](auto& o) { return o.amount.empty() || amount(o) <= 0; }},
        {"qty gt 1.5 and qty lt 8", [](auto& o) { return o.qty == "2" || o.qty == "3" || o.qty == "7"; }},
        {"qty lt amount", [&](auto& o) { return !o.qty.empty() && !o.amount.empty() && std::stold(o.qty) < amount(o); }},
        {"day ge 2026-11-29 and day lt 2026-12-01", [](auto& o) { return o.day >= "2026-11-29" && o.day < "2026-12-01"; }},
        {"year(day) eq 2026 and month(day) eq 12", [](auto& o) { return o.day == "2026-12-01"; }},
        {"day(day) in (28,29)", [](auto& o) { return o.day == "2026-11-28" || o.day == "2026-11-29"; }},
        {"paid ge 2026-11-30T15:59:59Z", [](auto& o) { return o.paid >= "2026-11-30 23:59:59"; }},
        {"paid eq 2026-11-28T08:30:00+08:00", [](auto& o) { return o.no == "A1"; }},
        {"day(paid) eq 28", [](auto& o) { return o.no == "A1" || o.no == "A2"; }},  // 3:00 of the 29th is 19:00Z of the 28th
        {"contains(channel,'%_')", [](auto& o) { return o.channel == "100%_天"; }},
        {"startswith(no,'A') and not endswith(no,'3')", [](auto& o) { return o.no == "A1" || o.no == "A2" || o.no == "A4"; }},
        {"contains(channel,'猫') eq false", [](auto& o) { return !o.channel.empty() && o.channel != "天猫"; }},
        {"not contains(channel,'猫')", [](auto& o) { return !o.channel.empty() && o.channel != "天猫"; }},
        {"(no eq 'A1' or no eq 'A2') and (amount gt 1 or (channel eq '抖音'))", [](auto& o) { return o.no == "A1" || o.no == "A2"; }},
        {"no eq 'A1' or no eq 'A2' and amount gt 1", [](auto& o) { return o.no == "A1"; }},
        {"delivery_ eq '11' and line_ le 3", [](auto& o) { return o.no == "A1" || o.no == "A2"; }},
        {"amount gt null or true eq false", [](auto&) { return false; }},
        {"true", [](auto&) { return true; }},
    };
    for (const auto& [filter, by_hand] : table) {
        CAPTURE(filter);
        std::vector<std::string> expected, found;
        for (const auto& o : orders)
            if (by_hand(o)) expected.push_back(o.no);
        const auto made = p.body("/orders", {{"$filter", filter}, {"$count", "true"}, {"$select", "no"}});
        for (const auto& row : made["value"]) found.push_back(row["no"]);
        CHECK(found == expected);
        CHECK(made["@odata.count"] == expected.size());
        CHECK(p.ask("/orders/$count", {{"$filter", filter}})["body"] == std::to_string(expected.size()));
    }
}

TEST_CASE("data: pages by nextLink give each row once, in order, with whatever else was asked", "[data][S4.2.2]") {
    // What is replaced lies between deliveries that count, and small ones beside a large one.
    std::vector<std::string> files{first_orders()};
    constexpr int many = 12'000;
    std::string rows;
    for (int i = 0; i < many; ++i) rows += row_of({"2026-11-" + std::to_string(10 + i % 20), "N" + std::to_string(i), i % 7 ? i % 2 ? "天猫" : "抖音" : "", i % 11 ? std::to_string(i % 100) + ".25" : "", "1", ""});
    files.push_back(rows);
    files.push_back(row_of({"2026-12-05", "last", "天猫", "5", "1", ""}));
    published p(files);
    p.db->run("UPDATE _deliveries SET replaces = '11' WHERE delivery = '13'");

    struct asked {
        json query;
        std::string sql;
        std::size_t pages;
    };
    const std::vector<asked> table{
        {json::object(), "TRUE ORDER BY _delivery, _line", 3},
        {{{"$orderby", "channel desc,amount"}}, "TRUE ORDER BY channel DESC NULLS LAST, amount NULLS FIRST, _delivery, _line", 3},
        {{{"$orderby", "day,amount desc"}, {"$filter", "channel ne '抖音'"}}, "channel IS DISTINCT FROM '抖音' ORDER BY day, amount DESC NULLS LAST, _delivery, _line", 2},
        {{{"$skip", "10"}, {"$top", "10500"}, {"mine", "a&b"}}, "TRUE ORDER BY _delivery, _line LIMIT 10500 OFFSET 10", 3},
        {{{"$filter", "no eq 'N7' or no eq 'last'"}}, "no IN ('N7', 'last') ORDER BY _delivery, _line", 1},
        {{{"$filter", "delivery_ eq '13'"}}, "_delivery = '13'", 1},
        {{{"$top", "5000"}}, "TRUE ORDER BY _delivery, _line LIMIT 5000", 1},
    };
    for (const auto& a : table) {
        CAPTURE(a.query.dump());
        std::vector<std::string> expected, found;
        for (const auto& row : p.db->all("SELECT no FROM orders WHERE " + a.sql)) expected.push_back(*row[0]);
        auto query = a.query;
        query["$count"] = "true";
        query["$select"] = "no,channel";
        std::size_t pages = 0;
        for (bool more = true; more && pages < 10;) {
            const auto made = p.body("/orders", query);
            ++pages;
            CHECK(made["value"].size() <= 5000);
            for (const auto& row : made["value"]) found.push_back(row["no"]);
            CHECK(made["@odata.count"] == std::stoul(*p.db->one("SELECT count(*) FROM orders WHERE " + a.sql.substr(0, a.sql.find(" ORDER")))));
            more = made.contains("@odata.nextLink");
            if (!more) break;
            const auto link = made["@odata.nextLink"].get<std::string>();
            CHECK(link.starts_with("https://host/api/v1/odata/orders?"));
            query = query_in(link);
            CHECK(query.value("mine", "") == a.query.value("mine", ""));
            CHECK_FALSE(query.contains("$skip"));
        }
        CHECK(pages == a.pages);
        CHECK(found.size() == expected.size());
        CHECK(found == expected);
    }
    // A mark is believed no more than anything else that comes from outside.
    const auto next = query_in(p.body("/orders", {{"$orderby", "day"}})["@odata.nextLink"]);
    CHECK(p.ask("/orders", {{"$skiptoken", next["$skiptoken"]}})["status"] == 400);
    CHECK(p.ask("/orders", {{"$skiptoken", next["$skiptoken"]}, {"$orderby", "amount"}})["status"] == 400);
    for (const std::string bad : {"", "x", "WzFd", "W10", "!!!!", "W1tbW1tb", "WyInOyBEUk9QIFRBQkxFIF9kZWxpdmVyaWVzOyAtLSIsIjEiXQ"}) CHECK(p.ask("/orders", {{"$skiptoken", bad}})["status"] == 400);
}

TEST_CASE("data: numbers, days and moments are given out as they are", "[data][S4.2.2]") {
    published p({first_orders()});
    const auto made = p.ask("/orders", {{"$select", "day,amount,qty,paid,line_"}, {"$top", "5"}});
    CHECK(made["type"] == "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false");
    const auto text = made["body"].get<std::string>();
    CAPTURE(text);
    CHECK(text.find(R"x({"@odata.context":"https://host/api/v1/odata/$metadata#orders(day,amount,qty,paid,line_)","value":[{"day":"2026-11-28","amount":1234.56,"qty":1,"paid":"2026-11-28T00:30:00Z","line_":2},{"day":"2026-11-29","amount":0.10,)x") == 0);
    CHECK(text.find(R"("amount":99999999999999999999.99,"qty":null,"paid":null,)") != text.npos);
    CHECK(text.find("nextLink") == text.npos);
    const auto as_text = p.ask("/orders", {{"$filter", "no eq 'A1'"}, {"$count", "true"}}, {{"ieee754", true}});
    CHECK(as_text["type"].get<std::string>().ends_with("IEEE754Compatible=true"));
    CHECK(as_text["body"].get<std::string>().find(R"("@odata.count":"1","value":[{"day":"2026-11-28","no":"A1","channel":"天猫","amount":"1234.56","qty":"1","paid":"2026-11-28T00:30:00Z","delivery_":"11","line_":"2"}])") != std::string::npos);
    // Figures: of the metrics that this reader may see, with the digits that people see.
    const auto figures = p.ask("/figures", {{"$select", "member,value,why"}})["body"].get<std::string>();
    CHECK(figures.find(R"("value":[{"member":"","value":1234.6,"why":null},{"member":null,"value":0.5,"why":"partial"},{"member":"a/b","value":12345678901234567890.1,"why":null},{"member":"","value":null,"why":"no_data"}])") != std::string::npos);
    CHECK(p.ask("/figures/$count", json::object(), {{"metrics", json::array()}})["body"] == "0");
    const auto all_pages = [&](json query, std::vector<std::string> metrics, int size) {
        std::vector<json> ids;
        for (int page = 0; page < 9; ++page) {
            const auto one = p.body("/figures", query, {{"page", size}, {"metrics", metrics}});
            for (const auto& row : one["value"]) ids.push_back(row["id"]);
            if (!one.contains("@odata.nextLink")) break;
            query = query_in(one["@odata.nextLink"]);
        }
        return ids;
    };
    const auto ids = all_pages({{"$orderby", "value desc"}}, {"gmv"}, 1);
    CHECK(ids == std::vector<json>{"gmv/day/2026-11-28/channel/a/b", "gmv/day/2026-11-28//", "gmv/day/2026-11-28/channel", "gmv/day/2026-11-29//"});
    const std::vector<json> by_metric{"gmv/day/2026-11-28//", "gmv/day/2026-11-28/channel", "gmv/day/2026-11-28/channel/a/b", "gmv/day/2026-11-29//", "secret/day/2026-11-28//"};
    for (const int size : {1, 2, 3, 4, 5}) CHECK(all_pages(json::object(), {"secret", "gmv"}, size) == by_metric);
    CHECK(all_pages({{"$skip", "1"}, {"$top", "3"}}, {"secret", "gmv"}, 2) == std::vector<json>(by_metric.begin() + 1, by_metric.begin() + 4));
    CHECK(p.ask("/figures", {{"$skiptoken", "WyJ6Il0"}})["status"] == 400);  // ["z"]
    for (const auto& id : ids) CHECK(p.body("/figures('" + id.get<std::string>() + "')")["id"] == id);
    CHECK(p.ask("/figures('secret/day/2026-11-28//')")["status"] == 404);
    // One row by its key.
    const auto one = p.body("/orders(line_=3,delivery_='11')", {{"$select", "no"}});
    CHECK(one == json({{"@odata.context", "https://host/api/v1/odata/$metadata#orders(no)/$entity"}, {"no", "A2"}}));
    CHECK(p.ask("/orders(delivery_='11',line_=99)")["status"] == 404);
    CHECK(p.ask("/orders(delivery_='x',line_=3)")["status"] == 404);
    for (const std::string bad : {"/orders('11')", "/orders(delivery_='11')", "/orders(delivery_=11,line_=3)", "/orders(delivery_='11',no='A2')", "/orders(delivery_='11',line_='3')", "/orders(", "/orders()"}) CHECK(p.ask(bad)["status"] == 400);
}

TEST_CASE("data: the service's own documents name what this reader may see", "[data][S4.2.2]") {
    published p({first_orders()});
    CHECK(p.body("/") == json::parse(R"({"@odata.context":"https://host/api/v1/odata/$metadata","value":[{"name":"orders","kind":"EntitySet","url":"orders"},{"name":"figures","kind":"EntitySet","url":"figures"}]})"));
    CHECK(p.body("/", json::object(), {{"sets", json::array()}})["value"].size() == 1);
    const auto made = p.ask("/$metadata", {{"$format", "application/xml"}});
    CHECK(made["type"] == "application/xml;charset=utf-8");
    pugi::xml_document doc;
    REQUIRE(doc.load_string(made["body"].get<std::string>().c_str()));
    const auto schema = doc.child("edmx:Edmx").child("edmx:DataServices").child("Schema");
    CHECK(std::string(schema.child("EntityContainer").find_child_by_attribute("Name", "orders").attribute("EntityType").value()) == "opsroom.orders_row");
    std::map<std::string, std::string> types;
    const auto type = schema.find_child_by_attribute("Name", "orders_row");
    for (const auto& property : type.children("Property")) {
        types[property.attribute("Name").value()] = property.attribute("Type").value();
        CHECK(std::string(property.child("Annotation").attribute("Term").value()) == "Core.Description");
    }
    CHECK(types == std::map<std::string, std::string>{{"day", "Edm.Date"}, {"no", "Edm.String"}, {"channel", "Edm.String"}, {"amount", "Edm.Decimal"}, {"qty", "Edm.Decimal"}, {"paid", "Edm.DateTimeOffset"}, {"delivery_", "Edm.String"}, {"line_", "Edm.Int64"}});
    const auto amount = type.find_child_by_attribute("Name", "amount");
    CHECK(std::string(amount.attribute("Precision").value()) + "," + amount.attribute("Scale").value() == "38,2");
    CHECK(std::string(amount.child("Annotation").attribute("String").value()) == "金额（元）");
    for (const auto& key : type.child("Key").children()) CHECK(std::string(type.find_child_by_attribute("Property", "Name", key.attribute("Name").value()).attribute("Nullable").value()) == "false");
}

TEST_CASE("data: columns may be called as OData's own words are, and have names that XML would mistake", "[data][S4.2.2]") {
    published p({first_orders()});
    for (const auto& [code, other] : std::vector<std::pair<std::string, std::string>>{{"no", "delivery_"}, {"channel", "n"}, {"qty", "and"}, {"paid", "delivery"}, {"amount", "year"}}) {
        p.db->run("ALTER TABLE set_orders RENAME COLUMN " + code + " TO " + data_worker::sql_name(other));
        p.db->run("UPDATE _columns SET code = ?, name = ? WHERE code = ?", {other, "<a href=\"&" + other + "\">\x01", code});
    }
    const auto made = p.body("/orders", {{"$filter", "n eq '天猫' and and in (1,40) and not (and eq null) and year gt 1"}, {"$orderby", "and desc,delivery"}});
    REQUIRE(made["value"].size() == 1);
    CHECK(made["value"][0] == json({{"day", "2026-11-28"}, {"delivery_", "A1"}, {"n", "天猫"}, {"year", 1234.56}, {"and", 1}, {"delivery", "2026-11-28T00:30:00Z"}, {"delivery__", "11"}, {"line_", 2}}));
    CHECK(p.body("/orders(delivery__='11',line_=2)")["delivery_"] == "A1");
    pugi::xml_document doc;
    REQUIRE(doc.load_string(p.ask("/$metadata")["body"].get<std::string>().c_str()));
    const auto type = doc.child("edmx:Edmx").child("edmx:DataServices").child("Schema").find_child_by_attribute("Name", "orders_row");
    CHECK(std::string(type.find_child_by_attribute("Name", "n").child("Annotation").attribute("String").value()) == "<a href=\"&n\">");
}

TEST_CASE("data: what is wrong is said with its place, and what is hostile is only wrong", "[data][S4.2.2]") {
    published p({first_orders()});
    const auto status = [&](const std::string& option, const std::string& text) { return p.ask("/orders", {{option, text}})["status"].get<int>(); };
    const auto said = [&](const std::string& filter) { return json::parse(p.ask("/orders", {{"$filter", filter}})["body"].get<std::string>())["error"]; };
    CHECK(said("天 eq '猫' and nothing gt 1")["target"] == "天");
    CHECK(said("no eq 'A1' and nothing gt 1")["message"].get<std::string>().find("at character 16: orders has no property nothing") != std::string::npos);
    CHECK(said("channel eq '天猫' amd no eq 'x'")["message"].get<std::string>().find("at character 17") != std::string::npos);
    CHECK(said("amount gt '5'")["target"] == "amount");
    CHECK(said("amount gt '5'")["message"].get<std::string>().find("a number is without quotes") != std::string::npos);
    CHECK(said("day eq '2026-11-30'")["message"].get<std::string>().find("2026-11-30, without quotes") != std::string::npos);
    CHECK(said("x eq 1")["message"].get<std::string>().find("没有列 x") != std::string::npos);
    for (const std::string bad : {"", " ", "'; DROP TABLE _deliveries; --", "no eq 'a'; DROP TABLE x", "no eq \"a\"", "no eq 'a' or 1=1", "1 or 1", "no", "no eq", "eq 'a'", "(no eq 'a'", "no eq 'a')", "no eq 'a", "no eq 'a' and", "no in ()", "no in ('a',day)",
                                  "not no eq 'a'", "no eq 5", "day eq 2026-02-30", "paid eq 2026-11-30T08:30:00", "paid eq 2026-11-30T08:30:00 08:00", "paid gt 2026-11-30", "amount eq 1e5", "amount eq --1", "amount eq 1.", "amount eq 0.1234567891",
                                  "amount eq 12345678901234567890123456789", "contains(no)", "contains(no,5)", "contains(amount,'1')", "year(no) eq 1", "no eq _delivery", "_of eq 'x'", "rowid eq 1", "orders.no eq 'a'", "no eq @p"})
        if (status("$filter", bad) != 400) FAIL_CHECK(bad << ": " << p.ask("/orders", {{"$filter", bad}}).dump());
    for (const std::string absent : {"tolower(no) eq 'a'", "amount add 1 eq 2", "no/length eq 1", "sleep(5)"}) CHECK(status("$filter", absent) == 501);
    // Bounded: long, deep, and of many terms.
    CHECK(status("$filter", "no eq '" + std::string(1 << 20, 'x') + "'") == 400);
    CHECK(status("$filter", std::string(4000, '(')) == 400);
    CHECK(status("$filter", std::string(60, '(') + "true" + std::string(60, ')')) == 400);
    CHECK(status("$filter", std::string(40, '(') + "true" + std::string(40, ')')) == 200);
    std::string nots, terms = "true";
    for (int i = 0; i < 1000; ++i) nots += "not ";
    for (int i = 0; i < 300; ++i) terms += " or line_ eq 1";
    CHECK(status("$filter", nots + "true") == 400);
    CHECK(status("$filter", terms) == 400);
    std::string list = "line_ in (0";
    for (int i = 0; i < 1500; ++i) list += "," + std::to_string(i);
    CHECK(status("$filter", list + ")") == 200);
    for (const auto& [option, text] : std::vector<std::pair<std::string, std::string>>{{"$select", "no,nothing"}, {"$select", "no,"}, {"$select", ""}, {"$orderby", "no up"}, {"$orderby", "no;"}, {"$top", "-1"}, {"$top", "1.5"}, {"$top", "99999999999999999999"}, {"$skip", "x"}, {"$count", "1"}, {"$foo", "1"}})
        if (status(option, text) != 400) FAIL_CHECK(option << "=" << text);
    for (const auto& [option, text] : std::vector<std::pair<std::string, std::string>>{{"$expand", "x"}, {"$apply", "x"}, {"$search", "x"}, {"$format", "atom"}, {"$select", "no/x"}, {"$orderby", "tolower(no)"}}) CHECK(status(option, text) == 501);
    CHECK(status("filter", "nothing eq") == 200);
    CHECK(status("$top", "0") == 200);
    CHECK(p.ask("/orders", {{"$top", json::array({"1", "2"})}})["status"] == 400);
    // Nothing tells that there is a set which is not to be seen.
    CHECK(p.ask("/orders", json::object(), {{"sets", {"other"}}})["status"] == 404);
    CHECK(p.ask("/none")["status"] == 404);
    CHECK(p.ask("/_deliveries")["status"] == 404);
    CHECK(p.ask("/orders; DROP TABLE x")["status"] == 404);
    CHECK(p.ask("/" + std::string(1 << 20, 'a'))["status"] == 400);
    CHECK(p.ask("/$batch")["status"] == 404);
    CHECK(p.ask("/orders(delivery_='11',line_=3)/amount")["status"] == 404);
    CHECK(p.ask("/$metadata", {{"$format", "json"}})["status"] == 501);
    CHECK(p.db->number("SELECT count(*) FROM _deliveries") == 1);
}
