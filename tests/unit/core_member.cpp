#include "core/member/member.hpp"
#include "core/org/org.hpp"
#include "tests/support/given.hpp"

using namespace opsroom_test;
using core::member;
using no = core::member::rejection;
using events::personal;
namespace happened = events::member;

namespace {

happened::joined joined(const core::person& who = wei) {
    return {personal{who.id, "伟"}, personal{who.id, "wei"}, {}, {"operations"}, {{"SP"}}, events::language::zh};
}

member::join newcomer() { return {"Chen Wei", "chen.wei", {}, {"operations"}, {{"SP"}, {"DA"}}, events::language::en}; }

const happened::left left{"moved on"};

}  // namespace

TEST_CASE("member: an administrator or the system lets people join", "[core][member][S1.2]") {
    const auto none = given<member>();
    const events::member_id id{fresh};
    const happened::joined expected{personal{id, "Chen Wei"}, personal{id, "chen.wei"}, {}, {"operations"}, {{"SP"}, {"DA"}},
                                    events::language::en};
    CHECK(none.when(newcomer(), as(ada)) == expected);
    CHECK(none.when(newcomer(), as_system()) == expected);
    CHECK(none.when(newcomer(), as(lin)) == no::not_admin);
    CHECK(none.when(newcomer(), as(zhou)) == no::not_admin);
    CHECK(none.when(newcomer(), as(gone)) == no::inactive);
    CHECK(given<member>(joined()).when(newcomer(), as(ada)) == no::already_exists);
    auto imported = newcomer();
    imported.login.reset();
    imported.external = "slack:U02AB";
    CHECK(none.when(imported, as(ada)) == happened::joined{personal{id, "Chen Wei"}, {}, personal{id, "slack:U02AB"}, {"operations"},
                                                           {{"SP"}, {"DA"}}, events::language::en});
}

TEST_CASE("member: names, logins, departments and roles are checked", "[core][member][S1.2][S1.3.1]") {
    const auto asked = [&](auto change) {
        auto c = newcomer();
        change(c);
        return given<member>().when(c, as(ada));
    };
    CHECK(asked([](auto& c) { c.name = " "; }) == bad_field{"name"});
    CHECK(asked([](auto& c) { c.name = std::string(81, 'x'); }) == bad_field{"name"});
    CHECK(asked([](auto& c) { c.name = "a\tb"; }) == bad_field{"name"});
    for (const auto* bad : {"\u200B", "\u2060\u00AD", "em\u200Bma", "\u202Eamme"})
        CHECK(asked([&](auto& c) { c.name = bad; }) == bad_field{"name"});
    for (const auto* bad : {"@everyone", "#general", "\uFF20all"})
        CHECK(asked([&](auto& c) { c.name = bad; }) == no::bad_name);
    CHECK(asked([](auto& c) { c.login = "7a"; }).passed());
    CHECK(asked([](auto& c) { c.login = "me2"; }).passed());
    CHECK(asked([](auto& c) { c.login = "lin"; }) == no::login_taken);
    for (const auto* bad : {"", "Lin", "li n", "林", "a/b", "a@b", "7", "10001", "2026.11", "me", "system", ".", "..", "a..b", ".a", "a.", "-a", "a-", "_", "__"})
        CHECK(asked([&](auto& c) { c.login = bad; }) == no::bad_login);
    CHECK(asked([](auto& c) { c.login = std::string(65, 'x'); }) == bad_field{"login"});
    CHECK(asked([](auto& c) { c.login = "a.b_c-9" + std::string(57, 'x'); }).passed());
    CHECK(asked([](auto& c) { c.external = ""; }) == no::bad_external);
    CHECK(asked([](auto& c) { c.external = std::string(129, 'x'); }) == bad_field{"external"});
    CHECK(asked([](auto& c) { c.department = {""}; }) == bad_field{"department"});
    CHECK(asked([](auto& c) { c.department = {"two words"}; }) == bad_field{"department"});
    CHECK(asked([](auto& c) { c.roles = {{""}}; }) == bad_field{"roles"});
    CHECK(asked([](auto& c) { c.roles = {{"SP"}, {"SP"}}; }) == bad_field{"roles"});
    CHECK(asked([](auto& c) { c.roles = std::vector<core::role>(17, {"SP"}); }) == bad_field{"roles"});
    CHECK(asked([](auto& c) { c.roles = {{"仓管"}}; }).passed());  // roles are data
    CHECK(asked([](auto& c) { c.roles = {}; }).passed());
}

TEST_CASE("member: where the company has a chart, people are put where there is a place", "[core][member][S1.2]") {
    world w;
    core::org::state chart;
    core::org::evolve(chart, events::org::department_defined{{"operations"}, {"运营部", "Operations"}, {}});
    w.put<core::org>(1, chart);
    auto admin = as(ada);
    admin.others = &w;
    auto c = newcomer();
    const auto joins = [&] { return given<member>().when(c, admin); };
    CHECK(joins().passed());
    for (const auto* no_such : {"operation", "Operations", "运营部"}) {
        c.department = {no_such};
        CHECK(joins() == no::unknown_department);
        CHECK(given<member>(joined()).when(member::set_department{{no_such}}, admin) == no::unknown_department);
    }
    c = newcomer();
    for (const auto* no_such : {"sp", "运营专员", "QA"}) {
        c.roles = {{"SP"}, {no_such}};
        CHECK(joins() == no::unknown_role);
        CHECK(given<member>(joined()).when(member::set_roles{{{no_such}}}, admin) == no::unknown_role);
    }
    for (const auto* handbook : {"OM", "SP", "DA", "SL", "RQ", "HR", "AU", "AD"}) {
        c.roles = {{handbook}};
        CHECK(joins().passed());
    }
    core::org::evolve(chart, events::org::role_defined{{"QA"}, {"质检", "Quality"}});
    w.put<core::org>(1, chart);
    c.roles = {{"QA"}};
    CHECK(joins().passed());
    CHECK(core::known_departments(admin) == "operations (运营部 / Operations)");
    CHECK(core::known_roles(admin).ends_with("AD, QA (质检 / Quality)"));
}

