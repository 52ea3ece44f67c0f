#include "core/alert/round.hpp"

#include "core/kernel/text.hpp"

#include <algorithm>
#include <map>

namespace core::alerting {
namespace {

using told_with = alert::told_with;
using ending = alert::ending;

// What came to an end so long before the newest settled period was not seen in time, as nobody watched, or its data were corrected late: it is in
// the figures, and alarms nobody any more.
constexpr std::chrono::days still_news{7};

bool is_open(const alert::state& a) { return (alert::open & flow::from(a.is)) != 0; }
bool is_raised(const alert::state& a) { return (alert::raised & flow::from(a.is)) != 0; }
bool overlap(date from, date until, const alert::state& a) { return a.from <= until && from <= a.until; }

/// About to be told of: new, or noticed before, or raised without anybody having been told.
struct firing {
    const watched_rule* of;
    std::string member;
    events::alert::sighting first, last;
    const known_alert* known = nullptr;  ///< null: it is to be noticed as well
    const alert_rule::state& rule() const { return of->rule; }
};

class round {
public:
    round(const std::vector<known_alert>& alerts, date today, const working_calendar& calendar, std::chrono::minutes zone_offset)
        : alerts_(alerts), today_(today), calendar_(calendar), zone_offset_(zone_offset) {
        for (const auto& a : alerts) {
            by_rule_[a.state.rule.value].push_back(&a);
            by_number_[a.id.value] = &a;
        }
    }

    void end_all_of(alert_rule_id rule) {
        for (const auto* a : of_rule(rule)) end(*a, ending::unwatched);
    }

    void look_at(const watched_rule& w) {
        look_at_data(w);
        std::vector<const known_alert*> seen;
        for (const auto& s : w.figures) {
            const auto judged = judge(w.rule.condition, w.rule.period, w.what, s.figures, calendar_, zone_offset_);
            look_at(w, s, judged, seen);
            for (const auto* a : of_rule(w.id))
                if (a->state.member == s.member && is_open(a->state) && std::find(seen.begin(), seen.end(), a) == seen.end()) look_at_unseen(w, s, judged, *a);
        }
        // Of a member that is no more nothing is known any more.
        for (const auto* a : of_rule(w.id)) {
            const bool there = std::any_of(w.figures.begin(), w.figures.end(), [&](const series& s) { return s.member == a->state.member; });
            if (!w.figures.empty() && !there) end(*a, ending::unwatched);
        }
    }

    round_steps finish() {
        raise_all();
        return std::move(steps_);
    }

private:
    const std::vector<const known_alert*>& of_rule(alert_rule_id id) const {
        static const std::vector<const known_alert*> none;
        const auto found = by_rule_.find(id.value);
        return found == by_rule_.end() ? none : found->second;
    }

    template <class Command>
    void give(Command what, events::stream_id target, std::uint64_t version) {
        const auto name = std::string(Command::type) + ' ' + events::to_string(target);
        if constexpr (std::is_constructible_v<alert::command, Command>) steps_.all.push_back({alert::command(std::move(what)), target, text::digest(name, version)});
        else steps_.all.push_back({alert_rule::command(std::move(what)), target, text::digest(name, version)});
    }
    void give_to(const known_alert& a, auto what) { give(std::move(what), events::stream_of(a.id), a.version); }
    void give_to(const watched_rule& w, auto what) { give(std::move(what), events::stream_of(w.id), w.version); }

    void end(const known_alert& a, ending how) {
        if (a.state.is == alert_status::pending) give_to(a, alert::pass{});
        else if (is_raised(a.state)) give_to(a, alert::settle{how});
    }

    void look_at_data(const watched_rule& w) {
        const auto is = w.rule.is;
        if (w.trouble) {
            if (is != alert_rule_status::error) give_to(w, alert_rule::fail{*w.trouble});
            return;
        }
        const figure* newest = nullptr;
        bool any = false;
        for (const auto& s : w.figures)
            if (!s.figures.empty()) {
                newest = &s.figures.back();
                any = any || newest->value;
            }
        if (newest && !any) {
            if (is == alert_rule_status::watching) give_to(w, alert_rule::miss_data{newest->from});
        } else if (any && is != alert_rule_status::watching) {
            give_to(w, alert_rule::recover{});
        }
    }

