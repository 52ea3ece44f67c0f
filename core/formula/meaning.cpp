#include "core/formula/meaning.hpp"

#include "core/formula/print.hpp"
#include "core/formula/words.hpp"

#include <algorithm>
#include <set>

namespace core::formula {
namespace {

using events::language;

bool needs_number(function f) { return f != function::count && f != function::count_distinct; }

class reader {
public:
    reader(const catalogue& against, const refer& reference_to, std::vector<fault>& faults) : known_(against), refer_(reference_to), faults_(faults) {}

    meaning all(expression& of) {
        each(of, [&](expression& e) {
            if (const auto* a = std::get_if<aggregate>(&e.is))
                if (const auto* f = known_.find_field(a->field)) sets_.insert(f->set);
        });
        return of_expression(of);
    }

private:
    void tell(place where, problem is, const std::string& zh, const std::string& en) { faults_.push_back(fault_at(where, is, zh, en)); }

    meaning of_expression(expression& e) {
        return std::visit(cases{
            [](number&) { return meaning{formula::unit(), additivity::constant}; },
            [&](reference& r) { return of(r, e.at); },
            [&](aggregate& a) { return of(a, e.at); },
            [&](negated& n) { return of_expression(*n.of); },
            [&](sum& s) { return of(s); },
            [&](product& p) { return of(p); },
            [&](shifted& s) { return of(s, e.at); },
        }, e.is);
    }

    meaning of(reference& r, place where) {
        const auto found = refer_(r.code, where);
        if (!found) return {};
        r.part = found->part;
        return found->means;
    }

    meaning of(shifted& s, place where) {
        auto inner = of_expression(*s.of);
        if (inner.adds != additivity::constant) inner.adds = std::min(inner.adds, additivity::across_dimensions);
        if (s.shift != shift::rolling) return inner;
        if (inner.rolls) tell(where, problem::rolls_twice, "rolling 里不能再有 rolling：请把期数写在一处", "a rolling within a rolling says nothing: give the number of periods once");
        inner.rolls = true;
        return inner;
    }

    meaning of(sum& s) {
        auto made = of_expression(s.terms.front().of);
        for (std::size_t i = 1; i < s.terms.size(); ++i) {
            auto& [minus, right] = s.terms[i];
            const auto next = of_expression(right);
            if (made.unit && next.unit && *made.unit != *next.unit) cannot_add(*made.unit, *next.unit, minus, right.at);
            if (!made.unit) made.unit = next.unit;
            // A constant is counted once for each day, and once for the month.
            const bool mixed = (made.adds == additivity::constant) != (next.adds == additivity::constant);
            made.adds = mixed ? additivity::nowhere : std::min(made.adds, next.adds);
            made.rolls = made.rolls || next.rolls;
        }
        return made;
    }

    void cannot_add(const unit& a, const unit& b, bool minus, place where) {
        const auto both = [&](language l) { return a.text(l) + (minus ? " − " : " + ") + b.text(l); };
        const auto zh = std::string(minus ? "不能相减：" : "不能相加：") + both(language::zh), en = std::string(minus ? "can't be subtracted: " : "can't be added: ") + both(language::en);
        const auto one = currencies_of(a), other = currencies_of(b);
        if (one.size() == 1 && other.size() == 1 && one != other) tell(where, problem::mixed_currencies, zh + "；请先换算为同一货币", en + "; convert them into one currency first");
        else tell(where, problem::different_units, zh + "；两边的单位须相同", en + "; both sides need the same unit");
    }

    std::set<std::string> currencies_of(const unit& u) const {
        std::set<std::string> all;
        for (const auto& [name, power] : u.powers())
            if (known_.is_currency(name)) all.insert(name);
        return all;
    }
    /// Two currencies in one unit, or one of them squared.
    bool is_mixed(const unit& u) const {
        const auto all = currencies_of(u);
        return all.size() > 1 || std::any_of(u.powers().begin(), u.powers().end(), [&](const auto& p) { return all.contains(p.first) && std::abs(p.second) > 1; });
    }

    meaning of(product& p) {
        meaning made{formula::unit(), additivity::constant};
        bool converts = false;  // a rate of exchange is of two currencies, and meant to be
        for (std::size_t i = 0; i < p.factors.size(); ++i) {
            auto& [over, right] = p.factors[i];
            const auto next = of_expression(right);
            if (const auto* n = std::get_if<number>(&right.is); n && over && n->digits == "0")
                tell(right.at, problem::zero_divisor, "除数不能是 0：请改写", "nothing is divided by 0: write something else");
            converts = converts || (next.unit && is_mixed(*next.unit));
            made.unit = made.unit && next.unit ? std::optional(over ? made.unit->over(*next.unit) : made.unit->times(*next.unit)) : std::nullopt;
            if (made.unit && !converts && is_mixed(*made.unit) && i + 1 == p.factors.size()) cannot_multiply(*made.unit, right.at);
            if (next.adds != additivity::constant) made.adds = made.adds == additivity::constant && !over ? next.adds : additivity::nowhere;
            made.rolls = made.rolls || next.rolls;
        }
        return made;
    }

    void cannot_multiply(const unit& u, place where) {
        tell(where, problem::mixed_currencies, "货币只能与同种货币相除，结果不能是 " + u.text(language::zh) + "：请先换算", "a currency goes only over the same currency, and not to " + u.text(language::en) + ": convert first");
    }

