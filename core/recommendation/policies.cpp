// What follows by itself in recommendations: a published report makes its own, an adopted one becomes a task, and goes on with it.

#include "core/follow_up.hpp"
#include "core/recommendation/headline.hpp"
#include "core/recommendation/recommendation.hpp"
#include "core/report/report.hpp"
#include "core/task/task.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/report.hpp"
#include "events/catalog/task.hpp"

namespace core {
namespace {

void make_those_of(report_id published, const context& by, follow_ups& all) {
    const auto* from = by.others->find<report>(published.value);
    if (!from) return;
    std::uint32_t number = 0;
    for (const auto& advice : from->content.recommendations)
        all.push_back({recommendation::command(recommendation::propose{published, advice, ++number, from->author}), std::nullopt});
}

void assign_task(recommendation_id adopted, const context& by, follow_ups& all) {
    const auto* one = by.others->find<recommendation>(adopted.value);
    if (!one) return;
    const auto number = std::to_string(adopted.value);
    std::string content = one->advice.text + "\n\n预期效果 / expected effect: " + one->advice.expected;
    if (one->target) content += "\n目标值 / target: " + *one->target;
    content += "\n报告建议 " + number + " / recommendation " + number;
    if (content.size() > static_cast<std::size_t>(events::prose_bytes_max)) content = one->advice.text;
    task::assign given{recommending::headline(one->advice.text), std::move(content), one->standard, one->due, one->assignee, one->department, {}, {}};
    const task_id made{by.others->highest(task::category) + 1};
    all.push_back({task::command(std::move(given)), std::nullopt});
    all.push_back({recommendation::command(recommendation::start{made}), stream_of(adopted)});
}

void go_on_with(task_id of, const recommendation::command& how, const context& by, follow_ups& all) {
    for (auto n = by.others->highest(recommendation::category); n > 0; --n) {
        const auto* one = by.others->find<recommendation>(n);
        if (one && one->task == of && one->is == recommendation_status::in_execution) all.push_back({how, stream_of(recommendation_id{n})});
    }
}

}  // namespace

void recommendation::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto number = happened.envelope.stream.number;
    if (const auto* e = happened.event.get_if<core::report::event>(); e && std::holds_alternative<events::report::published>(*e)) make_those_of({number}, by, all);
    if (const auto* e = happened.event.get_if<event>(); e && std::holds_alternative<events::recommendation::adopted>(*e)) assign_task({number}, by, all);
    if (const auto* e = happened.event.get_if<core::task::event>()) {
        if (std::holds_alternative<events::task::accepted>(*e)) go_on_with({number}, execute{}, by, all);
        if (std::holds_alternative<events::task::cancelled>(*e)) go_on_with({number}, close{"任务已取消 / the task was cancelled"}, by, all);
    }
}

}  // namespace core
