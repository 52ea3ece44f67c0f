// Every (state, command, person) there is: what the rows allow passes, and all else is refused with a clause.

#include "core/channel/channel.hpp"
#include "core/member/member.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"
#include "core/task/task.hpp"
#include "core/kernel/allowed.hpp"
#include "core/kernel/fields.hpp"
#include "tests/support/chartered.hpp"

using namespace opsroom_test;
using core::task;
using core::task_status;

namespace {

namespace happened = events::task;

const happened::assigned assigned_to_wei{"t", "", "s", tomorrow, wei.id, {"operations"}, events::priority::normal, {}, {}, 0, {}, 0, 1};

// One situation per status.
std::vector<situation<task>> situations(happened::assigned assigned = assigned_to_wei) {
    using namespace events::task;
    const events::task::started st{};
    const events::task::submitted su{"r"};
    return {given<task>(assigned),
            given<task>(assigned, st),
            given<task>(assigned, st, blocked{"b", {}}),
            given<task>(assigned, st, su),
            given<task>(assigned, st, su, returned{"x"}),
            given<task>(assigned, st, su, events::task::accepted{"a"}),
            given<task>(assigned, cancelled{"c"})};
}

// New in every status, so that nothing is "already so".
std::vector<task::command> commands() {
    return {task::reassign{na.id, "new"}, task::reschedule{core::date{2027y / 1 / 1}, "new"}, task::start{},
            task::block{"new", {}}, task::unblock{"new"}, task::report_progress{1, {}}, task::submit{"new"},
            task::accept{"new"}, task::return_work{"new"}, task::cancel{"new"}};
}

std::string_view name_of(const task::command& c) {
    return std::visit([](const auto& x) { return std::decay_t<decltype(x)>::type; }, c);
}

// The handbook's table once more, written independently of the rows.
bool handbook_allows(task_status at, std::string_view command, const core::person& by) {
    const bool open = at != task_status::done && at != task_status::cancelled;
    const bool manages = (by.has("OM") && by.department.code == "operations") || by.has("SL");
    const bool does = by.id == wei.id;
    if (!by.active || !open) return false;
    if (command == "task.start") return does && (at == task_status::assigned || at == task_status::returned);
    if (command == "task.block" || command == "task.submit") return does && at == task_status::in_progress;
    if (command == "task.unblock") return does && at == task_status::blocked;
    if (command == "task.report_progress") return does;
    if (command == "task.accept" || command == "task.return") return manages && !does && at == task_status::submitted;
    return manages;  // reassign, reschedule, cancel
}

const std::vector<const core::person*> people{&lin, &mei, &wei, &na, &zhou, &ada, &aud, &tech_manager, &requester, &gone, &forgotten};

template <class A>
void check_explained(typename A::rejection no) {
    const auto why = A::explain(no);
    INFO(why.code);
    CHECK(!why.code.empty());
    CHECK(!why.clause.empty());
    CHECK(!why.zh.empty());
    CHECK(!why.en.empty());
    CHECK(why.in(events::language::zh) == why.zh);
    CHECK(why.in(events::language::en) == why.en);
    CHECK((why.is == core::obstacle::field) == !why.field.empty());
    if (why.field.empty()) return;
    // One of its commands has that field.
    bool there = false;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::command>>([&](auto c) {
        there = there || !core::place_of<typename decltype(c)::type>(why.field).empty();
    });
    INFO(why.field);
    CHECK(there);
}

template <class A>
void check_all_explained() {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::rejection>>([](auto d) {
        check_explained<A>(d.value);
        CHECK(A::explain(d.value).code == d.name);
    });
}

}  // namespace

TEST_CASE("flow: every forbidden state, command and person is refused with a clause", "[core][task][S3.2.2][M3]") {
    for (const auto& at : situations())
        for (const auto& asked : commands())
            for (const auto* by : people) {
                INFO(name_of(asked) << " in status " << static_cast<int>(at.state().is) << " by " << by->id.value);
                const auto answer = at.when(asked, as(*by));
                // Starting what is in progress has already taken effect.
                const bool again = name_of(asked) == "task.start" && at.state().is == task_status::in_progress && by->id == wei.id;
                CHECK(answer.passed() == (handbook_allows(at.state().is, name_of(asked), *by) || again));
                if (!answer.passed()) check_explained<task>(answer.decided.error());
            }
}

TEST_CASE("flow: the rows answer what may be done now exactly as they decide", "[core][task][S3.2.2]") {
    for (const auto& at : situations())
        for (const auto* by : people) {
            const auto answers = core::flow::actions<task>(at.state(), as(*by));
            REQUIRE(answers.size() == commands().size());
            for (std::size_t i = 0; i < answers.size(); ++i) {
                INFO(answers[i].command << " in status " << static_cast<int>(at.state().is) << " by " << by->id.value);
                CHECK(answers[i].command == name_of(commands()[i]));
                CHECK(answers[i].refused.has_value() != handbook_allows(at.state().is, answers[i].command, *by));
                const auto decided = at.when(commands()[i], as(*by));
                if (!decided.passed()) CHECK(answers[i].refused->code == task::explain(decided.decided.error()).code);
            }
        }
}

TEST_CASE("flow: what is allowed is what the actions do not refuse", "[core][task][S3.2.2][table]") {
    const auto agree = []<class A>(const situation<A>& at) {
        for (const auto* who : people) {
            std::vector<std::string_view> all;
            for (const auto& a : core::flow::actions<A>(at.state(), as(*who)))
                if (!a.refused) all.push_back(a.command);
            INFO(who->id.value << " in " << static_cast<int>(A::status_of(at.state())));
            CHECK(core::flow::allowed<A>(at.state(), as(*who)) == all);
        }
    };
    for (const auto& at : situations()) agree(at);
    for (const auto& at : {given<core::project>(initiated), given<core::project>(initiated, charter_submitted), active(), in_acceptance(), opsroom_test::accepted()}) agree(at);
    namespace asked = events::request;
    const asked::form f1{"t", "b", "o", "m", tomorrow, {}, events::priority::normal, {true, "ok"}, {}};
    const asked::drafted drafted{requester.id, {"marketing"}, f1, 1, events::department{"operations"}};
    const asked::convened convened{{wei.id, na.id}, tomorrow};
    for (const auto& at : {given<core::request>(drafted), given<core::request>(drafted, asked::submitted{}), given<core::request>(drafted, asked::submitted{}, convened),
                           given<core::request>(drafted, asked::submitted{}, convened, asked::withdrawn{"x"})})
        agree(at);
}

TEST_CASE("flow: a row's next status and clause are those of what happens", "[core][task]") {
    for (const auto& at : situations())
        for (const auto& asked : commands()) {
            const auto decided = at.when(asked, as_system());
            if (!decided.passed() || decided.happened().empty()) continue;
            const auto& row = task::flow[asked.index()];
            auto state = at.state();
            for (const auto& e : decided.happened()) {
                task::evolve(state, e);
                CHECK(std::visit([](const auto& x) { return std::decay_t<decltype(x)>::clause; }, e) == row.clause);
            }
            CHECK(state.is == row.next.value_or(at.state().is));
        }
}

TEST_CASE("every refusal is explained in both languages, with its clause", "[core][D10]") {
    check_all_explained<core::task>();
    check_all_explained<core::member>();
    check_all_explained<core::channel>();
}
