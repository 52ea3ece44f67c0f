// Reports for a spreadsheet (S4.3.1): their figures, and charts of them, as a workbook.

#include "server/http/data_access.hpp"

#include "core/report/report.hpp"
#include "server/warehouse/report_workbook.hpp"
#include "server/warehouse/values.hpp"

#include <string>
#include <utility>

namespace server::http {
namespace {

using boost::asio::awaitable;

constexpr core::refusal no_figures{"no_figures", "S4.3.1", "报告的数值尚未填入。请等数据仓库算出后再下载。", "The report has no figures yet. Download it once the warehouse has calculated them.", core::obstacle::status};

awaitable<response> report_workbook(call c) {
    catch_views_up(c);
    const events::report_id which{number(c.parts[0]).value_or(0)};
    json_value what;
    const auto seen = c.all().read.with_reader(c.member(), [&](const core::views::views& v, events::position, const core::context& by) -> wire::reading {
        const auto* row = v.of<core::report>().row(which.value);
        if (!row || !may_see(row->state, by)) return wire::make(404, wire::problems::not_found);
        if (!row->state.figures) return wire::make(409, no_figures);
        what = warehouse::workbook_of(row->state, c.language());
        return wire::document{};
    });
    if (const auto* no = std::get_if<wire::problem>(&seen)) co_return refuse(*no, c.language());
    auto name = "report-" + std::to_string(which.value) + ".xlsx";
    co_return co_await written_for(c, std::move(what), std::move(name));
}

}  // namespace

std::vector<route> report_routes() {
    return {{method::get, "/api/v1/reports/{id}/workbook", report_workbook,
             openapi::operation("报告工作簿", "A report as a workbook")
                 .more("XLSX：报告文字、本期数值、主要变动各一张工作表，前 12 个数值各一幅图表；数值即报告所存的数值。", "XLSX: sheets of its words, its figures and what moved, and a chart of each of the first 12 figures. Numbers are those that the report holds.")
                 .answers_as("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "bytes")
                 .refuses(409, no_figures).refuses(416, wire::problems::beyond_the_end).refuses(503, warehouse::problems::worker_gone)}};
}

}  // namespace server::http
