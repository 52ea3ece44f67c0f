#include "core/metric/metric.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/fingerprints.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/metric/faults.hpp"

namespace core {

using s = metric_status;
using r = metric_rejection;
namespace happened = events::metric;

namespace {

using state = metric::state;
using metrics::objected;
using metrics::objection;

// What others are calculated from, or are shown beneath, is not taken from under them.
std::optional<r> needed(const state& now, const context& by) {
    const bool is = !metrics::named_by(now.id, by).empty() || !metrics::children_of(now.id, by).empty();
    return is ? std::optional(r::is_needed) : std::nullopt;
}
constexpr flow::guard<state, r> needed_by_nobody{"needed_by_nobody", needed};
using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<metric::row, 12> metric::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"metric.draft", flow::from(s::absent), analyst | manager, 0, s::draft, "S2.3.2", r::not_drafter, {}, r::already_exists},
    {"metric.revise", flow::from(s::draft), author | manager, 0, {}, "S2.3.2", r::not_author, {}, r::not_draft, writes},
    {"metric.submit", flow::from(s::draft), author, 0, s::submitted, "S2.3.2", r::not_author, {}, r::not_draft, awaited | writes, nullptr, writer},
    {"metric.return", flow::from(s::submitted), manager, writer, s::draft, "S2.3.2", r::not_manager, r::own_metric, r::not_submitted, decides},
    {"metric.publish", unpublished | flow::from(s::amended), manager, writer, s::published, "S2.3.2", r::not_manager, r::own_metric, r::not_unpublished,
     awaited | decides, nullptr, publisher},
    {"metric.amend", flow::from(s::published), owner | analyst | manager, 0, s::amended, "S2.3.2", r::not_keeper, {}, r::not_published, writes},
    {"metric.decline", flow::from(s::amended), manager, writer, s::published, "S2.3.2", r::not_manager, r::own_metric, r::not_amended, decides},
    {"metric.withdraw", flow::from(s::amended), author, 0, s::published, "S2.3.2", r::not_author, {}, r::not_amended},
    {"metric.set_targets", flow::from(s::published), manager | leader, 0, {}, "S2.3.2", r::not_manager, {}, r::not_published, decides},
    {"metric.retire", flow::from(s::published), manager, 0, s::retired, "S2.3.2", r::not_manager, {}, r::not_published, decides, &needed_by_nobody},
    {"metric.discard", unpublished, author | manager, 0, s::discarded, "S2.3.2", r::not_author, {}, r::not_unpublished, decides},
    {"metric.hand_over", live, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::closed},
}};
// clang-format on

namespace {

using outcome = decision<metric>;
using decided_events = decided<metric::event>;

using text::said;

/// Who wrote what waits to be published.
member_id author_of(const state& now) {
    if (now.proposed) return now.proposed->by;
    return metric::unpublished & flow::from(now.is) ? now.author : member_id{};
}

// Without a print nothing can be published.
std::string print_of(const happened::form& f, const context& by) { return by.prints ? by.prints->of(f) : std::string(); }
std::string print_of(const metric::amend& c, const context& by) { return by.prints ? by.prints->of(happened::amended{{}, c.form, c.reason, c.from, {}}) : std::string(); }

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const metric::revise& c, const context& by) { return now.is == s::draft && !now.sha256.empty() && now.sha256 == print_of(c.form, by); }
bool in_effect(const state& now, const metric::submit&, const context&) { return now.is == s::submitted; }
bool in_effect(const state& now, const metric::send_back& c, const context&) { return now.is == s::draft && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const metric::publish& c, const context&) {
    return now.is == s::published && !now.versions.empty() && now.versions.back().sha256 == c.sha256;
}
bool in_effect(const state& now, const metric::amend& c, const context& by) { return now.is == s::amended && !now.sha256.empty() && now.sha256 == print_of(c, by); }
bool in_effect(const state& now, const metric::decline& c, const context&) { return now.is == s::published && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const metric::withdraw& c, const context&) { return now.is == s::published && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const metric::set_targets& c, const context&) {
    return now.is == s::published && now.targets == c.targets && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const metric::retire& c, const context&) { return now.is == s::retired && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const metric::discard& c, const context&) { return now.is == s::discarded && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const metric::hand_over& c, const context&) {
    return now.owner != c.from && now.author != c.from && !(now.proposed && now.proposed->by == c.from);
}

