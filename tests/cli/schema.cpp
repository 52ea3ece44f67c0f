// What the schema describes, on the command line: every command of every kind, and kinds made up for the purpose.

#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/rows.hpp"
#include "clients/cli/commands/typed_as.hpp"
#include "clients/cli/commands/values.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/range.hpp"
#include "clients/cli/schema/said.hpp"
#include "clients/cli/schema/schema.hpp"
#include "clients/cli/typed_file.hpp"
#include "tests/support/command_line.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

namespace {

using namespace cli;
using opsroom_test::run;

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

/// f(field, its key) with whatever is typed for a command: of groups what is in them.
void each_typed(const std::vector<described_field>& fields, const std::string& within, const std::function<void(const described_field&, const std::string&)>& f) {
    for (const auto& one : fields) {
        const auto key = within.empty() ? one.name : within + "/" + one.name;
        if (one.is == shape::group) each_typed(one.fields, key, f);
        else if (one.is != shape::extras) f(one, key);
    }
}

/// Of a kind that has one field of each sort, in a form and beside it.
const json made_up = parse_json(R"({"kinds":[{"name":"visit","path":"/api/v1/visits","label":{"zh":"来访","en":"Visit"},"plural":{"zh":"来访","en":"Visits"},
  "statuses":[{"name":"asked","label":{"zh":"已申请","en":"Asked for"},"tone":"active"},{"name":"over","label":{"zh":"已结束","en":"Over"}}],
  "usual_path":["asked"],"flow":{"rows":[{"command":"visit.ask","next":"asked"}]},
  "sections":[{"name":"asked","label":{"zh":"申请","en":"Request"}}],"forms":[{"name":"V1","version":3,"fields":[]}],"fields":[],
  "commands":[
    {"type":"visit.ask","clause":"S1","label":{"zh":"申请来访","en":"Ask for a visit"},"creates":true,"fields":[
      {"name":"form","is":"group","label":{"zh":"来访单","en":"Visit form"},"required":true,"fields":[
        {"name":"host","is":"person","label":{"zh":"接待人","en":"Host"},"required":true},
        {"name":"purpose","is":"line","label":{"zh":"事由","en":"Purpose"},"required":true,"example":{"zh":"看样品","en":"To see samples"}},
        {"name":"arrives_on","is":"day","label":{"zh":"到访日","en":"Arrives on"},"required":true},
        {"name":"persons","is":"number","label":{"zh":"人数","en":"Persons"},"required":true,"least":1,"most":20,"unit":{"zh":"人","en":"persons"}},
        {"name":"share","is":"percent","label":{"zh":"分摊","en":"Share"}},
        {"name":"cost","is":"money","label":{"zh":"费用","en":"Cost"}},
        {"name":"file","is":"code","label":{"zh":"档号","en":"File number"}},
        {"name":"topics","is":"lines","label":{"zh":"议题","en":"Topics"}},
        {"name":"badge","is":"bilingual","label":{"zh":"名牌","en":"Badge"}},
        {"name":"rooms","is":"choices","label":{"zh":"场所","en":"Rooms"},"options":[{"name":"hall","label":{"zh":"大厅","en":"Hall"}},{"name":"lab","label":{"zh":"实验室","en":"Laboratory"}}]},
        {"name":"parking","is":"group","label":{"zh":"停车","en":"Parking"},"fields":[{"name":"plate","is":"line","label":{"zh":"车牌","en":"Plate"},"required":true},
          {"name":"stops","is":"list","label":{"zh":"行程","en":"Stops"},"fields":[{"name":"at","is":"line","label":{"zh":"地点","en":"At"},"required":true},{"name":"guide","is":"person","label":{"zh":"陪同","en":"Guide"}}]}]},
        {"name":"extras","is":"extras","label":{"zh":"附加","en":"Added"}}]},
      {"name":"reason","is":"prose","label":{"zh":"原因","en":"Reason"},"required":true},
      {"name":"urgent","is":"yes_no","label":{"zh":"加急","en":"Urgent"}},
      {"name":"project","is":"reference","of":"project","label":{"zh":"项目","en":"Project"}}]},
    {"type":"visit.send_off","label":{"zh":"结束","en":"Send off"},"hint":{"zh":"写明结果。","en":"Say what came of it."},"grave":{"zh":"不能恢复。","en":"It is closed for good."},
     "fields":[{"name":"result","is":"prose","label":{"zh":"结果","en":"Result"},"required":true}]},
    {"type":"visit.expire","label":{"zh":"过期","en":"Expire"},"by_system":true,"fields":[]}],
  "events":[
    {"type":"visit.moved.v1","label":{"zh":"改了期","en":"moved the visit"},"detail":{"zh":"把来访改到 {to}，由 {hosts} 接待，{rooms}","en":"moved the visit to {to}, received by {hosts}, {rooms}"},
     "fields":[{"name":"to","is":"day","label":{"zh":"到","en":"To"}},{"name":"hosts","is":"people","label":{"zh":"接待人","en":"Hosts"}},
       {"name":"rooms","is":"choices","label":{"zh":"场所","en":"Rooms"},"options":[{"name":"hall","label":{"zh":"大厅","en":"the hall"}},{"name":"lab","label":{"zh":"实验室","en":"the laboratory"}}]},
       {"name":"reason","is":"prose","label":{"zh":"原因","en":"Reason"}}]}]}]})");

