#pragma once
// What formulas may name (core/formula/catalogue.hpp), made from the row sets that are collected and the metrics that there are.
//
// A field is `set.field`, by codes; so it stays one field when another set gets a column of that code. Where one set alone has it,
// people need not say the set, and may say its heading: "amount", "金额", "orders.金额". A dimension is shared by all sets that have it, and is
// called by its code, or a heading that no other has. A metric is called by its code or by its name in either language.

#include "core/formula/catalogue.hpp"
#include "core/metric/metric.hpp"
#include "core/metric/row_sets.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A metric as a formula may name it.
struct named_metric {
    metric_id id;
    formula::metric is;
    events::bilingual name;
};

class metric_catalogue final : public formula::catalogue {
public:
    metric_catalogue(const std::vector<row_set>& sets, std::vector<named_metric> metrics);

    const formula::field* find_field(std::string_view name) const override;
    const formula::dimension* find_dimension(std::string_view name) const override;
    const formula::metric* find_metric(std::string_view name) const override;
    const formula::row_set* find_set(std::string_view code) const override;
    std::vector<std::string> field_names() const override;
    std::vector<std::string> dimension_names() const override;
    std::vector<std::string> metric_names() const override;
    std::vector<std::string> set_codes() const override;

    /// Which one a code is; 0: none.
    metric_id id_of(std::string_view code) const;
    /// Codes by the metric that has them.
    const std::vector<named_metric>& metrics() const { return metrics_; }

    /// Puts one in the place of the metric that has its id, or adds it: what would hold if it were published.
    metric_catalogue with(named_metric one) const;

private:
    using index = std::map<std::string, std::size_t, std::less<>>;
    static constexpr std::size_t several = static_cast<std::size_t>(-1);

    void add_dimension(const row_dimension& one, const std::string& set);
    void index_metrics();
    static void call(index& all, const std::string& name, std::size_t which);
    static std::vector<std::string> names(const index& all);
    template <class T>
    static const T* among(const index& all, const std::vector<T>& in, std::string_view name);

    std::vector<formula::row_set> sets_;
    std::vector<formula::field> fields_;
    std::vector<formula::dimension> dimensions_;
    std::vector<named_metric> metrics_;
    index field_index_, dimension_index_, metric_index_;
};

/// Whom a formula may name.
enum class among_metrics : std::uint8_t {
    published,  ///< those that hold
    live,       ///< drafts, too: for a formula that is not published yet itself
};

metric_catalogue catalogue_in(const context& by, among_metrics which = among_metrics::published);

}  // namespace core
