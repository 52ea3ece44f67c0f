#pragma once
// A source that is connected, and a collection plan of its orders: what tests of plans and deliveries begin with.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"
#include "core/source/source.hpp"
#include "tests/support/flow_table.hpp"

namespace opsroom_test {

inline core::source::state connected_source() {
    core::source::state s;
    s.is = core::source_status::connected;
    s.name = "订单系统";
    s.holds = {events::source::content::business};
    s.department = {"operations"};
    s.owner = wei.id;
    return s;
}

inline events::collection::column column(std::string name, std::string code, events::collection::column_type type, events::collection::column_role role) {
    return {std::move(name), std::move(code), type, role, {}, events::collection::nature::flow, 0, false, false, false, events::collection::treatment::keep, {}, {}, {}, {}, {}, {}};
}

/// Orders of each day, due at 10:00 with two hours of grace; owned by wei.
inline core::collection::form f14() {
    using namespace events::collection;
    auto day = column("下单日期", "ordered_on", column_type::day, column_role::day);
    auto number = column("订单号", "order_no", column_type::text, column_role::label);
    number.key = number.required = true;
    auto amount = column("金额", "amount", column_type::decimal, column_role::field);
    amount.unit = "元";
    amount.places = 2;
    amount.least = "0";
    amount.most = "100000";
    auto phone = column("手机号", "phone", column_type::text, column_role::dimension);
    phone.personal = true;
    phone.treatment = treatment::hash;
    return {"每日订单", {1}, events::source::content::business, "日报与渠道对比", "orders", "单", way::upload, {}, {},
            {file_type::csv, encoding::utf8, separator::comma, 0, 0, {}}, {day, number, amount, phone}, {rhythm::daily, {}, {}, 600, 120, 2}, {}, wei.id, {}, {}, {}, {}};
}
inline const std::string f14_print = prints.of(f14());
inline const events::collection::drafted drafted_by_na{na.id, {"operations"}, f14(), f14_print, 1};
inline const events::collection::activated activated{f14_print, 1, today, {}};

/// The source, and as many plans as there are forms: all in force, by na.
inline world collecting(std::vector<core::collection::form> plans = {f14()}) {
    world w;
    w.put<core::source>(1, connected_source());
    std::uint64_t number = 0;
    for (auto& f : plans) {
        auto drafted = drafted_by_na;
        drafted.form = f;
        drafted.sha256 = prints.of(f);
        auto state = given<core::collection>(drafted, events::collection::submitted{}, events::collection::activated{prints.of(f), 1, today, {}}).state();
        state.id = {++number};
        w.put<core::collection>(number, state);
    }
    return w;
}

inline core::context within(const world& w, const core::person& who) {
    auto by = as(who);
    by.others = &w;
    return by;
}
inline core::context within(const world& w) {
    auto by = as_system();
    by.others = &w;
    return by;
}

}  // namespace opsroom_test
