#include "core/formula/check.hpp"

#include "core/formula/meaning.hpp"
#include "core/formula/parse.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace core::formula {
namespace {

using events::language;

/// How far from the period that is asked for another one lies.
struct distance {
    unsigned years = 0, periods = 0, together = 1;
    auto operator<=>(const distance&) const = default;
    distance and_then(const distance& other) const { return {years + other.years, periods + other.periods, std::max(together, other.together)}; }
};

using reached = std::set<std::pair<std::size_t, distance>>;  ///< parts, and for when

// NOLINTNEXTLINE(misc-no-recursion): as deep as brackets go
void reach(const expression& e, const distance& from, reached& all) {
    std::visit(cases{
        [&](const reference& r) { all.emplace(r.part, from); },
        [&](const shifted& s) {
            distance next = from;
            if (s.shift == shift::previous) next.periods += s.count;
            else if (s.shift == shift::year_ago) next.years += s.count;
            else next.together = s.count;
            reach(*s.of, next, all);
        },
        [&](const negated& n) { reach(*n.of, from, all); },
        [&](const sum& s) { for (const auto& t : s.terms) reach(t.of, from, all); },
        [&](const product& p) { for (const auto& f : p.factors) reach(f.of, from, all); },
        [](const number&) {}, [](const aggregate&) {},
    }, e.is);
}

class checker {
public:
    explicit checker(const catalogue& against) : known_(against) {}

    found<checked> run(const metric& asked) {
        if (auto faults = define(asked); !faults.empty()) return faults;
        auto& all = made_.parts;
        if (const auto n = aggregates(); n > aggregates_max)
            return std::vector{fault_at({}, problem::too_many_aggregates, "连同所引用的指标共有 " + std::to_string(n) + " 个聚合，最多 " + std::to_string(aggregates_max) + " 个：请少引用一些",
                                        "with the metrics that it refers to it has " + std::to_string(n) + " aggregates, and at most " + std::to_string(aggregates_max) + " are taken: refer to fewer")};
        if (asks_too_much())
            return std::vector{fault_at({}, problem::asks_too_much, "一个值要用到超过 " + std::to_string(asked_max) + " 个指标与时期：请减少引用和期数", "one value would take more than " + std::to_string(asked_max) + " metrics and periods: refer to fewer")};
        made_.unit = *known_to_[all.back().code].means.unit;
        made_.adds = known_to_[all.back().code].means.adds;
        made_.shown_per = shown_per(asked.unit);
        return std::move(made_);
    }

private:
    struct entry {
        bool under_way = true;
        std::size_t part = 0;
        unsigned height = 0;  ///< how deep its references go
        meaning means;
        std::optional<fault> wrong;  ///< kept, so that it is looked for once however many refer to it
    };

    // NOLINTNEXTLINE(misc-no-recursion): refers_to() goes depth_max deep
    std::vector<fault> define(const metric& m) {
        auto parsed = parse(m.formula);
        if (!parsed.has_value()) return failed(m.code, parsed.error());
        known_to_[m.code] = {};
        path_.push_back(m.code);
        std::vector<fault> faults;
        unsigned height = 0;
        auto means = understand(*parsed, known_, [&](const std::string& name, place where) { return refers_to(name, where, height, faults); }, faults);
        path_.pop_back();
        if (faults.empty()) is_in(m.unit, means, faults);
        if (!faults.empty()) {
            std::stable_sort(faults.begin(), faults.end(), [](const fault& a, const fault& b) { return a.at < b.at; });
            return failed(m.code, std::move(faults));
        }
        known_to_[m.code] = {false, made_.parts.size(), height, means, {}};
        made_.parts.push_back({m.code, std::move(*parsed), m.missing_is_zero});
        return {};
    }
    std::vector<fault> failed(const std::string& code, std::vector<fault> faults) {
        known_to_[code] = {.under_way = false, .wrong = faults.front()};
        return faults;
    }

    // NOLINTNEXTLINE(misc-no-recursion): depth_max deep
    std::optional<referred> refers_to(const std::string& name, place where, unsigned& height, std::vector<fault>& faults) {
        const auto* m = known_.find_metric(name);
        if (!m && !path_.empty() && name == path_.front()) return goes_round(name, where, faults);
        if (!m) return unknown(name, where, faults);
        const auto at = known_to_.find(m->code);
        if (at != known_to_.end() && at->second.under_way) return goes_round(m->code, where, faults);
        if (path_.size() + (at == known_to_.end() ? 0 : at->second.height) > depth_max) return faults.push_back(too_deep(where)), std::nullopt;
        if (at == known_to_.end()) define(*m);
        const auto& is = known_to_[m->code];
        if (is.wrong) return faults.push_back(seen_from(where, m->code, *is.wrong)), std::nullopt;
        height = std::max(height, is.height + 1);
        return referred{is.part, is.means};
    }