objected at_fault(const auto&, const state&, const context&) { return {}; }
objected at_fault(const metric::draft& c, const state&, const context& by) { return metrics::form_at_fault(c.form, {by.fresh}, by, 0); }
objected at_fault(const metric::revise& c, const state& now, const context& by) { return metrics::form_at_fault(c.form, now.id, by, now.form_version); }
// Metrics that are drafted together name one another: what is not published yet counts as well, until one of them is to be.
objected at_fault(const metric::submit&, const state& now, const context& by) {
    const auto c = metrics::candidate_of(now);
    if (const auto no = metrics::place_at_fault(c.parent, c.id, among_metrics::live, by)) return no;
    return metrics::formula_at_fault(c, among_metrics::live, by);
}
objected at_fault(const metric::publish& c, const state& now, const context& by) {
    if (now.sha256.empty() || c.sha256 != now.sha256) return objection{r::other_form, {}};
    return metrics::publication_at_fault(metrics::candidate_of(now), by);
}
objected at_fault(const metric::amend& c, const state& now, const context& by) {
    if (c.form.code != now.code) return objection{r::code_fixed, {}};
    if (const auto no = metrics::form_at_fault(c.form, now.id, by, now.form_version)) return no;
    return metrics::publication_at_fault(metrics::candidate_of(c.form, now.id), by);
}
objected at_fault(const metric::set_targets& c, const state& now, const context&) { return metrics::targets_at_fault(c.targets, now.direction, now.digits); }

