// Requests from draft to verdict; a passed one goes on as a project (projects.cpp).

#include "core/project/project.hpp"
#include "core/request/request.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/project_story.hpp"
#include "server/demo/year/stories.hpp"

namespace server::demo::year {

using core::request;
using fate = project_story::fate;

namespace {

// One letter a subject, in their order: see project_story::fate.
constexpr std::string_view fates = "AAAXAAAAWAAAAAAXACAAARAAWAAAXAXWACRASaWmvqpttXkicdnlud";

// The working day on which each begins; the last ones late enough to be open at the end.
unsigned begins_on(std::size_t i) {
    constexpr unsigned late[] = {245, 248, 246, 262, 261, 258, 265, 267};
    constexpr std::size_t first_late = 46;
    return i >= first_late ? late[i - first_late] : 3 + static_cast<unsigned>(i * 44 / 10);
}

constexpr const char* doubts_zh[] = {"目标没有基线数据，无法判断是否达成。", "预期收益偏乐观，请补充测算依据。", "与在做的项目重叠，请说明差异。"};
constexpr const char* doubts_en[] = {"There is no baseline, so success can't be judged.", "The benefit is optimistic: please add the calculation.",
                                     "It overlaps with a running project: please say where it differs."};

}  // namespace

events::request::form project_story::form_of(const subject& s, int days_to_do) const {
    const bool zh = w_.is_chinese(requester_);
    events::request::form f{};
    f.title = s.title;
    f.background = s.background;
    f.objectives = s.objective;
    f.main_content = s.content;
    f.required_by = w_.on.day_in(static_cast<unsigned>(days_to_do));
    f.expected_benefit = s.result;
    f.priority = w_.on.luck.percent(25) ? events::priority::high : events::priority::normal;
    f.compliance = {true, zh ? "不涉及新增个人信息；已对照广告与促销规定。" : "No new personal data; checked against the advertising rules."};
    return f;
}

void project_story::begin() {
    requester_ = w_.who(subject_.login);
    request_ = w_.on.run<core::request>(requester_, std::nullopt, request::draft{form_of(subject_, 90)});
    if (fate_ == fate::draft) return;
    w_.on.at(w_.on.in(1, 9h + 40min), [me = shared_from_this()] { me->submit_request(); });
}

void project_story::submit_request() {
    if (w_.on.luck.percent(30)) w_.on.run<core::request>(requester_, request_at(), request::revise{form_of(subject_, 85)});
    w_.on.run<core::request>(requester_, request_at(), request::submit{});
    if (fate_ == fate::submitted) return;
    if (fate_ == fate::withdrawn) {
        w_.on.at(w_.on.in(2, 15h), [me = shared_from_this()] {
            me->w_.on.run<core::request>(me->requester_, me->request_at(),
                          request::withdraw{me->w_.says(me->requester_, "部门优先级调整，本季不再推进。", "Our priorities have changed: not this quarter.")});
        });
        return;
    }
    w_.on.at(w_.on.in(1, 10h + 20min), [me = shared_from_this()] { me->convene(); });
}

void project_story::convene() {
    std::vector<member_id> assessors;
    for (const char* login : {"zhao.lei", "chen.wei", "zhou.jie", "huang.min", "emma", "wang.fang"})
        if (w_.who(login) != requester_ && assessors.size() < 3 && w_.on.luck.percent(60)) assessors.push_back(w_.who(login));
    if (assessors.empty()) assessors = {w_.who("zhao.lei")};
    w_.on.run<core::request>(w_.who("li.na"), request_at(), request::convene{assessors, w_.on.day_in(4)});
    for (std::size_t i = 0; i < assessors.size(); ++i) {
        // One opinion is still out where it ends in assessment.
        if (fate_ == fate::in_assessment && i + 1 == assessors.size()) continue;
        w_.on.at(w_.on.in(1 + static_cast<unsigned>(i), 11h + std::chrono::minutes(7 * i)), [me = shared_from_this(), who = assessors[i]] { me->assess(who); });
    }
    if (fate_ == fate::in_assessment) return;
    const bool asks = fate_ == fate::request_clarifying || w_.on.luck.percent(20);
    w_.on.at(w_.on.in(4, asks ? 14h : 16h), [me = shared_from_this(), asks] { asks ? me->ask() : me->verdict(); });
}

void project_story::assess(member_id who) {
    const bool good = fate_ != fate::request_rejected;
    const auto rating = [&](const char* zh, const char* en) {
        return events::request::rating{static_cast<std::uint8_t>(good ? w_.on.luck.between(3, 5) : w_.on.luck.between(1, 3)), w_.says(who, zh, en)};
    };
    events::request::opinion o{};
    if (good) {
        o.reasonableness = rating("与本季重点一致，问题真实存在。", "It fits this quarter's focus; the problem is real.");
        o.feasibility = rating("人力可安排，依赖系统排期。", "People are there; it depends on the release plan.");
        o.business_impact = rating("预期收益有数据支持。", "The benefit is backed by figures.");
        o.recommends = events::verdict::pass;
    } else {
        o.reasonableness = rating("与现有机制重复。", "It repeats what we already have.");
        o.feasibility = rating("所需数据目前拿不到。", "The data that it needs can't be had at present.");
        o.business_impact = rating("投入大于收益。", "It costs more than it brings.");
        o.recommends = events::verdict::reject;
    }
    w_.on.run<core::request>(who, request_at(), request::assess{o});
}

void project_story::ask() {
    const auto li_na = w_.who("li.na");
    w_.on.run<core::request>(li_na, request_at(), request::clarify{w_.is_chinese(requester_) ? w_.on.luck.pick(doubts_zh) : w_.on.luck.pick(doubts_en)});
    if (fate_ == fate::request_clarifying) return;
    w_.on.at(w_.on.in(1, 11h + 30min), [me = shared_from_this()] {
        auto& w = me->w_;
        w.on.run<core::request>(me->requester_, me->request_at(),
                 request::answer{w.says(me->requester_, "已补充近三个月数据与测算，见背景说明。", "The last three months' figures and the calculation are in the background now.")});
        w.on.at(w.on.in(1, 16h), [me] { me->verdict(); });
    });
}

void project_story::verdict() {
    const auto li_na = w_.who("li.na");
    if (fate_ == fate::request_rejected) {
        w_.on.run<core::request>(li_na, request_at(), request::reject{w_.says(requester_, "评估意见一致认为投入大于收益；可在下季度带数据重新提出。",
                                                               "All opinions say that it costs more than it brings. Ask again next quarter, with figures.")});
        return;
    }
    // Some go back once to be made clearer.
    if (!returned_ && w_.on.luck.percent(15)) {
        returned_ = true;
        w_.on.run<core::request>(li_na, request_at(), request::send_back{w_.says(requester_, "请把目标拆成可衡量的两项后重新提交。", "Please split the objective into two that can be measured, and submit again.")});
        w_.on.at(w_.on.in(1, 10h), [me = shared_from_this()] { me->submit_request(); });
        return;
    }
    w_.on.run<core::request>(li_na, request_at(), request::pass{std::string("评估通过，纳入本季计划 / passed, it is in this quarter's plan")});
    const auto found = w_.on.look([&](const core::views::views& v) {
        for (const auto& row : v.of<core::project>().rows())
            if (row.state.request.value == request_->number) return row.number;
        return std::uint64_t{0};
    });
    core::verify(found != 0, "a passed request becomes a project");
    project_ = {events::category::project, found};
    w_.on.at(w_.on.in(2, 10h + 30min), [me = shared_from_this()] { me->draft_charter(); });
}

void put_projects(world& w, date first_day) {
    for (std::size_t i = 0; i < subjects().size(); ++i) {
        auto story = std::make_shared<project_story>(w, subjects()[i], static_cast<fate>(fates[i]), first_day);
        w.on.at(w.on.moment(working_day(w, first_day, begins_on(i)), 10h + std::chrono::minutes(i)), [story] { story->begin(); });
    }
}

}  // namespace server::demo::year
