#include "server/data_worker/catalogue.hpp"

#include <algorithm>

namespace data_worker {

namespace formula = core::formula;

loaded_catalogue::loaded_catalogue(std::vector<row_set> sets) : sets_(std::move(sets)) {
    std::map<std::string, std::size_t, std::less<>> short_names;
    std::map<std::string, unsigned, std::less<>> uses;
    for (const auto& s : sets_) {
        row_sets_.push_back({s.code, ""});
        for (const auto& c : s.columns) {
            const auto at = fields_.size();
            fields_.push_back({s.code + "." + c.code, s.code, c.is_number ? formula::field_type::number : formula::field_type::text, c.unit, static_cast<formula::nature>(c.nature)});
            field_at_.emplace(s.code + "." + c.code, at);
            field_at_.emplace(s.code + "." + c.name, at);
            for (const auto& name : c.code == c.name ? std::vector{c.code} : std::vector{c.code, c.name}) {
                // A field comes before what is only a dimension in another set.
                const unsigned weight = c.role == column_role::field ? 1000 : 1;
                const auto before = uses[name];
                uses[name] += weight;
                if (before == 0 || (weight == 1000 && before < 1000)) short_names[name] = at;
            }
            if (c.role != column_role::dimension) continue;
            const auto known = dimension_at_.find(c.code);
            if (known == dimension_at_.end()) {
                dimension_at_.emplace(c.code, dimensions_.size());
                dimensions_.push_back({c.code, {s.code}, std::nullopt});
            } else {
                dimensions_[known->second].sets.push_back(s.code);
            }
        }
    }
    for (const auto& s : sets_)
        for (const auto& c : s.columns)
            if (const auto at = c.role == column_role::dimension ? dimension_at_.find(c.code) : dimension_at_.end(); at != dimension_at_.end()) dimension_at_.emplace(c.name, at->second);
    for (const auto& [name, at] : short_names)
        if (const auto n = uses[name]; n < 1000 ? n == 1 : n < 2000) field_at_.emplace(name, at);
}

void loaded_catalogue::count_in(std::string_view set, std::string unit) {
    for (auto& s : row_sets_)
        if (s.code == set) s.unit = std::move(unit);
}

const row_set* loaded_catalogue::set(std::string_view code) const {
    const auto at = std::find_if(sets_.begin(), sets_.end(), [&](const row_set& s) { return s.code == code; });
    return at == sets_.end() ? nullptr : &*at;
}

const set_column* loaded_catalogue::column(std::string_view field) const {
    const auto* s = set(field.substr(0, field.find('.')));
    return s ? s->find(field.substr(std::min(field.find('.'), field.size() - 1) + 1)) : nullptr;
}

const formula::field* loaded_catalogue::find_field(std::string_view name) const {
    const auto at = field_at_.find(name);
    return at == field_at_.end() ? nullptr : &fields_[at->second];
}
const formula::dimension* loaded_catalogue::find_dimension(std::string_view name) const {
    const auto at = dimension_at_.find(name);
    return at == dimension_at_.end() ? nullptr : &dimensions_[at->second];
}
const formula::metric* loaded_catalogue::find_metric(std::string_view name) const {
    const auto at = std::find_if(metrics_.begin(), metrics_.end(), [&](const auto& m) { return m.code == name; });
    return at == metrics_.end() ? nullptr : &*at;
}
const formula::row_set* loaded_catalogue::find_set(std::string_view code) const {
    const auto at = std::find_if(row_sets_.begin(), row_sets_.end(), [&](const auto& s) { return s.code == code; });
    return at == row_sets_.end() ? nullptr : &*at;
}
std::vector<std::string> loaded_catalogue::field_names() const {
    std::vector<std::string> all;
    for (const auto& [name, at] : field_at_) all.push_back(name);
    return all;
}
std::vector<std::string> loaded_catalogue::dimension_names() const {
    std::vector<std::string> all;
    for (const auto& [name, at] : dimension_at_) all.push_back(name);
    return all;
}
std::vector<std::string> loaded_catalogue::metric_names() const {
    std::vector<std::string> all;
    for (const auto& m : metrics_) all.push_back(m.code);
    return all;
}
std::vector<std::string> loaded_catalogue::set_codes() const {
    std::vector<std::string> all;
    for (const auto& s : sets_) all.push_back(s.code);
    return all;
}

}  // namespace data_worker
