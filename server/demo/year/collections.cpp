// Collection plans and what comes by them: in time, late with the reason, missing, in quarantine, refused, corrected.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"
#include "core/source/source.hpp"
#include "server/demo/year/stories.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <stdexcept>

namespace server::demo::year {

using core::collection;
using core::delivery;

namespace {

namespace plans = events::collection;
using plans::column_role;
using plans::column_type;
using verdict = events::delivery::verdict;

std::string sha256_of(std::string_view content) {
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), sum);
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const auto b : sum) {
        hex += digits[b >> 4];
        hex += digits[b & 15];
    }
    return hex;
}

std::string text_of(date d) {
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(static_cast<int>(d.year())) + "-" + two(static_cast<unsigned>(d.month())) + "-" + two(static_cast<unsigned>(d.day()));
}

plans::column column(const char* name, const char* code, column_type type, column_role role, const char* unit = nullptr) {
    plans::column c{name, code, type, role, {}, plans::nature::flow, 0, false, true, false, plans::treatment::keep, {}, {}, {}, {}, {}, {}};
    if (unit) c.unit = unit;
    return c;
}

collection::form form_of(const char* name, core::source_id source, events::source::content holds, const char* purpose, const char* set, const char* row_unit, member_id owner) {
    return {name, source, holds, purpose, set, row_unit, plans::way::upload, {}, {}, {plans::file_type::csv, plans::encoding::utf8, plans::separator::comma, 0, 0, {}}, {},
            {plans::rhythm::daily, {}, {}, 600, 120, 2}, {}, owner, {}, {}, {}, {}};
}

class collecting : public std::enable_shared_from_this<collecting> {
public:
    collecting(world& w, date last_day) : w_(w), last_day_(last_day) {}

    /// What the metric system rests on.
    void begin_first() {
        draft(orders(), collection::activate{"", "先试行一个月"});
        draft(members(1), collection::activate{"", {}});
        draft(visits(), collection::activate{"", {}});
    }
    /// Once all sources are connected.
    void begin() {
        draft(market(), collection::activate{"", {}});
        auto service = form_of("客服会话 / service desk", source("客服系统"), events::source::content::user, "问题类型与满意度。", "sessions", "次会话", w_.who("emma"));
        service.columns = {column("日期", "on", column_type::day, column_role::day), column("类型", "kind", column_type::text, column_role::dimension), column("会话数", "sessions", column_type::whole, column_role::field, "次")};
        service.schedule = {plans::rhythm::weekly, std::uint8_t{3}, {}, 720, 240, 2};
        const auto paused = draft(service, collection::activate{"", {}});
        w_.on.at(w_.on.in(3, 10h), [me = shared_from_this(), paused] {
            if (const auto one = me->awaited("sessions", {})) me->w_.on.run<delivery>(me->w_.who("emma"), stream_of(one->id), delivery::waive{"接口改版，本周数据不完整。", false});
            me->w_.on.run<collection>(me->w_.who("emma"), me->at(paused), collection::pause{"客服系统升级，接口改版期间没有完整数据。"});
        });
        auto twice = orders();
        twice.set = "orders_2", twice.name = "订单（重复）";
        const auto discarded = w_.on.run<collection>(w_.who("zhao.lei"), std::nullopt, collection::draft{twice});
        w_.on.at(w_.on.in(1, 16h), [me = shared_from_this(), discarded] { me->w_.on.run<collection>(me->w_.who("zhao.lei"), me->at(discarded), collection::discard{"与每日订单重复。"}); });
        w_.on.at(w_.on.in(110, 10h), [me = shared_from_this()] { me->replace_members(); });
        w_.on.at(w_.on.in(140, 10h), [me = shared_from_this()] { me->retire("market"); });
        w_.on.at(w_.on.in(215, 10h), [me = shared_from_this()] { me->leave_open(); });
    }

