#include "core/task/task.hpp"
#include "tests/support/given.hpp"

using namespace opsroom_test;
using core::task;
using no = core::task::rejection;
namespace happened = events::task;

namespace {

happened::assigned assigned(const core::person& to = wei, const std::string& board = "operations") {
    return {"weekly channel data", "all channels", "complete and checked", tomorrow, to.id, {board},
            events::priority::normal, {}, {}, 0, {}, 0, 1};
}

task::assign order(const core::person& to = wei) { return {"weekly channel data", {}, "complete and checked", tomorrow, to.id, {}, {}, {}}; }

template <class Change>
task::assign order_with(Change change) {
    auto o = order();
    change(o);
    return o;
}

const happened::started started{};
const happened::submitted submitted{"sent"};
const auto in_progress = [](auto... more) { return given<task>(assigned(), started, more...); };

}  // namespace

TEST_CASE("task: a manager assigns within the own department", "[core][task][S3.2.1]") {
    const auto none = given<task>();
    CHECK(none.when(order(), as(lin)) ==
          happened::assigned{"weekly channel data", "", "complete and checked", tomorrow, wei.id, {"operations"}, events::priority::normal, {}, {}, 0, {}, 0, 1});
    const auto elsewhere = order_with([](auto& o) { o.department = {"technology"}; });
    CHECK(none.when(elsewhere, as(lin)) == no::not_manager);
    CHECK(none.when(elsewhere, as(tech_manager)).passed());
    CHECK(none.when(elsewhere, as(zhou)).passed());
    CHECK(none.when(order(), as(wei)) == no::not_manager);
    CHECK(none.when(order(), as(ada)) == no::not_manager);
    CHECK(none.when(order(), as(gone)) == no::inactive);
    CHECK(none.when(elsewhere, as_system()).passed());
    CHECK(none.when(order(), as_system()) == no::bad_department);
    CHECK(given<task>(assigned()).when(order(), as(lin)) == no::already_exists);
}

