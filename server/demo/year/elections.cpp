// Elections of outstanding employees: two that were announced, one that was called off, and one in each state on the way.

#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/stories.hpp"

#include <algorithm>

namespace server::demo::year {

using core::election;
using core::election_status;

namespace {

struct plan {
    const char* title;
    unsigned month;  ///< of the year; 13: the next January
    unsigned day;
    std::uint16_t seats;
    election_status until;
};
constexpr plan plans[] = {
    {"上半年优秀员工 / Outstanding employees, first half", 6, 16, 2, election_status::announced},
    {"三季度服务之星 / Service star, third quarter", 9, 22, 1, election_status::cancelled},
    {"年度优秀员工 / Outstanding employees of the year", 13, 5, 2, election_status::announced},
    {"年度协作奖 / Award for working together", 13, 9, 1, election_status::decided},
    {"年度数据之星 / Data star of the year", 13, 13, 1, election_status::counted},
    {"年度创新奖 / Innovation award", 13, 15, 1, election_status::voted},
    {"最佳服务奖 / Service award", 13, 28, 1, election_status::voting},
    {"最佳活动奖 / Campaign award", 13, 29, 1, election_status::nominated},
    {"新春之星 / Spring star", 13, 30, 1, election_status::opened},
};
// Working days that each takes.
constexpr unsigned nominations_take = 5, long_nominations_take = 10, voting_waits = 5, voting_takes = 5;

constexpr const char* candidates[] = {"chen.wei", "wang.fang", "emma", "zhao.lei", "huang.min"};
struct reason {
    const char* zh;
    const char* en;
};
constexpr reason reasons[] = {{"大促期间连续保障，无重大问题。", "Kept the big sale running without a major problem."},
                              {"主动帮助同事，跨部门响应快。", "Helps colleagues, answers other departments fast."},
                              {"推动口径统一，节省大量返工。", "Brought the definitions together and spared us much rework."}};

class election_story : public std::enable_shared_from_this<election_story> {
public:
    election_story(world& w, const plan& p, int year) : w_(w), plan_(p), year_(year) {}

    void open() {
        const bool waits = plan_.until == election_status::nominated || plan_.until == election_status::opened;
        const auto nominations = w_.on.day_in(plan_.until == election_status::opened ? long_nominations_take : plan_.until == election_status::nominated ? 4 : nominations_take);
        const auto voting = w_.on.days().after(nominations, waits ? voting_waits : 1);
        const auto closes = w_.on.days().after(voting, voting_takes - 1);
        ticket_ = w_.on.run<core::election>(w_.who("qian.lin"), std::nullopt,
                            election::open{plan_.title, std::to_string(year_), plan_.seats, std::nullopt, {nominations, voting, closes}, w_.polls.open_poll()});
        for (unsigned i = 0; i < 3; ++i) w_.on.at(w_.on.in(i, 14h + 15min), [me = shared_from_this(), i] { me->nominate(i); });
        if (plan_.until == election_status::cancelled) {
            w_.on.at(w_.on.in(3, 16h), [me = shared_from_this()] {
                me->w_.on.run<core::election>(me->w_.who("qian.lin"), me->at(), election::cancel{"与年度评选合并，不再单独举行 / merged into the year's election"});
            });
            return;
        }
        if (waits) return;
        w_.on.at(w_.on.moment(voting, 9h + 30min), [me = shared_from_this()] { me->vote(); });
        if (plan_.until == election_status::voting || plan_.until == election_status::voted) return;
        w_.on.at(w_.on.moment(w_.on.days().after(closes, 1), 10h), [me = shared_from_this()] { me->count(); });
    }

private:
    stream_id at() { return {events::category::election, w_.on.number(ticket_)}; }

    void nominate(unsigned i) {
        constexpr const char* by[] = {"li.na", "liu.yang", "noah"};
        const auto who = w_.who(by[i]);
        const auto nominee = w_.who(candidates[(plan_.day + i) % std::size(candidates)]);
        const auto& why = w_.on.luck.pick(reasons);
        w_.on.run<core::election>(who, at(), election::nominate{nominee, w_.says(nominee, why.zh, why.en)});
        if (std::find(nominees_.begin(), nominees_.end(), nominee) == nominees_.end()) nominees_.push_back(nominee);
    }