    /// What comes on that day.
    void day(date d) {
        const date before = std::chrono::sys_days(d) - std::chrono::days(1);
        if (const auto one = awaited("orders", before)) order_day(one->id, before);
        if (d != last_day_) by_hand("members", 9h, &collecting::member_rows);
        by_hand("visits", 4h, &collecting::visit_rows);
        if (std::chrono::weekday(std::chrono::sys_days(d)) == std::chrono::Thursday) by_hand("market", 5h, &collecting::market_rows);
    }

private:
    collection::form orders() {
        auto f = form_of("每日订单 / orders of each day", source("订单系统"), events::source::content::business, "日报、收入与渠道对比。", "orders", "单", w_.who("zhao.lei"));
        auto number = column("订单号", "order_no", column_type::text, column_role::label);
        number.key = true;
        auto amount = column("金额", "amount", column_type::decimal, column_role::field, "元");
        amount.places = 2, amount.least = "0", amount.hard_most = "10000000";
        f.columns = {column("下单日期", "order_day", column_type::day, column_role::day), number, column("渠道", "channel", column_type::text, column_role::dimension),
                     column("地区", "region", column_type::text, column_role::dimension), column("状态", "status", column_type::text, column_role::dimension), amount, person("买家", "buyer")};
        f.checks = {{plans::check_kind::volume, plans::severity::warn, 500, {}}};
        f.when_late = "先联系技术部值班，再从后台手工导出。";
        return f;
    }
    collection::form members(unsigned version) {
        auto f = form_of(version == 1 ? "会员周表 / members of each week" : "会员周表 第二版 / members of each week, 2", source("会员数据库"), events::source::content::user, "会员规模与活跃。", "members", "行汇总", w_.who("zhao.lei"));
        auto all = count("会员数", "members");
        all.nature = plans::nature::stock;
        f.columns = {column("日期", "day", column_type::day, column_role::day), column("等级", "tier", column_type::text, column_role::dimension), all, count("新增会员", "joined"), count("流失会员", "left")};
        if (version == 2) f.checks = {{plans::check_kind::volume, plans::severity::block, 500, {}}};
        f.schedule = {plans::rhythm::weekly, std::uint8_t{5}, {}, 1020, 2880, 3};
        return f;
    }
    collection::form market() {
        auto f = form_of("行业月报 / industry monthly", source("行业月报"), events::source::content::market, "同行的份额与价格。", "market", "行", w_.who("zhao.lei"));
        auto share = column("份额", "share", column_type::percent, column_role::field);
        share.nature = plans::nature::ratio, share.places = 1;
        f.columns = {column("月份", "month", column_type::day, column_role::day), column("品牌", "brand", column_type::text, column_role::dimension), share};
        f.schedule = {plans::rhythm::monthly, {}, std::uint8_t{6}, 1080, 2880, 5};
        return f;
    }
    collection::form visits() {
        auto f = form_of("访问周表 / visits of each week", source("广告平台报表"), events::source::content::business, "访客数与转化。", "visits", "次", w_.who("zhao.lei"));
        f.columns = {column("访问日期", "visit_day", column_type::day, column_role::day), person("访客", "visitor"), column("渠道", "channel", column_type::text, column_role::dimension)};
        f.schedule = {plans::rhythm::weekly, std::uint8_t{1}, {}, 1020, 1440, 2};
        return f;
    }
    static plans::column count(const char* name, const char* code) { return column(name, code, column_type::whole, column_role::field, "人"); }
    /// Whom one counts, and does not know.
    static plans::column person(const char* name, const char* code) {
        auto c = column(name, code, column_type::text, column_role::field, "人");
        c.personal = true, c.treatment = plans::treatment::hash;
        return c;
    }

    stream_id at(const ticket& t) { return {events::category::collection, w_.on.number(t)}; }

