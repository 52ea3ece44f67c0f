// The indicators that the handbook names. The weights are a start: the department revises them.

#include "core/indicators/indicators.hpp"

namespace core {

std::optional<indicators::publish> handbook_indicators(const events::role& of) {
    using enum events::indicators::evidence_source;
    if (of.code == "OM")  // S6.1.1
        return indicators::publish{of,
                                   {"运营经理考核指标", "Indicators of the operations manager"},
                                   {{"performance", {"部门业绩", "Department performance"}, 40, {projects_accepted, milestones_reached}},
                                    {"team", {"团队建设与管理", "Team building and management"}, 20, {tasks_accepted, improvements_done}},
                                    {"strategy", {"策略制定与执行", "Strategy making and execution"}, 25,
                                     {strategies_published, strategies_checked, milestones_reached, progress_reported}},
                                    {"collaboration", {"跨部门协作", "Cross-department collaboration"}, 15, {requests_decided, requests_assessed, proposals_adopted}}}};
    if (of.code == "SP")  // S6.1.2
        return indicators::publish{of,
                                   {"运营专员考核指标", "Indicators of the operations specialist"},
                                   {{"module", {"模块业务指标", "Module indicators"}, 40, {projects_accepted, milestones_reached}},
                                    {"analysis", {"数据分析与反馈", "Data analysis and feedback"}, 20, {requests_assessed, progress_reported, strategies_published, proposals_adopted}},
                                    {"execution", {"执行效率与质量", "Execution efficiency and quality"}, 40, {tasks_on_time, tasks_late, tasks_returned, improvements_done}}}};
    if (of.code == "DA")  // S6.1.3
        return indicators::publish{of,
                                   {"数据分析员考核指标", "Indicators of the data analyst"},
                                   {{"reports", {"报告质量", "Report quality"}, 40, {reports_published, reports_late, findings_reported, tasks_returned, requests_assessed}},
                                    {"accuracy", {"数据准确性与及时性", "Data accuracy and timeliness"}, 40, {tasks_on_time, tasks_late}},
                                    {"methods", {"方法与工具应用", "Methods and tools"}, 20, {improvements_done, progress_reported, proposals_adopted}}}};
    return std::nullopt;
}

}  // namespace core
