#include "core/delivery/delivery.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/departments.hpp"

namespace core {
namespace {

std::string two_digits(unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); }
std::string text_of(date d) {
    return std::to_string(static_cast<int>(d.year())) + "-" + two_digits(static_cast<unsigned>(d.month())) + "-" + two_digits(static_cast<unsigned>(d.day()));
}

}  // namespace

bool may_see(const delivery::state& of, const context& by) { return access::may_see_directory(*by.actor) && of.is != delivery_status::absent; }

std::string name_of(const delivery::state& of) {
    return of.name + " " + text_of(of.from) + (of.from == of.until ? "" : " – " + text_of(of.until));
}

bool is_work_of(const delivery::state& of, member_id who) { return of.owner == who && (delivery::open & flow::from(of.is)) != 0; }

std::optional<date> said_due(const delivery::state& of, std::string_view command, const context& by) {
    return command == delivery::fill::type && of.due ? std::optional(date_in(*of.due, by.zone_offset)) : std::nullopt;
}

// Whose it is hears of what is missing or bad, and of what others decide on it; the manager of what stays missing, and of what is
// not waited for any more.
concerned concerned_by(const delivery::event& happened, const delivery::state& of, const events::envelope&, const context& by) {
    using namespace events::delivery;
    concerned all;
    std::visit([&]<class Event>(const Event& e) {
        if constexpr (is_one_of<Event, missed, released, rejected, waived>) all.add(of.owner);
        if constexpr (is_one_of<Event, released, rejected>) all.add(of.by);
        if constexpr (is_one_of<Event, checked>)
            if (e.verdict == verdict::quarantined || e.verdict == verdict::refused) all.add(of.owner), all.add(of.by);
        if constexpr (is_one_of<Event, escalated>) all.add_all(by, [&](const person& p) { return manages(p, of.department, by); });
        if constexpr (is_one_of<Event, explained, waived>)
            if (of.escalated) all.add_all(by, [&](const person& p) { return manages(p, of.department, by); });
    }, happened);
    return all;
}

bool is_own(const delivery::state& of, member_id who) { return of.owner == who || of.by == who; }
date due_of(const delivery::state& of) { return of.until; }

// A new one is by a plan, and its owner has a part in it before it is there.
std::vector<delivery::state> delivery::about_to_be(const context& by, project_id) {
    std::vector<state> all(1);
    const auto highest = by.others->highest(events::category::collection);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        auto made = as_if({}, enter{{n}, {}, {}, {}, {}, {}}, by);
        if (made.owner != by.who()) continue;
        all.push_back(std::move(made));
        break;
    }
    return all;
}

section delivery::section_of(const event& happened) {
    namespace h = events::delivery;
    if (std::holds_alternative<h::received>(happened) || std::holds_alternative<h::entered>(happened)) return {"received"};
    if (std::holds_alternative<h::checked>(happened)) return {"checks"};
    if (std::holds_alternative<h::released>(happened) || std::holds_alternative<h::rejected>(happened)) return {"verdict"};
    if (std::holds_alternative<h::explained>(happened)) return {"explanations", true};
    if (std::holds_alternative<h::superseded>(happened) || std::holds_alternative<h::waived>(happened)) return {"end"};
    return {};
}

}  // namespace core
