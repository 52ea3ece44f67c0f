// What can be amended of a flow (D12): every flow × every row × every change of it. Whatever passes, no control is gone, and no
// step is left without somebody who may take it. Looked at from outside: with a walk over the flow of its own.

#include "core/definitions/definitions.hpp"
#include "core/project/project.hpp"
#include "core/definitions/written.hpp"
#include "tests/support/chartered.hpp"
#include "tests/support/flow_table.hpp"

#include <set>

using namespace opsroom_test;
using core::definitions;
using core::written::written_flow;
using core::written::written_row;
using events::definitions::row_change;
using no = core::definitions::rejection;

namespace {

using names = std::vector<std::string>;

names of_bits(std::uint32_t bits, const std::vector<std::string_view>& all) {
    names some;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (bits >> i & 1) some.emplace_back(all[i]);
    return some;
}

definitions::amend_flow amend(const written_flow& f, row_change change) { return {std::string(f.name), {std::move(change)}, {}, "reason", "effect"}; }

/// Every change of one row that there is: a status more, or less; a relation more that may; a role; a relation that never may.
std::vector<row_change> changes_of(const written_flow& f, const written_row& row) {
    const std::string command(row.command);
    std::vector<row_change> all;
    for (std::size_t s = 0; s < f.statuses.size(); ++s) all.push_back({command, of_bits(row.in ^ 1u << s, f.statuses), {}, {}, {}});
    all.push_back({command, names{}, {}, {}, {}});
    all.push_back({command, of_bits((1u << f.statuses.size()) - 2, f.statuses), {}, {}, {}});
    for (std::size_t r = 0; r < f.relations.size(); ++r) {
        all.push_back({command, {}, of_bits(row.may | 1u << r, f.relations), {}, {}});
        all.push_back({command, {}, of_bits(row.may & ~(1u << r), f.relations), {}, {}});
        all.push_back({command, {}, {}, {}, of_bits(1u << r, f.relations)});
    }
    all.push_back({command, {}, {}, {}, of_bits((1u << f.relations.size()) - 1, f.relations)});
    for (const auto* role : {"OM", "SP", "HR"}) all.push_back({command, {}, {}, std::vector<core::role>{{role}}, {}});
    return all;
}

std::uint32_t bits_of(const names& some, const std::vector<std::string_view>& all) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (std::find(some.begin(), some.end(), all[i]) != some.end()) bits |= 1u << i;
    return bits;
}

/// Whether it says no more than the row as it is written.
bool restates(const written_flow& f, const written_row& row, const row_change& change) {
    return (!change.in || bits_of(*change.in, f.statuses) == row.in) &&
           (!change.may || (bits_of(*change.may, f.relations) | row.overseers) == (row.may | row.overseers)) &&
           (!change.never || !(bits_of(*change.never, f.relations) & ~row.never)) && (!change.roles || change.roles->empty());
}

/// A row as it holds, written or amended.
struct held {
    const written_row* row;
    core::flow::statuses in;
    core::flow::relations may, never;
    bool roles;
};
std::vector<held> rows_of(const written_flow& f, const core::amended_flows* book, std::uint32_t version) {
    std::vector<held> all;
    for (const auto& row : f.rows) {
        const auto* a = book ? book->row(f.name, version, row.command) : nullptr;
        all.push_back({&row, a ? a->in : row.in, a ? a->may : row.may, row.never | (a ? a->never : 0), a && !a->roles.empty()});
    }
    return all;
}

/// The statuses that one gets to from the first, with none of `left_out`.
std::uint32_t reached(const std::vector<held>& rows, const std::set<std::string_view>& left_out) {
    std::uint32_t found = 1;
    for (bool more = true; more;) {
        more = false;
        for (const auto& h : rows) {
            if (!h.row->next || !(h.in & found) || left_out.contains(h.row->command)) continue;
            const std::uint32_t next = 1u << *h.row->next;
            more = more || !(found & next);
            found |= next;
        }
    }
    return found;
}

bool is_own_word(const written_row& row) { return core::flow::has(row.is, core::flow::step::own_word); }

