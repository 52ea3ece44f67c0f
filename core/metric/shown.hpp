#pragma once
// How metrics are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/metric/faults.hpp"
#include "core/metric/meaning.hpp"
#include "core/metric/metric.hpp"

#include <string>
#include <vector>

namespace core {

template <>
struct shown_as<metric> : shown_plainly {
    struct more {
        std::vector<metric_id> rests_on, named_by, children;
        events::bilingual faults;
        std::vector<std::string> sets, fields, dimensions;
        std::string comes_out_in;
        core::adds_up adds_up;
    };
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
// clang-format off
OPSROOM_DESCRIBE(shown_as<metric>::more,
    (rests_on, references("引用的指标", "Metrics it rests on")), (named_by, references("引用它的指标", "Metrics that rest on it")), (children, references("下级指标", "Metrics below it")),
    (faults, bilingual("公式的问题", "What is wrong with the formula")),
    (sets, codes("数据集", "Sets of rows")), (fields, codes("字段", "Fields")), (dimensions, codes("筛选的维度", "Dimensions it is filtered by")),
    (comes_out_in, line("计算所得单位", "Unit it comes out in")), (adds_up, choice("累加方式", "How it adds up")))
// clang-format on

}  // namespace core
