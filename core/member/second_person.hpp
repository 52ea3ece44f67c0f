#pragma once
// Administration is not power over content (D11): what gives somebody SL, HR, AU, OM or AD, or a role that an amended flow
// lets take its steps, makes somebody another's superior, or takes somebody else's deputy or successor, needs a second person.
//
// Who that is: a superior leader; where there is none, another administrator. A deputy is named by the person, so theirs is
// confirmed by them or by their superior. Never by who proposed it, by whom it is about, or by who gains by it as a deputy.
// Until the first superior leader has joined an administrator acts alone, and that is recorded.

#include "core/member/member.hpp"

#include <vector>

namespace core::second_person {

using events::member::change;
using events::member::change_kind;

enum class need : std::uint8_t { none, alone, second };

/// What `by` needs to bring this about for whom `now` is about; for somebody who joins, their number is the fresh one.
need needed(const change& what, const member::state& now, const context& by);

/// Who may confirm it, by id. Empty: nobody.
std::vector<member_id> confirmers(const change& what, member_id of, member_id proposer, const context& by);

bool may_confirm(const member::open_change& what, member_id of, const context& by);

/// Whom it concerns: who set people up, whom it is about, who proposed it, who may confirm it.
bool may_see(const member::open_change& what, member_id of, const context& by);

/// All but those that are given by two people alone.
std::vector<role> without_power(const std::vector<role>& roles, const context& by);

}  // namespace core::second_person
