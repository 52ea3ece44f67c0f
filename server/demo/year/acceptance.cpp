// The end of a project: acceptance, summary, archive.

#include "core/project/project.hpp"
#include "core/task/task.hpp"
#include "server/demo/year/project_story.hpp"
#include "server/demo/year/stories.hpp"

#include <algorithm>

namespace server::demo::year {

using core::project;
using fate = project_story::fate;
namespace facts = events::project;

void project_story::request_acceptance() {
    if (ends_at(fate::suspended) || ends_at(fate::cancelled) || ends_at(fate::active)) return;
    if (!executing_) {  // still suspended
        w_.on.at(w_.on.in(3, 10h), [me = shared_from_this()] { me->request_acceptance(); });
        return;
    }
    facts::acceptance_request f{};
    f.completion = w_.says(lead_, "计划内容全部完成，试运行两周无重大问题。", "All of the plan is done; two weeks' trial without a major problem.");
    f.deliverables = {subject_.result, w_.says(lead_, "操作说明与数据报告", "Instructions and the data report")};
    f.attainment = w_.says(lead_, "主要目标达成，数据见中期与结项报告。", "The main objective is met; see the half-way and the final report.");
    if (w_.on.luck.percent(40)) f.deviations = w_.says(lead_, "时间延后三天，已说明原因。", "Three days late, as explained.");
    w_.on.run<core::project>(lead_, project_, project::request_acceptance{std::move(f)});
    if (ends_at(fate::acceptance_requested)) return;
    w_.on.at(w_.on.in(1, 11h + 5min), [me = shared_from_this()] { me->convene_acceptance(); });
}

void project_story::convene_acceptance() {
    std::vector<member_id> panel;
    for (const char* login : {"zhou.jie", "huang.min", "liu.yang", "noah", "zhao.lei"})
        if (w_.who(login) != lead_ && panel.size() < 3) panel.push_back(w_.who(login));
    w_.on.run<core::project>(w_.who("li.na"), project_, project::convene_acceptance{panel, w_.on.day_in(3)});
    const bool will_fail = !failed_ && ends_at(fate::archived) && w_.on.luck.percent(15);
    for (std::size_t i = 0; i < panel.size(); ++i) {
        const bool objects = will_fail && i == 0;
        if (ends_at(fate::in_acceptance) && i > 0) break;  // the others' signatures are still out
        w_.on.at(w_.on.in(2 + static_cast<unsigned>(i % 2), 14h + std::chrono::minutes(9 * i)), [me = shared_from_this(), who = panel[i], objects] {
            me->w_.on.run<core::project>(who, me->project_,
                          objects ? project::sign_acceptance{false, me->w_.says(who, "费用数据与财务账不一致。", "The costs differ from the accounts.")}
                                  : project::sign_acceptance{true, std::nullopt});
        });
    }
    if (ends_at(fate::in_acceptance)) return;
    w_.on.at(w_.on.in(3, 16h + 40min), [me = shared_from_this(), will_fail] {
        me->failed_ = me->failed_ || will_fail;
        if (!will_fail) return me->judge_acceptance();
        me->w_.on.run<core::project>(me->w_.who("li.na"), me->project_,
                      project::fail_acceptance{"费用数据需与财务账一致后再验收。", {"与财务核对费用并出具说明 / agree the costs with finance"}});
        me->w_.on.at(me->w_.on.in(5, 10h), [me] { me->request_acceptance(); });
    });
}

void project_story::judge_acceptance() {
    const bool zh = w_.is_chinese(requester_);
    facts::acceptance_report r{};
    r.results = {{1, w_.on.luck.percent(80) ? facts::attainment::met : facts::attainment::partly, zh ? "以看板数据为准" : "by the dashboard"},
                 {2, w_.on.luck.percent(75) ? facts::attainment::met : facts::attainment::partly, zh ? "按期，预算内" : "on time, within the budget"}};
    r.conclusion = zh ? "同意通过验收，成果移交日常运营。" : "Accepted; what was made goes into daily operation.";
    if (w_.on.luck.percent(25)) r.conditions = {zh ? "一个月后复核数据。" : "The figures are looked at again in a month."};
    executing_ = false;
    w_.on.run<core::project>(w_.who("li.na"), project_, project::accept{std::move(r)});
    if (ends_at(fate::accepted)) return;
    w_.on.at(w_.on.in(static_cast<unsigned>(w_.on.luck.between(3, 6)), 15h), [me = shared_from_this()] { me->summarise(); });
}

void project_story::summarise() {
    facts::summary s{};
    s.experience = w_.says(lead_, "需求与数据口径在立项前对齐，减少了返工。", "Agreeing needs and definitions before the start spared us rework.");
    s.lessons = w_.says(lead_, "外部素材周期估计不足，应提前两周。", "Outside material took longer than thought: two weeks earlier next time.");
    s.improvements = w_.says(lead_, "把验收数据清单放进立项模板。", "Put the list of acceptance figures into the charter template.");
    std::vector<member_id> recipients{w_.who("li.na"), requester_};
    s.departments = {{"operations"}};
    for (const auto& p : people())
        if (w_.who(p.login) == requester_) s.departments.push_back({p.department});
    w_.on.run<core::project>(lead_, project_, project::summarise{std::move(s), recipients});
    for (std::size_t i = 0; i < recipients.size(); ++i) {
        if (recipients[i] == requester_ && w_.on.luck.percent(20)) continue;  // some never do
        w_.on.at(w_.on.in(1 + static_cast<unsigned>(i), 9h + 50min), [me = shared_from_this(), who = recipients[i]] {
            me->w_.on.run<core::project>(who, me->project_, project::acknowledge_summary{});
        });
    }
    if (ends_at(fate::summarised)) return;
    w_.on.at(w_.on.in(3, 16h), [me = shared_from_this()] { me->submit_archive(); });
}

void project_story::submit_archive() {
    // Nothing is archived while its tasks are open.
    for (const auto& one : orders_)
        if (!one->over) w_.on.run<core::task>(w_.who("li.na"), task_at(*one), core::task::cancel{"项目已验收，不再需要 / the project is accepted, and this is needed no more"});
    for (const auto& one : orders_) one->over = true;
    w_.on.run<core::project>(lead_, project_, project::submit_archive{std::string("资料齐全，请封存 / complete, please seal")});
    if (ends_at(fate::archive_pending)) return;
    w_.on.at(w_.on.in(2, 11h + 20min), [me = shared_from_this()] { me->seal(); });
}

void project_story::seal() {
    const auto li_na = w_.who("li.na");
    if (!archive_returned_ && w_.on.luck.percent(12)) {
        archive_returned_ = true;
        w_.on.run<core::project>(li_na, project_, project::return_archive{"缺少结项会纪要的签字页，请补充。"});
        w_.on.at(w_.on.in(1, 15h), [me = shared_from_this()] { me->submit_archive(); });
        return;
    }
    room_->open = false;
    w_.on.run<core::project>(li_na, project_, project::seal{std::nullopt});
}

}  // namespace server::demo::year
