#include "core/metric/faults.hpp"

#include "core/formula/parse.hpp"
#include "core/formula/print.hpp"
#include "core/formula/words.hpp"
#include "core/formula/tokens.hpp"
#include "core/kernel/forms.hpp"
#include "core/metric/decimals.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

namespace core::metrics {

using r = metric_rejection;

namespace {

using formula::quoted_en;
using formula::quoted_zh;

/// Calls `visit(id, state)` with each metric of these statuses, until true.
template <class Visit>
void each_metric(flow::statuses among, const context& by, Visit visit) {
    const auto highest = by.others->highest(metric::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* m = by.others->find<metric>(n);
        if (m && (among & flow::from(m->is)) && visit(metric_id{n}, *m)) return;
    }
}

flow::statuses statuses_of(among_metrics which) { return which == among_metrics::live ? metric::live : metric::in_use; }

const metric::state* find(metric_id id, flow::statuses among, const context& by) {
    const auto* m = id ? by.others->find<metric>(id.value) : nullptr;
    return m && (among & flow::from(m->is)) ? m : nullptr;
}

/// Dots are between a set and its fields.
bool is_code(const std::string& s) { return formula::is_plain_name(s) && !formula::is_reserved(s) && s.find('.') == s.npos; }

objected taken(const metric::form& f, metric_id id, const context& by) {
    objected found;
    each_metric(metric::live, by, [&](metric_id other, const metric::state& m) {
        if (other == id) return false;
        const auto is_theirs = [&](const std::string& name) { return name == m.code || name == m.name.zh || name == m.name.en; };
        const bool code = is_theirs(f.code);
        if (!code && !is_theirs(f.name.zh) && !is_theirs(f.name.en)) return false;
        found = {code ? r::code_taken : r::name_taken, {"已有指标" + quoted_zh(m.name.zh) + "（" + m.code + "）。", "There is the metric " + quoted_en(m.name.en) + " (" + m.code + ")."}};
        return true;
    });
    return found;
}

/// In the order of their places, as many as a person mends at once.
particulars told(const std::vector<formula::fault>& faults) {
    constexpr std::size_t most = 3;
    particulars all;
    for (std::size_t i = 0; i < faults.size() && i < most; ++i) {
        all.zh += faults[i].zh;
        all.en += (i ? " " : "") + faults[i].en;
    }
    return all;
}

particulars of_target(std::size_t n, std::string zh, std::string en) {
    const auto which = std::to_string(n + 1);
    return {"第 " + which + " 条目标：" + std::move(zh), "Target " + which + ": " + std::move(en)};
}

bool overlap(const metric::target& a, const metric::target& b) {
    return a.period == b.period && (!a.until || b.from <= *a.until) && (!b.until || a.from <= *b.until);
}

objected target_at_fault(const metric::target& t, std::size_t n, metric::direction direction, std::uint32_t digits) {
    const auto wrong = [&](std::string zh, std::string en) { return objection{r::bad_targets, of_target(n, std::move(zh), std::move(en))}; };
    if (t.until && *t.until < t.from) return wrong("结束日期早于开始日期。", "it ends before it begins.");
    const auto places = std::to_string(digits);
    const auto is_good = [&](const std::optional<std::string>& text) { return !text || decimal_of(*text, digits); };
    if (!is_good(t.value) || !is_good(t.least) || !is_good(t.most))
        return wrong("须为数字，小数不超过 " + places + " 位，如 1200 或 12.5，不带千分位和单位。", "give a number with at most " + places + " decimals, as 1200 or 12.5, without separators and unit.");
    if (direction == metric::direction::within) {
        if (t.value || !t.least || !t.most) return wrong("区间内为好的指标填写下限和上限，不填目标值。", "a metric with a range takes least and most, and no value.");
        if (*decimal_of(*t.least, digits) > *decimal_of(*t.most, digits)) return wrong("下限高于上限。", "its least is above its most.");
    } else if (!t.value || t.least || t.most) {
        return wrong("越高或越低越好的指标只填写目标值。", "where higher or lower is better it takes a value, and neither least nor most.");
    }
    return {};
}

/// How many levels of the tree are below it.
unsigned height_of(metric_id id, const context& by) {
    unsigned height = 0;
    each_metric(metric::live, by, [&](metric_id, const metric::state& m) {
        unsigned up = 1;
        auto at = m.parent;
        for (; at && at != id && up <= levels_max; ++up) {
            const auto* next = find(at, metric::live, by);
            at = next ? next->parent : metric_id{};
        }
        if (at && at == id) height = std::max(height, up);
        return false;
    });
    return height;
}

formula::metric named(const metric::form& f) { return {f.code, f.formula, f.unit, f.missing_is_zero}; }

metric_catalogue with(const candidate& c, among_metrics which, const context& by) { return catalogue_in(by, which).with({c.id, c.is, c.name}); }

/// All in use that rest on it, nearest first.
std::vector<metric_id> resting_on(metric_id id, const context& by) {
    std::vector<metric_id> all{id};
    std::set<std::uint64_t> known{id.value};
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const auto next : named_by(all[i], by))
            if (known.insert(next.value).second) all.push_back(next);
    all.erase(all.begin());
    return all;
}

}  // namespace

candidate candidate_of(const metric::form& f, metric_id id) { return {id, named(f), f.name, f.parent.value_or(metric_id{})}; }

candidate candidate_of(const metric::state& now) {
    if (now.proposed) return candidate_of(now.proposed->form, now.id);
    return {now.id, {now.code, now.formula, now.unit, now.missing_is_zero}, now.name, now.parent};
}

