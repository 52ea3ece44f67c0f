#include "server/limits.hpp"

#include "server/ops/logging.hpp"

#include <algorithm>

namespace server {

shares::rates::limits limits_of(const ops::config& c) {
    const auto of = [](double a_second, double seconds_at_once) { return shares::rate{a_second, a_second * seconds_at_once}; };
    // At once: a page that opens, a script that begins; something that is imported; everybody who comes back after a restart.
    constexpr double few = 2, import = 32, return_of_all = 20;
    shares::rates::limits all;
    all[shares::rates::commands] = of(c.person_commands, few);
    all[shares::rates::requests] = of(c.person_requests, few);
    all[shares::rates::log_bytes] = of(c.person_log_kib * 1024.0, import);
    all[shares::rates::subscriptions] = of(c.person_subscriptions, return_of_all);
    all[shares::rates::address_requests] = of(c.address_requests, few);
    return all;
}

std::size_t share_of_connections(std::uint64_t all) { return std::max<std::size_t>(8, all / 2); }

void say_of_failure(std::string_view lane, const std::exception_ptr& failed) {
    std::string why = "?";
    try {
        std::rethrow_exception(failed);
    } catch (const std::exception& e) {
        why = e.what();
    } catch (...) {
    }
    ops::log_error("work was not done", {{"lane", lane}, {"why", why}});
}

void watch(ops::metrics& metrics, const shares::lanes& lanes, const shares::rates& limited, const shares::backlog& backlog) {
    for (std::size_t i = 0; i < shares::lanes_count; ++i) {
        const auto which = static_cast<shares::lane>(i);
        const ops::labels with{{"lane", std::string(shares::lane_rules[i].name)}};
        metrics.watch_gauge("opsroom_lane_waiting", "Work that waits in a lane.", [&lanes, which] { return static_cast<double>(lanes.waiting(which)); }, with);
        metrics.watch_counter("opsroom_lane_refused_total", "Work that a lane had no place for.",
                              [&lanes, which] { return static_cast<double>(lanes.refused(which)); }, with);
    }
    using shares::rates;
    constexpr std::pair<rates::kind, const char*> kinds[] = {{rates::commands, "commands"}, {rates::requests, "requests"}, {rates::log_bytes, "log_bytes"},
                                                             {rates::subscriptions, "subscriptions"}, {rates::address_requests, "address_requests"}};
    for (const auto& [of, name] : kinds)
        metrics.watch_counter("opsroom_rate_limited_total", "Times that somebody was told to come again later.",
                              [&limited, of = of] { return static_cast<double>(limited.refused(of)); }, {{"of", name}});
    metrics.watch_gauge("opsroom_outbox_bytes", "Bytes made for somebody and not yet taken.", [&backlog] { return static_cast<double>(backlog.bytes()); });
}

}  // namespace server
