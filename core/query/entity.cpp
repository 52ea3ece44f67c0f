#include "core/query/query.hpp"

namespace core {

bool may_see(const query::state& of, const context& by) { return of.is != query_status::absent && by.actor->active && query::relations_of(of, by) != 0; }

std::string name_of(const query::state& of) { return of.title; }

bool is_own(const query::state& of, member_id who) { return of.by == who; }

section query::section_of(const event& happened) { return {std::holds_alternative<events::query::asked>(happened) ? "statement" : "outcome"}; }

std::string query::text_of(const event& happened) { return std::holds_alternative<events::query::asked>(happened) ? "statement" : ""; }

}  // namespace core