const field& field_with(const write_row& row, std::string_view key) {
    // One that is given for several has all of their keys.
    const auto found = std::find_if(row.fields.begin(), row.fields.end(), [&](const auto& f) { return ("|" + f.key + "|").find("|" + std::string(key) + "|") != std::string::npos; });
    INFO(key);
    REQUIRE(found != row.fields.end());
    return *found;
}

reader in(language l) {
    return {l, [](std::uint64_t member) { return "member " + std::to_string(member); }};
}

}  // namespace

TEST_CASE("cli: every command that the schema describes for people has its row, with all that it takes", "[cli]") {
    const auto& all = schema::built_in();
    REQUIRE_FALSE(all.kinds().empty());
    const auto rows = described_rows(all);
    for (const auto& kind : all.kinds())
        for (const auto& command : kind.commands) {
            INFO(command.type);
            const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.type == command.type; });
            CHECK((row == rows.end()) == command.by_system);
            if (row == rows.end()) continue;
            std::set<std::string> names;
            for (const auto& f : row->fields) CHECK(names.insert(f.name).second);
            std::size_t arguments = 0;
            for (const auto& f : row->fields) arguments += !f.name.starts_with("-");
            CHECK(arguments <= 3);
            each_typed(command.fields, {}, [&](const described_field& f, const std::string& key) {
                if (f.is == shape::bilingual) return void(field_with(*row, key + "/en"));
                if (const auto* as = typed_as_of(key); as && as->name.empty()) return;  // it follows from another
                CHECK(field_with(*row, key).choices.size() == (f.is == shape::yes_no ? 2 : f.is == shape::choice ? f.options.size() : 0));
            });
            for (const auto& language : {row->examples.zh, row->examples.en}) CHECK(has(language, "opsroom " + row->noun + " " + row->verb));
        }
}

TEST_CASE("cli: help says in both languages what the schema calls a command and its fields", "[cli]") {
    for (const auto& kind : schema::built_in().kinds()) {
        for (const auto& [lang, l] : {std::pair("zh", language::zh), std::pair("en", language::en)}) {
            const auto called = [l = l](const wording& label) { return l == language::zh ? label.zh : within_a_line(label.en); };
            const auto noun = run({kind.name, "--help", "--lang", lang}).out;
            for (const auto& command : kind.commands) {
                INFO(command.type);
                if (is_by_hand(command.type)) continue;
                CHECK(has(noun, "  " + command.verb() + " ") != command.by_system);
                if (command.by_system) continue;
                const auto help = run({kind.name, command.verb(), "--help", "--lang", lang}).out;
                CHECK(has(help, called(command.label)));
                each_typed(command.fields, {}, [&](const described_field& f, const std::string& key) {
                    const auto* as = typed_as_of(key);
                    CHECK(((as && as->name.empty()) || has(help, called(f.label))));
                });
            }
            for (const auto& e : kind.events) CHECK(deed(l, e.type) == e.label.in(l));
            for (const auto& c : kind.commands) CHECK(deed(l, c.type) != c.type);
            if (kind.path.empty()) continue;
            CHECK(has(noun, called(kind.plural)));
            for (const auto* verb : {"list", "show"}) CHECK(run({kind.name, verb, "--help", "--lang", lang}).code == 0);
            for (const auto& s : kind.statuses) {
                CHECK(label(l, kind.name, s.name) == s.label.in(l));
                CHECK(has(run({kind.name, "list", "--status", "no such", "--lang", lang}).err, s.name));
            }
        }
    }
    // An older shape of an event is called as the newest.
    CHECK(deed(language::en, "task.assigned.v1") == deed(language::en, "task.assigned.v4"));
    CHECK(deed(language::en, "visit.moved.v1") == "visit.moved.v1");
    CHECK(label(language::en, "visit", "asked") == "asked");
}

