#pragma once
// What every story of the year has at hand: the stage, the people, and the rooms where they talk.

#include "core/calendar/calendar.hpp"
#include "server/ballots/returning_officer.hpp"
#include "server/demo/year/stage.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace server::demo::year {

using namespace std::chrono_literals;

/// Keeps the content of a file that somebody attaches.
using keeping = std::function<void(member_id who, const events::attachment& file, std::string_view content)>;

/// Somebody of the demo department.
struct someone {
    const char* login;
    const char* name;
    const char* department;
    std::vector<const char*> roles;
    events::language language;
};

/// A project's channel, as long as something can be said there.
struct project_room {
    std::uint64_t channel;
    std::string name;
    std::vector<member_id> people;
    bool open = true;
};

struct world {
    stage& on;
    ballots::returning_officer& polls;
    std::map<std::string_view, member_id> ids;                      ///< by login
    std::map<std::uint64_t, events::language> languages;            ///< by member
    std::map<std::uint64_t, std::string> names;
    std::map<std::string_view, stream_id> channels;                 ///< of the department, by name
    std::map<std::string_view, std::vector<member_id>> inside;      ///< who is in them
    std::vector<std::shared_ptr<project_room>> rooms;               ///< of projects
    std::vector<std::string> talked_about;                          ///< titles of tasks that are under way, the newest last
    keeping keep;                                                   ///< of files; empty: nowhere

    member_id who(std::string_view login) const { return ids.at(login); }
    bool is_chinese(member_id m) const { return languages.at(m.value) == events::language::zh; }
    /// One of two wordings, in the language of who says it.
    std::string says(member_id m, std::string_view zh, std::string_view en) const { return std::string(is_chinese(m) ? zh : en); }
};

/// Who there is, the superiors first.
std::span<const someone> people();

/// Departments, people, superiors, the calendar, indicators, and the channels of the department.
void move_in(world& w, const std::vector<core::calendar::publish_year>& calendar);

}  // namespace server::demo::year
