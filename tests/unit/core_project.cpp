#include "core/project/project.hpp"
#include "tests/support/chartered.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::project;
using core::project_status;
using no = core::project::rejection;
namespace happened = events::project;

namespace {

const happened::archive_submitted archive_submitted{wei.id, ""};

template <class Change>
happened::charter charter_with(Change change) {
    auto c = good_charter();
    change(c);
    return c;
}

std::vector<situation<project>> situations() {
    return {given<project>(initiated),
            given<project>(initiated, charter_submitted),
            given<project>(initiated, charter_submitted, happened::clarification_asked{"why so long?"}),
            given<project>(initiated, charter_submitted, happened::charter_rejected{"no"}),
            active(),
            active(acceptance_requested),
            active(acceptance_requested, acceptance_convened),
            in_acceptance(),
            in_acceptance(happened::clarification_asked{"where is the proof?"}),
            accepted(),
            accepted(summarised),
            complete(),
            complete(archive_submitted),
            complete(archive_submitted, happened::archived{""}),
            active(happened::suspended{"budget"}),
            active(happened::cancelled{"obsolete"})};
}

std::vector<project::command> commands() {
    return {project::draft_charter{good_charter()},
            project::submit_charter{charter_with([](auto& c) { c.ends = core::date{2027y / 4 / 30}; })},
            project::approve_charter{charter_submitted.sha256, {}},
            project::return_charter{"unclear"},
            project::reject_charter{"costly"},
            project::clarify{"how?"},
            project::answer{"so"},
            project::link_channel{{3}},
            project::change_lead{na.id, "capacity"},
            project::add_member{mei.id},
            project::remove_member{na.id},
            project::hand_over{wei.id, mei.id},
            project::report_progress{50, happened::health::caution, "half"},
            project::reach_milestone{1, "see document", {}},
            project::request_acceptance{good_f3()},
            project::convene_acceptance{{mei.id}, core::date{2026y / 12 / 1}},
            project::sign_acceptance{true, {}},
            project::accept{good_f4()},
            project::fail_acceptance{"incomplete", {"finish the document"}},
            project::summarise{good_f5(), {lin.id, requester.id}},
            project::acknowledge_summary{},
            project::file_record{{happened::record_kind::other, "照片", "上线当天", {}}},
            project::submit_archive{{}},
            project::return_archive{"a page is missing"},
            project::seal{{}},
            project::suspend{"budget"},
            project::resume{"budget is back"},
            project::cancel{"obsolete"},
            project::extend_acceptance{core::date{2026y / 12 / 9}, "the room was not there"}};
}

// The handbook's table once more, written independently of the rows: S3.1.3, S3.3, S5.3.1.
bool handbook_allows(const project::state& p, std::string_view name, const core::person& who) {
    using s = project_status;
    const auto command = name.substr(name.find('.') + 1);
    const auto is = [&](auto... all) { return ((p.is == all) || ...); };
    const bool om = manages(who), sl = who.has("SL");
    const bool pl = p.lead == who.id && who.id;
    const bool pt = std::find(p.team.begin(), p.team.end(), who.id) != p.team.end();
    const bool submitted = p.submitter == who.id;
    const bool complete = core::missing_records(p).empty();
    const bool all_signed = p.signed_by.size() == p.panel.size();
    const bool over = is(s::rejected, s::archived, s::cancelled);
    const bool chartered = is(s::active, s::acceptance_requested, s::in_acceptance, s::accepted, s::summarised);
    if (!who.active) return false;
    if (command == "draft_charter" || command == "submit_charter") return om && is(s::initiating);
    if (command == "approve_charter") return sl && !submitted && (is(s::charter_pending) || (is(s::active) && p.reports == 0));
    if (command == "return_charter" || command == "reject_charter") return sl && !submitted && is(s::charter_pending);
    if (command == "clarify") return !submitted && ((sl && is(s::charter_pending)) || (om && is(s::in_acceptance)));
    if (command == "answer") return submitted && is(s::clarifying);
    if (command == "change_lead") return om && (chartered || is(s::suspended));
    if (command == "add_member" || command == "remove_member") return (om || pl) && (chartered || is(s::suspended));
    if (command == "report_progress") return pt && is(s::active, s::acceptance_requested, s::in_acceptance);
    if (command == "reach_milestone") return pt && is(s::active);
    if (command == "request_acceptance") return pl && is(s::active);
    if (command == "convene_acceptance") return om && !submitted && is(s::acceptance_requested);
    if (command == "sign_acceptance") return (who.id == mei.id || who.id == zhou.id) && is(s::in_acceptance);
    if (command == "accept" || command == "fail_acceptance") return om && !submitted && is(s::in_acceptance) && all_signed;
    if (command == "summarise") return pl && is(s::accepted);
    if (command == "acknowledge_summary") return (who.id == lin.id || who.id == requester.id) && is(s::summarised, s::archive_pending, s::archived);
    if (command == "file_record") return pt && chartered;
    if (command == "submit_archive") return pt && is(s::summarised) && complete;
    if (command == "return_archive") return om && !submitted && is(s::archive_pending);
    if (command == "seal") return om && !submitted && (is(s::archive_pending) || is(s::archived));
    if (command == "suspend") return (om || sl) && !over;  // again: already so
    if (command == "resume") return (om || sl) && is(s::suspended);
    if (command == "cancel") return (om || sl) && (!over || is(s::cancelled));
    return false;  // link_channel, hand_over and extend_acceptance are the system's
}

}  // namespace