    std::optional<referred> goes_round(const std::string& code, place where, std::vector<fault>& faults) {
        round_.clear();
        for (auto at = std::find(path_.begin(), path_.end(), code); at != path_.end(); ++at) round_ += *at + " → ";
        round_ += code;
        faults.push_back(circle(where));
        return std::nullopt;
    }
    fault circle(place where) const { return fault_at(where, problem::circle, round_ + " 互相引用：请去掉其中一处", round_ + " refer to one another: take one of these out"); }
    static fault too_deep(place where) {
        return fault_at(where, problem::refers_too_deep, "指标引用指标最多 " + std::to_string(depth_max) + " 层：请直接引用里层的指标", "metrics refer to metrics " + std::to_string(depth_max) + " deep at most: refer to an inner one");
    }

    /// A fault of a metric that is referred to, where it is.
    fault seen_from(place where, const std::string& code, const fault& inner) const {
        if (inner.is == problem::circle) return circle(where);
        if (inner.is == problem::refers_too_deep) return too_deep(where);
        return fault_at(where, problem::faulty_metric, "指标" + quoted_zh(code) + "的公式有误，请先更正它（" + inner.zh + "）", "the formula of the metric " + quoted_en(code) + " is faulty, mend it first (" + inner.en + ")");
    }

    std::optional<referred> unknown(const std::string& name, place where, std::vector<fault>& faults) {
        if (const auto* f = known_.find_field(name)) {
            const auto how = std::string(f->type == field_type::text ? "count_distinct" : f->nature == nature::stock ? "last" : f->nature == nature::ratio ? "median" : "sum") + "(" + name + ")";
            faults.push_back(fault_at(where, problem::no_such_metric, quoted_zh(name) + "是字段，须写明怎样汇总，如 " + how, quoted_en(name) + " is a field: say how it is aggregated, as in " + how));
        } else {
            const auto meant = did_you_mean(name, known_.metric_names());
            faults.push_back(fault_at(where, problem::no_such_metric, "没有指标" + quoted_zh(name) + meant.zh, "there is no metric " + quoted_en(name) + meant.en));
        }
        return std::nullopt;
    }

    static void is_in(const std::string& declared, meaning& means, std::vector<fault>& faults) {
        const auto wanted = unit::parse(declared);
        if (!wanted) {
            faults.push_back(fault_at({}, problem::not_the_metrics_unit, "单位" + quoted_zh(declared) + "写法有误：如 元、元/人、%", "the unit " + quoted_en(declared) + " is not written well: as in 元, 元/人, %"));
        } else if (means.adds == additivity::constant && means.unit->is_none()) {
            means.unit = *wanted;  // a target is in whatever it is a target for
        } else if (!declared.empty() && *wanted != *means.unit) {
            faults.push_back(fault_at({}, problem::not_the_metrics_unit, "公式的单位是" + quoted_zh(means.unit->text(language::zh)) + "，与指标的单位" + quoted_zh(declared) + "不同：请改其中一个",
                                      "the formula is in " + quoted_en(means.unit->text(language::en)) + " and the metric in " + quoted_en(declared) + ": change one of them"));
        }
    }

    std::size_t aggregates() const {
        std::size_t n = 0;
        for (const auto& p : made_.parts) each(p.formula, [&](const expression& e) { n += std::holds_alternative<aggregate>(e.is); });
        return n;
    }

    /// Parts are asked for other periods by those that refer to them: all of these together are what one value takes.
    bool asks_too_much() const {
        std::vector<std::set<distance>> asked(made_.parts.size());
        asked.back().insert(distance());
        std::size_t total = 1;
        for (auto p = made_.parts.size(); p-- > 0;) {
            reached next;
            reach(made_.parts[p].formula, {}, next);
            for (const auto& from : asked[p])
                for (const auto& [part, step] : next)
                    if (asked[part].insert(from.and_then(step)).second && ++total > asked_max) return true;
        }
        return false;
    }

    const catalogue& known_;
    checked made_;
    std::map<std::string, entry, std::less<>> known_to_;
    std::vector<std::string> path_;
    std::string round_;
};

}  // namespace

found<checked> check(const metric& metric, const catalogue& against) { return checker(against).run(metric); }

std::optional<fault> why_not_added_up(const checked& metric, over what) {
    if (metric.adds == additivity::everywhere || (metric.adds == additivity::across_dimensions && what == over::dimension)) return std::nullopt;
    if (what == over::time && metric.adds == additivity::across_dimensions)
        return fault_at({}, problem::not_additive, "时点数和回看其他时期的值不能跨时间相加：请按更长的周期重新计算", "a stock, or what looks at other periods, does not add up over time: calculate it for the longer period");
    return fault_at({}, problem::not_additive, "比率、平均和去重数不能相加：请按更大的范围重新计算", "ratios, means and counts of different ones do not add up: calculate them for the whole");
}

}  // namespace core::formula
