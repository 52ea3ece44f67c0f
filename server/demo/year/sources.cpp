// Where data comes from: sources of every kind, in every status at the end.

#include "core/source/source.hpp"
#include "server/demo/year/stories.hpp"

namespace server::demo::year {

using core::source;

namespace {

using kind = events::source::kind;
using content = events::source::content;

enum class ending { registered, connected, disconnected, retired };

struct described {
    unsigned begins_on;  ///< the working day
    const char* by;
    const char* owner;
    const char* name;
    source::kind kind;
    std::vector<content> holds;
    const char* description;
    const char* access;
    const char* terms;    ///< null: none
    const char* contact;  ///< null: none
    const char* tried;
    ending until;
};

const described all[] = {
    {1, "zhao.lei", "zhao.lei", "会员数据库 / member database", kind::internal, {content::user, content::business}, "会员、等级、积分流水；每日全量。",
     "只读账号，每日 02:00 后可查前一日。", nullptr, "技术部", "取得前一日会员与积分流水，与后台合计一致。", ending::connected},
    {1, "zhao.lei", "zhao.lei", "订单系统 / order system", kind::internal, {content::business}, "订单、退货与收入，按渠道与地区。", "每日 06:00 推送 CSV。", nullptr, "技术部",
     "前一日订单合计与财务日报一致。", ending::connected},
    {2, "li.na", "wang.fang", "广告平台报表 / advertising reports", kind::platform, {content::market, content::business}, "投放、点击与费用，按计划与素材。",
     "平台后台每周一导出；接口需每季度续期。", "年度框架合同，12 月 31 日到期", "平台客户经理", "导出上周报表，费用与账单一致。", ending::disconnected},
    {5, "zhao.lei", "emma", "客服系统 / service desk", kind::platform, {content::user}, "会话、问题类型与评价。", "只读接口，按日。", nullptr, nullptr, "取得一周会话，类型齐全。",
     ending::connected},
    {9, "li.na", "zhao.lei", "行业月报 / industry monthly", kind::third_party, {content::market}, "同行的份额与价格，按月。", "邮件附件，每月 5 日。", "按年订阅，不得对外转载", "数据服务商",
     "取得上月月报，口径说明齐全。", ending::retired},
    {221, "zhao.lei", "emma", "口碑监测 / word of mouth", kind::third_party, {content::market, content::user}, "公开评价中的提及与倾向。", "接口，按小时；试用账号申请中。", nullptr, nullptr,
     "", ending::registered},
};

class source_story : public std::enable_shared_from_this<source_story> {
public:
    source_story(world& w, const described& d) : w_(w), d_(d) {}

    void begin() {
        source::form f{d_.name, d_.kind, d_.holds, d_.description, d_.access, {}, {}, w_.who(d_.owner), {}};
        if (d_.terms) f.terms = d_.terms;
        if (d_.contact) f.contact = d_.contact;
        ticket_ = w_.on.run<core::source>(w_.who(d_.by), std::nullopt, source::enter{std::move(f)});
        if (d_.until == ending::registered) return;
        w_.on.at(w_.on.in(2, 11h), [me = shared_from_this()] { me->connect(); });
    }

private:
    stream_id at() { return {events::category::source, w_.on.number(ticket_)}; }

    void connect() {
        w_.on.run<core::source>(w_.who(d_.owner), at(), source::connect{d_.tried});
        if (d_.until == ending::connected) return;
        w_.on.at(w_.on.in(150, 9h + 40min), [me = shared_from_this()] {
            if (me->d_.until == ending::retired) me->w_.on.run<core::source>(me->w_.who("li.na"), me->at(), source::retire{"服务商停止出版，改用口碑监测。"});
            else me->w_.on.run<core::source>(me->w_.who(me->d_.owner), me->at(), source::disconnect{"接口授权到期，平台尚未续期。"});
        });
    }

    world& w_;
    const described& d_;
    ticket ticket_;
};

}  // namespace

void put_sources(world& w, date first_day) {
    for (const auto& d : all) {
        auto story = std::make_shared<source_story>(w, d);
        w.on.at(w.on.moment(working_day(w, first_day, d.begins_on), 9h + 25min), [story] { story->begin(); });
    }
}

}  // namespace server::demo::year
