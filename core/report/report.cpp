#include "core/report/report.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/fingerprints.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/report/faults.hpp"
#include "core/report/periods.hpp"

namespace core {

using s = report_status;
using r = report_rejection;
namespace happened = events::report;

namespace {
using enum flow::step;
}  // namespace

// clang-format off
constexpr std::array<report::row, 9> report::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"report.open", flow::from(s::absent), 0, 0, s::draft, "S4.3.1", r::not_keeper, {}, r::already_exists},
    {"report.draft", flow::from(s::absent), analyst | manager, 0, s::draft, "S4.3.1", r::not_drafter, {}, r::already_exists},
    {"report.fill", flow::from(s::draft), 0, 0, {}, "S4.3.1", r::not_keeper, {}, r::not_draft},
    {"report.revise", flow::from(s::draft), author | analyst | manager, 0, {}, "S4.3.1", r::not_author, {}, r::not_draft, writes},
    {"report.publish", flow::from(s::draft), author | analyst | manager, 0, s::published, "S4.3.1", r::not_author, {}, r::not_draft, awaited | decides, nullptr, author},
    {"report.acknowledge", flow::from(s::published), concerned, 0, {}, "S4.3.3", r::not_concerned, {}, r::not_published, awaited | each | own_word, nullptr, pending},
    {"report.restate", flow::from(s::published), 0, 0, {}, "S4.1.3", r::not_keeper, {}, r::not_published},
    {"report.discard", flow::from(s::draft), author | manager, 0, s::discarded, "S4.3.1", r::not_author, {}, r::not_draft, decides},
    {"report.hand_over", live, 0, 0, {}, "S1.3.4", r::not_keeper, {}, r::closed},
}};
// clang-format on

namespace {

using state = report::state;
using outcome = decision<report>;
using decided_events = decided<report::event>;
using check = reporting::objection;

using text::said;

// Without a print nothing can be published.
std::string print_of(const report::form& f, const std::optional<report::snapshot>& figures, const context& by) {
    return by.prints ? by.prints->of(happened::content{f, figures}) : std::string();
}

member_id acknowledging(const state& now, const context& by) { return flow::in_place_of<report>(flow::row_of<report, report::acknowledge>(), now, by); }

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const report::fill& c, const context&) { return now.figures && reporting::same_figures(*now.figures, c.snapshot); }
bool in_effect(const state& now, const report::revise& c, const context&) { return now.is == s::draft && now.written && now.content == c.form; }
bool in_effect(const state& now, const report::publish& c, const context&) { return now.is == s::published && now.sha256 == c.sha256; }
bool in_effect(const state& now, const report::acknowledge&, const context& by) { return now.is == s::published && forms::contains(now.acknowledged, acknowledging(now, by)); }
bool in_effect(const state& now, const report::restate& c, const context&) { return now.is == s::published && now.differences == c.differences; }
bool in_effect(const state& now, const report::discard& c, const context&) { return now.is == s::discarded && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const report::hand_over& c, const context&) { return !is_work_of(now, c.from); }

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const report::fill& c, const state&, const context&) { return reporting::snapshot_at_fault(c.snapshot); }
check at_fault(const report::revise& c, const state& now, const context& by) { return reporting::form_at_fault(c.form, now, by); }
check at_fault(const report::publish& c, const state& now, const context& by) {
    if (now.sha256.empty() || c.sha256 != now.sha256) return r::other_form;
    return reporting::unfinished(now, by);
}
check at_fault(const report::restate& c, const state& now, const context&) { return reporting::differences_at_fault(c.differences, now); }

