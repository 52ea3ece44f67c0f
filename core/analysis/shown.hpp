#pragma once
// How regular analyses are shown (core/kernel/shown.hpp).

#include "core/analysis/analysis.hpp"
#include "core/kernel/shown.hpp"
#include "core/strategy/strategy.hpp"

#include <string>
#include <vector>

namespace core {

template <>
struct shown_as<analysis> : shown_plainly {
    struct citation {
        strategy_id strategy;
        std::uint32_t look;
        std::string title;
        strategy_status status;
    };
    struct more {
        std::vector<citation> cited_by;
    };
    static void put_own(auto& o, const analysis::state& s, const context&) {
        o.put("title", s.title).put("department", s.department).put("owner", s.owner).put("every", s.every).put("next_on", s.next_on);
        o.put("concerned", s.concerned).put_if(bool(s.project), "project", s.project).put("looks", s.looks);
        if (s.found) o.put("found", s.found).put("priority", s.priority).put("acknowledged", s.acknowledged);
    }
    static constexpr bool more_is_of_today = true;
    /// The strategies and plans that rest on it (S3.2.4).
    static void put_more(auto& o, const analysis::state&, std::uint64_t number, const context& by) {
        std::vector<citation> all;
        for (std::uint64_t n = 1; n <= by.others->highest(strategy::category); ++n) {
            const auto* v = by.others->find<strategy>(n);
            if (!v || !may_see(*v, by)) continue;
            for (const auto& c : v->cites)
                if (c.analysis.value == number) all.push_back({{n}, c.look, v->title, v->is});
        }
        o.put("cited_by", all);
    }
};
// clang-format off
OPSROOM_DESCRIBE(shown_as<analysis>::citation,
    (strategy, reference("策略或计划", "Strategy or plan")),
    (look, number("所引的一期", "Run cited")),
    (title, line("标题", "Title")),
    (status, choice("状态", "Status")))
// clang-format on
OPSROOM_DESCRIBE(shown_as<analysis>::more, (cited_by, list("引用本分析的策略与计划", "Cited by")))

}  // namespace core
