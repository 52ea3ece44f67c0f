#pragma once
// How alert rules are shown (core/kernel/shown.hpp).

#include "core/alert/alert.hpp"
#include "core/alert_rule/alert_rule.hpp"
#include "core/kernel/shown.hpp"

#include <algorithm>
#include <vector>

namespace core {

template <>
struct shown_as<alert_rule> : shown_plainly {
    struct more {
        std::vector<alert_id> alerts;
    };
    static void put_own(auto& o, const alert_rule::state& s, const context&) {
        o.put("name", s.name).put("metric", s.metric).put("period", s.period);
        o.put_if(!s.by.empty(), "by", s.by);
        o.put("condition", s.condition).put("lasts", s.lasts).put("over_after", s.over_after).put("severity", s.severity);
        o.put("department", s.department).put("owner", s.owner).put("concerned", s.concerned);
        o.put_if(!s.runbook.empty(), "runbook", s.runbook);
        o.put("author", s.author);
        if (s.backtest) o.put("backtest", *s.backtest);
        if (s.from) o.put("from", *s.from);
        if (s.muted_until) o.put("muted_until", *s.muted_until);
        o.put_if(s.doubts > 0, "doubts", s.doubts);
    }
    /// Its newest alerts.
    static void put_more(auto& o, const alert_rule::state&, std::uint64_t number, const context& by) {
        constexpr std::size_t most = 20;
        std::vector<alert_id> all;
        for (auto n = by.others->highest(alert::category); n >= 1 && all.size() < most; --n)
            if (const auto* one = by.others->find<alert>(n); one && one->rule.value == number) all.push_back({n});
        o.put_if(!all.empty(), "alerts", all);
    }
};
OPSROOM_DESCRIBE(shown_as<alert_rule>::more, (alerts, references("最近的预警", "Newest alerts")))

}  // namespace core
