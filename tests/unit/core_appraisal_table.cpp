// Every (status, command, person) of an appraisal in every status of its cycle; who may read what of it; and that its
// state is the same whether the texts are clear or sealed.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/indicators/indicators.hpp"
#include "events/bytes/base64.hpp"
#include "tests/support/appraised.hpp"

#include "core/appraisal/visibility.hpp"
#include "core/kernel/archive.hpp"

using namespace opsroom_test;
using core::appraisal;
using core::appraisal_status;
using core::cycle_status;
namespace happened = events::appraisal;

namespace {

situation<appraisal> cancelled() { return appraisal_story().self().then(appraisal::cancel{"leave"}, zhou).at(); }
situation<appraisal> returned() { return appraisal_story().evaluated().then(appraisal::return_self{"evidence"}, lin).at(); }
situation<appraisal> reopened() { return appraisal_story().appealed().then(appraisal::uphold_appeal{"right"}, hui).at(); }
situation<appraisal> applied() {
    const auto w = world_with(cycle_status::closed);
    return past_appeal(appraisal_story().finalised()).after(appraisal::apply{}, in_office(zhou, w));
}

std::vector<situation<appraisal>> situations() {
    return {appraisal_story().at(),
            appraisal_story().then(appraisal::draft_self{{}}, wei).at(),
            appraisal_story().then(appraisal::extend{tomorrow, "ill"}, zhou).at(),
            appraisal_story().self().at(),
            returned(),
            appraisal_story().evaluated().at(),
            appraisal_story().recorded().at(),
            appraisal_story().recorded().then(appraisal::confirm_talk{}, wei).at(),
            appraisal_story().held().at(),
            appraisal_story().finalised().at(),
            past_appeal(appraisal_story().finalised()),
            appraisal_story().appealed().at(),
            appraisal_story().appealed().then(appraisal::reject_appeal{"no"}, hui).at(),
            reopened(),
            applied(),
            cancelled()};
}

std::vector<appraisal::command> commands() {
    return {appraisal::draft_self{{}},
            appraisal::submit_self{good_f6()},
            appraisal::return_self{"unclear"},
            appraisal::draft_evaluation{{}},
            appraisal::evaluate{good_f7()},
            appraisal::extend{core::date{2026y / 12 / 9}, "ill"},
            appraisal::suggest_evidence{{{"module", events::indicators::evidence_source::tasks_late, {5}}}},
            appraisal::add_evidence{"module", {{6}, "see"}},
            appraisal::record_talk{good_f8()},
            appraisal::revise_talk{good_f8()},
            appraisal::confirm_talk{},
            appraisal::return_talk{"no"},
            appraisal::calibrate{{{"module", 75}}, "fair"},
            appraisal::finalise{{}},
            appraisal::appeal{"why"},
            appraisal::uphold_appeal{"right"},
            appraisal::reject_appeal{"no"},
            appraisal::reopen{"error"},
            appraisal::apply{},
            appraisal::cancel{"error"},
            appraisal::hand_over{lin.id, mei.id},
            appraisal::extend_appeal{core::date{2026y / 12 / 9}, "the room was not there"}};
}

// The handbook's table once more, written independently of the rows: S6.3 and the flow Appraisal.
struct handbook {
    cycle_status cycle;