report::event event_of(const report::fill& c, const state& now, const context& by) { return happened::filled{c.snapshot, print_of(now.content, c.snapshot, by)}; }
report::event event_of(const report::revise& c, const state& now, const context& by) { return happened::revised{c.form, print_of(c.form, now.figures, by)}; }
report::event event_of(const report::publish& c, const state&, const context&) { return happened::published{c.sha256}; }
report::event event_of(const report::acknowledge&, const state& now, const context& by) { return happened::acknowledged{acknowledging(now, by)}; }
report::event event_of(const report::restate& c, const state&, const context&) { return happened::restated{c.differences}; }
report::event event_of(const report::discard& c, const state& now, const context& by) { return happened::discarded{c.reason, by.today > now.until}; }
report::event event_of(const report::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

template <class Begun>
Begun beginning(report::kind kind, const formula::period& of, const events::department& department, member_id author, const context& by) {
    auto form = reporting::begun(kind, of.first(), department, author, by);
    auto print = print_of(form, {}, by);
    return {author, department, kind, of.first(), of.last(), reporting::publish_by(kind, of, *by.calendar), std::move(form), std::move(print), by.flows ? by.flows->newest("report") : 1};
}

outcome begins(report::event e) {
    decided_events all;
    all.push_back(std::move(e));
    return all;
}

outcome decide_one(const state& now, const report::open& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<report>(flow::row_of<report, report::open>(), now, by)) return *no;
    const auto of = reporting::period_of(c.kind, c.from);
    if (of.first() != c.from) return r::bad_period;
    if (of.last() >= by.today) return r::not_over;
    const auto* author = by.people->find(c.author);
    if (!author || !author->active || !author->has("DA") || author->department != c.department) return r::bad_author;
    if (reporting::is_there(c.department, c.kind, c.from, true, by)) return r::already_there;
    return begins(beginning<happened::opened>(c.kind, of, c.department, c.author, by));
}

outcome decide_one(const state& now, const report::draft& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<report>(flow::row_of<report, report::draft>(), now, by)) return *no;
    const auto of = reporting::period_of(c.kind, c.on);
    if (of.last() >= by.today) return r::not_over;
    const auto department = by.actor ? by.actor->department : events::department{};
    if (reporting::is_there(department, c.kind, of.first(), false, by)) return r::already_there;
    return begins(beginning<happened::drafted>(c.kind, of, department, by.who(), by));
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<report, Command>(now, by, [&] { return in_effect(now, c, by); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take_form(state& of, const report::form& f, const std::string& sha256) {
    of.content = f;
    of.recipients = f.recipients;
    of.form_version = f.extras.form;
    of.sha256 = sha256;
}
void begin(state& of, const auto& e) {
    of.is = s::draft;
    of.flow = e.flow;
    of.kind = e.kind;
    of.from = e.from;
    of.until = e.until;
    of.period = reporting::period_of(e.kind, e.from).label();
    of.department = e.department;
    of.author = e.author;
    of.publish_by = e.publish_by;
    take_form(of, e.form, e.sha256);
}

void fold(state& of, const happened::opened& e) { begin(of, e); }
// Somebody wanted it: it is not discarded by itself.
void fold(state& of, const happened::drafted& e) {
    begin(of, e);
    of.written = true;
}
void fold(state& of, const happened::filled& e) {
    of.figures = e.snapshot;
    of.sha256 = e.sha256;
}
void fold(state& of, const happened::revised& e) {
    take_form(of, e.form, e.sha256);
    of.written = true;
}
void fold(state& of, const happened::published&) { of.is = s::published; }
void fold(state& of, const happened::acknowledged& e) {
    if (!forms::contains(of.acknowledged, e.member)) of.acknowledged.push_back(e.member);
}
void fold(state& of, const happened::restated& e) { of.differences = e.differences; }
void fold(state& of, const happened::discarded& e) {
    of.is = s::discarded;
    of.counts = e.counts;
    of.said = said(report::discard::type, e.reason);
}
// Once it is published its author has nothing left to do in it, and it stays to their credit.
void fold(state& of, const happened::handed_over& e) {
    if (of.is == s::draft && of.author == e.from) of.author = e.to;
    if (is_pending(of, e.from)) forms::replace(of.recipients, e.from, e.to);
}

}  // namespace

decision<report> report::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void report::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations report::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const bool absent = now.is == s::absent;
    if (who.has("DA") && (absent || who.department == now.department)) are |= analyst;
    if (absent ? who.has("OM") : manages(who, now.department, by)) are |= manager;
    if (who.has("SL")) are |= leader;
    if (absent) return are;
    if (who.id == now.author) are |= author;
    if (forms::contains(now.recipients, who.id)) are |= concerned | (is_pending(now, who.id) ? pending : 0);
    return are;
}

report::rejection report::wrong_state(const row& asked, status at) { return at == s::discarded ? rejection::closed : asked.not_now; }

}  // namespace core
