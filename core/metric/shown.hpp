#pragma once
// How metrics are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/metric/faults.hpp"
#include "core/metric/meaning.hpp"
#include "core/metric/metric.hpp"

#include <vector>

namespace core {

template <>
struct shown_as<metric> : shown_plainly {
    static void put_own(auto& o, const metric::state& s, const context&) {
        o.put("code", s.code).put("name", s.name).put("unit", s.unit).put("digits", s.digits).put("direction", s.direction);
        o.put("owner", s.owner).put("department", s.department).put("author", s.author);
        o.put_if(bool(s.parent), "parent", s.parent);
        o.put("formula", s.formula).put("missing_is_zero", s.missing_is_zero).put("targets", s.targets).put("versions", s.versions);
        o.put_if(!s.sha256.empty(), "sha256", s.sha256);
    }
    /// What it is made of, and what is made of it; the ones that the reader may see.
    static void put_more(auto& o, const metric::state& s, std::uint64_t number, const context& by) {
        const auto seen = [&](std::vector<metric_id> all) {
            std::erase_if(all, [&](metric_id id) {
                const auto* one = by.others->find<metric>(id.value);
                return !one || !may_see(*one, by);
            });
            return all;
        };
        const auto means = meaning_of(s, by);
        o.put("rests_on", seen(means.metrics)).put("named_by", seen(metrics::named_by({number}, by))).put("children", seen(metrics::children_of({number}, by)));
        if (!means.faults.empty()) {
            o.put("faults", events::bilingual{means.faults.zh, means.faults.en});
            return;
        }
        o.put("sets", means.sets).put("fields", means.fields).put("dimensions", means.dimensions);
        o.put("comes_out_in", means.unit).put("adds_up", means.adds);
    }
    /// By the metrics and plans that there are today.
    static constexpr bool more_is_of_today = true;
};

}  // namespace core