    core::source_id source(std::string_view name) {
        return w_.on.look([&](const core::views::views& v) {
            const auto& all = v.of<core::source>().rows();
            for (std::size_t i = 0; i < all.size(); ++i)
                if (all[i].state.name.starts_with(name)) return core::source_id{i + 1};
            throw std::runtime_error("the demo has no such source");
        });
    }
    core::collection_id in_force(std::string_view set) {
        return w_.on.look([&](const core::views::views& v) {
            const auto& all = v.of<collection>().rows();
            for (std::size_t i = all.size(); i > 0; --i)
                if (all[i - 1].state.set == set && all[i - 1].state.is == core::collection_status::active) return core::collection_id{i};
            return core::collection_id{};
        });
    }
    struct waiting {
        core::delivery_id id;
        date until;
    };
    /// The delivery that is waited for, of days that end so; of any with `until` empty.
    std::optional<waiting> awaited(std::string_view set, std::optional<date> until) {
        const auto plan = in_force(set);
        if (!plan) return std::nullopt;
        return w_.on.look([&](const core::views::views& v) -> std::optional<waiting> {
            const auto& all = v.of<delivery>().rows();
            for (std::size_t i = all.size(); i > 0 && all.size() - i < 64; --i) {
                const auto& d = all[i - 1].state;
                if (d.collection == plan && (delivery::awaited & core::flow::from(d.is)) && (!until || d.until == *until)) return waiting{{i}, d.until};
            }
            return std::nullopt;
        });
    }

    /// Drafted, submitted the same day, and activated on the next.
    ticket draft(collection::form f, collection::activate with) {
        const auto made = w_.on.run<collection>(w_.who("zhao.lei"), std::nullopt, collection::draft{std::move(f)});
        w_.on.at(w_.on.now() + 2h, [me = shared_from_this(), made] { me->w_.on.run<collection>(me->w_.who("zhao.lei"), me->at(made), collection::submit{}); });
        w_.on.at(w_.on.in(1, 10h + 20min), [me = shared_from_this(), made, with]() mutable {
            const auto which = me->at(made);
            with.sha256 = me->w_.on.look([&](const core::views::views& v) { return v.of<collection>().rows()[which.number - 1].state.sha256; });
            me->w_.on.run<collection>(me->w_.who("li.na"), which, with);
        });
        return made;
    }
    void replace_members() {
        auto f = members(2);
        f.replaces = in_force("members");
        draft(std::move(f), collection::activate{"", "行数异常改为拦截"});
    }
    void retire(std::string_view set) { w_.on.run<collection>(w_.who("li.na"), stream_of(in_force(set)), collection::retire{"服务商停止出版。"}); }
    void leave_open() {
        auto f = form_of("客服满意度 / satisfaction", source("客服系统"), events::source::content::user, "每日满意度。", "satisfaction", "行", w_.who("emma"));
        f.columns = {column("日期", "day", column_type::day, column_role::day), column("评分", "score", column_type::decimal, column_role::field)};
        const auto waits = w_.on.run<collection>(w_.who("zhao.lei"), std::nullopt, collection::draft{f});
        w_.on.at(w_.on.now() + 1h, [me = shared_from_this(), waits] { me->w_.on.run<collection>(me->w_.who("zhao.lei"), me->at(waits), collection::submit{}); });
        f.set = "complaints", f.name = "客服投诉 / complaints";
        w_.on.run<collection>(w_.who("zhao.lei"), std::nullopt, collection::draft{f});
    }