/// All that is to hold, whatever was amended.
void check_controls(const written_flow& f, const std::vector<held>& now) {
    const auto written = rows_of(f, nullptr, 1);
    std::set<std::string_view> all_decisions;
    for (const auto& row : f.rows)
        if (row.decides) all_decisions.insert(row.command);
    CHECK((reached(now, all_decisions) & ~reached(written, all_decisions)) == 0);
    // What nothing comes after stays so.
    for (std::size_t s = 1; s < f.statuses.size(); ++s) {
        const auto leads_on = [&](const held& r) { return (r.in >> s & 1) && r.row->next && *r.row->next != s; };
        if (std::any_of(now.begin(), now.end(), leads_on)) CHECK(std::any_of(written.begin(), written.end(), leads_on));
    }
    for (const auto& h : now) {
        INFO(f.name << ' ' << h.row->command);
        if (h.row->decides) {
            CHECK((reached(now, {h.row->command}) & ~reached(written, {h.row->command})) == 0);
            CHECK((h.in & ~h.row->in) == 0);
            CHECK(h.may == h.row->may);
            CHECK_FALSE(h.roles);
        }
        if (is_own_word(*h.row)) {
            CHECK(h.may == h.row->may);
            CHECK(h.never == h.row->never);
            CHECK_FALSE(h.roles);
        }
        CHECK((h.never & h.row->never) == h.row->never);
        CHECK(h.in != 0);
        if (!h.row->awaited) continue;
        // Wherever it was waited for it is, and by more than those who are barred.
        CHECK((h.row->in & ~h.in) == 0);
        CHECK((h.may & ~h.never) != 0);
        if (h.never != h.row->never) CHECK((h.row->turn & ~h.never & ~f.personal) != 0);
    }
}

}  // namespace

