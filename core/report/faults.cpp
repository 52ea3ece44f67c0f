#include "core/report/faults.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/text.hpp"
#include "core/metric/metric.hpp"
#include "core/report/periods.hpp"

#include <algorithm>

namespace core::reporting {
namespace {

using r = report_rejection;

constexpr std::size_t recipients_max = 256;
constexpr unsigned acknowledged_within = 5;  ///< working days, where nobody has said it

/// Owners of the department's metrics, and who manages it; without the author, who has it from themselves.
std::vector<member_id> recipients_of(const events::department& of, member_id author, const context& by) {
    std::vector<member_id> all;
    const auto add = [&](member_id m) {
        if (m != author && all.size() < recipients_max && by.people->is_active(m) && !forms::contains(all, m)) all.push_back(m);
    };
    by.people->each_active([&](const person& p) {
        if (manages(p, of, by)) add(p.id);
        return true;
    });
    for (std::uint64_t n = 1; n <= by.others->highest(metric::category); ++n) {
        const auto* m = by.others->find<metric>(n);
        if (m && m->department == of && (metric::in_use & flow::from(m->is))) add(m->owner);
    }
    std::sort(all.begin(), all.end());
    return all;
}

bool cites(const std::vector<metric_id>& figures, const report::state& of) {
    return std::all_of(figures.begin(), figures.end(), [&](metric_id m) { return figure_of(of, m) != nullptr; });
}

objection citations_at_fault(const report::form& f, const report::state& of) {
    for (const auto& c : f.conclusions)
        if (!cites(c.figures, of)) return r::no_such_figure;
    for (const auto& a : f.recommendations)
        if (a.metric && !figure_of(of, *a.metric)) return r::no_such_figure;
    return {};
}

/// Whether a conclusion rests on what can still change.
bool rests_on_moving(const report::state& of) {
    for (const auto& c : of.content.conclusions)
        for (const auto m : c.figures)
            if (const auto* f = figure_of(of, m); f && f->state != events::report::finality::closed) return true;
    return false;
}

}  // namespace

bool is_there(const events::department& of, report::kind kind, date from, bool with_discarded, const context& by) {
    for (auto n = by.others->highest(report::category); n > 0; --n) {
        const auto* one = by.others->find<report>(n);
        if (!one || one->kind != kind || one->from != from || one->department != of) continue;
        if (one->is == report_status::discarded ? with_discarded && one->counts : one->is != report_status::absent) return true;
    }
    return false;
}

report::form begun(report::kind kind, date from, const events::department& of, member_id author, const context& by) {
    report::form f{};
    f.title = title_of(kind, period_of(kind, from));
    f.recipients = recipients_of(of, author, by);
    f.acknowledge_by = by.calendar->after(publish_by(kind, period_of(kind, from), *by.calendar), acknowledged_within);
    if (f.acknowledge_by < by.today) f.acknowledge_by = by.calendar->after(by.today, acknowledged_within);
    if (by.flows) f.extras.form = by.flows->newest_form("F11");
    return f;
}

objection snapshot_at_fault(const report::snapshot& s) {
    std::vector<metric_id> all;
    for (const auto& f : s.figures) all.push_back(f.metric);
    std::sort(all.begin(), all.end());
    if (std::adjacent_find(all.begin(), all.end()) != all.end()) return r::bad_snapshot;
    const bool good = std::all_of(s.movers.begin(), s.movers.end(), [&](const auto& m) { return std::binary_search(all.begin(), all.end(), m.metric); });
    return good ? objection{} : r::bad_snapshot;
}

objection form_at_fault(const report::form& f, const report::state& of, const context& by) {
    if (of.figures)
        if (const auto no = citations_at_fault(f, of)) return no;
    if (!forms::is_day_to_come(f.acknowledge_by, by)) return r::bad_acknowledge_by;
    return forms::are_extras("F11", f.extras, by, of.form_version) ? objection{} : r::bad_extras;
}

objection unfinished(const report::state& of, const context& by) {
    const auto& f = of.content;
    if (!of.figures) return r::not_filled;
    if (text::blank(f.summary)) return r::no_summary;
    if (f.conclusions.empty()) return r::no_conclusion;
    if (std::any_of(f.conclusions.begin(), f.conclusions.end(), [](const auto& c) { return c.figures.empty(); })) return r::uncited;
    if (const auto no = citations_at_fault(f, of)) return no;
    if (rests_on_moving(of) && (!f.settling_reason || text::blank(*f.settling_reason))) return r::unsettled;
    if (of.recipients.empty() || !forms::all_active(of.recipients, by)) return r::bad_recipients;
    return f.acknowledge_by >= by.today ? objection{} : r::bad_acknowledge_by;
}

objection differences_at_fault(const std::vector<report::difference>& all, const report::state& of) {
    for (auto at = all.begin(); at != all.end(); ++at) {
        const auto* f = figure_of(of, at->metric);
        const bool again = std::any_of(all.begin(), at, [&](const auto& d) { return d.metric == at->metric; });
        if (!f || again || f->period != at->period || f->value != at->before || at->before == at->after) return r::bad_differences;
    }
    return {};
}

const events::report::figure* figure_of(const report::state& of, metric_id metric) {
    if (!of.figures) return nullptr;
    const auto& all = of.figures->figures;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.metric == metric; });
    return found == all.end() ? nullptr : &*found;
}

bool same_figures(const report::snapshot& a, const report::snapshot& b) {
    return a.figures == b.figures && a.movers == b.movers && a.alerts == b.alerts && a.quality == b.quality && a.recommendations == b.recommendations &&
           a.deliveries == b.deliveries;
}

}  // namespace core::reporting
