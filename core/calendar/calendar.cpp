#include "core/calendar/calendar.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/statutory.hpp"
#include "core/kernel/text.hpp"

#include <algorithm>

namespace core {

using r = calendar_rejection;

// clang-format off
constexpr std::array<calendar::row, 1> calendar::flow{{
    {"calendar.publish_year", flow::from(calendar_status::open), keeper, 0, {}, "D6", r::not_keeper, {}, {}},
}};
// clang-format on

namespace {

using special_day = events::calendar::special_day;

constexpr int years_back_max = 2;
constexpr int years_ahead_max = 5;

constexpr auto by_day = [](const special_day& a, const special_day& b) { return a.day < b.day; };

std::vector<special_day> sorted(std::vector<special_day> days) {
    std::sort(days.begin(), days.end(), by_day);
    return days;
}

/// `days` are sorted.
bool are_days_of(std::uint16_t year, const std::vector<special_day>& days) {
    const auto good = [&](const special_day& d) { return static_cast<int>(d.day.year()) == year; };
    const auto same = [](const special_day& a, const special_day& b) { return a.day == b.day; };
    return std::all_of(days.begin(), days.end(), good) && std::adjacent_find(days.begin(), days.end(), same) == days.end();
}

bool overlap(const std::vector<special_day>& a, const std::vector<special_day>& b) {
    return std::any_of(a.begin(), a.end(), [&](const special_day& d) { return std::binary_search(b.begin(), b.end(), d, by_day); });
}

bool has_all(const std::vector<special_day>& asked, const std::vector<special_day>& known) {
    return std::includes(asked.begin(), asked.end(), known.begin(), known.end(), by_day);
}

/// Whether a day that was published, or is off by law, is known no more: most often a file that holds only what changed.
bool drops_days(const calendar::state& now, const calendar::year& asked) {
    const auto known = std::find_if(now.years.begin(), now.years.end(), [&](const auto& y) { return y.number == asked.number; });
    if (known != now.years.end()) return !(has_all(asked.off, known->off) && has_all(asked.work, known->work));
    const auto by_law = statutory_holidays(asked.number);
    return !std::all_of(by_law.begin(), by_law.end(), [&](date day) { return std::binary_search(asked.off.begin(), asked.off.end(), special_day{day, {}}, by_day); });
}

/// A later year nobody knows yet, and an earlier one counts for nothing any more. The system brings what the program came with.
bool is_near(std::uint16_t year, date today) {
    const int now = static_cast<int>(today.year());
    return year >= now - years_back_max && year <= now + years_ahead_max;
}

decision<calendar> decide_one(const calendar::state& now, const calendar::publish_year& c, const context& by) {
    if (const auto no = flow::who_refuses<calendar>(flow::row_of<calendar, calendar::publish_year>(), now, by)) return *no;
    const calendar::year asked{c.year, c.source, sorted(c.off), sorted(c.work)};
    if (std::find(now.years.begin(), now.years.end(), asked) != now.years.end()) return decided<calendar::event>{};
    if (!by.by_system() && !is_near(c.year, by.today)) return r::bad_year;
    if (!are_days_of(c.year, asked.off) || !are_days_of(c.year, asked.work) || overlap(asked.off, asked.work)) return r::bad_days;
    const bool says_why = c.reason && !text::blank(*c.reason);
    if (!says_why && !by.by_system() && drops_days(now, asked)) return r::drops_days;
    decided<calendar::event> all;
    all.push_back(events::calendar::year_published{c.year, c.source, asked.off, asked.work, c.reason.value_or("")});
    return all;
}

}  // namespace

working_calendar calendar::state::days() const {
    std::vector<date> off, work;
    std::vector<int> published;
    for (const auto& y : years) {
        published.push_back(y.number);
        for (const auto& d : y.off) off.push_back(d.day);
        for (const auto& d : y.work) work.push_back(d.day);
    }
    return {std::move(off), std::move(work), std::move(published)};
}

decision<calendar> calendar::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void calendar::evolve(state& now, const event& happened) {
    const auto& e = std::get<events::calendar::year_published>(happened);
    const auto at = std::lower_bound(now.years.begin(), now.years.end(), e.year, [](const year& y, std::uint16_t n) { return y.number < n; });
    year fresh{e.year, e.source, e.off, e.work};
    if (at != now.years.end() && at->number == e.year) *at = std::move(fresh);
    else now.years.insert(at, std::move(fresh));
}

refusal calendar::explain(rejection no) {
    using enum obstacle;
    static constexpr auto table = refusal_table<calendar_rejection>({
        {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
         "You have left and can act no more. Ask the system administrator."},
        {r::not_keeper, who, "D6", "只有人力资源、上级领导或系统管理员可以公布日历；只有一个部门设有运营经理时，该经理也可以。请联系他们。",
         "Human resources, a superior leader or a system administrator publish the calendar, or the operations manager where one department alone has one. Ask one of them."},
        {r::bad_year, field, "D6", "年份须在前年至五年之后的范围内。", "The year is one from two years back to five years ahead of this one.", "year"},
        {r::bad_days, field, "D6", "日期须属于该年，不重复，不能既放假又上班。",
         "Days belong to the year, come once, and are not both off and worked.", "off"},
        {r::drops_days, field, "D6", "该年已公布的或法定放假的日期，有些不在这次的列表中。请给出全年的所有日期；确实要取消的，请写明原因。",
         "Some days of this year that were published, or are off by law, are not in what you give. Give all days of the year; where some are meant to go, give a reason.", "reason"},
    });
    return table[static_cast<std::size_t>(no)];
}

flow::relations calendar::relations_of(const state&, const context& by) {
    const auto& who = *by.actor;
    return who.has("HR") || who.has("AD") || who.has("SL") || manages_all(who, by) ? keeper : 0;
}

}  // namespace core
