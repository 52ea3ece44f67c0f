// Every administrative command, by every role, about themselves, somebody else, their superior and who they lead, where there is a
// superior leader, where there was one, where there never was: what one person alone may bring about (D11).

#include "core/definitions/definitions.hpp"
#include "core/member/member.hpp"
#include "core/kernel/sign_ins.hpp"
#include "core/member/second_person.hpp"
#include "tests/support/given.hpp"

using namespace opsroom_test;
using core::member;
using no = core::member::rejection;
namespace happened = events::member;

namespace {

enum class leaders { here, gone, never };

happened::joined joined(const core::person& who) {
    return {events::personal{who.id, "x"}, events::personal{who.id, "login"}, {}, who.department, who.roles, events::language::zh};
}

constexpr std::array<const char*, 8> roles{"SP", "DA", "RQ", "OM", "SL", "HR", "AU", "AD"};

// The asker has one role; whom it is about answers to somebody, and somebody to them.
struct room {
    core::person asker, other = somebody(2, "operations", {"SP"}), manager = somebody(3, "operations", {"OM"}), below = somebody(4, "operations", {"SP"}),
                        leader = somebody(5, "board", {"SL"}), second_admin = somebody(6, "technology", {"AD"}), friendly = somebody(7, "operations", {"DA"});
    company all;

    room(const char* role, leaders which, bool another_admin = true) : asker(somebody(1, "operations", {role})), all(company::of({})) {
        other.superior = manager.id;
        below.superior = other.id;
        if (which != leaders::here) leader.active = false;
        std::vector<core::person> people{asker, other, manager, below, friendly};
        if (which != leaders::never) people.push_back(leader);
        if (another_admin) people.push_back(second_admin);
        all = company::of(people);
    }
    core::context by(const core::person& who) const {
        auto c = as(who);
        c.people = &all;
        return c;
    }
};

struct attempt {
    std::string_view what;
    std::function<member::command(const room&, core::member_id about)> command;
    bool personnel;  ///< human resources may as well
    bool leads;      ///< of somebody who leads others
};

const std::vector<attempt> attempts{
    {"roles", [](const room&, auto) { return member::set_roles{{{"SP"}, {"OM"}}}; }, false, false},
    {"auditor", [](const room&, auto) { return member::set_roles{{{"SP"}, {"AU"}}}; }, false, false},
    {"administrator", [](const room&, auto) { return member::set_roles{{{"AD"}, {"DA"}}}; }, false, false},
    {"superior", [](const room& o, auto) { return member::set_superior{o.friendly.id}; }, true, false},
    {"superior is the asker", [](const room& o, auto) { return member::set_superior{o.asker.id}; }, true, false},
    {"no superior", [](const room&, auto) { return member::set_superior{}; }, true, false},
};

}  // namespace

TEST_CASE("second person: nobody brings power about alone, whoever they are and whomever it is for", "[core][member][D11]") {
    std::size_t tried = 0;
    for (const auto* role : roles)
        for (const auto which : {leaders::here, leaders::gone, leaders::never})
            for (const auto& a : attempts)
                for (const bool about_self : {false, true}) {
                    const room o(role, which);
                    const auto& about = about_self ? o.asker : o.other;
                    auto state = joined(about);
                    const auto m = about_self ? given<member>(state) : given<member>(state, happened::superior_set{o.manager.id});
                    const auto command = a.command(o, about.id);
                    INFO(a.what << " by " << role << (about_self ? " of themselves" : " of another") << ", leaders " << static_cast<int>(which));
                    const auto answer = m.when(command, o.by(o.asker));
                    ++tried;
                    const bool may = std::string_view(role) == "AD" || (a.personnel && std::string_view(role) == "HR");
                    if (!may || about_self) {
                        // Asked of nobody who may, or of oneself: refused; also where it is so already.
                        CHECK((!answer.passed() || answer.happened().empty()));
                        if (may) CHECK(answer == no::own_place);
                        continue;
                    }
                    REQUIRE(answer.passed());
                    const auto events = answer.happened();
                    if (which == leaders::never) {
                        REQUIRE(events.size() == 2);
                        CHECK(std::holds_alternative<happened::decided_alone>(events[1]));
                        continue;
                    }
                    REQUIRE(events.size() == 1);
                    REQUIRE(std::holds_alternative<happened::change_proposed>(events[0]));
                    const auto after = m.after(command, o.by(o.asker));
                    CHECK(after.state().roles == m.state().roles);
                    CHECK(after.state().superior == m.state().superior);
                    // Only one of those confirms it, and it is what was proposed.
                    for (const auto* who : {&o.asker, &o.other, &o.manager, &o.below, &o.leader, &o.second_admin, &o.friendly}) {
                        const bool second = which == leaders::here ? who == &o.leader : who == &o.second_admin;
                        const auto confirmed = after.when(member::confirm_change{1}, o.by(*who));
                        CHECK(confirmed.passed() == second);
                        if (!second) continue;
                        const auto now = after.after(member::confirm_change{1}, o.by(*who));
                        CHECK(now.state().changes.empty());
                        CHECK((now.state().roles != m.state().roles || now.state().superior != m.state().superior));
                        CHECK(now.when(member::confirm_change{1}, o.by(*who)) == no::not_second_person);
                    }
                }
    CHECK(tried == roles.size() * 3 * attempts.size() * 2);
}

