#include "server/warehouse/report_reading.hpp"

#include "core/collection/collection.hpp"
#include "core/delivery/quality.hpp"
#include "core/kernel/texts.hpp"
#include "core/recommendation/recommendation.hpp"
#include "core/report/faults.hpp"
#include "server/wire/schema/kind_schema.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace server::warehouse {
namespace {

using core::collection;
using core::delivery;
using core::recommendation;
using core::report;
using core::report_status;

constexpr std::size_t parts_most = 100;     ///< alerts and recommendations of one report
constexpr std::size_t plans_most = 200;

std::size_t mixed(std::size_t seed, std::uint64_t with) { return static_cast<std::size_t>(core::text::digest({}, seed * 31 + with)); }

/// The last event of entities of this kind.
std::uint64_t last_change(const core::views::views& v, events::category of) {
    std::uint64_t last = 0;
    const auto* all = v.lists.find(of);
    for (std::uint64_t n = 1; all && n <= all->size(); ++n) last = std::max(last, all->head(n)->changed.value);
    return last;
}

/// What the statuses of a kind are called.
std::map<std::string, events::bilingual> status_words(events::category of, const core::context& by) {
    std::string text;
    wire::schema_of(of).write(text, by);
    const auto said = nlohmann::json::parse(text);
    std::map<std::string, events::bilingual> all;
    for (const auto& one : said.at("statuses")) all[one.at("name")] = {one.at("label").at("zh"), one.at("label").at("en")};
    return all;
}

std::vector<events::report::fired> alerts_of(const report::state& of, const core::views::views& v, const core::context& by) {
    std::vector<events::report::fired> all;
    const auto* list = v.lists.find(events::category::alert);
    std::map<std::string, events::bilingual> words;
    for (std::uint64_t n = list ? list->size() : 0; n > 0 && all.size() < parts_most; --n) {
        const auto on = core::date_in(list->head(n)->created_at, by.zone_offset);
        const auto one = list->at(n);
        const auto* department = one.department();
        if (on < of.from || on > of.until || (department && *department != of.department)) continue;
        if (words.empty()) words = status_words(events::category::alert, by);
        const auto known = words.find(std::string(one.status()));
        const auto name = core::text::mended(one.name());
        if (known != words.end() && core::text::is_line(name, 400)) all.push_back({{n}, name, known->second});
    }
    std::reverse(all.begin(), all.end());
    return all;
}

std::optional<std::string> in_percent(const core::delivering::share& s) {
    const auto hundredths = s.shown();
    if (!hundredths) return std::nullopt;
    const auto rest = *hundredths % 100;
    return std::to_string(*hundredths / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

std::vector<events::report::plan_quality> quality_of(const report::state& of, const core::context& by) {
    std::map<std::uint64_t, core::delivering::quality> by_plan;
    for (const auto& week : core::delivering::quality_by_week(of.from, of.until, by)) by_plan[week.line.value] += week.quality;
    std::vector<events::report::plan_quality> all;
    for (const auto& [number, q] : by_plan) {
        const auto* plan = by.others->find<collection>(number);
        if (plan && plan->department == of.department && all.size() < plans_most)
            all.push_back({{number}, plan->name, in_percent(q.completeness), in_percent(q.timeliness), in_percent(q.accuracy)});
    }
    return all;
}

std::uint32_t deliveries_of(const report::state& of, const core::context& by) {
    std::uint32_t count = 0;
    for (std::uint64_t n = 1; n <= by.others->highest(delivery::category); ++n) {
        const auto* d = by.others->find<delivery>(n);
        if (d && d->department == of.department && d->from <= of.until && d->until >= of.from && (delivery::loaded & core::flow::from(d->is))) ++count;
    }
    return count;
}

/// What has become of the recommendations of the one before.
std::vector<events::report::followed> followed_of(const report::state& of, const core::context& by) {
    std::uint64_t before = 0;
    events::date from{};
    for (std::uint64_t n = 1; n <= by.others->highest(report::category); ++n) {
        const auto* one = by.others->find<report>(n);
        const bool is_earlier = one && one->is == report_status::published && one->kind == of.kind && one->department == of.department && one->from < of.from;
        if (is_earlier && (!before || one->from > from)) before = n, from = one->from;
    }
    std::vector<events::report::followed> all;
    for (std::uint64_t n = 1; before && n <= by.others->highest(recommendation::category) && all.size() < parts_most; ++n) {
        const auto* one = by.others->find<recommendation>(n);
        if (!one || one->report.value != before) continue;
        const auto words = events::label_of(one->is);
        all.push_back({{n}, one->advice.text, {std::string(words.zh), std::string(words.en)}});
    }
    return all;
}

report_job job_of(const core::views::entity_row<report>& row, std::size_t rests_on, const core::views::views& v, events::position at, const core::context& by) {
    report_job job{row.number, row.version.value, rests_on, row.state, {}};
    if (row.state.is != report_status::draft) return job;
    job.known.position = at.value;
    job.known.alerts = alerts_of(row.state, v, by);
    job.known.quality = quality_of(row.state, by);
    job.known.recommendations = followed_of(row.state, by);
    job.known.deliveries = deliveries_of(row.state, by);
    return job;
}

/// Their numbers, each with the hash of what it rests on; at most reports_a_round. `is_all`: there are no others.
std::vector<std::pair<std::uint64_t, std::size_t>> wanted_of(const core::views::views& v, const core::context& by, std::size_t published,
                                                             const std::function<bool(std::uint64_t, std::size_t)>& wanted, bool& is_all) {
    const auto metrics = mixed(published, last_change(v, events::category::metric));
    auto all = mixed(metrics, static_cast<std::uint64_t>(std::chrono::sys_days(by.today).time_since_epoch().count()));
    for (const auto other : {events::category::delivery, events::category::collection, events::category::recommendation, events::category::alert}) all = mixed(all, last_change(v, other));
    std::vector<std::pair<std::uint64_t, std::size_t>> found;
    // The newest first: they are what people wait for.
    for (auto n = v.of<report>().size(); n > 0; --n) {
        const auto& row = *v.of<report>().row(n);
        const bool draft = row.state.is == report_status::draft;
        const bool lately = row.state.is == report_status::published && std::chrono::sys_days(row.state.until) + reports_compared >= std::chrono::sys_days(by.today);
        const auto rests_on = draft ? all : metrics;
        if ((!draft && !lately) || !wanted(row.number, rests_on)) continue;
        is_all = found.size() < reports_a_round;
        if (!is_all) break;
        found.emplace_back(row.number, rests_on);
    }
    return found;
}

}  // namespace

report_round report_round_of(const wire::documents& read, std::size_t published, const std::function<bool(std::uint64_t, std::size_t)>& wanted) {
    const auto within = [&](auto f) {
        return read.views().read([&](const core::views::views& v, events::position at) {
            return v.with_context(nullptr, read.now(), read.utc_offset(), [&](const core::context& by) { return f(v, at, by); });
        });
    };
    std::vector<std::pair<std::uint64_t, std::size_t>> which;
    auto round = within([&](const core::views::views& v, events::position, const core::context& by) {
        report_round made{{core::metric_catalogue({}, {}), {}, {}, by.today}, {}, {}, {}, true};
        which = wanted_of(v, by, published, wanted, made.is_all);
        if (which.empty()) return made;
        made.of = metrics_in(by);
        made.days = *by.calendar;
        for (std::uint64_t n = 1; n <= by.others->highest(collection::category); ++n)
            if (const auto* one = by.others->find<collection>(n); one && (collection::in_force & core::flow::from(one->is))) made.schedules.emplace_back(one->set, one->plan.schedule);
        return made;
    });
    // Each by itself, as what is read for one takes a while. What was discarded meanwhile is left out.
    for (const auto& [number, rests_on] : which)
        within([&](const core::views::views& v, events::position at, const core::context& by) {
            const auto* row = v.of<report>().row(number);
            if (row && (report::live & core::flow::from(row->state.is))) round.reports.push_back(job_of(*row, rests_on, v, at, by));
        });
    return round;
}

}  // namespace server::warehouse
