#include "core/metric/catalogue.hpp"

#include <algorithm>
#include <utility>

namespace core {

metric_catalogue::metric_catalogue(const std::vector<row_set>& sets, std::vector<named_metric> metrics) : metrics_(std::move(metrics)) {
    for (const auto& set : sets) {
        sets_.push_back({set.code, set.unit});
        for (const auto& f : set.fields) {
            const auto at = fields_.size();
            fields_.push_back({set.code + "." + f.code, set.code, f.type, f.unit, f.nature});
            call(field_index_, fields_.back().code, at);
            call(field_index_, set.code + "." + f.name, at);
        }
        for (const auto& d : set.dimensions) add_dimension(d, set.code);
    }
    // What is said without its set is somebody's only where nothing is called so in full.
    index bare;
    std::size_t at = 0;
    for (const auto& set : sets)
        for (const auto& f : set.fields) {
            call(bare, f.code, at);
            call(bare, f.name, at++);
        }
    for (const auto& [name, which] : bare)
        if (!field_index_.contains(name)) field_index_.emplace(name, which);
    for (std::size_t d = 0; d < dimensions_.size(); ++d) dimension_index_.insert_or_assign(dimensions_[d].code, d);  // a code goes before a heading
    index_metrics();
}

void metric_catalogue::add_dimension(const row_dimension& one, const std::string& set) {
    const auto known = std::find_if(dimensions_.begin(), dimensions_.end(), [&](const auto& d) { return d.code == one.code; });
    const auto at = static_cast<std::size_t>(known - dimensions_.begin());
    if (known == dimensions_.end()) {
        dimensions_.push_back({one.code, {set}, one.values});
    } else {
        known->sets.push_back(set);
        if (!one.values || !known->values) known->values.reset();
        else
            for (const auto& v : *one.values)
                if (std::find(known->values->begin(), known->values->end(), v) == known->values->end()) known->values->push_back(v);
    }
    call(dimension_index_, one.name, at);
}

void metric_catalogue::index_metrics() {
    metric_index_.clear();
    for (std::size_t m = 0; m < metrics_.size(); ++m) {
        call(metric_index_, metrics_[m].name.zh, m);
        call(metric_index_, metrics_[m].name.en, m);
    }
    for (std::size_t m = 0; m < metrics_.size(); ++m) metric_index_.insert_or_assign(metrics_[m].is.code, m);
}

void metric_catalogue::call(index& all, const std::string& name, std::size_t which) {
    if (name.empty()) return;
    const auto [at, is_new] = all.emplace(name, which);
    if (!is_new && at->second != which) at->second = several;
}

std::vector<std::string> metric_catalogue::names(const index& all) {
    std::vector<std::string> found;
    for (const auto& [name, which] : all)
        if (which != several) found.push_back(name);
    return found;
}

template <class T>
const T* metric_catalogue::among(const index& all, const std::vector<T>& in, std::string_view name) {
    const auto found = all.find(name);
    return found == all.end() || found->second == several ? nullptr : &in[found->second];
}

const formula::field* metric_catalogue::find_field(std::string_view name) const { return among(field_index_, fields_, name); }
const formula::dimension* metric_catalogue::find_dimension(std::string_view name) const { return among(dimension_index_, dimensions_, name); }
const formula::metric* metric_catalogue::find_metric(std::string_view name) const {
    const auto* found = among(metric_index_, metrics_, name);
    return found ? &found->is : nullptr;
}
const formula::row_set* metric_catalogue::find_set(std::string_view code) const {
    const auto found = std::find_if(sets_.begin(), sets_.end(), [&](const auto& s) { return s.code == code; });
    return found == sets_.end() ? nullptr : &*found;
}

std::vector<std::string> metric_catalogue::field_names() const { return names(field_index_); }
std::vector<std::string> metric_catalogue::dimension_names() const { return names(dimension_index_); }
std::vector<std::string> metric_catalogue::metric_names() const { return names(metric_index_); }
std::vector<std::string> metric_catalogue::set_codes() const {
    std::vector<std::string> all;
    for (const auto& s : sets_) all.push_back(s.code);
    return all;
}

metric_id metric_catalogue::id_of(std::string_view code) const {
    const auto found = std::find_if(metrics_.begin(), metrics_.end(), [&](const auto& m) { return m.is.code == code; });
    return found == metrics_.end() ? metric_id{} : found->id;
}

metric_catalogue metric_catalogue::with(named_metric one) const {
    auto other = *this;
    const auto found = std::find_if(other.metrics_.begin(), other.metrics_.end(), [&](const auto& m) { return m.id == one.id; });
    if (found == other.metrics_.end()) other.metrics_.push_back(std::move(one));
    else *found = std::move(one);
    other.index_metrics();
    return other;
}

metric_catalogue catalogue_in(const context& by, among_metrics which) {
    std::vector<named_metric> all;
    const auto highest = by.others->highest(metric::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* m = by.others->find<metric>(n);
        if (!m || !((which == among_metrics::live ? metric::live : metric::in_use) & flow::from(m->is))) continue;
        all.push_back({{n}, as_named(*m), m->name});
    }
    return metric_catalogue(row_sets_in(by), std::move(all));
}

}  // namespace core
