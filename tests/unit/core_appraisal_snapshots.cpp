// What is kept beside the log of indicators, cycles, appraisals, incentives and elections reads back as it was, and
// damaged bytes bring nobody down.

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"
#include "core/indicators/indicators.hpp"
#include "tests/support/appraised.hpp"

#include "core/evidence.hpp"
#include "core/kernel/archive.hpp"

using namespace opsroom_test;
using core::cycle_status;

namespace {

template <class State>
std::string kept(const State& state) {
    std::string bytes;
    core::archive::writer to(bytes);
    write(to, state);
    return bytes;
}

template <class State>
void check_comes_back(const State& state) {
    const auto bytes = kept(state);
    State back;
    core::archive::reader from(bytes);
    read(from, back);
    CHECK(from.finished());
    CHECK(kept(back) == bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (const int flip : {0x01, 0x08, 0x80, 0xff}) {
            auto damaged = bytes;
            damaged[i] = static_cast<char>(damaged[i] ^ flip);
            State other;
            core::archive::reader again(damaged);
            read(again, other);  // whatever comes of it
        }
}

}  // namespace

TEST_CASE("snapshots: every state of the appraisal half survives", "[core][appraisal][incentive][election][cycle][indicators]") {
    const auto sp = core::handbook_indicators({"SP"});
    check_comes_back(given<core::indicators>(events::indicators::published{sp->role, sp->name, sp->indicators, 1}).state());
    check_comes_back(cycle_at(cycle_status::calibration));
    check_comes_back(appraisal_story().at().state());
    auto full = appraisal_story().appealed().then(core::appraisal::uphold_appeal{"x"}, hui).then(core::appraisal::evaluate{good_f7()}, lin).at().state();
    full.evidence = {{1, {7}, wei.id, true}};
    full.extended_until = tomorrow;
    full.calibrated[1] = 55;
    check_comes_back(full);

    core::incentive::state bonus;
    bonus.is = core::incentive_status::approved;
    bonus.member = wei.id;
    bonus.effective = tomorrow;
    bonus.sha256 = "abc";
    check_comes_back(bonus);
    core::election::state e;
    e.is = core::election_status::counted;
    e.electorate = {{"operations"}};
    e.schedule = {today, tomorrow, core::date{2026y / 12 / 1}};
    e.nominations = {{na.id, wei.id}};
    e.nominees = e.winners = {wei.id};
    e.voters = {na.id};
    e.totals = {{wei.id, 1}};
    check_comes_back(e);

    core::evidence_ledger ledger;
    ledger.findings = {{wei.id, core::evidence_ledger::source::tasks_late, {7}, today}};
    ledger.submitted = {{{3}, today}};
    check_comes_back(ledger);
}
