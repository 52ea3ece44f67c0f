#include "core/proposal/proposal.hpp"
#include "core/evidence.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::proposal;
using core::proposal_status;
using no = core::proposal::rejection;
namespace happened = events::proposal;

namespace {

proposal::form idea() {
    return {"客服高频问题自动答复", happened::kind::process, "每天人工答复 300 次", "整理知识库并自动答复", "节省两个工时", "两周", {na.id}, {}};
}
const happened::filed filed{wei.id, {"operations"}, idea(), 1, events::department{"operations"}};
const happened::adopted adopted{"可行", {wei.id, na.id}};

std::vector<situation<proposal>> situations() {
    return {given<proposal>(filed),
            given<proposal>(filed, happened::returned{"costs?"}),
            given<proposal>(filed, happened::clarification_asked{"who?"}),
            given<proposal>(filed, adopted),
            given<proposal>(filed, adopted, happened::carried_out{"saved"}),
            given<proposal>(filed, adopted, happened::dropped{"budget"}),
            given<proposal>(filed, happened::rejected{"no"}),
            given<proposal>(filed, happened::withdrawn{"no"})};
}
std::vector<proposal::command> commands() {
    return {proposal::revise{idea()},  proposal::adopt{"good"},     proposal::send_back{"unclear"}, proposal::clarify{"how much?"},
            proposal::answer{"a day"}, proposal::reject{"costly"},  proposal::withdraw{"done"},     proposal::carry_out{"half the calls"},
            proposal::drop{"no time"}, proposal::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const proposal::state& p, std::string_view command, const core::person& who) {
    using s = proposal_status;
    const bool mine = who.id == wei.id, om = manages(who);
    if (!who.active) return false;
    if (command == "proposal.revise") return mine && p.is == s::returned;
    if (command == "proposal.answer") return mine && p.is == s::clarifying;
    if (command == "proposal.withdraw") return mine && (p.is == s::filed || p.is == s::returned || p.is == s::clarifying);
    if (command == "proposal.carry_out" || command == "proposal.drop") return om && p.is == s::adopted;
    if (command == "proposal.hand_over") return false;
    return om && p.is == s::filed;  // the verdicts
}

}  // namespace

TEST_CASE("proposal: every (status, command, person) that is not in the handbook is refused with a clause", "[core][proposal][S1.3.5][table]") {
    CHECK(check_every_pair<proposal>(situations(), commands(), handbook_allows) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<proposal>(situations(), commands());
}

TEST_CASE("proposal: anyone files one, and everyone may read it", "[core][proposal][S1.3.5]") {
    for (const auto* who : everybody) {
        auto f = idea();
        std::erase(f.with, who->id);
        CHECK(given<proposal>().when(proposal::file{f}, as(*who)).passed() == who->active);
        CHECK(may_see(given<proposal>(filed).state(), as(*who)) == who->active);
    }
    CHECK(given<proposal>().when(proposal::file{idea()}, as(wei)) == filed);
    const auto asked = [&](auto change) {
        auto f = idea();
        change(f);
        return given<proposal>().when(proposal::file{f}, as(wei));
    };
    CHECK(asked([](auto& f) { f.title = ""; }) == bad_field{"form/title"});
    CHECK(asked([](auto& f) { f.situation = ""; }) == bad_field{"form/situation"});
    CHECK(asked([](auto& f) { f.idea = " "; }) == bad_field{"form/idea"});
    CHECK(asked([](auto& f) { f.benefit = ""; }) == bad_field{"form/benefit"});
    CHECK(asked([](auto& f) { f.effort = std::string(16'385, 'x'); }) == bad_field{"form/effort"});
    CHECK(asked([](auto& f) { f.with = {wei.id}; }) == no::bad_with);
    CHECK(asked([](auto& f) { f.with = {gone.id}; }) == bad_field{"form/with"});
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
}

TEST_CASE("proposal: every verdict has a reason, adoption too", "[core][proposal][S1.3.5]") {
    const auto open = given<proposal>(filed);
    CHECK(open.when(proposal::adopt{""}, as(lin)) == bad_field{"reason"});
    CHECK(open.when(proposal::reject{" "}, as(lin)) == bad_field{"reason"});
    CHECK(open.when(proposal::send_back{""}, as(lin)) == bad_field{"reason"});
    CHECK(open.when(proposal::clarify{""}, as(lin)) == bad_field{"question"});
    const auto asked = open.after(proposal::clarify{"who?"}, as(lin));
    CHECK(asked.when(proposal::adopt{"good"}, as(lin)) == no::not_filed);
    CHECK(asked.after(proposal::answer{"us"}, as(wei)).when(proposal::adopt{"可行"}, as(lin)) == adopted);
}

TEST_CASE("proposal: an adopted one is to the credit of all whose idea it was, and what came of it is told", "[core][proposal][S1.3.5]") {
    const auto taken = given<proposal>(filed).after(proposal::adopt{"可行"}, as(lin));
    CHECK(taken.state().credited == std::vector{wei.id, na.id});
    CHECK(taken.when(proposal::carry_out{""}, as(lin)) == bad_field{"effect"});
    CHECK(taken.when(proposal::carry_out{"每天少 240 次"}, as(lin)) == happened::carried_out{"每天少 240 次"});
    CHECK(taken.when(proposal::withdraw{"no"}, as(wei)) == no::decided_already);

    core::evidence_ledger ledger;
    events::recorded e{{}, events::any(happened::any(adopted))};
    e.envelope.position = {9};
    e.envelope.time = now;
    e.envelope.stream = {events::category::proposal, 1};
    ledger.apply(e, core::entities::none());
    for (const auto who : {wei.id, na.id})
        CHECK(ledger.of(who, core::evidence_ledger::source::proposals_adopted, yesterday, tomorrow).size() == 1);

    // Who takes over answers for it; the credit stays where the idea was.
    const auto handed = given<proposal>(filed, happened::handed_over{wei.id, mei.id});
    CHECK(handed.state().proposer == mei.id);
    CHECK(proposal::flow[2].never == proposal::inventor);
    CHECK(handed.when(proposal::adopt{"good"}, as(mei)) == no::own_proposal);
}

TEST_CASE("proposal: nobody decides on their own; it goes to their superior by itself", "[core][proposal][S1.3.5][D1]") {
    auto boss = lin;
    boss.superior = zhou.id;
    auto off = mei, far = tech_manager;
    off.active = far.active = false;
    const auto here = company().with(boss).with(off).with(far);
    const auto own = given<proposal>(happened::filed{lin.id, {"operations"}, idea(), 1});
    auto by = as(boss);
    by.people = &here;
    CHECK(own.when(proposal::adopt{"good"}, by) == no::own_proposal);
    const auto turn = core::flow::turn_of<proposal>(proposal::flow[2], own.state(), by);
    CHECK(turn.passed_up);
    CHECK(turn.who == std::vector{zhou.id});
    // Nor whose idea it is as well.
    auto f = idea();
    f.with = {lin.id};
    CHECK(given<proposal>(happened::filed{wei.id, {"operations"}, f, 1}).when(proposal::adopt{"good"}, as(lin)) == no::own_proposal);
}
