#pragma once
// A good charter, and a project at every step of its life.

#include "core/project/project.hpp"
#include "tests/support/given.hpp"

namespace opsroom_test {

namespace project_facts = events::project;

/// Led by wei, with na; lin manages and zhou is the superior leader.
inline project_facts::charter good_charter() {
    project_facts::charter c;
    c.name = "会员积分改版";
    c.lead = wei.id;
    c.team = {wei.id, na.id};
    c.starts = today;
    c.ends = core::date{2027y / 3 / 31};
    c.milestones = {{"方案", core::date{2026y / 12 / 31}, "方案文档"}, {"上线", core::date{2027y / 3 / 1}, "上线版本"}};
    c.budget = {5'000'000, "CNY", "开发与推广"};
    c.resources = "两名开发，一名设计";
    c.expected_results = "兑换率提升";
    c.objectives = {"兑换率提升 20%", "投诉减少一半"};
    c.success_metrics = "兑换率、投诉数";
    c.risks = {{"接口延期", project_facts::level::medium, project_facts::level::high, "预留两周"}};
    c.responsibilities = {{"开发", {wei.id}, lin.id, {na.id}, {zhou.id}}};
    c.compliance = {true, "已核对"};
    return c;
}

inline project_facts::acceptance_request good_f3() { return {"全部完成", {"上线版本", "文档"}, "两项目标均达成", "推迟一周", {}}; }
inline project_facts::acceptance_report good_f4() {
    return {{{1, project_facts::attainment::met, ""}, {2, project_facts::attainment::partly, "少了四成"}}, "同意验收", {"补充文档"}, {}};
}
inline project_facts::summary good_f5() { return {"先做小样本", "接口要早对", "建立接口清单", {{"marketing"}}, {}}; }

inline const project_facts::initiated initiated{{7}, "会员积分改版", {"operations"}, 1};
inline const project_facts::charter_submitted charter_submitted{lin.id, good_charter(), prints.of(good_charter())};
inline const project_facts::charter_approved charter_approved{charter_submitted.sha256, ""};
inline const project_facts::acceptance_requested acceptance_requested{wei.id, good_f3()};
inline const project_facts::acceptance_convened acceptance_convened{{mei.id, zhou.id}, tomorrow};
inline const project_facts::acceptance_signed signed_by_mei{mei.id, true, ""};
inline const project_facts::acceptance_signed signed_by_zhou{zhou.id, true, ""};
inline const project_facts::summarised summarised{good_f5(), {lin.id, requester.id}};

template <class... More>
situation<core::project> active(const More&... more) {
    return given<core::project>(initiated, charter_submitted, charter_approved, more...);
}
template <class... More>
situation<core::project> in_acceptance(const More&... more) {
    return active(acceptance_requested, acceptance_convened, signed_by_mei, signed_by_zhou, more...);
}
template <class... More>
situation<core::project> accepted(const More&... more) {
    return in_acceptance(project_facts::accepted{good_f4()}, more...);
}
/// With all that the archive takes.
template <class... More>
situation<core::project> complete(const More&... more) {
    using kind = project_facts::record_kind;
    return active(project_facts::record_filed{{kind::execution_record, "日志", "按周记录", {}}},
                  project_facts::record_filed{{kind::data_report, "数据", "兑换率月报", {}}},
                  project_facts::record_filed{{kind::minutes, "纪要", "启动会", {}}}, acceptance_requested, acceptance_convened, signed_by_mei,
                  signed_by_zhou, project_facts::accepted{good_f4()}, summarised, more...);
}

}  // namespace opsroom_test
