#include "server/warehouse/alerts.hpp"

#include "core/alert_rule/faults.hpp"
#include "core/metric/decimals.hpp"
#include "core/metric/meaning.hpp"
#include "core/metric/metric.hpp"
#include "events/codec/json_read.hpp"
#include "events/ending/threads.hpp"
#include "server/warehouse/asks.hpp"
#include "server/warehouse/day_text.hpp"
#include "server/warehouse/once.hpp"
#include "server/warehouse/settling.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <utility>

namespace server::warehouse {
namespace {

using core::alert;
using core::alert_rule;
using core::alert_rule_status;
using core::metric;
using core::alerting::known_alert;
using core::alerting::watched_rule;
using core::formula::period;
using json = nlohmann::json;

constexpr int niceness = 10;
constexpr std::chrono::milliseconds looks_every{60'000};  // a period settles with the day
constexpr std::chrono::milliseconds looks_soon{1'000};
constexpr std::size_t wanted_at_once = 100, split_weighs = 5;  // an answer stays well below the bound on frames
constexpr std::size_t anchored_least = 300;
constexpr int levels_max = 32;                 // of metrics: a damaged log could have a circle
constexpr std::chrono::days remembered{430};   // as far back as figures are published

core::formula::grain grain_of(alert_rule::period p) { return static_cast<core::formula::grain>(p); }

bool is_on(const alert_rule::state& r) { return (alert_rule::on & core::flow::from(r.is)) != 0; }
bool is_to_be_tried(const alert_rule::state& r) { return r.is == alert_rule_status::draft || (r.is == alert_rule_status::tried && r.backtest && !r.backtest->from); }

std::vector<events::metric_id> above(events::metric_id of, const core::context& by) {
    std::vector<events::metric_id> all;
    for (const auto* m = by.others->find<metric>(of.value); m && m->parent && all.size() < levels_max; m = by.others->find<metric>(m->parent.value)) all.push_back(m->parent);
    return all;
}

/// In units of the last place that the metric has now: an earlier version may have shown more of them.
std::optional<std::int64_t> units_of(std::string shown, std::uint32_t digits) {
    if (const auto point = shown.find('.'); point != shown.npos && shown.size() - point - 1 > digits) shown.resize(digits > 0 ? point + 1 + digits : point);
    return core::metrics::decimal_of(shown, digits);
}

/// Periods one after the other up to the last that is settled: without a value where there is none.
std::vector<core::alerting::figure> settled_figures(const json& values, std::uint32_t digits, const period& last) {
    std::vector<core::alerting::figure> all;
    const auto add_until = [&](const period& end) {  // without it
        if (all.empty()) return;
        for (auto p = period::of(last.grain(), all.back().from).moved(1); p < end; p = p.moved(1)) all.push_back({p.first(), p.last(), p.label(), std::nullopt});
    };
    for (const auto& one : values) {
        events::date from;
        if (!events::codec::parse_date(one.at(1).get<std::string>(), from)) continue;
        const auto p = period::of(last.grain(), from);
        if (last < p) break;
        add_until(p);
        auto value = one.at(3).is_string() ? units_of(one.at(3).get<std::string>(), digits) : std::nullopt;
        all.push_back({p.first(), p.last(), p.label(), value});
    }
    add_until(last.moved(1));
    // From a quarter's first day on, where there are enough of them: what is judged by the past begins with the same day tomorrow.
    if (last.grain() == core::formula::grain::day && all.size() > anchored_least) {
        const auto is_quarter = [](const core::alerting::figure& f) { return f.from.day() == std::chrono::day(1) && (static_cast<unsigned>(f.from.month()) - 1) % 3 == 0; };
        const auto begin = std::find_if(all.begin(), all.end() - static_cast<std::ptrdiff_t>(anchored_least), is_quarter);
        if (begin != all.end() - static_cast<std::ptrdiff_t>(anchored_least)) all.erase(all.begin(), begin);
    }
    // Nothing at all: one that is missing.
    if (all.empty()) all.push_back({last.first(), last.last(), last.label(), std::nullopt});
    return all;
}

}  // namespace

struct alert_watch::rules {
    std::vector<watched_rule> on, to_try;
    std::vector<events::alert_rule_id> off;
    std::vector<known_alert> alerts;
    std::map<std::uint64_t, period> settled;  ///< by rule: the newest period that is
    std::map<std::uint64_t, std::string> codes;  ///< by metric
    events::date today{};
    core::working_calendar calendar;
    std::chrono::minutes zone_offset{};
    bool caught_up = false;
    std::size_t hash = 0;
};

namespace {

/// Why a rule can't be judged by; nothing where it can.
std::optional<events::bilingual> trouble_of(const alert_rule::state& rule, const metric::state& m, const core::metric_meaning& means, bool is_collected) {
    if (!(metric::in_use & core::flow::from(m.is))) return events::bilingual{"指标已停用", "the metric was retired"};
    if (!means.faults.empty()) return events::bilingual{means.faults.zh, means.faults.en};
    if (!is_collected) return events::bilingual{"它的数据已没有收集计划", "nothing collects its data any more"};
    if (auto no = core::alerting::condition_fault(rule.condition, rule.period, !rule.by.empty(), m)) return events::bilingual{std::move(no->zh), std::move(no->en)};
    return std::nullopt;
}

}  // namespace

alert_watch::alert_watch(alert_options how, engine::engine& writer, const wire::documents& read, keeper& figures)
    : how_(std::move(how)), writer_(writer), read_(read), figures_(figures) {}

alert_watch::~alert_watch() { stop(); }

void alert_watch::start() {
    thread_ = events::start_thread("watching the figures", [this](const std::stop_token& stop) { run(stop); });
}

void alert_watch::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void alert_watch::look_again() {
    const std::lock_guard hold(mutex_);
    look_ = true;
    changed_.notify_all();
}

void alert_watch::run(const std::stop_token& stop) {
    ::setpriority(PRIO_PROCESS, 0, niceness);
    ::pthread_setname_np(::pthread_self(), "alerts");
    std::string said;
    while (!stop.stop_requested()) {
        auto wait = looks_every;
        try {
            if (!how_.has_room || how_.has_room()) {
                if (look(stop)) wait = looks_soon;
                said.clear();
            } else {
                wait = looks_soon;
            }
        } catch (const std::exception& why) {  // the data worker is started anew, or nothing was published yet
            if (!stop.stop_requested() && how_.failed && std::exchange(said, why.what()) != why.what()) how_.failed(why.what());
            wait = looks_soon;
        }
        std::unique_lock hold(mutex_);
        changed_.wait_for(hold, stop, wait, [this] { return look_; });
        look_ = false;
    }
}

alert_watch::rules alert_watch::gather() const {
    rules all;
    read_.views().read([&](const core::views::views& v, events::position) {
        v.with_context(nullptr, read_.now(), read_.utc_offset(), [&](const core::context& by) {
            all.today = by.today;
            all.calendar = *by.calendar;
            all.zone_offset = by.zone_offset;
            all.caught_up = figures_.is_caught_up();
            std::string text = std::to_string(figures_.publications()) + day_text(by.today);
            std::set<std::uint64_t> with_open;
            const std::chrono::sys_days oldest = std::chrono::sys_days(by.today) - remembered;
            for (const auto& row : v.of<alert>().rows()) {
                const bool open = (alert::open & core::flow::from(row.state.is)) != 0;
                if (open) with_open.insert(row.state.rule.value);
                if (open || std::chrono::sys_days(row.state.until) >= oldest) all.alerts.push_back({{row.number}, row.version.value, row.state});
                text += 'a' + std::to_string(row.version.value);
            }
            for (const auto& row : v.of<alert_rule>().rows()) {
                const auto& s = row.state;
                text += 'r' + std::to_string(row.version.value);
                if (!is_on(s) && with_open.contains(row.number)) all.off.push_back({row.number});
                if (!is_on(s) && !is_to_be_tried(s)) continue;
                const auto* of = v.of<metric>().row(s.metric.value);
                if (!of || of->state.versions.empty()) continue;
                const auto* m = &of->state;
                watched_rule one{{row.number}, row.version.value, s, {m->digits, m->direction, m->targets}, above(s.metric, by), {}, {}};
                const auto means = core::meaning_of(*m, by);
                const auto settled = newest_settled({means.sets.begin(), means.sets.end()}, grain_of(s.period), by);
                if (settled) all.settled.emplace(row.number, *settled), text += settled->label();
                one.trouble = trouble_of(s, *m, means, settled.has_value());
                if (m->is == core::metric_status::retired && with_open.contains(row.number)) all.off.push_back({row.number});
                text += 'm' + std::to_string(of->version.value) + (one.trouble ? one.trouble->en : "");
                all.codes[s.metric.value] = m->code;
                (is_on(s) ? all.on : all.to_try).push_back(std::move(one));
            }
            all.hash = std::hash<std::string>()(text);
        });
    });
    return all;
}

void alert_watch::read_figures(rules& of, const std::stop_token& stop) {
    std::vector<watched_rule*> all;
    for (auto* some : {&of.on, &of.to_try})
        for (auto& w : *some)
            if (!w.trouble && of.settled.contains(w.id.value)) all.push_back(&w);
    for (std::size_t begin = 0, end = 0; begin < all.size() && !stop.stop_requested(); begin = end) {
        for (std::size_t weight = 0; end < all.size() && weight < wanted_at_once; ++end) weight += all[end]->rule.by.empty() ? 1 : split_weighs;
        auto wanted = json::array();
        for (auto i = begin; i < end; ++i) {
            const auto& r = all[i]->rule;
            wanted.push_back({{"metric", of.codes[r.metric.value]}, {"grain", name_of(grain_of(r.period))}, {"by", r.by}});
        }
        json said;
        try {
            said = figures_.figures().ask({{"do", "series"}, {"wanted", std::move(wanted)}});
        } catch (const worker_refused& no) {
            // Nothing was loaded yet: there are no figures, and that is what they are tried on.
            if (no.code == "not_published") return;
            throw;
        }
        for (auto i = begin; i < end; ++i) {
            auto& w = *all[i];
            const auto& last = of.settled.at(w.id.value);
            const auto& members = said.at("series").at(i - begin).at("members");
            for (const auto& m : members) w.figures.push_back({m.at("member").get<std::string>(), settled_figures(m.at("values"), w.what.digits, last)});
            if (w.figures.empty()) w.figures.push_back({"", settled_figures(json::array(), w.what.digits, last)});
        }
    }
}

bool alert_watch::give(std::string_view kind, core::any_command what, std::optional<events::stream_id> target, std::uint64_t once) {
    engine::client_command c;
    c.id = once_id(kind, once);
    c.actor = events::the_system;
    c.target = target;
    c.digest = 1;
    c.what = std::move(what);
    return writer_.submit(engine::request{std::move(c), nullptr, 0});
}

bool alert_watch::look(const std::stop_token& stop) {
    auto all = gather();
    // Of half of the data figures would be others: it is looked again as soon as all of them are published.
    if (!all.caught_up || all.hash == looked_at_) return false;
    read_figures(all, stop);
    if (stop.stop_requested()) return false;
    auto found = core::alerting::steps_of(all.on, all.off, all.alerts, all.today, all.calendar, all.zone_offset);
    bool given = true;
    for (auto& s : found.all)
        std::visit([&](auto& command) { given = give("alerts", std::move(command), s.target, s.once) && given; }, s.what);
    for (const auto& w : all.to_try) {
        std::vector<core::alerting::rated_alert> known;
        for (const auto& a : all.alerts)
            if (a.state.metric == w.rule.metric && a.state.worth) known.push_back({a.state.member, a.state.from, a.state.until, *a.state.worth});
        const auto result = core::alerting::backtest_of(w.rule, w.what, w.figures, known, all.calendar, all.zone_offset);
        if (w.rule.backtest == result) continue;
        given = give("trials", alert_rule::command(alert_rule::try_out{result}), events::stream_of(w.id), w.id.value << 20 | (w.version & 0xFFFFF)) && given;
    }
    // What it leads to is seen in the views, a moment later.
    if (given && !found.again && found.all.empty()) looked_at_ = all.hash;
    return !given || found.again;
}

}  // namespace server::warehouse
