#pragma once
// How regular analyses are shown (core/kernel/shown.hpp).

#include "core/analysis/analysis.hpp"
#include "core/kernel/shown.hpp"
#include "core/strategy/strategy.hpp"

#include <tuple>
#include <vector>

namespace core {

template <>
struct shown_as<analysis> : shown_plainly {
    static void put_own(auto& o, const analysis::state& s, const context&) {
        o.put("title", s.title).put("department", s.department).put("owner", s.owner).put("every", s.every).put("next_on", s.next_on);
        o.put("concerned", s.concerned).put_if(bool(s.project), "project", s.project).put("looks", s.looks);
        if (s.found) o.put("found", s.found).put("priority", s.priority).put("acknowledged", s.acknowledged);
    }
    static constexpr bool more_is_of_today = true;
    /// The strategies and plans that rest on it (S3.2.4).
    static void put_more(auto& o, const analysis::state&, std::uint64_t number, const context& by) {
        std::vector<std::tuple<std::uint64_t, const strategy::state*, std::uint32_t>> all;
        for (std::uint64_t n = 1; n <= by.others->highest(strategy::category); ++n) {
            const auto* v = by.others->find<strategy>(n);
            if (!v || !may_see(*v, by)) continue;
            for (const auto& c : v->cites)
                if (c.analysis.value == number) all.emplace_back(n, v, c.look);
        }
        o.put_each("cited_by", all, [](auto& one, const auto& c) {
            const auto& [n, v, look] = c;
            one.put("strategy", n).put("look", look).put("title", v->title).put("status", v->is);
        });
    }
};

}  // namespace core
