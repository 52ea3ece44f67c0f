#pragma once
// What a metric may be: called like no other, with a place in a tree, a formula that works out and breaks no other, and targets that fit.
// Each says what of the very case stands in the way, beside the rejection.

#include "core/formula/check.hpp"
#include "core/metric/catalogue.hpp"
#include "core/metric/metric.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core::metrics {

inline constexpr unsigned levels_max = 8;  ///< of the tree

struct objection {
    metric_rejection no;
    particulars more;
};
using objected = std::optional<objection>;

/// What of a draft or an amendment would hold once it is published.
struct candidate {
    metric_id id;
    formula::metric is;
    events::bilingual name;
    metric_id parent;
};
candidate candidate_of(const metric::state& now);
candidate candidate_of(const metric::form& f, metric_id id);

/// Every field by itself, and against the other metrics; of the formula whether it can be read. `id`: of the metric itself. `begun`: the
/// version of the form that it was begun with; 0: it begins.
objected form_at_fault(const metric::form& f, metric_id id, const context& by, std::uint32_t begun);

/// Decimals of at most so many places, no two for one day, and those that the direction takes.
objected targets_at_fault(const std::vector<metric::target>& all, metric::direction direction, std::uint32_t digits);

/// Its parent is one of the others, and neither it nor another is its own ancestor; the tree is at most levels_max high.
objected place_at_fault(metric_id parent, metric_id id, among_metrics which, const context& by);

/// What the formula means among the others.
objected formula_at_fault(const candidate& c, among_metrics which, const context& by);

/// Once it is published: all of that, and no metric that rests on it stops working out.
objected publication_at_fault(const candidate& c, const context& by);

/// The formula by codes, and the metrics that it names. Only of one that publication_at_fault() has nothing against.
struct bound {
    std::string formula;
    std::vector<metric_id> rests_on;
};
bound bind(const candidate& c, const context& by);

/// Which metrics in use have it in their formula, or as their parent.
std::vector<metric_id> named_by(metric_id id, const context& by);
std::vector<metric_id> children_of(metric_id id, const context& by);
/// By name: "指标「客单价」引用了它。"
particulars whom_it_is_needed_by(metric_id id, const context& by);

}  // namespace core::metrics