metric::event event_of(const metric::revise& c, const state&, const context& by) { return happened::revised{c.form, print_of(c.form, by)}; }
metric::event event_of(const metric::submit&, const state&, const context&) { return happened::submitted{}; }
metric::event event_of(const metric::send_back& c, const state&, const context&) { return happened::returned{c.reason}; }
metric::event event_of(const metric::publish& c, const state& now, const context& by) {
    auto bound = metrics::bind(metrics::candidate_of(now), by);
    const auto number = now.versions.empty() ? 1 : now.versions.back().number + 1;
    return happened::published{number, author_of(now), c.sha256, std::move(bound.formula), std::move(bound.rests_on), now.proposed ? now.proposed->from : std::nullopt};
}
metric::event event_of(const metric::amend& c, const state&, const context& by) { return happened::amended{by.who(), c.form, c.reason, c.from, print_of(c, by)}; }
metric::event event_of(const metric::decline& c, const state& now, const context&) { return happened::declined{author_of(now), c.reason}; }
metric::event event_of(const metric::withdraw& c, const state&, const context&) { return happened::withdrawn{c.reason}; }
metric::event event_of(const metric::set_targets& c, const state&, const context&) { return happened::targets_set{c.targets, c.reason}; }
metric::event event_of(const metric::retire& c, const state&, const context&) { return happened::retired{c.reason}; }
metric::event event_of(const metric::discard& c, const state&, const context&) { return happened::discarded{c.reason}; }
metric::event event_of(const metric::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const metric::draft& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    const auto& row = flow::row_of<metric, metric::draft>();
    if (const auto no = flow::who_refuses<metric>(row, now, by)) return *no;
    if (const auto no = at_fault(c, now, by)) return no->no;
    decided_events all;
    all.push_back(happened::drafted{by.who(), by.actor ? by.actor->department : events::department{}, c.form, print_of(c.form, by),
                                    by.flows ? by.flows->newest("metric") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<metric, Command>(now, by, [&] { return in_effect(now, c, by); }, [&]() -> std::optional<r> {
            const auto no = at_fault(c, now, by);
            return no ? std::optional(no->no) : std::nullopt;
        }, [&] { return event_of(c, now, by); });
}

void take_form(state& of, const metric::form& f) {
    of.code = f.code;
    of.name = f.name;
    of.unit = f.unit;
    of.digits = f.digits;
    of.direction = f.direction;
    of.owner = f.owner;
    of.parent = f.parent.value_or(metric_id{});
    of.formula = f.formula;
    of.missing_is_zero = f.missing_is_zero;
    of.targets = f.targets;
    of.form_version = f.extras.form;
}

void fold(state& of, const happened::drafted& e) {
    of.is = s::draft;
    of.flow = e.flow;
    of.author = e.by;
    of.department = e.department;
    take_form(of, e.form);
    of.sha256 = e.sha256;
}
void fold(state& of, const happened::revised& e) {
    take_form(of, e.form);
    of.sha256 = e.sha256;
    of.said = 0;
}
void fold(state& of, const happened::submitted&) { of.is = s::submitted; }
void fold(state& of, const happened::returned& e) {
    of.is = s::draft;
    of.said = said(metric::send_back::type, e.reason);
}
void fold(state& of, const happened::published& e) {
    of.is = s::published;
    if (of.proposed) take_form(of, of.proposed->form);
    of.proposed.reset();
    of.formula = e.formula;
    of.versions.push_back({e.number, e.from, e.formula, of.unit, of.digits, of.missing_is_zero, e.rests_on, e.sha256});
    of.sha256.clear();
    of.said = 0;
}
void fold(state& of, const happened::amended& e) {
    of.is = s::amended;
    of.proposed = metric::amendment{e.by, e.form, e.reason, e.from};
    of.sha256 = e.sha256;
    of.said = 0;
}
void drop_amendment(state& of, std::uint64_t words) {
    of.is = s::published;
    of.proposed.reset();
    of.sha256.clear();
    of.said = words;
}
void fold(state& of, const happened::declined& e) { drop_amendment(of, said(metric::decline::type, e.reason)); }
void fold(state& of, const happened::withdrawn& e) { drop_amendment(of, said(metric::withdraw::type, e.reason)); }
void fold(state& of, const happened::targets_set& e) {
    of.targets = e.targets;
    of.said = said(metric::set_targets::type, e.reason);
}
void fold(state& of, const happened::retired& e) {
    of.is = s::retired;
    of.said = said(metric::retire::type, e.reason);
}
void fold(state& of, const happened::discarded& e) {
    of.is = s::discarded;
    of.said = said(metric::discard::type, e.reason);
}
void fold(state& of, const happened::handed_over& e) {
    for (auto* one : {&of.owner, &of.author})
        if (*one == e.from) *one = e.to;
    if (of.proposed && of.proposed->by == e.from) of.proposed->by = e.to;
}

}  // namespace

decision<metric> metric::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void metric::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations metric::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const bool absent = now.is == s::absent;
    const bool is_manager = absent ? who.has("OM") : manages(who, now.department, by);
    if (is_manager) are |= manager;
    if (who.has("DA") && (absent || who.department == now.department)) are |= analyst;
    if (who.has("SL")) are |= leader;
    if (absent) return are;
    if (who.id == now.owner) are |= owner;
    const bool is_author = who.id == author_of(now);
    if (is_author) are |= author | (is_manager ? 0 : writer);
    if (is_manager && (now.is == s::submitted || now.is == s::amended || is_author)) are |= publisher;
    return are;
}

// A draft is submitted by an author who does not publish it, and published by one who does: only one of the two waits.
bool metric::waits_in_vain(const row& step, const state& now) { return now.is != s::draft || (step.command != submit::type && step.command != publish::type); }

metric::rejection metric::wrong_state(const row& asked, status at) {
    if (at == s::retired || at == s::discarded) return rejection::closed;
    return at == s::amended && asked.not_now == rejection::not_published ? rejection::amendment_waits : asked.not_now;
}

particulars metric::particulars_of(rejection no, const state& now, const command* asked, const context& by) {
    if (no == rejection::is_needed) return metrics::whom_it_is_needed_by(now.id, by);
    if (!asked) return {};
    auto found = std::visit([&](const auto& c) { return at_fault(c, now, by); }, *asked);
    return found && found->no == no ? std::move(found->more) : particulars{};
}

const metric::version* version_on(const metric::state& of, date day) {
    for (auto v = of.versions.rbegin(); v != of.versions.rend(); ++v)
        if (!v->from || *v->from <= day) return &*v;
    return nullptr;
}

formula::metric as_named(const metric::state& of) {
    if (of.versions.empty()) return {of.code, of.formula, of.unit, of.missing_is_zero};
    const auto& v = of.versions.back();
    return {of.code, v.formula, v.unit, v.missing_is_zero};
}

}  // namespace core
