#include "core/request/request.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::request;
using core::request_status;
using no = core::request::rejection;
namespace happened = events::request;

namespace {

request::form f1() {
    return {"会员积分改版", "积分规则过于复杂", "兑换率提升 20%", "规则、页面、文案", core::date{2027y / 3 / 31}, "复购", events::priority::high,
            {true, "不涉及新的个人信息"}, {}};
}
template <class Change>
request::form f1_with(Change change) {
    auto f = f1();
    change(f);
    return f;
}
request::opinion f1a() { return {{4, "reasonable"}, {3, "feasible"}, {5, "valuable"}, events::verdict::pass, {}}; }

const happened::drafted drafted{requester.id, {"marketing"}, f1(), 1, events::department{"operations"}};
const happened::submitted submitted{};
const happened::convened convened{{wei.id, na.id}, tomorrow};
const happened::assessed by_wei{wei.id, f1a()};
const happened::assessed by_na{na.id, f1a()};

const auto draft = [] { return given<request>(drafted); };
const auto in_assessment = [](auto... more) { return given<request>(drafted, submitted, convened, more...); };
const auto assessed = [](auto... more) { return in_assessment(by_wei, by_na, more...); };

std::vector<situation<request>> situations() {
    return {draft(),
            given<request>(drafted, submitted),
            in_assessment(),
            assessed(),
            assessed(happened::clarification_asked{"who pays?"}),
            assessed(happened::passed{""}),
            assessed(happened::rejected{"no"}),
            given<request>(drafted, happened::withdrawn{"late"})};
}

std::vector<request::command> commands() {
    return {request::revise{f1()},        request::submit{},         request::convene{{wei.id}, core::date{2026y / 12 / 1}},
            request::assess{f1a()},       request::pass{"good"},     request::send_back{"unclear"},
            request::clarify{"how much"}, request::reject{"costly"}, request::answer{"finance"},
            request::withdraw{"done elsewhere"}, request::hand_over{wei.id, mei.id},
            request::extend_assessment{core::date{2026y / 12 / 9}, "the room was not there"}};
}

bool handbook_allows(const request::state& q, std::string_view command, const core::person& who) {
    using s = request_status;
    const bool mine = who.id == requester.id;
    const bool decides = manages(who) && !mine;
    const bool all_in = q.assessed.size() == q.assessors.size();
    if (!who.active) return false;
    if (command == "request.revise") return mine && q.is == s::draft;
    if (command == "request.submit") return mine && (q.is == s::draft || q.is == s::submitted);  // again: already so
    if (command == "request.convene") return decides && q.is == s::submitted;
    if (command == "request.assess") return (who.id == wei.id || who.id == na.id) && q.is == s::in_assessment;
    if (command == "request.pass") return decides && ((q.is == s::in_assessment && all_in) || q.is == s::approved);
    if (command == "request.reject") return decides && q.is == s::in_assessment && all_in;
    if (command == "request.return" || command == "request.clarify") return decides && q.is == s::in_assessment;
    if (command == "request.answer") return mine && q.is == s::clarifying;
    if (command == "request.withdraw") return mine && q.is != s::approved && q.is != s::rejected && q.is != s::withdrawn;
    return false;  // hand_over and extend_assessment are the system's
}

}  // namespace

TEST_CASE("request: any department asks for a project, in its own name", "[core][request][S3.1.1][F1]") {
    const auto none = given<request>();
    CHECK(none.when(request::draft{f1()}, as(requester)) == drafted);
    CHECK(none.when(request::draft{f1()}, as(wei)).passed());
    CHECK(none.when(request::draft{f1()}, as(gone)) == no::inactive);
    CHECK(none.when(request::draft{f1()}, as_system()) == no::not_requester);
    CHECK(draft().when(request::draft{f1()}, as(requester)) == no::already_exists);
}