TEST_CASE("second person: where nobody is there who could be, it is refused and said what to do", "[core][member][D11]") {
    const room o("AD", leaders::gone, false);
    const auto m = given<member>(joined(o.other));
    CHECK(m.when(member::set_roles{{{"SL"}}}, o.by(o.asker)) == no::nobody_confirms);
    CHECK(std::string(member::explain(no::nobody_confirms).en).find("recover-admin") != std::string::npos);
    // What takes power away, or gives none, is one person's.
    CHECK(m.when(member::set_roles{{{"DA"}}}, o.by(o.asker)) == happened::roles_changed{{{"DA"}}});
    CHECK(given<member>(joined(o.manager)).when(member::set_roles{{{"SP"}}, true}, o.by(o.asker)) == happened::roles_changed{{{"SP"}}});
}

TEST_CASE("second person: the superior leader is no exception for themselves", "[core][member][D11][D1]") {
    // The only leader's superior: the other administrator confirms.
    const room o("AD", leaders::here);
    const auto m = given<member>(joined(o.leader)).after(member::set_superior{o.asker.id}, o.by(o.asker));
    CHECK(m.when(member::confirm_change{1}, o.by(o.leader)) == no::not_second_person);
    CHECK(m.when(member::confirm_change{1}, o.by(o.asker)) == no::not_second_person);
    CHECK(m.when(member::confirm_change{1}, o.by(o.second_admin)).passed());
    CHECK(m.when(member::decline_change{1, "no"}, o.by(o.leader)) == happened::change_declined{1, "no"});
    CHECK(m.when(member::decline_change{1, ""}, o.by(o.leader)) == bad_field{"reason"});
    CHECK(m.when(member::decline_change{1, "mine"}, o.by(o.asker)).passed());
    CHECK(m.when(member::decline_change{1, "x"}, o.by(o.friendly)) == no::not_second_person);
}

TEST_CASE("second person: somebody else's deputy is theirs, or their superior's, to confirm", "[core][member][D11][D13]") {
    const room o("AD", leaders::here);
    const auto m = given<member>(joined(o.other), happened::superior_set{o.manager.id});
    for (const auto to : {o.asker.id, o.friendly.id}) {
        const auto asked = m.after(member::delegate{to, today, {}, "away"}, o.by(o.asker));
        CHECK(asked.state().delegates.empty());
        for (const auto* who : {&o.asker, &o.below, &o.leader, &o.second_admin, &o.friendly})
            CHECK_FALSE(asked.when(member::confirm_change{1}, o.by(*who)).passed());
        CHECK(asked.when(member::confirm_change{1}, o.by(o.other)).passed());
        CHECK(asked.when(member::confirm_change{1}, o.by(o.manager)).passed());
    }
    // Their own is theirs at once; and a superior who is to be the deputy does not say so.
    CHECK(m.when(member::delegate{o.friendly.id, today, {}, "away"}, o.by(o.other)) == happened::delegated{o.friendly.id, today, {}, "away", true});
    const auto boss = m.after(member::delegate{o.manager.id, today, {}, "away"}, o.by(o.asker));
    CHECK(boss.when(member::confirm_change{1}, o.by(o.manager)) == no::not_second_person);
}

