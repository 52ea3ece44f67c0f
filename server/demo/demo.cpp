#include "server/demo/demo.hpp"

#include "core/channel/channel.hpp"
#include "core/kernel/calendar.hpp"
#include "core/member/member.hpp"
#include "core/org/org.hpp"
#include "core/task/task.hpp"
#include "server/demo/runner.hpp"

#include <sodium.h>

#include <map>
#include <stdexcept>

namespace server::demo {
namespace {

using core::channel;
using core::member;
using core::task;
using events::member_id;

struct someone {
    const char* login;
    const char* name;
    const char* department;
    const char* role;
    events::language language;
};

constexpr auto zh = events::language::zh;
constexpr auto en = events::language::en;

constexpr someone people[] = {
    {"li.na", "李娜 Li Na", "operations", "OM", zh},
    {"chen.wei", "陈伟 Chen Wei", "operations", "SP", zh},
    {"wang.fang", "王芳 Wang Fang", "operations", "SP", zh},
    {"emma", "Emma Clarke", "operations", "SP", en},
    {"zhao.lei", "赵磊 Zhao Lei", "operations", "DA", zh},
    {"sun.yue", "孙悦 Sun Yue", "management", "SL", zh},
    {"liu.yang", "刘洋 Liu Yang", "business", "RQ", zh},
    {"noah", "Noah Meyer", "marketing", "RQ", en},
    {"huang.min", "黄敏 Huang Min", "technology", "RQ", zh},
    {"zhou.jie", "周洁 Zhou Jie", "finance", "RQ", zh},
    {"audit", "吴静 Wu Jing", "management", "AU", zh},
    {"admin", "管理员 Administrator", "technology", "AD", en},
};

struct work {
    const char* title;
    const char* content;
    const char* standard;
    const char* to;
    int due_in_days;
    events::priority priority;
    const char* state;  ///< how far it has come
};

constexpr work board[] = {
    {"周报：上周渠道数据", "汇总各渠道拉新、留存与花费。", "周一 10:00 前发出；三处来源对账一致。", "zhao.lei", 2, events::priority::high, "progress"},
    {"Autumn campaign landing page copy", "Copy for the landing page, both languages.", "Reviewed by marketing; no placeholder left.", "emma", 4, events::priority::normal, "progress"},
    {"会员日活动方案", "目标、节奏、预算与风险。", "方案含预算表与应急预案。", "chen.wei", 3, events::priority::urgent, "blocked"},
    {"客服高频问题整理", "整理近 30 天前 20 个问题及答复。", "每条有答复与负责人。", "wang.fang", 5, events::priority::normal, "assigned"},
    {"Competitor pricing watch, November", "Five competitors, main products.", "Sources linked; changes marked.", "emma", 7, events::priority::low, "assigned"},
    {"新用户引导流程优化", "梳理首日流失节点，提出两项改动。", "附漏斗数据与改动前后对比口径。", "chen.wei", 6, events::priority::high, "submitted"},
    {"指标口径文档", "活跃、留存、转化三类指标。", "每个指标有公式、来源、负责人。", "zhao.lei", 8, events::priority::normal, "submitted"},
    {"退款流程说明更新", "与财务核对新规则。", "财务确认后发布。", "wang.fang", 1, events::priority::high, "returned"},
    {"十月活动复盘", "效果、成本与经验。", "结论可执行，数据可追溯。", "chen.wei", 0, events::priority::normal, "done"},
    {"Weekly meeting minutes", "Last week, this week, open issues.", "Sent the same day; each action has an owner.", "emma", 0, events::priority::low, "done"},
    {"短信渠道切换评估", "比较两家供应商的到达率与价格。", "样本不少于 1 万条。", "zhao.lei", 9, events::priority::normal, "cancelled"},
    {"用户访谈提纲", "访谈 8 位流失用户。", "提纲经运营经理确认。", "wang.fang", 10, events::priority::normal, "assigned"},
};

struct line {
    const char* channel;
    const char* who;
    const char* text;
    const char* topic;
};

constexpr line chat[] = {
    {"部门大厅 lobby", "li.na", "大家早，本周重点：会员日活动和渠道周报。", ""},
    {"部门大厅 lobby", "chen.wei", "收到，会员日方案今天出初稿。", ""},
    {"部门大厅 lobby", "emma", "Morning! I'll have the landing page copy ready for review by Wednesday.", ""},
    {"部门大厅 lobby", "zhao.lei", "渠道数据已更新到昨天，欢迎核对。", "渠道数据"},
    {"部门大厅 lobby", "wang.fang", "第三方平台的花费好像少了一天？", "渠道数据"},
    {"部门大厅 lobby", "zhao.lei", "对，接口昨晚延迟，正在补采。", "渠道数据"},
    {"会员日 campaign", "chen.wei", "预算需要财务确认，先标记受阻。", "预算"},
    {"会员日 campaign", "zhou.jie", "我下午看，预计五点前回复。", "预算"},
    {"会员日 campaign", "noah", "Marketing can support the push with two newsletters.", "推广"},
    {"会员日 campaign", "li.na", "好的，推广节奏请 Noah 和陈伟对齐。", "推广"},
    {"系统问题 tech-issues", "wang.fang", "后台导出超过 5 万行会超时。", ""},
    {"系统问题 tech-issues", "huang.min", "已定位，今晚发版修复。", ""},
};

struct unit {
    const char* code;
    const char* zh;
    const char* en;
};
constexpr unit departments[] = {{"management", "管理层", "Management"}, {"operations", "运营部", "Operations"}, {"business", "业务部", "Business"},
                                {"marketing", "市场部", "Marketing"},   {"technology", "技术部", "Technology"}, {"finance", "财务部", "Finance"}};

// Departments, and who answers to whom.
void organise(runner& act, std::map<std::string_view, member_id>& who) {
    for (const auto& d : departments)
        act.run<core::org>(events::the_system, std::nullopt, core::org::define_department{{d.code}, {d.zh, d.en}, std::nullopt});
    for (const auto& p : people) {
        if (p.role == std::string_view("SL")) continue;
        const bool in_operations = p.department == std::string_view("operations") && p.role != std::string_view("OM");
        act.run<core::member>(events::the_system, stream_of(who[p.login]), member::set_superior{in_operations ? who["li.na"] : who["sun.yue"]});
    }
}

void walk(runner& act, const work& w, events::stream_id at, member_id who, member_id manager, member_id finance) {
    const std::string_view state = w.state;
    if (state == "assigned") return;
    if (state == "cancelled") {
        act.run<core::task>(manager, at, task::cancel{"供应商合同延期，暂不评估。"});
        return;
    }
    act.run<core::task>(who, at, task::start{});
    act.run<core::task>(who, at, task::report_progress{40, std::string("已完成初步整理 / first pass done")});
    if (state == "blocked") act.run<core::task>(who, at, task::block{"等待财务确认预算。", finance});
    if (state == "progress" || state == "blocked") return;
    act.run<core::task>(who, at, task::submit{"结果见附件说明 / result as described"});
    if (state == "returned") act.run<core::task>(manager, at, task::return_work{"缺少财务确认记录，请补充。"});
    if (state == "done") act.run<core::task>(manager, at, task::accept{std::string("符合标准 / meets the standard")});
}

}  // namespace

void fill(engine::engine& room, identity::accounts& accounts, events::instant now, std::chrono::minutes utc_offset) {
    runner act(room);
    std::map<std::string_view, member_id> who;
    for (const auto& p : people) {
        const auto made = act.run<core::member>(events::the_system, std::nullopt,
                                  member::join{p.name, std::string(p.login), std::nullopt, {p.department}, {{p.role}}, p.language});
        who[p.login] = {made.stream.number};
        if (const auto set = accounts.set_password(who[p.login], p.login, password, {.published = true}); !set)
            throw std::runtime_error("demo account: " + std::string(identity::explain(set.error()).en));
    }
    const auto manager = who["li.na"];
    organise(act, who);

    std::map<std::string_view, events::stream_id> channels;
    const auto open = [&](std::string_view name, const char* about, channel::visibility seen, const std::vector<const char*>& in) {
        const auto made = act.run<core::channel>(manager, std::nullopt, channel::create{std::string(name), std::string(about), seen});
        channels[name] = made.stream;
        for (const char* login : in) act.run<core::channel>(manager, made.stream, channel::join{who[login]});
    };
    open("部门大厅 lobby", "日常沟通与经验分享 / daily sharing", channel::visibility::everyone,
         {"chen.wei", "wang.fang", "emma", "zhao.lei", "sun.yue"});
    open("会员日 campaign", "会员日活动筹备 / members' day", channel::visibility::everyone, {"chen.wei", "emma", "noah", "zhou.jie"});
    open("系统问题 tech-issues", "系统问题与需求 / system issues", channel::visibility::everyone, {"wang.fang", "huang.min"});
    open("管理 managers", "仅限管理 / managers only", channel::visibility::members_only, {"sun.yue"});

    for (const auto& l : chat)
        act.run<core::channel>(who[l.who], channels[l.channel], channel::post{l.text, *l.topic ? std::optional<std::string>(l.topic) : std::nullopt});
    act.run<core::channel>(who["chen.wei"], channels["部门大厅 lobby"], channel::react{{1}, "👍"});
    act.run<core::channel>(manager, channels["部门大厅 lobby"], channel::pin{{1}});

    const auto today = core::date_in(now, utc_offset);
    for (const auto& w : board) {
        const events::date due{std::chrono::sys_days(today) + std::chrono::days(w.due_in_days)};
        const auto made = act.run<core::task>(manager, std::nullopt,
                                  task::assign{w.title, std::string(w.content), w.standard, due, who[w.to], std::nullopt, w.priority, std::nullopt});
        walk(act, w, made.stream, who[w.to], manager, who["zhou.jie"]);
    }
}

std::string first_administrator(engine::engine& room, identity::accounts& accounts) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium can't be started");
    std::string secret;
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    for (int i = 0; i < 16; ++i) {
        if (i > 0 && i % 4 == 0) secret += '-';
        secret += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    }
    runner act(room);
    const auto made = act.run<core::member>(events::the_system, std::nullopt,
                              member::join{"管理员 Administrator", std::string("admin"), std::nullopt, {"operations"}, {{"AD"}}, zh});
    const auto set = accounts.set_password({made.stream.number}, "admin", secret);
    if (!set) throw std::runtime_error(std::string(identity::explain(set.error()).en));
    return secret;
}

}  // namespace server::demo