    /// The alert of this episode: one that is open, else one after which it is no news. One that began before the figures do goes on in their first.
    const known_alert* known_of(const watched_rule& w, const series& s, const episode& e) const {
        const auto& first = s.figures[e.first];
        const auto& last = s.figures[e.last];
        const known_alert* found = nullptr;
        for (const auto* a : of_rule(w.id)) {
            if (a->state.member != s.member || !alert::is_settled(a->state)) continue;
            const bool goes_on = e.first == 0 && is_open(a->state) && a->state.from < first.from;
            if ((goes_on || overlap(first.from, last.until, a->state)) && (!found || is_open(a->state))) found = a;
        }
        return found;
    }

    void look_at(const watched_rule& w, const series& s, const std::vector<judgement>& judged, std::vector<const known_alert*>& seen) {
        for (const auto& e : episodes_of(judged, w.rule.lasts, w.rule.over_after)) {
            const auto sighting = [&](std::size_t at) { return sighting_of(s.figures[at], judged[at], w.what.digits); };
            if (const auto* known = known_of(w, s, e)) {
                seen.push_back(known);
                if (known->state.is == alert_status::pending && e.fires) firing_.push_back({&w, s.member, sighting(e.first), sighting(*e.fires), known});
                else if (is_open(known->state) && e.over) end(*known, ending::well_again);
                else if (is_raised(known->state) && is_quiet_for_nothing(w, known->state)) firing_.push_back({&w, s.member, sighting(e.first), sighting(e.last), known});
                continue;
            }
            if (!is_news(w, s, e) || (e.over && !e.fires)) continue;
            if (e.fires) firing_.push_back({&w, s.member, sighting(e.first), sighting(*e.fires), nullptr});
            else notice({&w, s.member, sighting(e.first), sighting(e.first), nullptr}, false, {}, {});
        }
    }

    static bool is_news(const watched_rule& w, const series& s, const episode& e) {
        const std::chrono::sys_days newest(s.figures.back().until), last(s.figures[e.last].until);
        return w.rule.from && s.figures[e.last].from >= *w.rule.from && (!e.over || last + still_news >= newest);
    }

    /// Nothing stands out where it did: its data were corrected, or all has been well since. Where neither is known it stays as it is: what is
    /// judged by the past may be judged otherwise when more of it is known, and that is no reason to say that all is well.
    void look_at_unseen(const watched_rule& w, const series& s, const std::vector<judgement>& judged, const known_alert& a) {
        std::uint32_t well = 0;
        bool corrected = false;
        for (std::size_t i = 0; i < judged.size(); ++i) {
            const auto& f = s.figures[i];
            if (f.until == a.state.until && f.value && judged[i].is == standing::ordinary) corrected = sighting_of(f, judged[i], w.what.digits).value != a.state.value;
            if (f.from <= a.state.until) continue;
            if (judged[i].is == standing::ordinary) ++well;
            if (judged[i].is == standing::out) well = 0;
        }
        if (corrected) end(a, ending::restated);
        else if (well >= w.rule.over_after) end(a, ending::well_again);
    }

    void notice(const firing& f, bool fires, std::optional<told_with> quietly, std::optional<alert_id> under) {
        auto seen = fires ? f.last : f.first;
        seen.from = f.first.from;  // since when, and how it is now
        const auto before = std::count_if(of_rule(f.of->id).begin(), of_rule(f.of->id).end(), [&](const known_alert* a) { return a->state.member == f.member && a->state.from == seen.from; });
        const auto name = std::string(alert::notice::type) + ' ' + events::to_string(events::stream_of(f.of->id)) + ' ' + f.first.period + ' ' + f.member;
        steps_.all.push_back({alert::command(alert::notice{f.of->id, f.member, std::move(seen), fires, quietly, under}), std::nullopt, text::digest(name, static_cast<std::uint64_t>(before))});
    }
    void raise(const firing& f, std::optional<told_with> quietly, std::optional<alert_id> under) {
        if (!f.known) notice(f, true, quietly, under);
        else if (f.known->state.is == alert_status::pending) give_to(*f.known, alert::fire{f.last, quietly, under});
        else if (f.known->state.quietly != quietly || f.known->state.under != under.value_or(alert_id{})) give_to(*f.known, alert::tell{quietly, under});
    }