    events::attachment keep(const std::string& name, const std::string& content) {
        const events::attachment a{sha256_of(content), name, "text/csv", content.size()};
        if (w_.keep) w_.keep(w_.who("zhao.lei"), a, content);
        return a;
    }
    std::string order_rows(date of) {
        std::string all = "下单日期,订单号,渠道,地区,状态,金额,买家\n";
        for (int n = 1; n <= 6; ++n)
            all += order_row(of, n, std::to_string(luck_.between(60, 400)) + ".50");
        return all;
    }
    std::string order_row(date of, int n, const std::string& amount) {
        constexpr const char* channels[] = {"app", "web", "门店"};
        constexpr const char* regions[] = {"华东", "华南", "华北"};
        constexpr const char* statuses[] = {"paid", "paid", "paid", "shipped", "refunded"};
        // One after the other, so that chance has the same order on every machine.
        std::string row = text_of(of) + "," + text_of(of) + "-" + std::to_string(n);
        row += std::string(",") + luck_.pick(channels);
        row += std::string(",") + luck_.pick(regions);
        row += std::string(",") + luck_.pick(statuses);
        return row + "," + amount + ",b" + std::to_string(luck_.between(1, 900)) + "\n";
    }
    /// As its file was found, with so many bad rows.
    static delivery::check found(verdict v, const events::attachment& file, const std::string& content, std::uint64_t bad = 0, std::uint64_t restated = 0) {
        const auto lines = static_cast<std::uint64_t>(std::count(content.begin(), content.end(), '\n'));
        const std::uint64_t rows = v == verdict::refused ? 0 : lines - 1;
        events::delivery::checked e{v, rows, rows - bad, bad, bad, restated, {}, {}, {}, {}, {}, "demo"};
        if (v != verdict::refused) e.schema_sha256 = sha256_of("columns"), e.rows_sha256 = file.sha256;
        using plans::check_kind, plans::severity;
        if (v == verdict::warned) e.results.push_back({check_kind::volume, severity::warn, false, 0, {"6 行，常见 7 至 9 行", "6 rows, usually 7 to 9"}});
        if (v == verdict::quarantined) {
            e.results.push_back({check_kind::range, severity::block, false, bad, {"1 行超出上限", "1 row above the limit"}});
            e.faults.push_back({8, "金额", {"高于绝对上限", "above the hard limit"}, "99999999.50"});
        }
        if (v == verdict::refused) {
            e.results.push_back({check_kind::schema, severity::block, false, 0, {"缺少列：金额", "column missing: 金额"}});
            e.faults.push_back({1, "金额", {"文件中没有这一列", "the file has no such column"}, ""});
        }
        return {std::move(e)};
    }
    void check(stream_id which, delivery::check what) {
        w_.on.at(w_.on.now() + 1min, [me = shared_from_this(), which, what = std::move(what)] { me->w_.on.run<delivery>(events::the_system, which, what); });
    }
    /// It comes by itself.
    void comes(core::delivery_id which, const std::string& name, const std::string& content, verdict v = verdict::accepted, std::uint64_t bad = 0) {
        const auto file = keep(name, content);
        w_.on.run<delivery>(events::the_system, stream_of(which), delivery::fill{{file}, {}});
        check(stream_of(which), found(v, file, content, bad));
    }
    void corrected(core::delivery_id which, date of, const char* why) {
        const auto content = order_rows(of);
        const auto file = keep("orders-" + text_of(of) + "-2.csv", content);
        const auto made = w_.on.run<delivery>(w_.who("zhao.lei"), std::nullopt, delivery::enter{in_force("orders"), of, of, {file}, which, why});
        check({events::category::delivery, w_.on.number(made)}, found(verdict::accepted, file, content, 0, 2));
    }

