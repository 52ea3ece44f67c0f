#pragma once
// A report (F11) as a workbook, for whoever goes on with its figures in a spreadsheet: what the data worker is asked to write.

#include "core/report/report.hpp"
#include "events/catalog/id.hpp"

#include <nlohmann/json.hpp>

namespace server::warehouse {

/// As it stands; it has its figures. Sheets of its words, its figures and what they are made of, and a chart of each of the first 12 figures.
nlohmann::json workbook_of(const core::report::state& report, events::language reader);

}  // namespace server::warehouse
