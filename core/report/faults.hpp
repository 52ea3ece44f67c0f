#pragma once
// What a report may be: of which period there is one already, what its figures and words have to hold before it is published.

#include "core/report/report.hpp"

#include <optional>
#include <vector>

namespace core::reporting {

using objection = std::optional<report_rejection>;

/// Whether there is one of that period: one that was discarded counts for what begins by itself, not for what somebody drafts.
bool is_there(const events::department& of, report::kind kind, date from, bool with_discarded, const context& by);

/// As it begins: called by its period, for those who own the department's metrics and its managers.
report::form begun(report::kind kind, date from, const events::department& of, member_id author, const context& by);

/// Each metric once; movers of those.
objection snapshot_at_fault(const report::snapshot& s);

/// Cites what is there, as far as figures were taken. `begun`: the version of F11 that it was begun with.
objection form_at_fault(const report::form& f, const report::state& of, const context& by);

/// All that it has to have to be published.
objection unfinished(const report::state& of, const context& by);

/// Those of its figures, each once, and different.
objection differences_at_fault(const std::vector<report::difference>& all, const report::state& of);

/// Of the metric, in its figures; null: it is not among them.
const events::report::figure* figure_of(const report::state& of, metric_id metric);

/// The same but for the place in the log that they were taken at.
bool same_figures(const report::snapshot& a, const report::snapshot& b);

}  // namespace core::reporting