TEST_CASE("request: every field of F1 is checked", "[core][request][S3.1.1][F1]") {
    const auto asked = [](auto change) { return given<request>().when(request::draft{f1_with(change)}, as(requester)); };
    CHECK(asked([](auto& f) { f.title = ""; }) == bad_field{"form/title"});
    CHECK(asked([](auto& f) { f.title = "two\nlines"; }) == bad_field{"form/title"});
    CHECK(asked([](auto& f) { f.background = " "; }) == bad_field{"form/background"});
    CHECK(asked([](auto& f) { f.objectives = ""; }) == bad_field{"form/objectives"});
    CHECK(asked([](auto& f) { f.main_content = std::string(16'385, 'x'); }) == bad_field{"form/main_content"});
    CHECK(asked([](auto& f) { f.required_by = yesterday; }) == no::bad_required_by);
    CHECK(asked([](auto& f) { f.required_by = today; }).passed());
    CHECK(asked([](auto& f) { f.expected_benefit = std::string(16'385, 'x'); }) == bad_field{"form/expected_benefit"});
    CHECK(asked([](auto& f) { f.expected_benefit.reset(); }).passed());
    CHECK(asked([](auto& f) { f.compliance = {true, ""}; }) == no::bad_compliance);
    CHECK(asked([](auto& f) { f.compliance = {false, ""}; }).passed());
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
    CHECK(asked([](auto& f) { f.extras.fields = {{"channel", "x"}}; }) == no::bad_extras);
    const events::attachment file{std::string(64, 'a'), "f1.pdf", "application/pdf", 1024};
    const auto attached = [&](auto change) {
        auto a = file;
        change(a);
        return asked([&](auto& f) { f.extras.attachments = {a}; });
    };
    CHECK(attached([](auto&) {}).passed());
    CHECK(attached([](auto& a) { a.sha256 = "A"; }) == no::bad_extras);
    CHECK(attached([](auto& a) { a.name = "../etc"; }) == no::bad_extras);
    CHECK(attached([](auto& a) { a.bytes = 1ull << 40; }) == no::bad_extras);
}

TEST_CASE("request: nothing is submitted before its compliance was checked", "[core][request][S1.3.1]") {
    auto unchecked = drafted;
    unchecked.form.compliance = {false, ""};
    CHECK(given<request>(unchecked).when(request::submit{}, as(requester)) == no::unchecked);
    const auto checked = given<request>(unchecked).after(request::revise{f1()}, as(requester));
    CHECK(checked.when(request::submit{}, as(requester)) == submitted);
}

TEST_CASE("request: OM convenes assessors, and the verdict waits for their opinions", "[core][request][S3.1.2][F1a]") {
    const auto waiting = given<request>(drafted, submitted);
    CHECK(waiting.when(request::convene{{wei.id, na.id}, tomorrow}, as(lin)) == convened);
    CHECK(waiting.when(request::convene{{}, tomorrow}, as(lin)) == bad_field{"assessors"});
    CHECK(waiting.when(request::convene{{wei.id, wei.id}, tomorrow}, as(lin)) == bad_field{"assessors"});
    CHECK(waiting.when(request::convene{{gone.id}, tomorrow}, as(lin)) == bad_field{"assessors"});
    CHECK(waiting.when(request::convene{{requester.id}, tomorrow}, as(lin)) == no::assessor_is_requester);
    CHECK(waiting.when(request::convene{{wei.id}, yesterday}, as(lin)) == no::bad_until);

    CHECK(in_assessment().when(request::assess{f1a()}, as(wei)) == by_wei);
    auto six = f1a();
    six.feasibility.points = 6;
    CHECK(in_assessment().when(request::assess{six}, as(wei)) == bad_field{"opinion/feasibility/points"});
    CHECK(in_assessment(by_wei).when(request::pass{{}}, as(lin)) == no::opinions_missing);
    CHECK(in_assessment(by_wei).when(request::reject{"no"}, as(lin)) == no::opinions_missing);
    auto later = as(lin);
    later.today = core::date{2026y / 11 / 25};
    CHECK(in_assessment(by_wei).when(request::pass{{}}, later) == happened::passed{""});
    CHECK(assessed().when(request::pass{{}}, as(lin)) == happened::passed{""});
}

TEST_CASE("request: whoever else gives an opinion stands in for no assessor", "[core][request][S3.1.2][S1.3.2]") {
    const auto q = in_assessment(by_wei, happened::assessed{mei.id, f1a()});
    CHECK(q.state().assessed == std::vector{wei.id});
    CHECK(q.when(request::pass{{}}, as(lin)) == no::opinions_missing);
}

TEST_CASE("request: all verdicts but pass need a reason", "[core][request][S3.1.2]") {
    CHECK(assessed().when(request::reject{" "}, as(lin)) == bad_field{"reason"});
    CHECK(assessed().when(request::send_back{""}, as(lin)) == bad_field{"reason"});
    CHECK(assessed().when(request::clarify{""}, as(lin)) == bad_field{"question"});
    CHECK(assessed().when(request::pass{{}}, as(lin)).passed());
    const auto asked = assessed().after(request::clarify{"who pays?"}, as(lin));
    CHECK(asked.when(request::pass{{}}, as(lin)) == no::not_in_assessment);
    CHECK(asked.after(request::answer{"finance does"}, as(requester)).when(request::pass{{}}, as(lin)).passed());
    const auto back = assessed().after(request::send_back{"unclear"}, as(lin));
    CHECK(back.state().is == request_status::draft);
    CHECK(back.state().assessors.empty());
}

TEST_CASE("request: a manager's own request goes to their superior by itself", "[core][request][D1]") {
    auto own = drafted;
    own.requester = lin.id;
    const auto waiting = given<request>(own, submitted);
    // There is another manager: it is theirs.
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, as(lin)) == no::own_request);
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, as(mei)).passed());
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, as(tech_manager)) == no::not_manager);  // of another department (D16)
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, as(zhou)).passed());                    // who oversees them all

    // The only manager: the superior's, and the superior leaders' where there is none.
    auto alone_lin = lin;
    auto no_mei = mei, no_tech = tech_manager;
    no_mei.roles = {{"SP"}};
    no_tech.roles = {{"SP"}};
    const auto nobody_above = roster.with(no_mei).with(no_tech);
    const auto in = [&](const company& all, const core::person& who) {
        auto by = as(who);
        by.people = &all;
        return by;
    };
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, in(nobody_above, lin)) == no::own_request);
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, in(nobody_above, zhou)).passed());
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, in(nobody_above, wei)) == no::not_manager);
    alone_lin.superior = ada.id;
    const auto ada_above = nobody_above.with(alone_lin);
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, in(ada_above, ada)).passed());
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, in(ada_above, aud)) == no::not_manager);

    // And it is said beforehand.
    const auto waits = core::flow::waits<request>(waiting.state(), in(ada_above, wei));
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].command == "request.convene");
    CHECK(waits[0].on.passed_up);
    CHECK(waits[0].on.who == std::vector<core::member_id>{ada.id});
}

