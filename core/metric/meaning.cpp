#include "core/metric/meaning.hpp"

#include "core/formula/check.hpp"
#include "core/metric/catalogue.hpp"

#include <algorithm>

namespace core {
namespace {

template <class T>
void add(std::vector<T>& to, const T& one) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

void add_rows_of(metric_meaning& made, const formula::expression& of) {
    formula::each(of, [&](const formula::expression& e) {
        const auto* a = std::get_if<formula::aggregate>(&e.is);
        if (!a) return;
        if (!a->set.empty()) add(made.sets, a->set);
        if (!a->field.empty()) add(made.fields, a->field);
        for (const auto& alternative : a->where)
            for (const auto& t : alternative) add(made.dimensions, t.dimension);
    });
}

static_assert(static_cast<int>(adds_up::constant) == static_cast<int>(formula::additivity::constant) &&
              static_cast<int>(adds_up::everywhere) == static_cast<int>(formula::additivity::everywhere));

}  // namespace

metric_meaning meaning_of(const metric::state& of, const context& by) {
    const auto own = as_named(of);
    const auto known = catalogue_in(by, of.versions.empty() ? among_metrics::live : among_metrics::published).with({of.id, own, of.name});
    const auto checked = formula::check(own, known);
    metric_meaning made;
    if (checked.has_error()) {
        made.faults = {checked.error().front().zh, checked.error().front().en};
        return made;
    }
    for (const auto& part : checked->parts) {
        add_rows_of(made, part.formula);
        if (&part != &checked->parts.back()) made.metrics.push_back(known.id_of(part.code));
    }
    made.unit = checked->unit.text(events::language::zh);
    made.adds = static_cast<adds_up>(checked->adds);
    if (checked->unit.is_none()) made.unit = of.unit;
    return made;
}

}  // namespace core