TEST_CASE("member: roles and department are the administrator's to set", "[core][member][S1.2]") {
    const auto m = given<member>(joined());
    CHECK(m.when(member::set_roles{{{"DA"}}}, as(ada)) == happened::roles_changed{{{"DA"}}});
    CHECK(m.when(member::set_roles{{{"OM"}}}, as_system()).passed());
    CHECK(m.when(member::set_roles{{{"OM"}}}, as(wei)) == no::own_place);
    CHECK(m.when(member::set_roles{{{"OM"}}}, as(lin)) == no::not_admin);
    CHECK(m.when(member::set_roles{{{"SP"}}}, as(ada)) == nothing<member>());
    CHECK(m.when(member::set_roles{{{"a b"}}}, as(ada)) == bad_field{"roles"});
    const auto both = m.after(member::set_roles{{{"DA"}, {"SP"}}}, as(ada));
    CHECK(both.when(member::set_roles{{{"SP"}, {"DA"}}}, as(ada)) == nothing<member>());

    CHECK(m.when(member::set_department{{"technology"}}, as(ada)) == happened::department_changed{{"technology"}});
    CHECK(m.when(member::set_department{{"technology"}}, as(wei)) == no::own_place);
    CHECK(m.when(member::set_department{{"technology"}}, as(lin)) == no::not_admin);
    CHECK(m.when(member::set_department{{"operations"}}, as(ada)) == nothing<member>());
    CHECK(m.when(member::set_department{{""}}, as(ada)) == bad_field{"department"});
}

TEST_CASE("member: a name and a language are one's own", "[core][member][S1.3.1][D10]") {
    const auto m = given<member>(joined());
    CHECK(m.when(member::rename{"Wei"}, as(wei)) == happened::renamed{personal{wei.id, "Wei"}});
    CHECK(m.when(member::rename{"Wei"}, as(ada)) == happened::renamed{personal{wei.id, "Wei"}});
    CHECK(m.when(member::rename{"Wei"}, as(lin)) == no::not_self);
    CHECK(m.when(member::rename{""}, as(wei)) == bad_field{"name"});
    CHECK(m.when(member::rename{"伟"}, as(wei)) == nothing<member>());
    CHECK(m.when(member::choose_language{events::language::en}, as(wei)) == happened::language_chosen{events::language::en});
    CHECK(m.when(member::choose_language{events::language::en}, as(ada)).passed());
    CHECK(m.when(member::choose_language{events::language::en}, as(na)) == no::not_self);
    CHECK(m.when(member::choose_language{events::language::zh}, as(wei)) == nothing<member>());
    CHECK(given<member>().when(member::rename{"Wei"}, as(ada)) == no::not_found);
}

TEST_CASE("member: who leaves acts no more and changes no more", "[core][member][S1.3.1]") {
    const auto m = given<member>(joined());
    CHECK(m.when(member::leave{"moved on"}, as(wei)) == left);
    CHECK(m.when(member::leave{"moved on"}, as(ada)) == left);
    CHECK(m.when(member::leave{"moved on"}, as(lin)) == no::not_self);
    CHECK(m.when(member::leave{""}, as(wei)) == bad_field{"reason"});
    const auto away = given<member>(joined(), left);
    CHECK(away.when(member::leave{"again"}, as(ada)) == nothing<member>());
    CHECK(away.when(member::rename{"Wei"}, as(ada)) == no::has_left);
    CHECK(away.when(member::set_roles{{{"OM"}}}, as(ada)) == no::has_left);
    CHECK(away.when(member::set_department{{"x"}}, as(ada)) == no::has_left);
    CHECK(away.when(member::choose_language{events::language::en}, as(ada)) == no::has_left);
    auto former = wei;
    former.active = false;
    CHECK(away.when(member::rename{"Wei"}, as(former)) == no::inactive);
    CHECK(m.when(member::set_roles{{{"OM"}}}, as(gone)) == no::inactive);  // was an administrator
}

TEST_CASE("member: who has left can be erased, by an administrator, not by themselves", "[core][member][D9]") {
    const auto away = given<member>(joined(), left);
    CHECK(away.when(member::erase{"asked for it"}, as(ada)) == happened::erased{"asked for it"});
    CHECK(away.when(member::erase{"asked for it"}, as_system()).passed());
    CHECK(away.when(member::erase{""}, as(ada)) == bad_field{"reason"});
    CHECK(away.when(member::erase{"x"}, as(lin)) == no::not_admin);
    CHECK(given<member>(joined()).when(member::erase{"x"}, as(ada)) == no::still_active);
    CHECK(given<member>(joined(ada)).when(member::erase{"x"}, as(ada)) == no::own_erasure);
    const auto forgotten_one = given<member>(joined(), left, happened::erased{"x"});
    CHECK(forgotten_one.when(member::erase{"x"}, as(ada)) == nothing<member>());
    CHECK(forgotten_one.when(member::rename{"Wei"}, as(ada)) == no::has_left);
    CHECK(member::explain(no::still_active).clause == "D9");
}

TEST_CASE("member: a name that came sealed is never taken for the same", "[core][member][D9]") {
    auto sealed = joined();
    sealed.name.is = personal::form::sealed;
    CHECK(given<member>(sealed).when(member::rename{"伟"}, as(wei)) == happened::renamed{personal{wei.id, "伟"}});
}
