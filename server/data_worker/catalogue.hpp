#pragma once
// What formulas may name, of the sets that are loaded: "orders.amount", or the code or the heading alone where one set has it.

#include "core/formula/catalogue.hpp"
#include "server/data_worker/store.hpp"

#include <map>
#include <string>
#include <vector>

namespace data_worker {

class loaded_catalogue : public core::formula::catalogue {
public:
    explicit loaded_catalogue(std::vector<row_set> sets);

    void add(core::formula::metric m) { metrics_.push_back(std::move(m)); }
    /// What a row of a set is, which is what is counted.
    void count_in(std::string_view set, std::string unit);
    const row_set* set(std::string_view code) const;
    /// The column of a field's code as it is here ("orders.amount"); null where there is none.
    const set_column* column(std::string_view field) const;

    const core::formula::field* find_field(std::string_view name) const override;
    const core::formula::dimension* find_dimension(std::string_view name) const override;
    const core::formula::metric* find_metric(std::string_view name) const override;
    const core::formula::row_set* find_set(std::string_view code) const override;
    std::vector<std::string> field_names() const override;
    std::vector<std::string> dimension_names() const override;
    std::vector<std::string> metric_names() const override;
    std::vector<std::string> set_codes() const override;

private:
    std::vector<row_set> sets_;
    std::vector<core::formula::field> fields_;
    std::vector<core::formula::dimension> dimensions_;
    std::vector<core::formula::metric> metrics_;
    std::vector<core::formula::row_set> row_sets_;
    std::map<std::string, std::size_t, std::less<>> field_at_, dimension_at_;
};

}  // namespace data_worker