    // Two thirds at once, the others within two days; one of them thinks again.
    void vote() {
        for (const auto& p : people()) {
            const auto who = w_.who(p.login);
            if (plan_.until == election_status::voting && w_.on.luck.percent(40)) continue;
            const auto when = w_.on.in(static_cast<unsigned>(w_.on.luck.percent(66) ? 0 : w_.on.luck.between(1, 2)), 11h + std::chrono::minutes(w_.on.luck.between(0, 240)));
            w_.on.at(when, [me = shared_from_this(), who] {
                me->cast(who, me->w_.on.luck.pick(std::span<const member_id>(me->nominees_)));
            });
        }
        const auto again = w_.who("noah");
        w_.on.at(w_.on.in(3, 15h), [me = shared_from_this(), again] { me->cast(again, me->nominees_.front()); });
    }

    // What is chosen is sealed where the election's key is; the choice itself is in no command.
    void cast(member_id who, member_id choice) {
        w_.on.settle();
        w_.on.run<core::election>(who, at(), election::cast{w_.polls.seal({at().number}, who, choice).ballot});
    }

    void count() {
        w_.on.settle();
        core::election::count result{};
        for (auto& due : w_.polls.counts_due({}))
            if (due.election.value == at().number) result = std::move(due.what);
        auto order = result.totals;
        std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.votes > b.votes; });
        for (std::size_t i = 0; i < plan_.seats && i < order.size(); ++i) winners_.push_back(order[i].nominee);
        w_.on.run<core::election>(events::the_system, at(), std::move(result));
        if (plan_.until == election_status::counted) return;
        w_.on.at(w_.on.in(1, 11h), [me = shared_from_this()] {
            me->w_.on.run<core::election>(me->w_.who("li.na"), me->at(), election::decide_winners{me->winners_, "按得票确定 / by the count"});
            if (me->plan_.until == election_status::decided) return;
            me->w_.on.at(me->w_.on.in(1, 9h + 30min), [me] { me->announce(); });
        });
    }

    // Awards are proposed by themselves; those of the first half are approved, the year's wait.
    void announce() {
        w_.on.run<core::election>(w_.who("qian.lin"), at(), election::announce{std::string("祝贺当选，感谢一年的付出。 / Congratulations, and thank you for the year.")});
        if (plan_.month > 12) return;
        w_.on.at(w_.on.in(0, 16h), [me = shared_from_this()] {
            const auto number = me->w_.on.number(me->ticket_);
            const auto awards = me->w_.on.look([&](const core::views::views& v) {
                std::vector<std::pair<std::uint64_t, std::string>> all;
                for (const auto& row : v.of<core::incentive>().rows())
                    if (row.state.election.value == number) all.emplace_back(row.number, row.state.sha256);
                return all;
            });
            for (const auto& [award, sha256] : awards)
                me->w_.on.run<core::incentive>(me->w_.who("sun.yue"), stream_id{events::category::incentive, award}, core::incentive::approve{sha256, std::nullopt});
        });
    }

    world& w_;
    const plan& plan_;
    int year_;
    ticket ticket_;
    std::vector<member_id> nominees_;
    std::vector<member_id> winners_;
};

}  // namespace

void put_elections(world& w, int year) {
    std::uint64_t place = 0;
    for (const auto& p : plans) {
        const auto in = p.month > 12 ? date{std::chrono::year(year + 1) / 1 / std::chrono::day(p.day)}
                                     : date{std::chrono::year(year) / std::chrono::month(p.month) / std::chrono::day(p.day)};
        auto story = std::make_shared<election_story>(w, p, year);
        w.on.at(w.on.moment(w.on.days().after(in, 0), 10h + std::chrono::minutes(++place)), [story] { story->open(); });
    }
}

}  // namespace server::demo::year