    meaning of(aggregate& a, place where) {
        meaning made{std::nullopt, a.function == function::sum || a.function == function::count ? additivity::everywhere
                                   : a.function == function::last                              ? additivity::across_dimensions
                                                                                               : additivity::nowhere};
        const auto* f = a.field.empty() ? nullptr : field_of(a);
        if (f) {
            a.set = f->set;
            a.field = f->code;
            fits(a, *f);
            made.unit = unit_of(a, *f);
        } else if (a.field.empty() && set_of(a, where)) {
            made.unit = unit_of_rows(a.set);
        }
        for (auto& alternative : a.where)
            for (auto& t : alternative) look_at(t, a.set);
        return made;
    }

    const field* field_of(const aggregate& a) {
        if (const auto* f = known_.find_field(a.field)) return f;
        if (known_.find_metric(a.field)) {
            const auto name = print_name(a.field);
            const auto found = refer_(a.field, a.field_at);
            if (!found) return nullptr;
            if (found->means.adds == additivity::nowhere)
                tell(a.field_at, problem::not_additive, quoted_zh(a.field) + "是比率、平均或去重数，不能再汇总：请直接写 " + name + "，它会先汇总再计算",
                     quoted_en(a.field) + " is a ratio, a mean or a count of different ones and can't be aggregated: write " + name + ", which aggregates first and divides after");
            else
                tell(a.field_at, problem::not_additive, quoted_zh(a.field) + "是指标，已经汇总过：请直接写 " + name, quoted_en(a.field) + " is a metric and aggregated already: write " + name);
            return nullptr;
        }
        const auto meant = did_you_mean(a.field, known_.field_names());
        tell(a.field_at, problem::no_such_field, "没有字段" + quoted_zh(a.field) + meant.zh, "there is no field " + quoted_en(a.field) + meant.en);
        return nullptr;
    }

    /// Which rows count() counts: those that the rest of the formula is about, else the only ones that there are.
    bool set_of(aggregate& a, place where) {
        const auto all = known_.set_codes();
        if (sets_.size() == 1) a.set = *sets_.begin();
        else if (sets_.empty() && all.size() == 1) a.set = all.front();
        if (!a.set.empty()) return true;
        tell(where, problem::which_set, "count() 数的是哪份数据的行？请写明字段：count(字段)", "count() of which rows? Name a field of theirs: count(field)");
        return false;
    }

    unit unit_of_rows(const std::string& set) const {
        const auto* rows = known_.find_set(set);
        return rows ? unit::parse(rows->unit).value_or(unit()) : unit();
    }

    unit unit_of(const aggregate& a, const field& f) const {
        if (a.function == function::count) return unit_of_rows(f.set);
        if (a.function == function::count_distinct && f.type == field_type::number) return {};
        return unit::parse(f.unit).value_or(unit());
    }

    void fits(const aggregate& a, const field& f) {
        const auto name = print_name(f.code), does = std::string(name_of(a.function));
        if (needs_number(a.function) && f.type == field_type::text)
            return tell(a.field_at, problem::wrong_type, quoted_zh(f.code) + "是文字，不能用 " + does + "：请写 count_distinct(" + name + ")", quoted_en(f.code) + " is text, of which there is no " + does + ": write count_distinct(" + name + ")");
        if (f.nature == nature::stock && a.function == function::sum)
            return tell(a.field_at, problem::not_additive, quoted_zh(f.code) + "是时点数，不能跨天相加：请写 last(" + name + ")", quoted_en(f.code) + " is a stock and does not add up over days: write last(" + name + ")");
        if (f.nature == nature::ratio && (a.function == function::sum || a.function == function::avg || a.function == function::last))
            tell(a.field_at, problem::not_additive, quoted_zh(f.code) + "是比率或单价，不能相加或平均：请用分子与分母，如 sum(甲) / sum(乙)",
                 quoted_en(f.code) + " is a ratio or a price, which neither adds up nor has a mean: use what it was made of, as in sum(a) / sum(b)");
    }

    void look_at(test& t, const std::string& set) {
        const auto* d = known_.find_dimension(t.dimension);
        if (!d) {
            const auto meant = did_you_mean(t.dimension, known_.dimension_names());
            return tell(t.at, problem::no_such_dimension, "没有维度" + quoted_zh(t.dimension) + meant.zh, "there is no dimension " + quoted_en(t.dimension) + meant.en);
        }
        if (!set.empty() && std::find(d->sets.begin(), d->sets.end(), set) == d->sets.end())
            tell(t.at, problem::not_of_this_set, "数据" + quoted_zh(set) + "没有维度" + quoted_zh(t.dimension) + "：请换用它的维度，或另写一个聚合", "the rows of " + quoted_en(set) + " have no dimension " + quoted_en(t.dimension) + ": take one of theirs, or aggregate others");
        t.dimension = d->code;
        if (!d->values) return;
        for (std::size_t i = 0; i < t.values.size(); ++i) {
            const auto& v = t.values[i];
            if (std::find(d->values->begin(), d->values->end(), v) != d->values->end()) continue;
            const auto meant = did_you_mean(v, *d->values);
            tell(i < t.values_at.size() ? t.values_at[i] : t.at, problem::no_such_value, "维度" + quoted_zh(t.dimension) + "没有值" + quoted_zh(v) + meant.zh,
                 "the dimension " + quoted_en(t.dimension) + " has no value " + quoted_en(v) + meant.en);
        }
    }

    const catalogue& known_;
    const refer& refer_;
    std::vector<fault>& faults_;
    std::set<std::string> sets_;  ///< that the formula names fields of
};

}  // namespace

meaning understand(expression& of, const catalogue& against, const refer& reference_to, std::vector<fault>& faults) {
    return reader(against, reference_to, faults).all(of);
}

}  // namespace core::formula
