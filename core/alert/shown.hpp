#pragma once
// How alerts are shown (core/kernel/shown.hpp).

#include "core/alert/alert.hpp"
#include "core/kernel/shown.hpp"

#include <vector>

namespace core {

template <>
struct shown_as<alert> : shown_plainly {
    struct more {
        std::vector<alert_id> lists;
    };
    static void put_own(auto& o, const alert::state& s, const context&) {
        o.put("rule", s.rule).put("name", s.name).put("metric", s.metric).put("called", s.called).put("period", s.period);
        o.put_if(!s.by.empty(), "by", s.by).put_if(!s.member.empty(), "member", s.member);
        o.put("severity", s.severity).put("department", s.department).put("owner", s.owner).put("concerned", s.concerned);
        o.put("from", s.from).put("until", s.until).put("value", s.value);
        if (s.usual) o.put("usual", *s.usual);
        if (s.low) o.put("low", *s.low);
        if (s.high) o.put("high", *s.high);
        o.put("why", s.why).put("noticed_on", s.noticed_on);
        if (s.fired_at) o.put("fired_at", *s.fired_at);
        if (s.quietly) o.put("quietly", *s.quietly);
        o.put_if(bool(s.under), "under", s.under).put_if(bool(s.acknowledged_by), "acknowledged_by", s.acknowledged_by);
        if (s.seen_to_by) o.put("seen_to_by", *s.seen_to_by);
        if (s.how) o.put("how", *s.how);
        if (s.over_at) o.put("over_at", *s.over_at);
        if (s.worth) o.put("worth", *s.worth);
    }
    /// Those that are listed in it.
    static void put_more(auto& o, const alert::state&, std::uint64_t number, const context& by) {
        std::vector<alert_id> all;
        for (std::uint64_t n = number + 1; n <= by.others->highest(alert::category); ++n)
            if (const auto* one = by.others->find<alert>(n); one && one->under.value == number) all.push_back({n});
        o.put_if(!all.empty(), "lists", all);
    }
};
OPSROOM_DESCRIBE(shown_as<alert>::more, (lists, references("并入的预警", "Alerts listed in it")))

}  // namespace core
