#include "core/appraisal/appraisal.hpp"
#include "core/channel/channel.hpp"
#include "core/cycle/cycle.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/org/org.hpp"
#include "core/task/task.hpp"
#include "core/access/access.hpp"
#include "core/access/events.hpp"
#include "core/views/views.hpp"
#include "core/views/task_board.hpp"
#include "core/views/timeline.hpp"
#include "tests/support/appraised.hpp"
#include "tests/support/given.hpp"
#include "tests/support/told.hpp"

namespace core_access_tests {

using namespace opsroom_test;
namespace see = core::access;
using events::channel::visibility;

namespace {

core::channel::state room(visibility v) {
    core::channel::state state;
    core::channel::evolve(state, events::channel::created{"x", "", v});
    core::channel::evolve(state, events::channel::joined{wei.id});
    core::channel::evolve(state, events::channel::joined{gone.id});
    return state;
}

}  // namespace

TEST_CASE("access: a channel for everyone is seen by any active member", "[core][access][S1.3.4]") {
    for (const auto* p : {&wei, &lin, &zhou, &ada, &aud, &requester}) CHECK(see::may_see_channel(room(visibility::everyone), *p));
    CHECK(!see::may_see_channel(room(visibility::everyone), gone));
    CHECK(!see::may_see_channel(core::channel::state{}, wei));
}

TEST_CASE("access: a channel for members only is seen by those in it, and for audit", "[core][access][D5]") {
    const auto hidden = room(visibility::members_only);
    CHECK(see::may_see_channel(hidden, wei));
    CHECK(see::may_see_channel(hidden, aud));
    for (const auto* p : {&lin, &zhou, &ada, &requester, &gone}) CHECK(!see::may_see_channel(hidden, *p));
    core::views::channel_row row;
    row.visibility = visibility::members_only;
    row.people.add(wei.id, 0);
    CHECK(see::may_see_channel(row, wei));
    CHECK(!see::may_see_channel(row, ada));
}

TEST_CASE("access: how far somebody has read is theirs alone", "[core][access][S5.3.2]") {
    const events::channel::any read = events::channel::read{{1}, wei.id};
    CHECK(see::may_be_pushed(read, wei));
    CHECK(!see::may_be_pushed(read, na));
    CHECK(!see::may_be_pushed(read, ada));
    CHECK(!see::may_be_pushed(read, aud));
    CHECK(see::may_be_pushed(events::channel::pinned{{1}}, na));
    CHECK(!see::may_be_pushed(events::channel::pinned{{1}}, gone));
}

TEST_CASE("access: a task is seen by its department, its people, SL and AU; not by who sets people up", "[core][access][D5][D11][S1.3.4]") {
    core::views::task_row task;
    task.department = {"operations"};
    task.to = requester.id;
    task.by = tech_manager.id;
    for (const auto* p : {&lin, &wei, &na, &requester, &tech_manager, &zhou, &aud}) CHECK(see::may_see_task(task, looks(*p)));
    CHECK(!see::may_see_task(task, looks(ada)));
    CHECK(!see::may_see_task(task, looks(gone)));
    CHECK(!see::may_see_task(task, looks(somebody(20, "marketing", {"RQ"}))));
    CHECK(!see::may_see_task(task, looks(somebody(21, "technology", {"OM"}))));
    // A guest has what they have a part in, and not what is their department's.
    CHECK(!see::may_see_task(task, looks(somebody(22, "operations", {}))));
    task.to = {22};
    CHECK(see::may_see_task(task, looks(somebody(22, "operations", {}))));
    CHECK(see::may_see_every_task(zhou));
    CHECK(!see::may_see_every_task(lin));
}

TEST_CASE("access: the log is for auditors and administrators", "[core][access][S1.3.1]") {
    CHECK(see::may_audit(aud));
    CHECK(see::may_audit(ada));
    for (const auto* p : {&lin, &zhou, &wei, &gone}) CHECK(!see::may_audit(*p));
    CHECK(see::may_see_directory(requester));
    CHECK(!see::may_see_directory(gone));
}

TEST_CASE("access: an audit reads that there are appraisals and incentives, and no word of them", "[core][access][D5]") {
    const core::views::views all;
    const auto about = [](events::any what, events::category kind) {
        return events::recorded{events::envelope{{1}, {kind, 1}, {1}, now, wei.id, {}, {}}, std::move(what)};
    };
    const auto appraisal = about(events::appraisal::any(events::appraisal::applied{}), events::category::appraisal);
    const auto incentive = about(events::incentive::any(events::incentive::took_effect{}), events::category::incentive);
    const auto cycle = about(events::cycle::any(events::cycle::opened{}), events::category::cycle);
    const auto election = about(events::election::any(events::election::voting_opened{}), events::category::election);
    for (const auto* who : {&aud, &ada}) {
        CHECK(see::in_audit(appraisal, all, looks(*who)) == see::sight::bare);
        CHECK(see::in_audit(incentive, all, looks(*who)) == see::sight::bare);
        // An administrator learns that people worked, and not what on (D11).
        const auto of_work = who == &aud ? see::sight::whole : see::sight::bare;
        CHECK(see::in_audit(cycle, all, looks(*who)) == of_work);
        CHECK(see::in_audit(election, all, looks(*who)) == of_work);
    }
    const auto department = about(events::org::any(events::org::role_retired{{"QA"}}), events::category::org);
    for (const auto* who : {&aud, &ada}) CHECK(see::in_audit(department, all, looks(*who)) == see::sight::whole);
}

TEST_CASE("access: a task of an improvement plan is seen by whom its appraisal is, whatever their role", "[core][access][D5][S6.3.3]") {
    world w;
    core::appraisal::state plan;
    plan.is = core::appraisal_status::talk_held;
    plan.employee = wei.id;
    plan.evaluator = lin.id;
    plan.department = {"operations"};
    w.put<core::appraisal>(1, plan);
    core::views::task_row task;
    task.department = {"operations"};
    task.to = wei.id;
    task.improvement = {1};
    for (const auto* p : {&wei, &lin}) CHECK(see::may_see_task(task, in_office(*p, w)));
    for (const auto* p : {&na, &ada, &aud, &requester, &tech_manager, &gone}) CHECK(!see::may_see_task(task, in_office(*p, w)));
    // Nor may they do anything about it.
    core::task::state at;
    at.is = core::task_status::submitted;
    at.department = {"operations"};
    at.to = wei.id;
    at.improvement = {1};
    for (const auto* p : {&na, &ada, &aud, &requester, &tech_manager})
        CHECK(core::task::relations_of(at, in_office(*p, w)) == core::task::anyone);
    CHECK(core::task::relations_of(at, in_office(lin, w)) == (core::task::anyone | core::task::manager));
    using no = core::task_rejection;
    CHECK(core::task::decide(at, core::task::reassign{na.id, "x"}, in_office(lin, w)).error() == no::not_of_the_plan);
    at.is = core::task_status::in_progress;
    CHECK(core::task::decide(at, core::task::block{"x", na.id}, in_office(wei, w)).error() == no::blocker_not_of_the_plan);
    CHECK(core::task::decide(at, core::task::block{"x", lin.id}, in_office(wei, w)).has_value());
}

TEST_CASE("access: words that were taken back are nobody's, those before an edit their author's and the audit's", "[core][access][D14]") {
    told all;
    const auto author = all.joins("wei", "operations", {{"SP"}}), member = all.joins("na", "operations", {{"DA"}}), audit = all.joins("aud", "audit", {{"AU"}});
    all.channel(1, events::channel::created{"general", "", visibility::everyone}, author);
    const auto say = [&](std::uint64_t n, std::string text) {
        return events::channel::posted{{n}, {author, std::move(text)}, ""};
    };
    const std::vector<std::pair<events::position, events::channel::any>> said{
        {all.channel(1, say(1, "deleted"), author), say(1, "deleted")},
        {all.channel(1, say(2, "first"), author), say(2, "first")},
        {all.channel(1, events::channel::edited{{2}, {author, "second"}}, author), events::channel::edited{{2}, {author, "second"}}},
        {all.channel(1, events::channel::edited{{2}, {author, "third"}}, author), events::channel::edited{{2}, {author, "third"}}},
        {all.channel(1, say(3, "stays"), author), say(3, "stays")},
    };
    all.channel(1, events::channel::deleted{{1}}, author);
    using see::sight;
    const auto seen_by = [&](core::member_id who) {
        std::vector<sight> how;
        for (const auto& [at, what] : said) {
            const events::recorded event{events::envelope{at, {events::category::channel, 1}, {1}, now, author, {}, {}}, what};
            const auto person = all.person(who);
            how.push_back(see::elsewhere(event, all.views, looks(person)));
            if (person.has("AU")) CHECK(see::in_audit(event, all.views, looks(person)) == how.back());
        }
        return how;
    };
    CHECK(seen_by(member) == std::vector{sight::gone, sight::wordless, sight::wordless, sight::whole, sight::whole});
    for (const auto who : {author, audit})
        CHECK(seen_by(who) == std::vector{sight::gone, sight::whole, sight::whole, sight::whole, sight::whole});
}

TEST_CASE("access: a guest sees the channels that they are in and the people there", "[core][access][D5][S1.3.4]") {
    told all;
    const auto guest = all.joins("guest", "elsewhere", {}), wei = all.joins("wei", "operations", {{"SP"}}), na = all.joins("na", "operations", {{"DA"}});
    all.channel(1, events::channel::created{"general", "", visibility::everyone}, wei);
    all.channel(1, events::channel::joined{na}, na);
    all.channel(2, events::channel::created{"with guests", "", visibility::everyone}, wei);
    for (const auto who : {wei, guest}) all.channel(2, events::channel::joined{who}, wei);
    const auto& v = all.views;
    CHECK(see::is_guest(all.person(guest)));
    CHECK(!see::may_see_directory(all.person(guest)));
    CHECK(!see::may_see_channel(*v.channels.row({1}), all.person(guest)));
    CHECK(see::may_see_channel(*v.channels.row({2}), all.person(guest)));
    for (const auto who : {guest, wei}) CHECK(see::may_see_member(who, all.person(guest), v.channels));
    CHECK(!see::may_see_member(na, all.person(guest), v.channels));
    for (const auto who : {guest, wei, na}) CHECK(see::may_see_member(who, all.person(na), v.channels));
}

}  // namespace core_access_tests
