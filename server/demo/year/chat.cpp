// What is said in the channels, day by day.

#include "core/channel/channel.hpp"
#include "server/demo/year/stories.hpp"
#include "server/demo/year/talk.hpp"

#include <algorithm>

namespace server::demo::year {

using core::channel;

namespace {

constexpr const char* smiles[] = {"👍", "🎉", "👀", "✅", "🙏"};

void replace_all(std::string& text, std::string_view what, const std::string& with) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

/// One who talks all year.
class chatter : public std::enable_shared_from_this<chatter> {
public:
    chatter(world& w, std::size_t count, unsigned days) : w_(w), count_(count), days_(days) {}

    /// The day's conversations; what could not be said on the days before (its channel was archived) is made up for.
    void day(unsigned n) {
        const auto goal = count_ * (n + 1) / days_;
        const bool last = n + 1 == days_;
        while (put_ < goal) converse(goal - put_, last);
        w_.on.at(w_.on.moment(w_.on.today(), 18h + 20min), [me = shared_from_this(), last] { me->read_up(last ? 70 : 8); });
    }

private:
    struct place {
        stream_id at;
        const char* name;
        const std::vector<member_id>* people;
        std::shared_ptr<project_room> room;  ///< null: the department's
    };

    place somewhere(bool department_only) {
        auto& luck = w_.on.luck;
        std::erase_if(w_.rooms, [](const auto& r) { return !r->open; });
        if (!department_only && !w_.rooms.empty() && luck.percent(45)) {
            const auto& room = luck.pick(std::span(std::as_const(w_.rooms)));
            return {{events::category::channel, room->channel}, "", &room->people, room};
        }
        constexpr const char* often[] = {"部门大厅 lobby", "部门大厅 lobby", "部门大厅 lobby", "数据与指标 data", "数据与指标 data", "运营活动 campaigns",
                                         "运营活动 campaigns", "系统问题 tech-issues", "预算与费用 budget", "管理 managers"};
        const auto* name = luck.pick(often);
        return {w_.channels.at(name), name, &w_.inside.at(name), nullptr};
    }

    void converse(std::size_t lines_max, bool department_only) {
        auto& luck = w_.on.luck;
        const auto where = somewhere(department_only);
        const auto& talk = luck.pick(talk_in(where.name));
        std::vector<member_id> speakers;
        for (int i = 0; i < 3; ++i) speakers.push_back((*where.people)[(luck.below(where.people->size()))]);
        for (int i = 1; i < 3; ++i)
            if (speakers[static_cast<std::size_t>(i)] == speakers[0]) speakers[static_cast<std::size_t>(i)] = other_than(speakers[0], *where.people);
        auto when = w_.on.moment(w_.on.today(), 9h + std::chrono::minutes(luck.between(5, 500)));
        const auto n = std::to_string(luck.between(12, 96)), m = std::to_string(luck.between(2, 9));
        const auto title = w_.talked_about.empty() ? std::string("本周计划") : w_.talked_about[w_.talked_about.size() - 1 - luck.below(std::min<std::size_t>(w_.talked_about.size(), 30))];
        for (std::size_t i = 0; i < talk.lines.size() && i < lines_max; ++i) {
            const auto& line = talk.lines[i];
            const auto who = speakers[static_cast<std::size_t>(line.who)];
            auto text = w_.says(who, line.zh, line.en);
            replace_all(text, "{t}", title);
            replace_all(text, "{p}", where.room ? where.room->name : std::string());
            replace_all(text, "{n}", n);
            replace_all(text, "{m}", m);
            const auto topic = w_.says(speakers[0], talk.topic_zh, talk.topic_en);
            ++put_;
            w_.on.at(when, [me = shared_from_this(), where, who, text, topic] { me->say(where, who, text, topic); });
            when += std::chrono::seconds(luck.between(20, 260));
        }
    }

    member_id other_than(member_id one, const std::vector<member_id>& people) {
        const auto at = static_cast<std::size_t>(std::find(people.begin(), people.end(), one) - people.begin());
        return people[(at + 1) % people.size()];
    }

    void say(const place& where, member_id who, const std::string& text, const std::string& topic) {
        if (where.room && !where.room->open) {
            --put_;
            return;
        }
        auto& luck = w_.on.luck;
        w_.on.run<core::channel>(who, where.at, channel::post{text, topic.empty() ? std::nullopt : std::optional(topic)});
        const events::message_no number{++said_[where.at.number]};
        if (luck.percent(9)) w_.on.run<core::channel>(other_than(who, *where.people), where.at, channel::react{number, luck.pick(smiles)});
        if (luck.percent(1)) w_.on.run<core::channel>(who, where.at, channel::edit{number, text + w_.says(who, "（已更正）", " (corrected)")});
        if (luck.below(300) == 0) w_.on.run<core::channel>(w_.who("li.na"), where.at, channel::pin{number});
    }

    void read_up(int percent) {
        const auto read = [&](stream_id at, const std::vector<member_id>& people) {
            const auto last = said_[at.number];
            for (const auto m : people)
                if (last > 0 && w_.on.luck.percent(percent)) w_.on.run<core::channel>(m, at, channel::read{events::message_no{last}});
        };
        for (const auto& [name, at] : w_.channels) read(at, w_.inside.at(name));
        for (const auto& room : w_.rooms)
            if (room->open) read({events::category::channel, room->channel}, room->people);
    }

    world& w_;
    std::size_t count_;
    unsigned days_;
    std::size_t put_ = 0;                            // said, or about to be
    std::map<std::uint64_t, std::uint64_t> said_;    // messages by channel
};

}  // namespace

void put_messages(world& w, date first_day, date last_day, std::size_t count) {
    const auto days = w.on.days().working_days(first_day, last_day) + 1;
    auto all = std::make_shared<chatter>(w, count, days);
    for (unsigned n = 0; n < days; ++n)
        w.on.at(w.on.moment(working_day(w, first_day, n), 8h + 55min), [all, n] { all->day(n); });
}

}  // namespace server::demo::year
