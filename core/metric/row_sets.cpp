#include "core/metric/row_sets.hpp"

#include "core/collection/collection.hpp"

#include <algorithm>

namespace core {
namespace {

namespace plan = events::collection;

row_field field_of(const plan::column& c) {
    using enum plan::column_type;
    const bool is_number = c.type == whole || c.type == decimal || c.type == percent;
    const auto nature = c.nature == plan::nature::stock   ? formula::nature::stock
                        : c.nature == plan::nature::ratio ? formula::nature::ratio
                                                          : formula::nature::flow;
    return {c.code, c.name, is_number ? formula::field_type::number : formula::field_type::text, c.unit.value_or(c.type == percent ? "%" : ""), nature};
}

row_set set_of(const collection::state& of) {
    row_set made{of.set, of.plan.row_unit, {}, {}};
    for (const auto& c : of.plan.columns) {
        if (c.treatment == plan::treatment::drop) continue;
        if (c.role == plan::column_role::field) made.fields.push_back(field_of(c));
        if (c.role == plan::column_role::dimension) made.dimensions.push_back({c.code, c.name, c.values.empty() ? std::nullopt : std::optional(c.values)});
    }
    return made;
}

}  // namespace

// What is paused is still there to be asked for what it has brought.
std::vector<row_set> row_sets_in(const context& by) {
    std::vector<row_set> all;
    const auto highest = by.others->highest(events::category::collection);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<collection>(n);
        if (!one || !(collection::in_force & flow::from(one->is))) continue;
        std::erase_if(all, [&](const row_set& earlier) { return earlier.code == one->set; });
        all.push_back(set_of(*one));
    }
    return all;
}

}  // namespace core