    bool operator()(const appraisal::state& a, std::string_view name, const core::person& who) const {
        using s = appraisal_status;
        if (!who.active) return false;
        const auto command = name.substr(name.find('.') + 1);
        const auto is = [&](auto... all) { return ((a.is == all) || ...); };
        const bool employee = who.id == wei.id, evaluator = who.id == lin.id;
        const bool sl = who.id == zhou.id, hr = who.id == hui.id;  // zhou is the evaluator's superior as well
        const bool longer = a.extended_until && *a.extended_until >= today;
        const bool takes_f6 = cycle == cycle_status::open || longer;
        const bool takes_f7 = takes_f6 || cycle == cycle_status::self_closed || a.anew;
        const bool before_f7 = is(s::opened, s::self_draft, s::self_submitted, s::reopened);
        const bool final = is(s::finalised, s::appealed, s::applied), pending = !final && !is(s::cancelled);
        const bool can_appeal = a.is == s::finalised && !a.appealed && *a.appeal_until >= today;
        if (command == "draft_self" || command == "submit_self") return employee && is(s::opened, s::self_draft) && takes_f6;
        if (command == "return_self") return evaluator && is(s::self_submitted, s::evaluated, s::reopened);
        if (command == "draft_evaluation") return evaluator && before_f7 && takes_f7;
        if (command == "evaluate") return evaluator && before_f7 && takes_f7 && (is(s::self_submitted, s::reopened) || !takes_f6);
        if (command == "extend") return sl && before_f7;
        if (command == "add_evidence") return (employee || evaluator) && pending;
        if (command == "record_talk") return evaluator && is(s::evaluated);
        if (command == "revise_talk") return evaluator && is(s::talk_recorded);
        if (command == "confirm_talk") return (employee || evaluator) && is(s::talk_recorded, s::talk_held);  // again: already so
        if (command == "return_talk") return employee && is(s::talk_recorded);
        if (command == "calibrate") return (sl || hr) && is(s::evaluated, s::talk_recorded, s::talk_held) && cycle == cycle_status::calibration;
        if (command == "finalise") return sl && is(s::talk_held) && (cycle == cycle_status::calibration || cycle == cycle_status::closed);
        if (command == "appeal") return employee && can_appeal;
        if (command == "uphold_appeal" || command == "reject_appeal") return who.id == hui.id && is(s::appealed);
        if (command == "reopen") return sl && is(s::finalised, s::applied);
        if (command == "apply") return sl && (is(s::applied) || (is(s::finalised) && !can_appeal));
        if (command == "cancel") return sl && (pending || is(s::cancelled));
        return false;  // suggest_evidence, hand_over and extend_appeal are the system's
    }
};

// What the handbook lets a reader see: D4 and D5.
struct rights {
    bool sees = false, reads_f6 = false, reads_f7 = false;
};
rights handbook_rights(const appraisal::state& a, const core::person& who) {
    using s = appraisal_status;
    const auto is = [&](auto... all) { return ((a.is == all) || ...); };
    const bool final = is(s::finalised, s::appealed, s::applied);
    const bool both_in = final || is(s::evaluated, s::talk_recorded, s::talk_held, s::reopened);
    if (who.id == wei.id) return {true, true, both_in};
    if (who.id == lin.id) return {true, both_in, true};
    if (who.id == zhou.id) return {true, both_in, both_in};
    if (who.id == hui.id && final) return {true, true, true};
    return {};
}

}  // namespace

TEST_CASE("appraisal: every (status, command, person) in every cycle is as the handbook says", "[core][appraisal][S6.3.1][S6.3.2][S6.3.3][S6.3.4]") {
    for (const auto in : {cycle_status::planned, cycle_status::open, cycle_status::self_closed, cycle_status::evaluation_closed,
                          cycle_status::calibration, cycle_status::closed}) {
        const auto w = world_with(in);
        CHECK(check_every_pair<appraisal>(situations(), commands(), handbook{in}, office_cast(w)) == 16 * 22 * 12);
        check_rows_agree<appraisal>(situations(), commands(), office_cast(w));
    }
}

TEST_CASE("appraisal: who may see it, and who may read F6 and F7, in every status", "[core][appraisal][D4][D5]") {
    const auto w = world_with(cycle_status::open);
    for (const auto& at : situations())
        for (const auto* who : office_people) {
            INFO(boost::describe::enum_to_string(at.state().is, "?") << " by " << who->id.value);
            const auto by = in_office(*who, w);
            const auto& reader = *by.actor;
            const auto expected = reader.active ? handbook_rights(at.state(), reader) : rights{};
            CHECK(core::may_see_appraisal(at.state(), reader, by) == expected.sees);
            CHECK(core::may_read_self_form(at.state(), reader, by) == expected.reads_f6);
            CHECK(core::may_read_evaluation(at.state(), reader, by) == expected.reads_f7);
            CHECK(core::may_see_scores(at.state(), reader, by) == expected.sees);
            // Event by event.
            CHECK(core::may_read(happened::self_drafted{}, at.state(), reader, by) == (reader.id == wei.id));
            CHECK(core::may_read(happened::evaluation_drafted{}, at.state(), reader, by) == (reader.id == lin.id));
            CHECK(core::may_read(happened::self_submitted{}, at.state(), reader, by) == expected.reads_f6);
            CHECK(core::may_read(happened::evaluated{}, at.state(), reader, by) == expected.reads_f7);
            CHECK(core::may_read(happened::evidence_added{lin.id, "module", {}}, at.state(), reader, by) == expected.reads_f7);
            CHECK(core::may_read(happened::evidence_suggested{}, at.state(), reader, by) == expected.sees);
            CHECK(core::may_read(happened::appealed{}, at.state(), reader, by) == expected.sees);
        }
}