    void order_day(core::delivery_id which, date of) {
        ++orders_;
        const auto name = "orders-" + text_of(of) + ".csv";
        const auto later = [&](std::chrono::minutes how_long, auto what) { w_.on.at(w_.on.now() + how_long, [me = shared_from_this(), which, of, name, what] { what(*me, which, of, name); }); };
        const auto left = (std::chrono::sys_days(last_day_) - std::chrono::sys_days(of)).count() - 1;  // days until the last
        const auto owner = w_.who("zhao.lei");
        // At the end of the year one is not looked at yet, one is in quarantine, one is missing, and one was refused and is to come again.
        if (left == 0) {
            w_.on.run<delivery>(events::the_system, stream_of(which), delivery::fill{{keep(name, order_rows(of))}, {}});
        } else if (left == 2) {
            return;
        } else if (left == 1 || orders_ % 90 == 60) {  // one wrong row
            comes(which, name, order_rows(of) + order_row(of, 7, "99999999.50"), verdict::quarantined, 1);
            if (left > 1) later(5h, [owner](collecting& me, auto d, date, auto) { me.w_.on.run<delivery>(owner, stream_of(d), delivery::release{"已与技术部核对：该行为测试单，其余无误。"}); });
        } else if (left == 4 || orders_ % 150 == 80) {  // the wrong columns
            comes(which, name, "下单日期,渠道\n" + text_of(of) + ",app\n", verdict::refused);
            if (left > 4) later(6h, [](collecting& me, auto d, date day, auto) { me.corrected(d, day, "按约定的列重新导出"); });
        } else if (orders_ % 50 == 20) {  // late, with its reason
            later(9h, [owner](collecting& me, auto d, date, auto) { me.w_.on.run<delivery>(owner, stream_of(d), delivery::explain_late{"订单系统夜间维护超时，下午补发。"}); });
            later(10h, [](collecting& me, auto d, date day, const std::string& file) { me.comes(d, file, me.order_rows(day)); });
        } else if (orders_ % 120 == 40) {  // never
            later(34h, [owner](collecting& me, auto d, date, auto) { me.w_.on.run<delivery>(owner, stream_of(d), delivery::waive{"推送服务故障，当日汇总无法重建。", false}); });
        } else if (orders_ % 110 == 100) {  // two rows were not what they should be
            comes(which, name, order_rows(of));
            later(30h, [](collecting& me, auto d, date day, auto) { me.corrected(d, day, "补入迟到的退货"); });
        } else {
            comes(which, name, order_rows(of), orders_ % 9 == 0 ? verdict::warned : verdict::accepted);
        }
    }
    std::string member_rows(date until) {
        std::string all = "日期,等级,会员数,新增会员,流失会员\n";
        for (const auto* tier : {"普通", "银", "金", "钻"}) {
            all += text_of(until) + "," + tier + "," + std::to_string(luck_.between(18'000, 26'000));
            all += "," + std::to_string(luck_.between(50, 300));
            all += "," + std::to_string(luck_.between(20, 120)) + "\n";
        }
        return all;
    }
    std::string visit_rows(date until) {
        std::string all = "访问日期,访客,渠道\n";
        for (int n = 0; n < 40; ++n)
            all += text_of(std::chrono::sys_days(until) - std::chrono::days(n % 7)) + ",v" + std::to_string(luck_.between(1, 2'000)) + "," + (n % 3 ? "app" : "web") + "\n";
        return all;
    }
    std::string market_rows(date until) {
        std::string all = "月份,品牌,份额\n";
        for (const auto* brand : {"甲", "乙", "丙", "本公司"}) all += text_of(until) + "," + brand + "," + std::to_string(luck_.between(10, 30)) + ".5%\n";
        return all;
    }
    void by_hand(std::string_view set, std::chrono::minutes later, std::string (collecting::*rows)(date)) {
        if (!awaited(set, {})) return;
        w_.on.at(w_.on.now() + later, [me = shared_from_this(), set, rows] {
            // Its plan may be gone since the morning.
            if (const auto one = me->awaited(set, {})) me->deliver_by_hand(one->id, std::string(set) + "-" + text_of(one->until) + ".csv", (me.get()->*rows)(one->until));
        });
    }
    void deliver_by_hand(core::delivery_id which, const std::string& name, const std::string& content) {
        const auto file = keep(name, content);
        w_.on.run<delivery>(w_.who("zhao.lei"), stream_of(which), delivery::fill{{file}, "手工导出"});
        check(stream_of(which), found(verdict::accepted, file, content));
    }

    world& w_;
    date last_day_;
    unsigned orders_ = 0;
    chance luck_{2025};  // of its own: what the other stories come upon stays as it was
};

}  // namespace

void put_collections(world& w, date first_day, date last_day) {
    auto story = std::make_shared<collecting>(w, last_day);
    const auto begins = working_day(w, first_day, 9);
    w.on.at(w.on.moment(begins, 14h), [story] { story->begin_first(); });
    w.on.at(w.on.moment(working_day(w, first_day, 14), 14h), [story] { story->begin(); });
    for (auto day = std::chrono::sys_days(begins); day <= std::chrono::sys_days(last_day); day += std::chrono::days(1))
        w.on.at(w.on.moment(day, 6h + 5min), [story, day] { story->day(day); });
}

}  // namespace server::demo::year
