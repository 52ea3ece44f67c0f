#pragma once
// The department with superiors and human resources, and an appraisal at every step of its life: wei's, in the third
// quarter of 2026, evaluated by lin, whose superior is zhou.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/indicators/indicators.hpp"
#include "tests/support/flow_table.hpp"

namespace opsroom_test {

namespace appraisal_facts = events::appraisal;

inline const core::person hui = somebody(12, "personnel", {"HR"});

inline core::person below(core::person p, const core::person& superior) {
    p.superior = superior.id;
    return p;
}

inline const company office =
    roster.with(hui).with(below(wei, lin)).with(below(na, lin)).with(below(lin, zhou)).with(below(mei, zhou)).with(below(hui, zhou));

inline const std::vector<const core::person*> office_people{&lin, &mei, &wei, &na, &zhou, &ada, &aud, &tech_manager, &requester, &gone, &forgotten, &hui};

inline core::context in_office(const core::person& who, const core::entities& others, const company& people = office) {
    auto by = as(*people.find(who.id));
    by.people = &people;
    by.others = &others;
    return by;
}
/// The same where operations alone has a manager (D16).
inline const company one_office = office.with(somebody(tech_manager.id.value, "technology", {"SP"}));

inline core::context office_system(const core::entities& others, const company& people = office) {
    auto by = as_system();
    by.people = &people;
    by.others = &others;
    return by;
}
inline cast office_cast(const core::entities& others) {
    return {office_people, [&others](const core::person& p) { return in_office(p, others); }};
}

inline core::cycle::state cycle_at(core::cycle_status is, events::cycle::kind kind = events::cycle::kind::quarter, std::uint8_t quarter = 3) {
    core::cycle::state c;
    c.is = is;
    c.kind = kind;
    c.year = 2026;
    c.quarter = quarter;
    c.schedule = {today, core::date{2026y / 11 / 30}, core::date{2026y / 12 / 7}, core::date{2026y / 12 / 7}, core::date{2026y / 12 / 10}};
    return c;
}
/// With cycle 1.
inline world world_with(core::cycle_status is) {
    world w;
    w.put<core::cycle>(1, cycle_at(is));
    return w;
}

inline std::vector<events::indicators::indicator> sp_indicators() { return core::handbook_indicators({"SP"})->indicators; }

inline core::appraisal::self_form good_f6(core::appraisal::score first = 80) {
    return {{{"module", first, "完成模块目标", {{{17}, "上线"}}}, {"analysis", std::nullopt, "本季没有分析任务", {}}, {"execution", 90, "按时完成", {}}}, {}};
}
inline core::appraisal::evaluation good_f7(core::appraisal::score first = 70) {
    return {{{"module", first, "目标偏低", {{{17}, "上线推迟"}}}, {"analysis", 60, "反馈太少", {}}, {"execution", 85, "质量好", {}}}, "总体稳定", {}};
}
inline core::appraisal::talk good_f8() {
    return {"良好", "执行力强", "数据分析不足", {{"每周写一份数据反馈", wei.id, "含结论和建议", core::date{2026y / 12 / 31}}}, {}};
}

inline const appraisal_facts::opened appraisal_opened{{1}, {1}, events::cycle::kind::quarter, 2026, 3, wei.id, {"SP"}, {"operations"}, lin.id,
                                                      {1}, 1, sp_indicators(), 1};

/// After these commands, each by whom and in which cycle they are possible.
class appraisal_story {
public:
    explicit appraisal_story(const appraisal_facts::opened& how = appraisal_opened) : at_(given<core::appraisal>(how)) {}

    appraisal_story& then(const core::appraisal::command& asked, const core::person& who, core::cycle_status in = core::cycle_status::open) {
        auto w = world_with(in);
        at_ = at_.after(asked, in_office(who, w));
        return *this;
    }
    appraisal_story& self() { return then(core::appraisal::submit_self{good_f6()}, wei); }
    appraisal_story& evaluated() { return self().then(core::appraisal::evaluate{good_f7()}, lin); }
    appraisal_story& recorded() { return evaluated().then(core::appraisal::record_talk{good_f8()}, lin); }
    appraisal_story& held() { return recorded().then(core::appraisal::confirm_talk{}, wei).then(core::appraisal::confirm_talk{}, lin); }
    appraisal_story& finalised() { return held().then(core::appraisal::finalise{{}}, zhou, core::cycle_status::calibration); }
    appraisal_story& appealed() { return finalised().then(core::appraisal::appeal{"分析任务没有派给我"}, wei); }

    operator situation<core::appraisal>() const { return at_; }
    const situation<core::appraisal>& at() const { return at_; }

private:
    situation<core::appraisal> at_;
};

/// The same, with the days for an appeal over.
inline situation<core::appraisal> past_appeal(const situation<core::appraisal>& of) {
    auto s = of.state();
    s.appeal_until = yesterday;
    return situation<core::appraisal>(s);
}

}  // namespace opsroom_test