    bool is_muted(const alert_rule::state& r) const { return r.muted_until && *r.muted_until >= today_; }

    /// Nobody was told, and why not is over.
    bool is_quiet_for_nothing(const watched_rule& w, const alert::state& a) const {
        if (!a.quietly) return false;
        if (*a.quietly == told_with::muted) return !is_muted(w.rule);
        const auto in = by_number_.find(a.under.value);
        return in == by_number_.end() || !is_raised(in->second->state);
    }

    static bool is_above(const firing& f, metric_id of, std::string_view by, std::string_view member) {
        const bool in_tree = std::find(f.of->above.begin(), f.of->above.end(), of) != f.of->above.end();
        return in_tree && (by.empty() || (by == f.rule().by && member == f.member));
    }
    /// One that was told by itself, of a metric above, at the same time, and is as grave.
    std::optional<alert_id> above(const firing& f) const {
        for (const auto& a : alerts_) {
            const auto& s = a.state;
            if (!is_raised(s) || s.quietly || s.severity < f.rule().severity || !is_above(f, s.metric, s.by, s.member)) continue;
            if (std::chrono::sys_days(s.from) <= std::chrono::sys_days(f.last.until) + still_news && std::chrono::sys_days(f.first.from) <= std::chrono::sys_days(s.until) + still_news) return a.id;
        }
        return {};
    }
    bool waits_for_above(const firing& f) const {
        return std::any_of(firing_.begin(), firing_.end(), [&](const firing& other) {
            return !is_muted(other.rule()) && other.rule().severity >= f.rule().severity && is_above(f, other.rule().metric, other.rule().by, other.member);
        });
    }

    void raise_all() {
        std::map<std::string, std::vector<const firing*>> told;  // by department
        for (const auto& f : firing_) {
            if (is_muted(f.rule())) raise(f, told_with::muted, {});
            else if (const auto in = above(f)) raise(f, told_with::parent, in);
            else if (waits_for_above(f)) steps_.again = true;
            else told[f.rule().department.code].push_back(&f);
        }
        for (auto& [department, some] : told) tell(department, some);
    }

    void tell(const std::string& department, std::vector<const firing*>& some) {
        std::vector<const known_alert*> today;
        for (const auto& a : alerts_)
            if (a.state.department.code == department && is_raised(a.state) && !a.state.quietly && a.state.fired_at && date_in(*a.state.fired_at, zone_offset_) == today_) today.push_back(&a);
        std::stable_sort(some.begin(), some.end(), [](const auto* a, const auto* b) { return a->rule().severity > b->rule().severity; });
        if (today.size() + some.size() <= told_apart_most) {
            for (const auto* f : some) raise(*f, {}, {});
            return;
        }
        const auto gravest = std::max_element(today.begin(), today.end(), [](const auto* a, const auto* b) { return a->state.severity < b->state.severity; });
        // What is graver than all that was told of today is told of, and has the others in it.
        if (gravest == today.end() || (*gravest)->state.severity < some.front()->rule().severity) {
            raise(*some.front(), {}, {});
            steps_.again = steps_.again || some.size() > 1;
            return;
        }
        for (const auto* f : some) raise(*f, told_with::storm, (*gravest)->id);
    }

    const std::vector<known_alert>& alerts_;
    const date today_;
    const working_calendar& calendar_;
    const std::chrono::minutes zone_offset_;
    std::map<std::uint64_t, std::vector<const known_alert*>> by_rule_;
    std::map<std::uint64_t, const known_alert*> by_number_;
    std::vector<firing> firing_;
    round_steps steps_;
};

}  // namespace

round_steps steps_of(const std::vector<watched_rule>& rules, const std::vector<alert_rule_id>& off, const std::vector<known_alert>& alerts, date today, const working_calendar& calendar,
                     std::chrono::minutes zone_offset) {
    round all(alerts, today, calendar, zone_offset);
    for (const auto id : off) all.end_all_of(id);
    for (const auto& w : rules) all.look_at(w);
    return all.finish();
}

}  // namespace core::alerting