TEST_CASE("task: content, time requirement and standard are checked", "[core][task][S3.2.1]") {
    const auto none = given<task>();
    const auto asked = [&](auto change) { return none.when(order_with(change), as(lin)); };
    CHECK(asked([](auto& o) { o.title = ""; }) == bad_field{"title"});
    CHECK(asked([](auto& o) { o.title = " \u3000 "; }) == bad_field{"title"});
    CHECK(asked([](auto& o) { o.title = "two\nlines"; }) == bad_field{"title"});
    CHECK(asked([](auto& o) { o.title = std::string(201, 'x'); }) == bad_field{"title"});
    CHECK(asked([](auto& o) {
        o.title.clear();
        for (int i = 0; i < 200; ++i) o.title += "周";  // characters count, not bytes
    }).passed());
    CHECK(asked([](auto& o) { o.content = std::string(16'385, 'x'); }) == bad_field{"content"});
    CHECK(asked([](auto& o) { o.content = std::string(16'384, 'x'); }).passed());
    CHECK(asked([](auto& o) { o.standard = ""; }) == bad_field{"standard"});
    CHECK(asked([](auto& o) { o.due = yesterday; }) == no::bad_due);
    CHECK(asked([](auto& o) { o.due = core::date{2026y / 2 / 30}; }) == bad_field{"due"});
    CHECK(asked([](auto& o) { o.due = core::date{10000y / 1 / 1}; }) == no::bad_due);
    CHECK(asked([](auto& o) { o.due = today; }).passed());
    CHECK(asked([](auto& o) { o.checklist = {std::vector<std::string>{"one", ""}}; }) == bad_field{"checklist"});
    CHECK(asked([](auto& o) { o.checklist = {std::vector<std::string>(101, "item")}; }) == bad_field{"checklist"});
    CHECK(asked([](auto& o) { o.checklist = {std::vector<std::string>(100, "item")}; }).passed());
    CHECK(asked([](auto& o) { o.to = gone.id; }) == bad_field{"to"});
    CHECK(asked([](auto& o) { o.to = nobody_ever.id; }) == bad_field{"to"});
    CHECK(asked([](auto& o) { o.to = {}; }) == bad_field{"to"});
    CHECK(none.when(order_with([](auto& o) { o.department = {"two words"}; }), as(zhou)) == bad_field{"department"});
}

TEST_CASE("task: the assignee executes", "[core][task][S3.2.2]") {
    const auto t = given<task>(assigned());
    CHECK(t.when(task::start{}, as(wei)) == started);
    CHECK(t.when(task::start{}, as(lin)) == no::not_assignee);
    CHECK(t.when(task::start{}, as_system()) == started);
    CHECK(t.when(task::submit{"sent"}, as(wei)) == no::not_in_progress);
    CHECK(t.when(task::block{"no access", {}}, as(wei)) == no::not_in_progress);
    CHECK(t.when(task::unblock{{}}, as(wei)) == no::not_blocked);
    CHECK(in_progress().when(task::start{}, as(wei)) == nothing<task>());
    CHECK(in_progress().when(task::submit{"sent"}, as(wei)) == submitted);
    CHECK(in_progress().when(task::submit{"sent"}, as(na)) == no::not_assignee);
    CHECK(in_progress().when(task::submit{"  "}, as(wei)) == bad_field{"result"});
    CHECK(in_progress().when(task::submit{std::string(16'385, 'x')}, as(wei)) == bad_field{"result"});
    CHECK(given<task>().when(task::start{}, as(wei)) == no::not_found);
}

TEST_CASE("task: blocked says why and on whom", "[core][task][S3.2.2]") {
    const auto t = in_progress();
    CHECK(t.when(task::block{"no access", na.id}, as(wei)) == happened::blocked{"no access", na.id});
    CHECK(t.when(task::block{"no access", {}}, as(wei)) == happened::blocked{"no access", {}});
    CHECK(t.when(task::block{"", {}}, as(wei)) == bad_field{"reason"});
    CHECK(t.when(task::block{"no access", gone.id}, as(wei)) == bad_field{"on"});
    CHECK(t.when(task::block{"no access", wei.id}, as(wei)) == no::blocked_on_self);
    CHECK(t.when(task::block{"no access", na.id}, as(na)) == no::not_assignee);
    const auto blocked = t.after(task::block{"no access", na.id}, as(wei));
    CHECK(blocked.when(task::block{"no access", na.id}, as(wei)) == nothing<task>());
    CHECK(blocked.when(task::block{"no power", na.id}, as(wei)) == no::not_in_progress);
    CHECK(blocked.when(task::block{"no access", lin.id}, as(wei)) == no::not_in_progress);
    CHECK(blocked.when(task::start{}, as(wei)) == no::already_started);
    CHECK(blocked.when(task::submit{"sent"}, as(wei)) == no::not_in_progress);
    CHECK(blocked.when(task::unblock{"got it"}, as(wei)) == happened::unblocked{"got it"});
    CHECK(blocked.when(task::unblock{std::string(4'097, 'x')}, as(wei)) == bad_field{"note"});
    CHECK(blocked.after(task::unblock{{}}, as(wei)).when(task::unblock{{}}, as(wei)) == nothing<task>());
    CHECK(given<task>(assigned(), started, happened::submitted{"x"}, happened::returned{"y"})
              .when(task::block{"no access", {}}, as(wei)) == no::not_in_progress);
}

TEST_CASE("task: progress can be reported at any time while open", "[core][task][S3.2.2]") {
    const task::report_progress half{50, "half way"};
    const auto reported = happened::progress_reported{50, "half way"};
    CHECK(given<task>(assigned()).when(half, as(wei)) == reported);
    CHECK(in_progress().when(half, as(wei)) == reported);
    CHECK(in_progress(happened::blocked{"x", {}}).when(half, as(wei)) == reported);
    CHECK(in_progress(submitted).when(half, as(wei)) == reported);
    CHECK(in_progress(submitted, happened::returned{"x"}).when(half, as(wei)) == reported);
    CHECK(in_progress(submitted, happened::accepted{}).when(half, as(wei)) == no::closed);
    CHECK(in_progress().when(half, as(lin)) == no::not_assignee);
    CHECK(in_progress().when(task::report_progress{101, {}}, as(wei)) == bad_field{"percent"});
    CHECK(in_progress().when(task::report_progress{100, {}}, as(wei)).passed());
    CHECK(in_progress().when(task::report_progress{1, std::string(4'097, 'x')}, as(wei)) == bad_field{"note"});
}

TEST_CASE("task: submitted work is accepted or returned against its standard", "[core][task][S3.2.2]") {
    const auto t = in_progress(submitted);
    CHECK(t.when(task::accept{"well done"}, as(lin)) == happened::accepted{"well done"});
    CHECK(t.when(task::accept{{}}, as(zhou)) == happened::accepted{""});
    CHECK(t.when(task::accept{{}}, as(tech_manager)) == no::not_manager);
    CHECK(t.when(task::accept{{}}, as(ada)) == no::not_manager);
    CHECK(t.when(task::accept{std::string(4'097, 'x')}, as(lin)) == bad_field{"comment"});
    CHECK(t.when(task::return_work{"one channel is missing"}, as(lin)) == happened::returned{"one channel is missing"});
    CHECK(t.when(task::return_work{""}, as(lin)) == bad_field{"reason"});
    CHECK(in_progress().when(task::accept{{}}, as(lin)) == no::not_submitted);
    CHECK(in_progress().when(task::return_work{"x"}, as(lin)) == no::not_submitted);
    const auto returned = t.after(task::return_work{"one is missing"}, as(lin));
    CHECK(returned.when(task::return_work{"one is missing"}, as(lin)) == nothing<task>());
    CHECK(returned.when(task::return_work{"two are missing"}, as(lin)) == no::not_submitted);
    CHECK(returned.when(task::submit{"sent"}, as(wei)) == no::not_in_progress);
    CHECK(returned.when(task::start{}, as(wei)) == started);
    CHECK(t.after(task::accept{{}}, as(lin)).when(task::accept{{}}, as(lin)) == nothing<task>());
    CHECK(t.when(task::submit{"sent"}, as(wei)) == nothing<task>());
    CHECK(t.when(task::submit{"something else"}, as(wei)) == no::not_in_progress);
}

TEST_CASE("task: nobody decides on their own work; it goes to the superior", "[core][task][D1]") {
    const auto own = given<task>(assigned(lin), started, submitted);
    CHECK(own.when(task::accept{{}}, as(lin)) == no::own_work);
    CHECK(own.when(task::return_work{"x"}, as(lin)) == no::own_work);
    CHECK(own.when(task::accept{{}}, as(mei)).passed());
    CHECK(own.when(task::accept{{}}, as(zhou)).passed());
    CHECK(given<task>(assigned(zhou), started, submitted).when(task::accept{{}}, as(zhou)) == no::own_work);
    CHECK(in_progress(submitted).when(task::accept{{}}, as(wei)) == no::own_work);
    CHECK(given<task>().when(order(lin), as(lin)).passed());  // assigning to oneself is allowed
    // Nor on whether they are to do it, and until when.
    for (const auto& mine : {given<task>(assigned(lin)), given<task>(assigned(lin), started)}) {
        CHECK(mine.when(task::reschedule{core::date{2026y / 12 / 1}, "later"}, as(lin)) == no::own_task);
        CHECK(mine.when(task::reassign{wei.id, "not me"}, as(lin)) == no::own_task);
        CHECK(mine.when(task::cancel{"not needed"}, as(lin)) == no::own_task);
        for (const auto* p : {&mei, &zhou}) CHECK(mine.when(task::cancel{"not needed"}, as(*p)).passed());
        // Once it is somebody else's, it still was theirs.
        CHECK(mine.after(task::reassign{wei.id, "no time"}, as(mei)).when(task::cancel{"not needed"}, as(lin)) == no::own_task);
    }
    CHECK(task::explain(no::own_work).clause == "D1");
}

TEST_CASE("task: a manager or leader reassigns, reschedules, cancels while it is open", "[core][task][S3.2.1]") {
    const auto t = in_progress();
    CHECK(t.when(task::reassign{na.id, "away"}, as(lin)) == happened::reassigned{na.id, "away"});
    CHECK(t.when(task::reassign{na.id, ""}, as(lin)) == bad_field{"reason"});
    CHECK(t.when(task::reassign{gone.id, "away"}, as(lin)) == bad_field{"to"});
    CHECK(t.when(task::reassign{wei.id, "away"}, as(lin)) == nothing<task>());
    CHECK(t.when(task::reassign{na.id, "away"}, as(wei)) == no::own_task);
    CHECK(t.when(task::reassign{na.id, "away"}, as(tech_manager)) == no::not_manager);
    const auto handed_over = t.after(task::reassign{na.id, "away"}, as(zhou));
    CHECK(handed_over.when(task::start{}, as(na)) == started);
    CHECK(handed_over.when(task::start{}, as(wei)) == no::not_assignee);

    const core::date later{2026y / 12 / 1};
    CHECK(t.when(task::reschedule{later, "more channels"}, as(lin)) == happened::rescheduled{later, "more channels"});
    CHECK(t.when(task::reschedule{yesterday, "x"}, as(lin)) == no::bad_due);
    CHECK(t.when(task::reschedule{later, ""}, as(lin)) == bad_field{"reason"});
    CHECK(t.when(task::reschedule{tomorrow, "x"}, as(lin)) == nothing<task>());
    CHECK(t.when(task::reschedule{later, "x"}, as(wei)) == no::own_task);

    CHECK(t.when(task::cancel{"not needed"}, as(lin)) == happened::cancelled{"not needed"});
    CHECK(t.when(task::cancel{""}, as(lin)) == bad_field{"reason"});
    CHECK(t.when(task::cancel{"not needed"}, as(wei)) == no::own_task);
    const auto cancelled = t.after(task::cancel{"not needed"}, as(lin));
    CHECK(cancelled.when(task::cancel{"not needed"}, as(lin)) == nothing<task>());
    CHECK(cancelled.when(task::cancel{"another reason"}, as(lin)) == no::closed);
    CHECK(cancelled.when(task::start{}, as(wei)) == no::closed);
    CHECK(cancelled.when(task::reassign{na.id, "x"}, as(lin)) == no::closed);
    CHECK(cancelled.when(task::reschedule{later, "x"}, as(lin)) == no::closed);
    CHECK(in_progress(submitted, happened::accepted{}).when(task::cancel{"x"}, as(lin)) == no::closed);
}

TEST_CASE("task: who has left acts no more", "[core][task][S1.3.1]") {
    const auto theirs = given<task>(assigned(gone));
    CHECK(theirs.when(task::start{}, as(gone)) == no::inactive);
    CHECK(theirs.when(task::cancel{"x"}, as(gone)) == no::inactive);
}