objected form_at_fault(const metric::form& f, metric_id id, const context& by, std::uint32_t begun) {
    if (!is_code(f.code)) return objection{r::bad_code, {}};
    if (const auto no = taken(f, id, by)) return no;
    if (!formula::unit::parse(f.unit)) return objection{r::bad_unit, {}};
    if (const auto no = place_at_fault(f.parent.value_or(metric_id{}), id, among_metrics::live, by)) return no;
    if (const auto parsed = formula::parse(f.formula); parsed.has_error()) return objection{r::bad_formula, told(parsed.error())};
    if (const auto no = targets_at_fault(f.targets, f.direction, f.digits)) return no;
    return forms::are_extras("metric", f.extras, by, begun) ? objected{} : objection{r::bad_extras, {}};
}

objected targets_at_fault(const std::vector<metric::target>& all, metric::direction direction, std::uint32_t digits) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (const auto no = target_at_fault(all[i], i, direction, digits)) return no;
        for (std::size_t earlier = 0; earlier < i; ++earlier)
            if (overlap(all[earlier], all[i])) {
                const auto which = std::to_string(earlier + 1);
                return objection{r::bad_targets, of_target(i, "与第 " + which + " 条的周期相同、日期重叠。", "it is for the same period and days as target " + which + ".")};
            }
    }
    return {};
}

objected place_at_fault(metric_id parent, metric_id id, among_metrics which, const context& by) {
    if (!parent) return {};
    if (parent == id) return objection{r::parent_circle, {}};
    if (!find(parent, statuses_of(which), by)) return objection{r::bad_parent, {}};
    unsigned above = 0;
    for (auto at = parent; at;) {
        if (at == id) return objection{r::parent_circle, {}};
        const auto* m = find(at, metric::live, by);
        if (!m) break;
        if (++above >= levels_max) return objection{r::tree_too_deep, {}};
        at = m->parent;
    }
    return above + 1 + height_of(id, by) > levels_max ? objection{r::tree_too_deep, {}} : objected{};
}

objected formula_at_fault(const candidate& c, among_metrics which, const context& by) {
    const auto made = formula::check(c.is, with(c, which, by));
    return made.has_error() ? objection{r::bad_formula, told(made.error())} : objected{};
}

objected publication_at_fault(const candidate& c, const context& by) {
    if (const auto no = place_at_fault(c.parent, c.id, among_metrics::published, by)) return no;
    const auto before = catalogue_in(by);
    const auto after = before.with({c.id, c.is, c.name});
    const auto made = formula::check(c.is, after);
    if (made.has_error()) return objection{r::bad_formula, told(made.error())};
    for (const auto id : resting_on(c.id, by)) {
        const auto* m = by.others->find<metric>(id.value);
        const auto theirs = as_named(*m);
        const auto then = formula::check(theirs, after);
        // What has stopped working out already is no fault of this.
        if (!then.has_error() || formula::check(theirs, before).has_error()) continue;
        return objection{r::breaks_another, {quoted_zh(m->name.zh) + "：" + then.error().front().zh, quoted_en(m->name.en) + ": " + then.error().front().en}};
    }
    return {};
}

bound bind(const candidate& c, const context& by) {
    const auto known = with(c, among_metrics::published, by);
    auto made = formula::check(c.is, known);
    if (made.has_error()) return {c.is.formula, {}};
    bound all;
    auto& own = made->parts.back().formula;
    formula::each(own, [&](formula::expression& e) {
        auto* named = std::get_if<formula::reference>(&e.is);
        if (!named) return;
        named->code = made->parts[named->part].code;
        const auto id = known.id_of(named->code);
        if (std::find(all.rests_on.begin(), all.rests_on.end(), id) == all.rests_on.end()) all.rests_on.push_back(id);
    });
    all.formula = formula::print(own);
    return all;
}

std::vector<metric_id> named_by(metric_id id, const context& by) {
    std::vector<metric_id> all;
    each_metric(metric::in_use, by, [&](metric_id other, const metric::state& m) {
        if (m.versions.empty() || other == id) return false;
        const auto& on = m.versions.back().rests_on;
        if (std::find(on.begin(), on.end(), id) != on.end()) all.push_back(other);
        return false;
    });
    return all;
}

std::vector<metric_id> children_of(metric_id id, const context& by) {
    std::vector<metric_id> all;
    each_metric(metric::in_use, by, [&](metric_id other, const metric::state& m) {
        if (m.parent == id && other != id) all.push_back(other);
        return false;
    });
    return all;
}

particulars whom_it_is_needed_by(metric_id id, const context& by) {
    constexpr std::size_t most = 5;  // beside how many more there are
    const auto listed = [&](const std::vector<metric_id>& all, events::language in) {
        const bool zh = in == events::language::zh;
        std::string text;
        for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
            const auto& name = by.others->find<metric>(all[i].value)->name;
            text += i == 0 ? "" : zh ? "、" : ", ";
            text += zh ? quoted_zh(name.zh) : quoted_en(name.en);
        }
        if (all.size() > most) text += (zh ? "等 " : " and others, ") + std::to_string(all.size()) + (zh ? " 个" : " in all");
        return text;
    };
    using enum events::language;
    particulars told;
    if (const auto all = named_by(id, by); !all.empty()) told = {"公式引用了它的指标：" + listed(all, zh) + "。", "In whose formula it is: " + listed(all, en) + "."};
    if (const auto all = children_of(id, by); !all.empty()) {
        told.en += (told.empty() ? "" : " ") + ("Whose parent it is: " + listed(all, en) + ".");
        told.zh += "以它为上级的指标：" + listed(all, zh) + "。";
    }
    return told;
}

}  // namespace core::metrics