TEST_CASE("cli: how a field is typed follows from what the schema says it holds", "[cli]") {
    const schema described(made_up);
    const auto rows = described_rows(described);
    REQUIRE(rows.size() == 2);
    const auto& ask = rows[0];
    CHECK(ask.target == target::none);
    CHECK(rows[1].target == target::entity);
    CHECK(rows[1].verb == "send-off");
    CHECK(rows[1].about.in(language::zh) == "结束：写明结果。不能恢复");
    CHECK(rows[1].about.in(language::en) == "send off: say what came of it. It is closed for good");
    CHECK(rows[1].fields.front().name == "RESULT");

    // The file comes first, and the argument may be one; options are laid over both.
    CHECK(ask.fields[0].name == "--file");
    CHECK(ask.fields[0].key == "form");
    CHECK(ask.fields[1].name == "PURPOSE");
    CHECK(ask.fields[1].key == "form/purpose");
    CHECK(ask.fields[1].is == value::words_or_file);
    CHECK(ask.fields[1].required);
    CHECK(field_with(ask, "reason").name == "--reason");
    CHECK(field_with(ask, "form/host").is == value::person);
    CHECK(field_with(ask, "form/arrives_on").name == "--arrives-on");
    CHECK(field_with(ask, "form/arrives_on").is == value::day);
    CHECK(field_with(ask, "form/persons").within.most == 20);
    CHECK(has(std::string(field_with(ask, "form/persons").about.in(language::zh)), "（人）"));
    CHECK(field_with(ask, "form/share").within.most == 100);
    CHECK(field_with(ask, "form/cost").is == value::money);
    CHECK(field_with(ask, "form/file").name == "--form-file");
    CHECK(field_with(ask, "form/topics").is == value::items);
    CHECK(field_with(ask, "form/badge/zh").name == "--badge-zh");
    CHECK(field_with(ask, "form/rooms").is == value::words);
    CHECK(has(std::string(field_with(ask, "form/rooms").about.in(language::en)), "lab laboratory"));
    CHECK(field_with(ask, "form/parking/plate").name == "--parking-plate");
    CHECK_FALSE(field_with(ask, "form/parking/plate").required);
    CHECK(field_with(ask, "form/parking/stops").is == value::json_file);
    CHECK(field_with(ask, "form/parking/stops").in_file->size() == 2);
    CHECK(field_with(ask, "urgent").choices == std::vector<std::string>{"yes", "no"});
    CHECK(field_with(ask, "project").is == value::number);
    CHECK(std::none_of(ask.fields.begin(), ask.fields.end(), [](const auto& f) { return has(f.key, "extras"); }));
    CHECK(ask.examples.en ==
          "opsroom visit ask \"To see samples\" --host @li.na --arrives-on +3d --persons 1 --reason …\n"
          "opsroom visit template ask > visit.json\nopsroom visit ask --file visit.json --reason …");
    CHECK(has(ask.examples.zh, "opsroom visit ask \"看样品\" "));
}

TEST_CASE("cli: a form to fill in has all of its fields", "[cli]") {
    const schema described(made_up);
    const auto* command = described.command("visit.ask");
    REQUIRE(command);
    CHECK(as_text(form_to_fill_in(form_in(*command)->fields)) ==
          R"({"host":"@login","purpose":"","arrives_on":"+3d","persons":1,"share":null,"cost":null,"file":null,"topics":[],"badge":{"zh":"","en":""},)"
          R"("rooms":[],"parking":{"plate":"","stops":[{"at":"","guide":null}]}})");
    CHECK_FALSE(form_in(*described.command("visit.send_off")));
    for (const auto& kind : schema::built_in().kinds())
        for (const auto& c : kind.commands) {
            if (kind.path.empty() || !form_in(c)) continue;
            INFO(c.type);
            const auto form = parse_json(run({kind.name, "template", c.verb(), "--quiet"}).out);
            each_typed(form_in(c)->fields, {}, [&](const described_field&, const std::string& key) { CHECK(form.contains(json::json_pointer("/" + key))); });
        }
}

