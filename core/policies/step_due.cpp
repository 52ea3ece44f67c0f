#include "core/policies/step_due.hpp"

namespace core::policies {

// The work itself is due on its day; to begin it and to judge it there are limits.
std::optional<date> said_due(const task::state& of, std::string_view command, const context&) {
    const bool again = command == task::start::type && of.is == task_status::returned;
    return again || command == task::submit::type || command == task::unblock::type ? std::optional(of.due) : std::nullopt;
}
std::optional<date> said_due(const request::state& of, std::string_view command, const context&) {
    return command == request::assess::type ? std::optional(of.until) : std::nullopt;
}
std::optional<date> said_due(const project::state& of, std::string_view command, const context&) {
    if (command == project::sign_acceptance::type || command == project::accept::type) return of.panel_on;
    return command == project::request_acceptance::type ? std::optional(of.ends) : std::nullopt;
}
std::optional<date> said_due(const appraisal::state& of, std::string_view command, const context& by) {
    const auto* in = by.others->find<cycle>(of.cycle.value);
    const bool self = command == appraisal::submit_self::type;
    if (!in || !(self || command == appraisal::evaluate::type)) return std::nullopt;
    if (of.extended_until) return of.extended_until;
    if (of.anew) return std::nullopt;
    return self ? in->schedule.self_closes : in->schedule.evaluation_closes;
}
std::optional<date> said_due(const election::state& of, std::string_view command, const context&) {
    return command == election::cast::type ? std::optional(of.schedule.voting_closes) : std::nullopt;
}
std::optional<date> said_due(const analysis::state& of, std::string_view command, const context&) {
    return command == analysis::report::type ? std::optional(of.next_on) : std::nullopt;
}
std::optional<date> said_due(const strategy::state& of, std::string_view command, const context&) {
    if (command == strategy::acknowledge::type) return of.acknowledge_by;
    return command == strategy::check::type ? std::optional(of.check_on) : std::nullopt;
}

}  // namespace core::policies