TEST_CASE("project: it comes from a request that was passed, and from nothing else", "[core][project][S3.1.2]") {
    const project::initiate order{{7}, "会员积分改版", {"operations"}};
    CHECK(given<project>().when(order, as_system()) == initiated);
    CHECK(given<project>().when(order, as(lin)) == no::by_request_only);
    CHECK(given<project>().when(order, as(zhou)) == no::by_request_only);
    CHECK(active().when(order, as_system()) == no::already_exists);
}

TEST_CASE("project: every field of F2 is checked", "[core][project][S3.1.3][S5.3.1][F2]") {
    const auto asked = [](auto change) { return given<project>(initiated).when(project::submit_charter{charter_with(change)}, as(lin)); };
    CHECK(asked([](auto&) {}) == charter_submitted);
    CHECK(asked([](auto& c) { c.name = ""; }) == bad_field{"charter/name"});
    CHECK(asked([](auto& c) { c.lead = gone.id; }) == bad_field{"charter/lead"});
    CHECK(asked([](auto& c) { c.team = {}; }) == bad_field{"charter/team"});
    CHECK(asked([](auto& c) { c.team = {na.id, na.id}; }) == bad_field{"charter/team"});
    CHECK(asked([](auto& c) { c.ends = yesterday; }) == no::bad_schedule);
    CHECK(asked([](auto& c) { c.milestones = {}; }) == bad_field{"charter/milestones"});
    CHECK(asked([](auto& c) { std::swap(c.milestones[0], c.milestones[1]); }) == no::bad_milestones);
    CHECK(asked([](auto& c) { c.milestones[1].due = core::date{2027y / 4 / 1}; }) == no::bad_milestones);
    CHECK(asked([](auto& c) { c.milestones[0].deliverable = ""; }) == bad_field{"charter/milestones/0/deliverable"});
    CHECK(asked([](auto& c) { c.budget.currency = "元"; }) == no::bad_budget);
    CHECK(asked([](auto& c) { c.budget.currency = "yuan"; }) == bad_field{"charter/budget/currency"});
    CHECK(asked([](auto& c) { c.resources = ""; }) == bad_field{"charter/resources"});
    CHECK(asked([](auto& c) { c.expected_results = ""; }) == bad_field{"charter/expected_results"});
    CHECK(asked([](auto& c) { c.objectives = {}; }) == bad_field{"charter/objectives"});
    CHECK(asked([](auto& c) { c.success_metrics = ""; }) == bad_field{"charter/success_metrics"});
    CHECK(asked([](auto& c) { c.risks = {}; }) == bad_field{"charter/risks"});
    CHECK(asked([](auto& c) { c.risks[0].response = ""; }) == bad_field{"charter/risks/0/response"});
    CHECK(asked([](auto& c) { c.responsibilities = {}; }) == bad_field{"charter/responsibilities"});
    CHECK(asked([](auto& c) { c.responsibilities[0].accountable = {}; }) == bad_field{"charter/responsibilities/0/accountable"});
    CHECK(asked([](auto& c) { c.responsibilities[0].responsible = {}; }) == bad_field{"charter/responsibilities/0/responsible"});
    CHECK(asked([](auto& c) { c.compliance = {true, ""}; }) == no::bad_compliance);
    CHECK(asked([](auto& c) { c.compliance = {false, ""}; }) == no::unchecked);
    CHECK(asked([](auto& c) { c.extras.form = 3; }) == no::bad_extras);
}