TEST_CASE("appraisal: who calibrates sees scores and no word, and only then", "[core][appraisal][D5]") {
    const auto held = appraisal_story().held().at();
    auto w = world_with(cycle_status::calibration);
    CHECK(core::may_see_scores(held.state(), hui, in_office(hui, w)));
    CHECK(!core::may_see_appraisal(held.state(), hui, in_office(hui, w)));
    CHECK(!core::may_read_evaluation(held.state(), hui, in_office(hui, w)));
    CHECK(!core::may_see_scores(held.state(), mei, in_office(mei, w)));
    CHECK(!core::may_see_scores(appraisal_story().self().at().state(), hui, in_office(hui, w)));
    // Of the superior leaders, who reviews it alone.
    const auto far = somebody(13, "board", {"SL"});
    CHECK(!core::may_see_scores(held.state(), far, in_office(far, w, office.with(far))));
    CHECK(core::may_see_scores(held.state(), zhou, in_office(zhou, w)));
    w = world_with(cycle_status::evaluation_closed);
    CHECK(!core::may_see_scores(held.state(), hui, in_office(hui, w)));
}

TEST_CASE("appraisal: who is asked to answer an appeal may read it", "[core][appraisal][D5]") {
    const auto far = somebody(13, "board", {"SL"});
    const auto two = office.with(far);
    const auto w = world_with(cycle_status::closed);
    CHECK(!core::may_see_appraisal(appraisal_story().finalised().at().state(), far, in_office(far, w, two)));
    CHECK(core::may_see_appraisal(appraisal_story().appealed().at().state(), far, in_office(far, w, two)));
}

TEST_CASE("appraisal: its state holds nothing personal, so sealed and clear events give the same", "[core][appraisal][D9]") {
    const auto w = world_with(cycle_status::calibration);
    const auto sealed = [](events::personal p) {
        p.is = events::personal::form::sealed;
        p.text = events::bytes::to_base64(std::string(28, 'x') + p.text);  // as long as it is with its nonce and tag
        return p;
    };
    auto clear = appraisal_story().at(), dark = clear;
    auto f6 = good_f6();
    const auto open = world_with(cycle_status::open);
    for (const auto& e : clear.when(appraisal::submit_self{f6}, in_office(wei, open)).happened()) {
        auto hidden = std::get<happened::self_submitted>(e);
        for (auto& l : hidden.form.lines) {
            l.text = sealed(l.text);
            for (auto& v : l.evidence) v.note = sealed(v.note);
        }
        clear = clear.after(appraisal::submit_self{f6}, in_office(wei, open));
        auto s = dark.state();
        appraisal::evolve(s, hidden);
        CHECK(s == clear.state());
    }
    // What is kept beside the log has none of the texts.
    std::string kept;
    core::archive::writer to(kept);
    const auto full = appraisal_story().finalised().at().state();
    write(to, full);
    for (const char* text : {"完成模块目标", "目标偏低", "总体稳定", "执行力强", "数据分析不足", "每周写一份数据反馈", "含结论和建议"}) CHECK(kept.find(text) == kept.npos);
    appraisal::state back;
    core::archive::reader from(kept);
    read(from, back);
    CHECK(from.finished());
    CHECK(back == full);
}

TEST_CASE("appraisal: whoever may act on one sees it, but for who calibrates, applies what others have decided, or names another evaluator", "[core][appraisal][D5]") {
    const auto w = world_with(cycle_status::calibration);
    for (const auto& at : situations())
        for (const auto* who : office_people) {
            const auto by = in_office(*who, w);
            for (const auto& one : core::flow::actions<appraisal>(at.state(), by)) {
                if (one.refused || one.command == appraisal::calibrate::type || one.command == appraisal::apply::type ||
                    one.command == appraisal::change_evaluator::type)
                    continue;
                INFO(one.command << " by " << who->id.value);
                CHECK(core::may_see_appraisal(at.state(), *by.actor, by));
            }
        }
}
