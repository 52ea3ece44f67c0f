#include "core/desk/desk.hpp"

#include <algorithm>

namespace core {

using s = desk_status;
using r = desk_rejection;
namespace happened = events::desk;

// clang-format off
constexpr std::array<desk::row, 4> desk::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"desk.open", flow::from(s::absent), 0, 0, s::open, "S1.3.3", r::by_itself, {}, r::already_exists},
    {"desk.remind", flow::from(s::open), 0, 0, {}, "S1.3.3", r::by_itself, {}, r::not_found},
    {"desk.acknowledge", flow::from(s::open), owner, 0, {}, "S1.3.3", r::not_owner, {}, r::not_found},
    {"desk.tell", flow::from(s::open), 0, 0, {}, "S1.3.3", r::by_itself, {}, r::not_found},
}};
// clang-format on

namespace {

using outcome = decision<desk>;
using decided_events = decided<desk::event>;

const desk::told* find(const desk::state& now, std::uint32_t number) {
    const auto at = std::lower_bound(now.notices.begin(), now.notices.end(), number, [](const auto& t, auto n) { return t.what.number < n; });
    return at != now.notices.end() && at->what.number == number ? &*at : nullptr;
}

outcome decide_one(const desk::state& now, const desk::open& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (!by.by_system()) return r::by_itself;
    if (c.member.value != by.fresh || !by.people->find(c.member)) return r::not_next;
    decided_events all;
    all.push_back(happened::opened{c.member});
    return all;
}

// One a day; what they were told of before is left out.
outcome decide_one(const desk::state& now, const desk::remind& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    if (!by.by_system()) return r::by_itself;
    decided_events all;
    if (c.day == now.day) return all;  // an earlier one comes again where a wrong clock was set back
    happened::reminded digest{c.day, {}, c.more, c.over};
    for (auto n : c.notices) {
        if (now.knows(n)) continue;
        n.number = now.last + static_cast<std::uint32_t>(digest.notices.size()) + 1;
        digest.notices.push_back(std::move(n));
    }
    if (!digest.notices.empty() || !digest.over.empty()) all.push_back(std::move(digest));
    return all;
}

outcome decide_one(const desk::state& now, const desk::tell& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    if (!by.by_system()) return r::by_itself;
    if (c.notice.kind != desk::kind::decided) return r::bad_notices;
    decided_events all;
    if (now.knows(c.notice)) return all;
    auto n = c.notice;
    n.number = now.last + 1;
    all.push_back(happened::told{std::move(n)});
    return all;
}

outcome decide_one(const desk::state& now, const desk::acknowledge& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<desk, desk::acknowledge>();
    if (by.by_system()) return row.not_yours;  // it is a person who takes note
    if (const auto no = flow::who_refuses<desk>(row, now, by)) return *no;
    happened::acknowledged e;
    for (const auto number : c.notices) {
        if (number == 0 || number > now.last) return r::no_such_notice;
        // Whose step is over is gone: that was taken note of by doing it.
        const auto* told = find(now, number);
        const bool again = std::find(e.notices.begin(), e.notices.end(), number) != e.notices.end();
        if (told && !told->acknowledged && !again) e.notices.push_back(number);
    }
    decided_events all;
    if (!e.notices.empty()) all.push_back(std::move(e));
    return all;
}

bool is_decision(const desk::told& t) { return t.what.kind == desk::kind::decided; }

void fold(desk::state& d, const happened::opened& e) {
    d.is = s::open;
    d.of = e.member;
}
void fold(desk::state& d, const happened::reminded& e) {
    d.day = e.day;
    d.more = e.more;
    std::erase_if(d.notices, [&](const auto& t) { return std::find(e.over.begin(), e.over.end(), t.what.number) != e.over.end(); });
    for (const auto& n : e.notices) d.notices.push_back({n, false});
    if (!e.notices.empty()) d.last = e.notices.back().number;
}
void fold(desk::state& d, const happened::acknowledged& e) {
    for (auto& t : d.notices)
        if (std::find(e.notices.begin(), e.notices.end(), t.what.number) != e.notices.end()) t.acknowledged = true;
    // A step that goes on is not told of again; a decision is over and done with.
    std::erase_if(d.notices, [](const desk::told& t) { return t.acknowledged && is_decision(t); });
}
void fold(desk::state& d, const happened::told& e) {
    d.notices.push_back({e.notice, false});
    d.last = e.notice.number;
    if (static_cast<std::size_t>(std::count_if(d.notices.begin(), d.notices.end(), is_decision)) > decisions_max)
        d.notices.erase(std::find_if(d.notices.begin(), d.notices.end(), is_decision));
}

}  // namespace

bool is_same_notice(const desk::notice& a, const desk::notice& b) {
    return a.kind == b.kind && a.what == b.what && a.command == b.command && a.since == b.since && a.on == b.on;
}

bool desk::state::knows(const desk::notice& one) const {
    return std::any_of(notices.begin(), notices.end(), [&](const told& t) { return is_same_notice(t.what, one); });
}

decision<desk> desk::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void desk::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

}  // namespace core
