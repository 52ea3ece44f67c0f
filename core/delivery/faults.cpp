#include "core/delivery/faults.hpp"

#include "core/collection/schedule.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"

#include <algorithm>

namespace core::delivering {
namespace {

using r = delivery_rejection;
using fault = std::optional<r>;

/// Calls `f(delivery)` with each by that line of plans, until true. Whether it was.
template <class F>
bool any_of_line(collection_id plan, const context& by, F f) {
    const auto line = line_of(plan, by);
    const auto highest = by.others->highest(delivery::category);
    for (auto n = highest; n >= 1; --n) {  // what is asked for is mostly among the newest
        const auto* one = by.others->find<delivery>(n);
        if (one && (one->collection == plan || line_of(one->collection, by) == line) && f(*one)) return true;
    }
    return false;
}

bool overlaps(const delivery::state& d, date from, date until) { return d.from <= until && from <= d.until; }

// It takes the place of one whole delivery: of the same plan and days, and not replaced already.
bool can_correct(const delivery::state& before, const delivery::enter& c, const context& by) {
    return (delivery::settled & flow::from(before.is)) && before.from == c.from && before.until == c.until && line_of(before.collection, by) == line_of(c.collection, by);
}

}  // namespace

std::optional<events::delivery::promise> promise_of(const collection::state& plan, date from, date until, const context& by) {
    const auto found = collecting::due_for(plan.plan.schedule, from, until, *by.calendar, by.zone_offset);
    return found ? std::optional(events::delivery::promise{found->due, found->late_from}) : std::nullopt;
}

bool is_known(collection_id plan, date from, date until, const context& by) {
    return any_of_line(plan, by, [&](const delivery::state& d) { return d.from == from && d.until == until && (d.is != delivery_status::waived || d.counts); });
}

std::optional<delivery_rejection> files_at_fault(const std::vector<events::attachment>& files, const context& by) {
    return files.size() == 1 && forms::are_attachments(files, by) ? fault{} : r::bad_files;
}

std::optional<delivery_rejection> entry_at_fault(const delivery::enter& c, const context& by) {
    const auto* plan = access::find_seen<collection>(c.collection.value, by);
    if (!plan || !(collection::in_force & flow::from(plan->is))) return r::no_such_plan;
    // A day that is not over has no data yet that could be whole.
    if (!c.from.ok() || !c.until.ok() || c.until < c.from || c.until >= by.today) return r::bad_period;
    if (const auto no = files_at_fault(c.files, by)) return no;
    const auto* before = c.replaces ? access::find_seen<delivery>(c.replaces->value, by) : nullptr;
    if (c.replaces && (!before || !can_correct(*before, c, by))) return r::bad_replaces;
    fault found;
    any_of_line(c.collection, by, [&](const delivery::state& d) {
        if (&d == before || !overlaps(d, c.from, c.until)) return false;
        if (delivery::awaited & flow::from(d.is)) found = r::is_awaited;
        else if (delivery::there & flow::from(d.is)) found = r::covered;
        return found.has_value();
    });
    return found;
}

std::optional<delivery_rejection> report_at_fault(const events::delivery::checked& e, const delivery::state& now, const context& by) {
    if (e.taken > e.rows || e.rejected > e.rows - e.taken || e.faulty > e.rows || e.faulty < e.rejected) return r::bad_check;
    if (!forms::are_attachments(e.rejects, by)) return r::bad_check;
    const auto* plan = by.others->find<collection>(now.collection.value);
    if (!plan) return r::no_such_plan;
    const auto is_personal = [&](const std::string& heading) {
        return std::any_of(plan->plan.columns.begin(), plan->plan.columns.end(), [&](const auto& c) { return c.personal && c.name == heading; });
    };
    // The log keeps it for ever, and could not forget whose it is.
    const bool says = std::any_of(e.faults.begin(), e.faults.end(), [&](const auto& f) { return !f.value.empty() && is_personal(f.column); });
    return says ? r::personal_value : fault{};
}

}  // namespace core::delivering
