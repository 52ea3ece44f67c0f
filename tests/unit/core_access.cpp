#include "core/access/access.hpp"
#include "core/access/events.hpp"
#include "core/views/views.hpp"
#include "core/views/task_board.hpp"
#include "core/views/timeline.hpp"
#include "tests/support/given.hpp"

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

TEST_CASE("access: a task is seen by its department, its people, and SL, AU, AD", "[core][access][D5][S1.3.4]") {
    core::views::task_row task;
    task.department = {"operations"};
    task.to = requester.id;
    task.by = tech_manager.id;
    for (const auto* p : {&lin, &wei, &na, &requester, &tech_manager, &zhou, &aud, &ada}) CHECK(see::may_see_task(task, *p));
    CHECK(!see::may_see_task(task, gone));
    CHECK(!see::may_see_task(task, somebody(20, "marketing", {"RQ"})));
    CHECK(!see::may_see_task(task, somebody(21, "technology", {"OM"})));
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
    const auto about = [](events::category kind) { return events::envelope{{1}, {kind, 1}, {1}, now, wei.id, {}, {}}; };
    for (const auto* who : {&aud, &ada}) {
        CHECK(!see::may_read_event(about(events::category::appraisal), *who, all));
        CHECK(!see::may_read_event(about(events::category::incentive), *who, all));
        CHECK(see::may_read_event(about(events::category::cycle), *who, all));
        CHECK(see::may_read_event(about(events::category::election), *who, all));
    }
}