TEST_CASE("amendments: every flow, every row, every change: no control is taken out, nobody is left out", "[core][definitions][D12][table]") {
    std::size_t tried = 0, passed = 0;
    std::set<std::string_view> why;
    for (const auto& f : core::written::flows())
        for (const auto& row : f.rows)
            for (const auto& change : changes_of(f, row)) {
                const auto none = given<definitions>();
                const auto asked = none.when(amend(f, change), as_only_manager(lin));
                ++tried;
                INFO(f.name << ' ' << row.command);
                if (!asked.passed()) {
                    why.insert(definitions::explain(asked.decided.error()).code);
                    if (asked.decided.error() == no::nothing_changes) CHECK(restates(f, row, change));
                    continue;
                }
                ++passed;
                CHECK_FALSE(restates(f, row, change));
                CHECK(f.keeps_version);
                CHECK_FALSE((row.in & 1));
                CHECK(row.may != 0);
                const events::definitions::flow_amended what{std::string(f.name), 2, {change}, {}, "r", "e"};
                const auto state = given<definitions>(what).state();
                const core::amended_flows book(state);
                check_controls(f, rows_of(f, &book, 2));
                // Once it holds it is none any more.
                CHECK(given<definitions>(what).when(amend(f, change), as_only_manager(lin)) == no::nothing_changes);
            }
    CHECK(tried > 4'000);
    CHECK(passed > 150);
    for (const auto* one : {"no_instances", "creates", "by_itself", "decides", "narrows", "opens_a_control", "own_word", "skips_a_decision", "leaves_nobody"}) {
        INFO(one);
        CHECK(why.contains(one));
    }
}

TEST_CASE("amendments: what restates a row is none, whichever row of whichever flow", "[core][definitions][S2.1.3][table]") {
    std::size_t said = 0;
    for (const auto& f : core::written::flows())
        for (const auto& row : f.rows) {
            const std::string command(row.command);
            const auto in = of_bits(row.in, f.statuses), may = of_bits(row.may, f.relations), never = of_bits(row.never, f.relations);
            const std::vector<core::role> no_more;
            for (const row_change& change : {row_change{command, {}, {}, {}, {}}, row_change{command, in, {}, {}, {}}, row_change{command, {}, may, {}, {}},
                                             row_change{command, {}, {}, no_more, {}}, row_change{command, {}, {}, {}, never},
                                             row_change{command, {}, {}, {}, names{}}, row_change{command, in, may, no_more, never}}) {
                INFO(f.name << ' ' << row.command);
                const auto asked = given<definitions>().when(amend(f, change), as_only_manager(lin));
                CHECK_FALSE(asked.passed());
                said += asked == no::nothing_changes;
            }
            if (f.keeps_version && row.may != 0 && !(row.in & 1))
                CHECK(given<definitions>().when(amend(f, {command, {}, {}, {}, {}}), as_only_manager(lin)) == no::nothing_changes);
        }
    CHECK(said > 300);
    // Among others that change something it is none either; nor is what is taken back at once.
    const row_change more{"request.withdraw", {}, {}, std::vector<core::role>{{"QA"}}, {}}, less{"request.withdraw", {}, {}, std::vector<core::role>{}, {}};
    const auto asked = [](std::vector<row_change> rows) {
        return given<definitions>().when(definitions::amend_flow{"request", std::move(rows), {}, "r", "e"}, as_only_manager(lin));
    };
    CHECK(asked({more}).passed());
    CHECK(asked({more, {"request.submit", {}, {}, {}, {}}}) == no::nothing_changes);
    CHECK(asked({more, less}) == no::nothing_changes);
}

TEST_CASE("amendments: who comes where a step was taken before, and is not since, is told so", "[core][definitions][D12]") {
    using project = core::project;
    auto begun = initiated;
    begun.flow = 2;
    const std::vector<situation<project>> at{given<project>(begun), given<project>(begun, charter_submitted),
                                             given<project>(begun, charter_submitted, charter_approved)};
    const auto* f = core::written::find_flow("project");
    REQUIRE(f);
    const auto row = std::find_if(project::flow.begin(), project::flow.end(), [](const auto& r) { return r.command == "project.cancel"; });
    REQUIRE(row != project::flow.end());
    for (const auto& gone : at) {
        const auto status = core::flow::from(project::status_of(gone.state()));
        const definitions::amend_flow without{"project", {{"project.cancel", of_bits(row->in & ~status, f->statuses), {}, {}, {}}}, {}, "r", "e"};
        const auto amended = given<definitions>().after(without, as_only_manager(lin));
        const core::amended_flows book(amended.state());
        auto by = as_only_manager(lin);
        by.flows = &book;
        for (const auto& here : at) {
            const bool away = project::status_of(here.state()) == project::status_of(gone.state());
            const auto no = here.when(project::cancel{"x"}, by);
            CHECK(no.passed() != away);
            if (away) CHECK(core::flow::explained<project>(no.decided.error(), *row, here.state(), by).code == "amended_away");
            for (const auto& a : core::flow::actions<project>(here.state(), by))
                if (a.command == "project.cancel") CHECK((a.refused && a.refused->code == "amended_away") == away);
        }
    }
    // Where it never was to be taken, the flow says so as ever.
    const auto over = given<project>(begun, events::project::cancelled{"x"});
    const auto no = over.when(project::cancel{"y"}, as(zhou));
    CHECK((no.passed() || core::flow::explained<project>(no.decided.error(), *row, over.state(), as(zhou)).code != "amended_away"));
}

TEST_CASE("amendments: a limit is of a status in which something waits, and another than holds", "[core][definitions][S1.3.3][table]") {
    std::size_t passed = 0;
    for (const auto& f : core::written::flows())
        for (std::size_t s = 0; s < f.statuses.size(); ++s) {
            INFO(f.name << ' ' << f.statuses[s]);
            const auto asked = [&](std::uint16_t days) {
                return given<definitions>().when(
                    definitions::amend_flow{std::string(f.name), {}, {{std::string(f.statuses[s]), days}}, "r", "e"}, as_only_manager(lin));
            };
            const auto leads_on = [&](const written_row& row) { return (row.in >> s & 1) && (row.next || row.awaited); };
            const bool waits = std::any_of(f.rows.begin(), f.rows.end(), [&](const written_row& row) { return row.awaited && (row.in >> s & 1); });
            CHECK_FALSE(asked(f.limits[s]).passed());
            const auto other = asked(static_cast<std::uint16_t>(f.limits[s] + 1));
            if (s == 0 || !waits || std::none_of(f.rows.begin(), f.rows.end(), leads_on)) CHECK(other == no::bad_limit);
            passed += other.passed();
            if (!other.passed()) continue;
            CHECK(asked(f.limits[s]) == no::nothing_changes);
            const events::definitions::flow_amended what{std::string(f.name), 2, {}, {{std::string(f.statuses[s]), 77}}, "r", "e"};
            CHECK(given<definitions>(what).when(
                      definitions::amend_flow{std::string(f.name), {}, what.limits, "r", "e"}, as_only_manager(lin)) == no::nothing_changes);
        }
    CHECK(passed > 25);
    for (const auto& [flow, status] : {std::pair("task", "done"), std::pair("task", "cancelled"), std::pair("request", "rejected"), std::pair("request", "absent"),
                                       std::pair("project", "archived"), std::pair("strategy", "superseded"), std::pair("org", "open"), std::pair("member", "active")}) {
        INFO(flow << ' ' << status);
        CHECK(given<definitions>().when(definitions::amend_flow{flow, {}, {{status, 5}}, "r", "e"}, as_only_manager(lin)) == no::bad_limit);
    }
}

TEST_CASE("amendments: a form as it is already is none", "[core][definitions][S2.1.3][table]") {
    const std::vector<events::definitions::added_field> fields{{"legal", {"法务", "Legal"}, true}};
    for (const auto& form : core::written::forms()) {
        INFO(form.name);
        const auto asked = [&](const auto& given_fields) { return definitions::amend_form{std::string(form.name), given_fields, "r", "e"}; };
        const std::vector<events::definitions::added_field> none;
        CHECK(given<definitions>().when(asked(none), as_only_manager(lin)) == no::nothing_changes);
        const auto amended = given<definitions>().after(asked(fields), as_only_manager(lin));
        CHECK(amended.when(asked(fields), as_only_manager(lin)) == no::nothing_changes);
        CHECK(amended.after(asked(none), as_only_manager(lin)).when(asked(none), as_only_manager(lin)) == no::nothing_changes);
    }
}

TEST_CASE("amendments: what was let through before holds no further than it may now", "[core][definitions][D12]") {
    using events::definitions::flow_amended;
    const flow_amended skips{"incentive", 2, {{"incentive.take_effect", names{"proposed", "approved"}, {}, {}, {}}}, {}, "r", "e"};
    const flow_amended speaks{"appraisal", 2, {{"appraisal.submit_self", {}, {}, std::vector<core::role>{{"OM"}}, {}}}, {}, "r", "e"};
    for (const auto& e : {skips, speaks}) {
        const auto state = given<definitions>(e).state();
        const core::amended_flows book(state);
        const auto& f = *core::written::find_flow(e.flow);
        check_controls(f, rows_of(f, &book, 2));
    }
}

TEST_CASE("amendments: the ways that were found", "[core][definitions][D12][D1]") {
    const auto asked = [](std::string flow, row_change row) {
        return given<definitions>().when(definitions::amend_flow{std::move(flow), {std::move(row)}, {}, "r", "e"}, as_only_manager(lin));
    };
    CHECK(asked("incentive", {"incentive.take_effect", names{"proposed", "approved"}, {}, {}, {}}) == no::opens_a_control);
    CHECK(asked("request", {"request.pass", names{"submitted", "in_assessment"}, {}, {}, {}}) == no::opens_a_control);
    CHECK(asked("project", {"project.accept", names{"active", "in_acceptance"}, {}, {}, {}}) == no::opens_a_control);
    CHECK(asked("project", {"project.summarise", names{"active", "accepted"}, {}, {}, {}}) == no::opens_a_control);
    CHECK(asked("project", {"project.approve_charter", {}, {}, {}, names{"leader"}}) == no::leaves_nobody);
    CHECK(asked("appraisal", {"appraisal.submit_self", {}, {}, std::vector<core::role>{{"OM"}}, {}}) == no::own_word);
    CHECK(asked("member", {"member.leave", names{"active"}, {}, {}, {}}) == no::no_instances);
    CHECK(asked("request", {"request.draft", {}, {}, std::vector<core::role>{{"SP"}}, {}}) == no::creates);
    CHECK(asked("request", {"request.hand_over", {}, names{"manager"}, {}, {}}) == no::by_itself);
    CHECK(asked("task", {"task.start", names{"assigned", "returned", "done"}, {}, {}, {}}) == no::skips_a_decision);
    CHECK(asked("task", {"task.start", names{"assigned", "returned", "blocked"}, {}, {}, {}}).passed());
    CHECK(asked("project", {"project.cancel", {}, {}, {}, names{"lead"}}).passed());
    // What leads nowhere is opened after what it waits for, not before that was decided.
    CHECK(asked("project", {"project.reach_milestone", names{"active", "charter_pending"}, {}, {}, {}}) == no::skips_a_decision);
    CHECK(asked("project", {"project.reach_milestone", names{"active", "in_acceptance"}, {}, {}, {}}).passed());
}

TEST_CASE("amendments: a flow that judges people is changed by two, by the hash of what was read", "[core][definitions][D12][D11]") {
    const definitions::amend_flow asked{"appraisal", {}, {{"evaluated", 9}}, "r", "e"};
    const auto none = given<definitions>();
    const auto proposed = none.after(asked, as_only_manager(lin));
    REQUIRE(proposed.state().pending.size() == 1);
    CHECK(proposed.state().flows.empty());
    const auto sha256 = proposed.state().pending[0].sha256;
    CHECK(proposed.when(asked, as_only_manager(lin)) == nothing<definitions>());  // is pending already
    const definitions::confirm_flow confirm{1, sha256};
    for (const auto* who : everybody) {
        INFO(who->id.value);
        CHECK(proposed.when(confirm, as(*who)).passed() == (who->id == zhou.id));
    }
    CHECK(proposed.when(definitions::confirm_flow{1, "other"}, as(zhou)) == bad_field{"sha256"});
    CHECK(proposed.when(definitions::confirm_flow{1, std::string(64, '0')}, as(zhou)) == no::other_amendment);
    CHECK(proposed.when(definitions::confirm_flow{2, sha256}, as(zhou)) == no::no_such_amendment);
    const auto done = proposed.after(confirm, as(zhou));
    CHECK(done.state().pending.empty());
    CHECK(core::amended_flows(done.state()).limit("appraisal", 2, "evaluated") == 9);
    CHECK(proposed.when(definitions::decline_flow{1, "no"}, as(mei)) == no::not_confirmer);
    CHECK(proposed.after(definitions::decline_flow{1, "no"}, as_only_manager(lin)).state().pending.empty());  // taken back
    CHECK(proposed.after(definitions::decline_flow{1, "no"}, as(zhou)).state().pending.empty());

    // The only superior leader does not confirm their own: an administrator does.
    const auto by_leader = none.after(asked, as(zhou));
    const definitions::confirm_flow it{1, by_leader.state().pending[0].sha256};
    CHECK(by_leader.when(it, as(zhou)) == no::own_amendment);
    CHECK(by_leader.when(it, as_only_manager(lin)) == no::not_confirmer);
    CHECK(by_leader.when(it, as(ada)).passed());
    // What holds by the time that it is confirmed is no change any more.
    auto again = asked;
    again.reason = "another";
    const auto twice = proposed.after(again, as_only_manager(lin)).after(confirm, as(zhou));
    CHECK(twice.when(definitions::confirm_flow{2, twice.state().pending.at(0).sha256}, as(zhou)) == no::nothing_changes);
    CHECK(twice.when(definitions::decline_flow{2, "holds already"}, as(zhou)).passed());
    // Flows that judge nobody change at once.
    CHECK(none.after(definitions::amend_flow{"request", {}, {{"submitted", 9}}, "r", "e"}, as_only_manager(lin)).state().flows.size() == 1);
}