TEST_CASE("request: who stands in for somebody does what they may", "[core][request][S1.3.3]") {
    auto stand_in = na;
    stand_in.acts_for = {{lin.id, today, tomorrow}};
    const auto waiting = given<request>(drafted, submitted);
    CHECK(waiting.when(request::convene{{wei.id}, tomorrow}, as(stand_in)).passed());
    auto late = as(stand_in);
    late.today = core::date{2026y / 11 / 25};
    CHECK(waiting.when(request::convene{{wei.id}, core::date{2026y / 12 / 1}}, late) == no::not_manager);
    // An opinion is given in the place of whom one stands in for.
    stand_in.acts_for = {{wei.id, today, {}}};
    stand_in.id = {20};
    CHECK(in_assessment().when(request::assess{f1a()}, as(stand_in)) == by_wei);
    // Who is barred is barred for others as well.
    auto own = drafted;
    own.requester = lin.id;
    stand_in.acts_for = {{lin.id, today, {}}};
    CHECK(given<request>(own, submitted).when(request::convene{{wei.id}, tomorrow}, as(stand_in)) == no::not_manager);
}

TEST_CASE("request: every (status, command, person) is as the handbook says", "[core][request][S3.1.1][S3.1.2]") {
    CHECK(check_every_pair<request>(situations(), commands(), handbook_allows) == 8 * 12 * 11);
    check_rows_agree<request>(situations(), commands());
}

TEST_CASE("request: a repeated command has already taken effect", "[core][request]") {
    CHECK(given<request>(drafted, submitted).when(request::submit{}, as(requester)) == nothing<request>());
    CHECK(in_assessment().when(request::convene{{wei.id, na.id}, tomorrow}, as(lin)) == nothing<request>());
    CHECK(assessed(happened::rejected{"no"}).when(request::reject{"no"}, as(lin)) == nothing<request>());
    CHECK(assessed(happened::rejected{"no"}).when(request::reject{"other"}, as(lin)) == no::closed);
}

TEST_CASE("request: who takes over never assesses what is theirs", "[core][request][S1.3.4][D1]") {
    const auto over = in_assessment().after(request::hand_over{requester.id, wei.id}, as_system());
    CHECK(over.state().requester == wei.id);
    const auto t = in_assessment().after(request::hand_over{wei.id, mei.id}, as_system());
    CHECK(t.state().assessors == std::vector<core::member_id>{na.id, mei.id});
    const auto own = in_assessment().after(request::hand_over{wei.id, requester.id}, as_system());
    CHECK(own.state().assessors == std::vector<core::member_id>{na.id});
}
