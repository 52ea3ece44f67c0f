#pragma once
// What an entity of a flow is called in lists and inboxes, and whom it is about. People's names are not in the states:
// whoever shows one looks it up.

#include "core/commands.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <string>

namespace core::views {

inline std::string name_of(const request::state& s) { return s.title; }
inline std::string name_of(const project::state& s) { return s.name; }
inline std::string name_of(const election::state& s) { return s.title; }
inline std::string name_of(const analysis::state& s) { return s.title; }
inline std::string name_of(const strategy::state& s) { return s.title; }
inline std::string name_of(const proposal::state& s) { return s.title; }

/// "2026 Q3"; "2026" of a year.
inline std::string period_name(std::uint16_t year, std::uint8_t quarter) {
    return quarter ? std::to_string(year) + " Q" + std::to_string(quarter) : std::to_string(year);
}
inline std::string name_of(const cycle::state& s) { return period_name(s.year, s.quarter); }
inline std::string name_of(const appraisal::state& s) { return period_name(s.year, s.quarter); }
/// "bonus"
inline std::string name_of(const incentive::state& s) { return boost::describe::enum_to_string(s.kind, "?"); }
/// A role's code.
inline std::string name_of(const indicators::state& s) { return s.role.code; }

inline member_id about(const appraisal::state& s) { return s.employee; }
inline member_id about(const incentive::state& s) { return s.member; }
inline member_id about(const auto&) { return {}; }

}  // namespace core::views
