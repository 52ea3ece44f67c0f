#pragma once
// A year of the demo department, played through the engine with the same commands as anyone's: requests and projects, tasks,
// talk, five appraisal cycles, incentives, elections, analyses, strategies, proposals. It leaves open work in every state of every flow.
//
// The same seed plays the same year: the same events at the same times by the same people. What is sealed (names, messages,
// appraisals) is the same in the clear; its sealed form is not, as keys and nonces are the system's random numbers.

#include "server/demo/year/world.hpp"

#include "core/calendar/calendar.hpp"
#include "server/ballots/ballot.hpp"
#include "server/ballots/returning_officer.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace server::demo::year {

struct script {
    std::uint64_t seed = 1;
    int year = 2025;              ///< the calendar has to know it and the next one
    std::size_t tasks = 2'000;    ///< beside those of projects and improvement plans
    std::size_t messages = 30'000;
    std::chrono::minutes utc_offset{480};
    std::optional<instant> until = {};  ///< nothing happens later; empty: until the annual cycle is through
};

/// The year that shows most on its last day: from April on that day's own, before that the one that has ended.
int year_that_ends(date last);

/// First and last moment of what is played: from New Year until the annual cycle is through, or until it is cut off.
std::pair<instant, instant> span_of(const script& s);

/// What the elections' keys and ballots are made with, so that the same year has the same ones.
ballots::randomness random_of(const script& s);

/// Plays it into an empty room, whose clock is `clock` and whose elections are held by `polls`. `joined` is told everyone's login and number as they come. Blocks.
/// Throws std::runtime_error where a command is refused. What is attached is given to `keep`.
void play(engine::engine& room, played_clock& clock, ballots::returning_officer& polls, const script& s, const std::vector<core::calendar::publish_year>& calendar,
          const std::function<void(const std::string& login, member_id who)>& joined = {}, const stage::progress& tell = {}, const keeping& keep = {});

}  // namespace server::demo::year