TEST_CASE("project: a draft may lack what its author has not come to", "[core][project][S3.1.3][F2]") {
    happened::charter c;
    c.name = "first thoughts";
    c.starts = today;
    c.ends = tomorrow;
    CHECK(given<project>(initiated).when(project::draft_charter{c}, as(lin)).passed());
    CHECK(given<project>(initiated).when(project::submit_charter{c}, as(lin)) == bad_field{"charter/lead"});
    const auto drafted = [&](auto change) {
        auto other = c;
        change(other);
        return given<project>(initiated).when(project::draft_charter{other}, as(lin));
    };
    CHECK(drafted([](auto& d) { d.objectives = {""}, d.milestones.resize(1), d.risks.resize(1), d.responsibilities.resize(1); }).passed());
    CHECK(drafted([](auto& d) { d.name = ""; }) == bad_field{"charter/name"});
    CHECK(drafted([](auto& d) { d.ends = {}; }) == bad_field{"charter/ends"});
    CHECK(drafted([](auto& d) { d.lead = gone.id; }) == bad_field{"charter/lead"});
    CHECK(drafted([](auto& d) { d.objectives.resize(101); }) == bad_field{"charter/objectives"});
    CHECK(drafted([](auto& d) { d.budget.use = std::string(16'385, 'x'); }) == bad_field{"charter/budget/use"});
    CHECK(given<project>(initiated).when(project::draft_charter{c}, as(wei)) == no::not_manager);
}

TEST_CASE("project: SL's approval releases exactly the charter that was read", "[core][project][S3.1.3]") {
    const auto pending = given<project>(initiated, charter_submitted);
    CHECK(pending.when(project::approve_charter{charter_submitted.sha256, {}}, as(zhou)) == charter_approved);
    CHECK(pending.when(project::approve_charter{"another", {}}, as(zhou)) == bad_field{"sha256"});
    CHECK(pending.when(project::approve_charter{charter_submitted.sha256, {}}, as(mei)) == no::not_leader);
    // Returned, changed and handed in again: the old hash releases nothing.
    const auto other = charter_with([](auto& c) { c.ends = core::date{2027y / 6 / 30}; });
    const auto again = pending.after(project::return_charter{"too short"}, as(zhou)).after(project::submit_charter{other}, as(lin));
    CHECK(again.when(project::approve_charter{charter_submitted.sha256, {}}, as(zhou)) == no::other_charter);
    CHECK(again.when(project::approve_charter{prints.of(other), {}}, as(zhou)).passed());
    CHECK(given<project>(initiated).when(project::report_progress{1, happened::health::on_track, "x"}, as(wei)) == no::not_team);
}

TEST_CASE("project: nobody approves their own charter", "[core][project][D1]") {
    auto leads_and_manages = zhou;
    leads_and_manages.roles = {{"SL"}, {"OM"}};
    const auto own = given<project>(initiated).after(project::submit_charter{good_charter()}, as(leads_and_manages));
    CHECK(own.when(project::approve_charter{charter_submitted.sha256, {}}, as(leads_and_manages)) == no::own_submission);
    // Nor the charter that names them as its lead, themselves or in a superior leader's place.
    auto charter = good_charter();
    charter.lead = zhou.id;
    const auto named = given<project>(initiated).after(project::submit_charter{charter}, as(lin));
    for (const auto& asked : std::vector<project::command>{project::approve_charter{prints.of(charter), {}}, project::return_charter{"no"}, project::reject_charter{"no"}})
        CHECK(named.when(asked, as(zhou)) == no::own_submission);
}

TEST_CASE("project: who submitted a charter or an archive hears what came of it", "[core][project][S1.3.3]") {
    const auto submitted = given<project>(initiated).after(project::submit_charter{good_charter()}, as(lin));
    const auto tells = [&](const project::command& asked) {
        const auto decided = submitted.when(asked, as(zhou)).happened();
        const auto after = submitted.after(asked, as(zhou)).state();
        const auto told = concerned_by(decided.front(), after, {}, as(zhou)).who;
        return std::find(told.begin(), told.end(), lin.id) != told.end();
    };
    CHECK(tells(project::approve_charter{charter_submitted.sha256, {}}));
    CHECK(tells(project::return_charter{"too short"}));
    CHECK(tells(project::reject_charter{"no"}));
}

TEST_CASE("project: progress and milestones are the team's to report", "[core][project][S3.2.2]") {
    CHECK(active().when(project::report_progress{101, happened::health::on_track, "x"}, as(wei)) == bad_field{"percent"});
    CHECK(active().when(project::report_progress{10, happened::health::on_track, ""}, as(wei)) == bad_field{"note"});
    CHECK(active().when(project::report_progress{10, happened::health::off_track, "late"}, as(na)) ==
          happened::progress_reported{10, happened::health::off_track, "late"});
    CHECK(active().when(project::reach_milestone{3, "x", {}}, as(wei)) == no::bad_milestone);
    const auto reached = active().after(project::reach_milestone{2, "live", {}}, as(wei));
    CHECK(reached.when(project::reach_milestone{2, "live again", {}}, as(wei)) == nothing<project>());
    CHECK(reached.state().milestones[1].reached);
    CHECK(!reached.state().milestones[0].reached);
}

TEST_CASE("project: the team can change, its lead can't go", "[core][project][S5.3.1]") {
    CHECK(active().when(project::remove_member{wei.id}, as(lin)) == no::lead_stays);
    CHECK(active().when(project::remove_member{mei.id}, as(lin)) == no::not_in_team);
    CHECK(active().when(project::add_member{na.id}, as(wei)) == no::already_in_team);
    CHECK(active().when(project::add_member{gone.id}, as(wei)) == bad_field{"member"});
    CHECK(active().when(project::add_member{mei.id}, as(wei)) == happened::member_added{mei.id});
    const auto led = active().after(project::change_lead{mei.id, "leave"}, as(lin));
    CHECK(led.state().lead == mei.id);
    CHECK(led.when(project::request_acceptance{good_f3()}, as(wei)) == no::not_lead);
    CHECK(led.when(project::request_acceptance{good_f3()}, as(mei)).passed());
}

TEST_CASE("project: acceptance is asked for, convened, signed and decided", "[core][project][S3.3.1][F3][F4]") {
    auto f3 = good_f3();
    f3.deliverables = {};
    CHECK(active().when(project::request_acceptance{f3}, as(wei)) == bad_field{"form/deliverables"});
    f3.deliverables = {"the release", " "};
    CHECK(active().when(project::request_acceptance{f3}, as(wei)) == bad_field{"form/deliverables"});
    f3 = good_f3();
    f3.attainment = "";
    CHECK(active().when(project::request_acceptance{f3}, as(wei)) == bad_field{"form/attainment"});
    f3 = good_f3();
    f3.completion = " ";
    CHECK(active().when(project::request_acceptance{f3}, as(wei)) == bad_field{"form/completion"});
    const auto asked = active(acceptance_requested);
    CHECK(asked.when(project::convene_acceptance{{wei.id}, tomorrow}, as(lin)) == no::bad_panel);  // the lead
    CHECK(asked.when(project::convene_acceptance{{mei.id}, yesterday}, as(lin)) == no::bad_day);
    CHECK(asked.when(project::convene_acceptance{{mei.id, zhou.id}, tomorrow}, as(lin)) == acceptance_convened);

    const auto panel = active(acceptance_requested, acceptance_convened);
    CHECK(panel.when(project::accept{good_f4()}, as(lin)) == no::signatures_missing);
    auto later = as(lin);
    later.today = core::date{2026y / 11 / 25};
    CHECK(panel.when(project::accept{good_f4()}, later).passed());
    CHECK(panel.when(project::sign_acceptance{false, {}}, as(mei)) == no::bad_comment);
    CHECK(panel.when(project::sign_acceptance{false, "no proof"}, as(mei)) == happened::acceptance_signed{mei.id, false, "no proof"});
    CHECK(panel.when(project::sign_acceptance{true, {}}, as(na)) == no::not_panellist);

    auto f4 = good_f4();
    f4.results.pop_back();
    CHECK(in_acceptance().when(project::accept{f4}, as(lin)) == no::bad_objective_results);
    f4 = good_f4();
    f4.results[1].objective = 1;
    CHECK(in_acceptance().when(project::accept{f4}, as(lin)) == no::bad_objective_results);
    CHECK(in_acceptance().when(project::accept{good_f4()}, as(lin)) == happened::accepted{good_f4()});
    CHECK(in_acceptance().when(project::fail_acceptance{"no", {}}, as(lin)) == bad_field{"conditions"});
    const auto failed = in_acceptance().after(project::fail_acceptance{"no", {"write it down"}}, as(lin));
    CHECK(failed.state().is == project_status::active);
    CHECK(failed.when(project::request_acceptance{good_f3()}, as(wei)).passed());
}

TEST_CASE("project: whoever asked for acceptance does not decide on it", "[core][project][D1]") {
    auto manages = lin;
    const auto led = active().after(project::change_lead{lin.id, "x"}, as(mei)).after(project::request_acceptance{good_f3()}, as(lin));
    CHECK(led.when(project::convene_acceptance{{na.id}, tomorrow}, as(manages)) == no::own_submission);
    CHECK(led.when(project::convene_acceptance{{na.id}, tomorrow}, as(mei)).passed());
}

TEST_CASE("project: the summary goes to OM and the departments, each acknowledging", "[core][project][S3.3.2][S5.3.2][F5]") {
    const auto p = accepted();
    CHECK(p.when(project::summarise{good_f5(), {lin.id, requester.id}}, as(wei)) == summarised);
    CHECK(p.when(project::summarise{good_f5(), {requester.id}}, as(wei)) == no::manager_not_told);
    CHECK(p.when(project::summarise{good_f5(), {lin.id}}, as(wei)) == no::bad_recipients);  // nobody of marketing
    CHECK(p.when(project::summarise{good_f5(), {}}, as(wei)) == bad_field{"recipients"});
    auto f5 = good_f5();
    f5.lessons = "";
    CHECK(p.when(project::summarise{f5, {lin.id, requester.id}}, as(wei)) == bad_field{"summary/lessons"});
    const auto told = accepted(summarised);
    CHECK(told.when(project::acknowledge_summary{}, as(requester)) == happened::summary_acknowledged{requester.id});
    CHECK(told.when(project::acknowledge_summary{}, as(na)) == no::not_recipient);
}

TEST_CASE("project: the archive is complete only when all that S3.3.3 names is there", "[core][project][S3.3.3][F17]") {
    using kind = happened::record_kind;
    const auto bare = accepted(summarised);
    CHECK(core::missing_records(bare.state()) == std::vector<kind>{kind::execution_record, kind::data_report, kind::minutes});
    CHECK(bare.when(project::submit_archive{{}}, as(wei)) == no::records_missing);
    CHECK(complete().when(project::submit_archive{{}}, as(wei)) == archive_submitted);
    const auto handed_in = complete(archive_submitted);
    CHECK(handed_in.when(project::seal{{}}, as(lin)) == happened::archived{""});
    CHECK(handed_in.when(project::seal{{}}, as(wei)) == no::own_submission);
    const auto sealed = complete(archive_submitted, happened::archived{""});
    CHECK(sealed.when(project::file_record{{kind::other, "late", "too late", {}}}, as(wei)) == no::closed);
    CHECK(bare.when(project::file_record{{kind::minutes, "m", "", {}}}, as(wei)) == no::bad_record);
    // A progress report is a record of the execution.
    CHECK(core::missing_records(active(happened::progress_reported{1, happened::health::on_track, "x"}).state()) ==
          std::vector<kind>{kind::data_report, kind::minutes});
}

TEST_CASE("project: suspended, it goes on from where it was", "[core][project][S3.2.4]") {
    const auto was = active(acceptance_requested);
    const auto held = was.after(project::suspend{"budget"}, as(zhou));
    CHECK(held.when(project::report_progress{1, happened::health::on_track, "x"}, as(wei)) == no::not_active);
    CHECK(held.after(project::resume{"back"}, as(lin)).state().is == project_status::acceptance_requested);
    CHECK(was.when(project::suspend{""}, as(zhou)) == bad_field{"reason"});
    CHECK(was.when(project::cancel{""}, as(zhou)) == bad_field{"reason"});
}

TEST_CASE("project: every (status, command, person) is as the handbook says", "[core][project][S3.1.3][S3.3.1][S3.3.2][S3.3.3]") {
    CHECK(check_every_pair<project>(situations(), commands(), handbook_allows) == 16 * 29 * 11);
    check_rows_agree<project>(situations(), commands());
}

TEST_CASE("project: whoever else signs stands in for nobody of the panel", "[core][project][S3.3.1][S1.3.2]") {
    const auto p = active(acceptance_requested, acceptance_convened, happened::acceptance_signed{mei.id, true, "good"}, happened::acceptance_signed{na.id, true, "good"});
    CHECK(p.state().signed_by == std::vector{mei.id});
}

TEST_CASE("project: who takes over the lead is no panellist of it", "[core][project][S1.3.4][D1]") {
    const auto p = active(acceptance_requested, acceptance_convened);
    const auto over = p.after(project::hand_over{wei.id, mei.id}, as_system());
    CHECK(over.state().lead == mei.id);
    CHECK(over.state().submitter == mei.id);
    CHECK(over.state().panel == std::vector{zhou.id});
    CHECK(over.when(project::accept{good_f4()}, as(mei)) == no::own_submission);
}