TEST_CASE("second person: a newcomer comes without what is not one person's to give", "[core][member][D11][S1.2]") {
    const member::join asked{"Li", "li", {}, {"operations"}, {{"OM"}, {"SP"}}, events::language::zh};
    const room o("AD", leaders::here);
    const auto came = given<member>().after(asked, o.by(o.asker));
    CHECK(came.state().roles == std::vector<core::role>{{"SP"}});
    REQUIRE(came.state().changes.size() == 1);
    CHECK(came.state().changes[0].change.roles == asked.roles);
    CHECK(came.after(member::confirm_change{1}, o.by(o.leader)).state().roles == asked.roles);
    // Nobody's to ask before the first leader has come; and of plain roles nobody's at all.
    const room young("AD", leaders::never);
    CHECK(given<member>().after(asked, young.by(young.asker)).state().roles == asked.roles);
    CHECK(given<member>().when(member::join{"Li", "li", {}, {"operations"}, {{"SP"}}, events::language::zh}, o.by(o.asker)).happened().size() == 1);
    const room alone("AD", leaders::gone, false);
    CHECK(given<member>().when(asked, alone.by(alone.asker)) == no::nobody_confirms);
}

TEST_CASE("second person: a role that an amended flow lets take its steps is as much as any", "[core][member][D11][S1.3.2]") {
    const room o("AD", leaders::here);
    core::definitions::state amended;
    core::definitions::flow_version second;
    second.rows.push_back({"request.pass", 1, 1, 0, {{"QA"}}});
    amended.flows.push_back({"request", {second}});
    world w;
    w.put<core::definitions>(1, amended);
    auto by = o.by(o.asker);
    const auto m = given<member>(joined(o.other));
    CHECK(m.when(member::set_roles{{{"SP"}, {"QA"}}}, by) == happened::roles_changed{{{"SP"}, {"QA"}}});
    by.others = &w;
    CHECK(std::holds_alternative<happened::change_proposed>(m.when(member::set_roles{{{"SP"}, {"QA"}}}, by).happened().at(0)));
}

TEST_CASE("second person: an operations manager is moved by two, others by one", "[core][member][D11][D16]") {
    const room o("AD", leaders::here);
    CHECK(given<member>(joined(o.other)).when(member::set_department{{"finance"}}, o.by(o.asker)) == happened::department_changed{{"finance"}});
    CHECK(std::holds_alternative<happened::change_proposed>(given<member>(joined(o.manager)).when(member::set_department{{"finance"}, true}, o.by(o.asker)).happened().at(0)));
    CHECK(given<member>(joined(o.asker)).when(member::set_department{{"finance"}}, o.by(o.asker)) == no::own_place);
}

TEST_CASE("second person: who lets somebody go does not choose who leads their people, nor take their work", "[core][member][D11][S1.3.4]") {
    const room o("AD", leaders::here);
    const auto leads = given<member>(joined(o.other), happened::superior_set{o.manager.id});
    const auto proposed = [&](core::member_id successor) {
        const auto answer = leads.when(member::leave{"moved", successor}, o.by(o.asker));
        REQUIRE(answer.passed());
        return std::holds_alternative<happened::change_proposed>(answer.happened().at(0));
    };
    CHECK(proposed(o.friendly.id));
    CHECK(proposed(o.asker.id));
    CHECK_FALSE(proposed(o.manager.id));  // whom they answered to
    const auto asked = leads.after(member::leave{"moved", o.friendly.id}, o.by(o.asker));
    CHECK(asked.state().is == core::member_status::active);
    CHECK(asked.when(member::confirm_change{1}, o.by(o.leader)) ==
          std::vector<member::event>{happened::change_confirmed{1, o.asker.id}, happened::handed_over{o.friendly.id}, happened::left{"moved"}});
    // Somebody who leads nobody goes at once; and whoever goes by themselves.
    CHECK(given<member>(joined(o.below)).when(member::leave{"moved", o.friendly.id}, o.by(o.asker)).happened().size() == 2);
    CHECK(leads.when(member::leave{"moved", o.friendly.id}, o.by(o.other)).happened().size() == 2);
}

