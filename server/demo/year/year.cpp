#include "server/demo/year/year.hpp"

#include "core/calendar/calendar.hpp"
#include "core/desk/desk.hpp"
#include "core/member/member.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/stories.hpp"

namespace server::demo::year {
namespace {

// A tick in the night, for what the day brings; one when work begins, for who is told of it.
void put_ticks(world& w, date first, date last) {
    for (auto day = std::chrono::sys_days(first); day <= std::chrono::sys_days(last); day += std::chrono::days(1))
        for (const auto time : {std::chrono::minutes(5), std::chrono::minutes(9h)}) w.on.at(w.on.moment(day, time), [&w] { w.on.tick(); });
}

// Before the week ends people take note of what they were told was decided: it would heap up for a year.
void take_note(world& w) {
    using noted = std::pair<member_id, std::vector<std::uint32_t>>;
    const auto all = w.on.look([](const core::views::views& v) {
        std::vector<noted> found;
        for (const auto& row : v.of<core::desk>().rows()) {
            const auto* owner = v.directory.find(row.state.of);
            if (!owner || !owner->active) continue;
            noted one{row.state.of, {}};
            for (const auto& told : row.state.notices)
                if (told.what.kind == core::desk::kind::decided) one.second.push_back(told.what.number);
            if (!one.second.empty()) found.push_back(std::move(one));
        }
        return found;
    });
    for (const auto& [who, notices] : all) w.on.run<core::desk>(who, events::stream_id{events::category::desk, who.value}, core::desk::acknowledge{notices});
}

void put_weeks(world& w, date first, date last) {
    for (auto day = std::chrono::sys_days(first); day <= std::chrono::sys_days(last); day += std::chrono::days(1))
        if (std::chrono::weekday(day) == std::chrono::Friday) w.on.at(w.on.moment(day, 17h + 30min), [&w] { take_note(w); });
}

// One who is away is stood in for.
void put_absences(world& w, int year) {
    const auto away = [&](unsigned month, unsigned day, const char* who, const char* by, unsigned days, const char* why) {
        const date from{std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)};
        w.on.at(w.on.moment(w.on.days().after(from, 0), 9h + 5min), [&w, who, by, days, why] {
            w.on.run<core::member>(w.who(who), stream_of(w.who(who)), core::member::delegate{w.who(by), w.on.today(), w.on.day_in(days), why});
        });
    };
    away(3, 17, "chen.wei", "wang.fang", 5, "外出培训 / training");
    away(8, 11, "emma", "chen.wei", 8, "休假 / holiday");
    away(11, 3, "zhou.jie", "sun.yue", 3, "审计配合 / working with the auditors");
}

}  // namespace

std::pair<instant, instant> span_of(const script& s) {
    const std::chrono::sys_days first = std::chrono::year(s.year) / 1 / 1, last = std::chrono::year(s.year + 1) / 2 / 6;
    const instant through = last + 20h - s.utc_offset;
    return {first - s.utc_offset, std::min(through, s.until.value_or(through))};
}

int year_that_ends(date last) { return static_cast<int>(last.year()) - (last.month() < std::chrono::April ? 1 : 0); }

ballots::randomness random_of(const script& s) {
    auto from = std::make_shared<chance>(~s.seed);
    return [from](std::span<unsigned char> out) {
        for (auto& byte : out) byte = static_cast<unsigned char>(from->next());
    };
}

void play(engine::engine& room, played_clock& clock, ballots::returning_officer& polls, const script& s, const std::vector<core::calendar::publish_year>& calendar,
          const std::function<void(const std::string&, member_id)>& joined, const stage::progress& tell, const keeping& keep) {
    const auto [first, last] = span_of(s);
    clock.set(first);
    stage on(room, clock, s.seed, s.utc_offset);
    world w{on, polls, {}, {}, {}, {}, {}, {}, {}, keep};
    move_in(w, calendar);
    if (joined)
        for (const auto& [login, who] : w.ids) joined(std::string(login), who);
    const auto first_day = on.days().after(on.today(), 0);
    const auto last_day = core::date_in(last, s.utc_offset);
    put_ticks(w, on.today(), last_day);
    on.at(on.moment(first_day, 9h + 30min), [&] { put_appraisals(w, s.year); });
    put_projects(w, first_day);
    put_tasks(w, first_day, last_day, s.tasks);
    put_messages(w, first_day, last_day, s.messages);
    put_elections(w, s.year);
    put_strategies(w, first_day);
    put_sources(w, first_day);
    put_collections(w, first_day, last_day);
    put_metrics(w, first_day);
    put_alerts(w, first_day);
    put_reports(w, first_day, last_day);
    put_absences(w, s.year);
    put_weeks(w, on.today(), last_day);
    on.play(last, tell);
}

}  // namespace server::demo::year
