#include "core/calendar/calendar.hpp"
#include "core/channel/channel.hpp"
#include "core/indicators/indicators.hpp"
#include "core/member/member.hpp"
#include "core/org/org.hpp"
#include "core/views/views.hpp"
#include "server/demo/year/world.hpp"

namespace server::demo::year {
namespace {

constexpr auto zh = events::language::zh;
constexpr auto en = events::language::en;

const someone all[] = {
    {"sun.yue", "孙悦 Sun Yue", "management", {"SL"}, zh},
    {"li.na", "李娜 Li Na", "operations", {"OM"}, zh},
    {"chen.wei", "陈伟 Chen Wei", "operations", {"SP"}, zh},
    {"wang.fang", "王芳 Wang Fang", "operations", {"SP"}, zh},
    {"emma", "Emma Clarke", "operations", {"SP"}, en},
    {"zhao.lei", "赵磊 Zhao Lei", "operations", {"DA"}, zh},
    {"liu.yang", "刘洋 Liu Yang", "business", {"RQ"}, zh},
    {"noah", "Noah Meyer", "marketing", {"RQ"}, en},
    {"huang.min", "黄敏 Huang Min", "technology", {"RQ", "AD"}, zh},
    {"zhou.jie", "周洁 Zhou Jie", "finance", {"RQ"}, zh},
    {"qian.lin", "钱琳 Qian Lin", "management", {"HR"}, zh},
    {"audit", "吴静 Wu Jing", "management", {"AU"}, zh},
};

struct unit {
    const char* code;
    const char* zh;
    const char* en;
};
// Five departments, and the company's management above them.
constexpr unit departments[] = {{"management", "公司管理层", "Management"}, {"operations", "运营部", "Operations"}, {"business", "业务部", "Business"},
                                {"marketing", "市场部", "Marketing"},       {"technology", "技术部", "Technology"}, {"finance", "财务部", "Finance"}};

struct place {
    const char* name;
    const char* about;
    core::channel::visibility seen;
    std::vector<const char*> people;
};
const place places[] = {
    {"部门大厅 lobby", "日常沟通与经验分享 / daily sharing", core::channel::visibility::everyone,
     {"chen.wei", "wang.fang", "emma", "zhao.lei", "sun.yue", "qian.lin"}},
    {"数据与指标 data", "指标口径、异常与报告 / metrics, anomalies, reports", core::channel::visibility::everyone,
     {"chen.wei", "wang.fang", "emma", "zhao.lei", "huang.min"}},
    {"运营活动 campaigns", "活动筹备与复盘 / campaigns, before and after", core::channel::visibility::everyone,
     {"chen.wei", "wang.fang", "emma", "noah", "liu.yang"}},
    {"系统问题 tech-issues", "系统问题与需求 / system issues", core::channel::visibility::everyone, {"wang.fang", "zhao.lei", "huang.min"}},
    {"预算与费用 budget", "预算、付款与报销 / budget, payments, expenses", core::channel::visibility::everyone, {"chen.wei", "emma", "zhou.jie"}},
    {"管理 managers", "仅限管理 / managers only", core::channel::visibility::members_only, {"sun.yue", "qian.lin"}},
};

// What the other departments' people are measured by when they work with operations.
core::indicators::publish liaison_indicators() {
    using enum events::indicators::evidence_source;
    return {{"RQ"},
            {"协作部门考核指标", "Indicators of the partner departments"},
            {{"needs", {"需求质量", "Quality of requests"}, 50, {projects_accepted}},
             {"support", {"协作配合", "Working together"}, 50, {requests_assessed, milestones_reached, tasks_on_time}}}};
}

void join_all(world& w) {
    for (const auto& p : all) {
        std::vector<events::role> roles;
        for (const char* r : p.roles) roles.push_back({r});
        const auto made = w.on.run<core::member>(events::the_system, std::nullopt,
                                   core::member::join{p.name, std::string(p.login), std::nullopt, {p.department}, std::move(roles), p.language});
        const member_id id{w.on.number(made)};
        w.ids[p.login] = id;
        w.languages[id.value] = p.language;
        w.names[id.value] = p.name;
    }
    for (const auto& p : all) {
        if (p.login == std::string_view("sun.yue")) continue;
        const bool in_operations = p.department == std::string_view("operations") && p.login != std::string_view("li.na");
        w.on.run<core::member>(events::the_system, stream_of(w.who(p.login)), core::member::set_superior{w.who(in_operations ? "li.na" : "sun.yue")});
    }
}

}  // namespace

std::span<const someone> people() { return all; }

void move_in(world& w, const std::vector<core::calendar::publish_year>& calendar) {
    for (const auto& year : calendar) w.on.run<core::calendar>(events::the_system, std::nullopt, core::calendar::publish_year(year));
    for (const auto& d : departments) {
        const bool top = d.code == std::string_view("management");
        w.on.run<core::org>(events::the_system, std::nullopt,
                 core::org::define_department{{d.code}, {d.zh, d.en}, top ? std::nullopt : std::optional(events::department{"management"})});
    }
    join_all(w);
    w.on.work_by(w.on.look([](const core::views::views& v) { return v.days(); }));
    for (const auto* role : {"OM", "SP", "DA"}) w.on.run<core::indicators>(w.who("qian.lin"), std::nullopt, *core::handbook_indicators({role}));
    w.on.run<core::indicators>(w.who("qian.lin"), std::nullopt, liaison_indicators());
    for (const auto& p : places) {
        const auto made = w.on.run<core::channel>(w.who("li.na"), std::nullopt, core::channel::create{p.name, std::string(p.about), p.seen});
        const stream_id at{events::category::channel, w.on.number(made)};
        w.channels[p.name] = at;
        w.inside[p.name].push_back(w.who("li.na"));
        for (const char* login : p.people) {
            w.on.run<core::channel>(w.who("li.na"), at, core::channel::join{w.who(login)});
            w.inside[p.name].push_back(w.who(login));
        }
    }
}

}  // namespace server::demo::year