TEST_CASE("second person: what has changed since is not confirmed as it was", "[core][member][D11]") {
    const room o("AD", leaders::here);
    const auto m = given<member>(joined(o.other));
    const auto asked = m.after(member::set_roles{{{"OM"}}}, o.by(o.asker));
    CHECK(asked.when(member::set_roles{{{"OM"}}}, o.by(o.asker)) == nothing<member>());
    // A newer one of the same kind replaces it, under another number; so does the change itself.
    const auto newer = asked.after(member::set_roles{{{"HR"}}}, o.by(o.asker));
    REQUIRE(newer.state().changes.size() == 1);
    CHECK(newer.state().changes[0].number == 2);
    CHECK(newer.when(member::confirm_change{1}, o.by(o.leader)) == no::no_such_change);
    CHECK(asked.after(member::set_roles{{{"DA"}}}, o.by(o.asker)).state().changes.empty());
    // A superior who has left by then, or who answers to them by now.
    auto office_then = o;
    const auto above = m.after(member::set_superior{o.friendly.id}, o.by(o.asker));
    office_then.friendly.active = false;
    office_then.all = o.all.with(office_then.friendly);
    CHECK(above.when(member::confirm_change{1}, office_then.by(o.leader)) == no::change_outdated);
    office_then.friendly = o.friendly;
    office_then.friendly.superior = o.other.id;
    office_then.all = o.all.with(office_then.friendly);
    CHECK(above.when(member::confirm_change{1}, office_then.by(o.leader)) == no::change_outdated);
}

TEST_CASE("member: the last administrator who can sign in can't be lost", "[core][member][D11]") {
    for (const auto which : {leaders::here, leaders::gone, leaders::never}) {
        const room alone("AD", which, false);
        const auto m = given<member>(joined(alone.asker));
        CHECK(m.when(member::leave{"bye"}, alone.by(alone.asker)) == no::last_administrator);
        CHECK(m.when(member::leave{"bye"}, alone.by(alone.asker)).decided.error() == no::last_administrator);
        CHECK(m.when(member::set_roles{{{"SP"}}}, as_system()).passed());  // there is another in that company
        auto by_system = alone.by(alone.asker);
        by_system.actor = nullptr;
        CHECK(m.when(member::set_roles{{{"SP"}}}, by_system) == no::last_administrator);
        // One who never signs in is no other.
        auto two = alone;
        two.second_admin.without_login = true;
        two.all = alone.all.with(two.second_admin);
        CHECK(m.when(member::leave{"bye"}, two.by(two.asker)) == no::last_administrator);
        two.second_admin.without_login = false;
        two.all = alone.all.with(two.second_admin);
        CHECK(m.when(member::leave{"bye"}, two.by(two.asker)).passed());
        CHECK(m.when(member::set_roles{{{"SP"}}}, two.by(two.second_admin)).passed());
        // Nor is one who has yet to choose a password.
        struct : core::sign_ins {
            bool chosen = false;
            bool can_sign_in(core::member_id) const override { return chosen; }
        } accounts;
        auto with_accounts = two.by(two.asker);
        with_accounts.accounts = &accounts;
        CHECK(m.when(member::leave{"bye"}, with_accounts) == no::last_administrator);
        with_accounts = two.by(two.second_admin);
        with_accounts.accounts = &accounts;
        CHECK(m.when(member::set_roles{{{"SP"}}}, with_accounts) == no::last_administrator);
        with_accounts = two.by(two.asker);
        with_accounts.accounts = &accounts;
        accounts.chosen = true;
        CHECK(m.when(member::leave{"bye"}, with_accounts).passed());
    }
}

TEST_CASE("member: a reset is an event, and known to whose password it was", "[core][member][D11]") {
    const room o("AD", leaders::here);
    const auto m = given<member>(joined(o.other));
    CHECK(m.when(member::reset_password{"lost it"}, o.by(o.asker)) == happened::password_reset{"lost it"});
    CHECK(m.when(member::reset_password{""}, o.by(o.asker)) == bad_field{"reason"});
    for (const auto* who : {&o.other, &o.manager, &o.leader}) CHECK(m.when(member::reset_password{"x"}, o.by(*who)) == no::not_admin);
    const auto told = m.after(member::reset_password{"lost it"}, o.by(o.asker));
    CHECK(told.when(member::note_resets{}, o.by(o.asker)) == no::not_self);
    CHECK(told.when(member::note_resets{}, o.by(o.other)) == happened::resets_noted{});
    CHECK(m.when(member::note_resets{}, o.by(o.other)) == nothing<member>());
}