TEST_CASE("cli: what an event says is told with names, days and what choices are called", "[cli]") {
    const schema described(made_up);
    const auto* moved = described.event("visit.moved.v1");
    REQUIRE(moved);
    const auto data = parse_json(R"({"to":"2026-12-01","hosts":[3,4],"rooms":["hall","lab"],"reason":"Snow"})");
    CHECK(deed_of(in(language::en), *moved, data) == "moved the visit to 2026-12-01, received by member 3, member 4, the hall, the laboratory");
    CHECK(deed_of(in(language::zh), *moved, data) == "把来访改到 2026-12-01，由 member 3、member 4 接待，大厅、实验室");
    CHECK(own_words_of(in(language::en), *moved, data) == "Snow");
    // Where it is not all there, or is not what it should be, it is said without.
    for (const auto& wrong : {json::object(), json{{"to", "2026-12-01"}}, json{{"to", nullptr}, {"hosts", "x"}, {"rooms", 3}}, json("x")})
        CHECK(deed_of(in(language::en), *moved, wrong) == "moved the visit");
}

TEST_CASE("cli: amounts of money are typed with a point", "[cli]") {
    const std::pair<const char*, std::uint64_t> good[] = {{"0", 0}, {"12", 1200}, {"12.5", 1250}, {"12.05", 1205}, {"1234567.89", 123456789}};
    for (const auto& [typed, amount] : good) CHECK(hundredths(typed) == amount);
    for (const auto* bad : {"", ".", "1.", ".5", "1.234", "-1", "1,5", "1e3", "99999999999999999"}) CHECK_FALSE(hundredths(bad));
    CHECK(amount(123456789) == "1,234,567.89");
    CHECK(amount(5) == "0.05");

    const schema described(made_up);
    settings with;
    std::ostringstream nowhere;
    context about(with, nowhere);
    const auto& form = form_in(*described.command("visit.ask"))->fields;
    CHECK(as_typed(about, json{{"cost", "12.50"}, {"purpose", "12.50"}}, form) == json{{"cost", 1250}, {"purpose", "12.50"}});
    CHECK_THROWS_AS(as_typed(about, json{{"cost", "much"}}, form), failure);
}

TEST_CASE("cli: a form's fields are needed unless a file says them", "[cli]") {
    for (const auto& kind : schema::built_in().kinds())
        for (const auto& c : kind.commands) {
            if (kind.path.empty() || !form_in(c) || !c.creates) continue;
            INFO(c.type);
            const auto missing = run({kind.name, c.verb()});
            CHECK(missing.code == 2);
            CHECK(has(missing.err, "missing: "));
            // Read, and then there is nobody to send it as.
            for (const auto* row : every_row()) {
                if (row->type != c.type) continue;
                const auto file = std::find_if(row->fields.begin(), row->fields.end(), [](const auto& f) { return f.is == value::json_file && f.key.find('/') == f.key.npos; });
                REQUIRE(file != row->fields.end());
                if (file->name == "FILE") CHECK(run({kind.name, c.verb(), "/no/such/form.json"}).code == 7);
                else if (file->name == "--file") CHECK(run({kind.name, c.verb(), "--file", "/no/such/form.json"}).code == 7);
            }
        }
}

TEST_CASE("cli: the API as it is", "[cli]") {
    CHECK(run({"api"}).code == 2);
    CHECK(run({"api", "PATCH", "/api/v1/session"}).code == 2);
    CHECK(run({"api", "GET", "api/v1/me"}).code == 2);
    CHECK(run({"api", "GET", "/api v1"}).code == 2);
    CHECK(run({"api", "POST", "/api/v1/commands/task.start", "--data", "{"}).code == 7);
    CHECK(run({"api", "POST", "/api/v1/commands/task.start", "--data", "@/no/such/file.json"}).code == 7);
    CHECK(run({"api", "GET", "/api/v1/session"}).code == 3);
}
