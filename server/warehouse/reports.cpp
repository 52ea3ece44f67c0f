#include "server/warehouse/reports.hpp"

#include "core/collection/schedule.hpp"
#include "core/formula/check.hpp"
#include "core/kernel/texts.hpp"
#include "core/report/faults.hpp"
#include "core/report/numbers.hpp"
#include "core/report/periods.hpp"
#include "events/codec/json_write.hpp"
#include "server/warehouse/asks.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <string>

namespace server::warehouse {
namespace {

using core::metric;
using core::report;
using core::report_status;
namespace reporting = core::reporting;
using core::formula::period;
using events::report::figure;
using events::report::finality;
using events::report::no_value;
using json = nlohmann::json;

constexpr std::chrono::milliseconds looks_every{60'000};
constexpr std::chrono::milliseconds next_round_least{1'000};
constexpr std::chrono::seconds given_again_after{60};
constexpr int share = 10;  ///< of the time at most a tenth is spent on it
constexpr std::size_t dimensions_most = 4;   ///< of one metric
constexpr std::size_t candidates_most = 5'000;
constexpr std::size_t member_characters_most = 400;

struct value {
    std::optional<std::string> shown, exact;
    std::optional<no_value> why;
};
/// By period, and within that by member.
using values = std::map<std::string, std::map<std::string, value>>;

std::optional<no_value> reason_named(const std::string& code) {
    for (std::size_t i = 0; i < events::choices<no_value>.size(); ++i)
        if (events::choices<no_value>[i].name == code) return static_cast<no_value>(i);
    return std::nullopt;
}

std::optional<std::string> text_at(const json& of, const char* key) {
    const auto found = of.find(key);
    return found != of.end() && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

/// Nothing where the worker says no: the formula asks for what is not there any more.
std::optional<values> asked(const asking& from, const metric_asks& what) {
    values all;
    for (const auto& ask : what.asks) {
        json said;
        try {
            said = from(ask);
        } catch (const worker_refused&) {
            return std::nullopt;
        }
        for (const auto& one : said.at("values")) {
            value v{text_at(one, "shown"), text_at(one, "exact"), {}};
            if (const auto why = text_at(one, "why")) v.why = reason_named(*why);
            all[one.at("period").get<std::string>()][text_at(one, "member").value_or("")] = std::move(v);
        }
    }
    return all;
}

std::optional<value> value_in(const std::optional<values>& all, const std::string& period, const std::string& member = {}) {
    if (!all) return std::nullopt;
    const auto at = all->find(period);
    if (at == all->end()) return std::nullopt;
    const auto found = at->second.find(member);
    return found == at->second.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> shown_in(const std::optional<values>& all, const std::string& period) {
    const auto found = value_in(all, period);
    return found ? found->shown : std::nullopt;
}

std::optional<metric_asks> asks_for(const metric::state& m, const period& first, const period& last, const report_round& in, std::optional<std::string> by = {}) {
    return asks_of(m, {first, last, json::array(), std::move(by)}, in.of.known, in.of.sets);
}

/// From the slowest of its sets: what may still come late can still change it.
finality finality_of(const period& p, const std::set<std::string>& sets, const report_round& in) {
    if (in.of.today <= p.last()) return finality::open;
    for (const auto& [set, schedule] : in.schedules)
        if (sets.contains(set) && in.of.today < core::collecting::settled_on(schedule, p.last(), in.days)) return finality::settling;
    return finality::closed;
}

struct candidate {
    events::report::mover is;
    std::int64_t weight;
};

std::string member_name(const std::string& member) {
    const auto text = core::text::mended(member);
    return core::text::is_line(text, member_characters_most) ? text : "（未填） / (none)";
}

/// What the change of a metric that adds up over dimensions comes from.
void add_movers(const metric::state& m, const figure& whole, const std::set<std::string>& dimensions, const period& p, const report_round& in, const asking& from, std::vector<candidate>& all) {
    using core::formula::additivity;
    if (!whole.value || !whole.previous || reporting::is_same_number(whole.value, whole.previous)) return;
    const auto checked = core::formula::check(as_named(m), in.of.known);
    if (checked.has_error() || (checked->adds != additivity::across_dimensions && checked->adds != additivity::everywhere)) return;
    std::size_t asked_for = 0;
    for (const auto& dimension : dimensions) {
        if (++asked_for > dimensions_most) return;
        const auto what = asks_for(m, p.moved(-1), p, in, dimension);
        const auto said = what ? asked(from, *what) : std::nullopt;
        if (!said) continue;
        std::set<std::string> members;
        for (const auto& label : {p.moved(-1).label(), p.label()})
            if (const auto at = said->find(label); at != said->end())
                for (const auto& [member, v] : at->second) members.insert(member);
        for (const auto& member : members) {
            const auto before = value_in(said, p.moved(-1).label(), member), after = value_in(said, p.label(), member);
            events::report::mover one{m.id, dimension, member_name(member), before ? before->shown : std::nullopt, after ? after->shown : std::nullopt, {}};
            one.contribution = reporting::less(one.before, one.after, m.digits);
            const auto weight = reporting::weight_of(one.contribution, *whole.previous);
            if (weight > 0 && all.size() < candidates_most) all.push_back({std::move(one), weight});
        }
    }
}

figure figure_now(const metric::state& m, const report::state& of, const report_round& in, const asking& from, std::vector<candidate>* movers) {
    const auto p = reporting::period_of(of.kind, of.from);
    figure f{m.id, m.code, m.name, m.unit, m.versions.back().number, p.label(), {}, {}, {}, {}, {}, {}, {}, finality::open};
    const auto* target = reporting::target_of(m, of.kind, of.from);
    if (target) f.target = reporting::shown(*target);
    const auto what = asks_for(m, p.moved(-1), p, in);
    f.state = finality_of(p, what ? what->sets : std::set<std::string>{}, in);
    const auto said = what ? asked(from, *what) : std::nullopt;
    if (!said) {
        f.why = no_value::broken_formula;
        return f;
    }
    if (const auto version = what->versions.find(p.label()); version != what->versions.end()) f.version = version->second;
    const auto now = value_in(said, p.label()), before = value_in(said, p.moved(-1).label());
    if (now) f.value = now->shown, f.why = now->why;
    if (!f.value && !f.why) f.why = no_value::no_data;
    f.attainment = reporting::attained(m.direction, f.value, target);
    if (!movers) return f;
    if (before) f.previous = before->shown;
    if (now && before && now->exact && before->exact) f.change = reporting::change_in_percent(*before->exact, *now->exact);
    if (const auto year = asks_for(m, p.years_before(1), p.years_before(1), in)) f.year_ago = shown_in(asked(from, *year), p.years_before(1).label());
    add_movers(m, f, what->dimensions, p, in, from, *movers);
    return f;
}

/// A 64-bit digest of what it says.
template <class T>
std::size_t digest_of(const T& what) {
    std::string text;
    events::codec::write_json(text, what);
    return static_cast<std::size_t>(core::text::digest(text));
}

/// Version 8 (RFC 9562): what is in it is ours to say. The same command has the same one, however often it is tried.
events::uuid command_id(const report_job& to, std::size_t says) {
    events::uuid id{};
    std::memcpy(id.bytes.data(), "rep", 3);
    for (std::size_t i = 0; i < 3; ++i) id.bytes[5 - i] = static_cast<std::uint8_t>(to.number >> 8 * i);
    id.bytes[6] = 0x80;
    id.bytes[7] = static_cast<std::uint8_t>(to.version);
    id.bytes[8] = 0x80;
    for (std::size_t i = 0; i < 7; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(says >> 8 * i);
    return id;
}

}  // namespace

report::snapshot snapshot_of(const report_job& draft, const report_round& in, const asking& from) {
    auto made = draft.known;
    std::vector<candidate> movers;
    for (const auto& m : in.of.metrics)
        if (m.department == draft.state.department && made.figures.size() < report_figures_most) made.figures.push_back(figure_now(m, draft.state, in, from, &movers));
    std::stable_sort(movers.begin(), movers.end(), [](const candidate& a, const candidate& b) { return a.weight > b.weight; });
    constexpr std::size_t movers_most = 5;
    for (auto& one : movers) {
        if (made.movers.size() == movers_most) break;
        made.movers.push_back(std::move(one.is));
    }
    return made;
}

std::vector<report::difference> differences_of(const report_job& published, const report_round& in, const asking& from) {
    std::vector<report::difference> all;
    if (!published.state.figures) return all;
    for (const auto& f : published.state.figures->figures) {
        const auto m = std::find_if(in.of.metrics.begin(), in.of.metrics.end(), [&](const metric::state& one) { return one.id == f.metric; });
        if (m == in.of.metrics.end() || f.version == 0) continue;  // there is nothing to hold it against
        const auto now = figure_now(*m, published.state, in, from, nullptr);
        if (now.why == no_value::broken_formula || reporting::is_same_number(f.value, now.value)) continue;
        all.push_back({f.metric, f.period, f.value, now.value});
    }
    return all;
}

bool report_figures::is_wanted(std::uint64_t number, std::size_t rests_on) const {
    const auto found = looked_.find(number);
    if (found == looked_.end() || found->second.rests_on != rests_on) return true;
    return found->second.again && std::chrono::steady_clock::now() >= *found->second.again;
}

void report_figures::give(const report_job& to, report::command what, std::size_t says) {
    engine::client_command c;
    c.id = command_id(to, says);
    c.actor = events::the_system;
    c.target = events::stream_id{events::category::report, to.number};
    c.digest = 1;
    c.what = std::move(what);
    writer_.submit(engine::request{std::move(c), nullptr, 0});
}

std::chrono::milliseconds report_figures::look(const asking& from, std::size_t published) {
    const auto begun = std::chrono::steady_clock::now();
    if (begun < next_) return std::chrono::ceil<std::chrono::milliseconds>(next_ - begun);
    const auto round = report_round_of(read_, published, [this](std::uint64_t number, std::size_t rests_on) { return is_wanted(number, rests_on); });
    for (const auto& one : round.reports) {
        bool same = true;
        if (one.state.is == report_status::draft) {
            auto now = snapshot_of(one, round, from);
            same = one.state.figures && reporting::same_figures(*one.state.figures, now);
            const auto says = digest_of(now);
            if (!same) give(one, report::fill{std::move(now)}, says);
        } else {
            auto now = differences_of(one, round, from);
            same = now == one.state.differences;
            std::size_t says = now.size();
            for (const auto& d : now) says = says * 31 + digest_of(d);
            if (!same) give(one, report::restate{std::move(now)}, says);
        }
        // Where it did not come through, as the inbox or the disk was full, it is given again under the same id.
        looked_[one.number] = {one.rests_on, !same ? std::optional(std::chrono::steady_clock::now() + given_again_after) : std::nullopt};
    }
    const auto now = std::chrono::steady_clock::now();
    const auto pause = std::max<std::chrono::steady_clock::duration>(next_round_least, share * (now - begun));
    next_ = round.reports.empty() ? now : now + pause;
    return round.is_all ? looks_every : std::chrono::ceil<std::chrono::milliseconds>(pause);
}

}  // namespace server::warehouse
