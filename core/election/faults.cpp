#include "core/election/faults.hpp"

#include "core/kernel/forms.hpp"
#include "core/org/org.hpp"

#include <numeric>

namespace core::election_faults {
namespace {

using r = election_rejection;
using s = election_status;

constexpr std::size_t key_bytes_max = 4'096;
constexpr std::size_t ballot_bytes_max = 16'384;
constexpr std::size_t proof_bytes_max = 1u << 20;
constexpr std::size_t nominations_max = 1'000;
constexpr std::size_t nominees_max = 60;  // as many as a ballot has room for

bool is_base64(const std::string& s, std::size_t bytes_max) {
    return !s.empty() && s.size() <= bytes_max && std::all_of(s.begin(), s.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
    });
}

// Voting takes a day at least, as the day that it closes on is one of it (D15): that comes after the last day of nominations. Days that have come are not moved, days to come are not put into the past.
bool is_schedule(const election::schedule& of, s at, const context& by) {
    const auto good = [](date d) { return d.year() <= std::chrono::year{9999}; };
    if (!good(of.nominations_close) || !good(of.voting_opens) || !good(of.voting_closes)) return false;
    if (!(of.nominations_close <= of.voting_opens && of.voting_opens <= of.voting_closes && of.nominations_close < of.voting_closes)) return false;
    const date next = at <= s::opened ? of.nominations_close : at == s::nominated ? of.voting_opens : of.voting_closes;
    return next >= by.today;
}

bool is_winner(const std::vector<member_id>& winners, const election::total& t) { return forms::contains(winners, t.nominee); }

}  // namespace

bool is_as_counted(const std::vector<member_id>& winners, const state& now) {
    std::uint32_t least = std::numeric_limits<std::uint32_t>::max(), most = 0;
    for (const auto& t : now.totals)
        if (is_winner(winners, t)) least = std::min(least, t.votes);
        else most = std::max(most, t.votes);
    return most <= least;
}

check at_fault(const election::open& c, const state& now, const context& by) {
    if (c.electorate && (!text::is_code(c.electorate->code, events::code_bytes_max) || !is_known(*c.electorate, by))) return r::bad_electorate;
    if (!is_schedule(c.schedule, now.is, by)) return r::bad_schedule;
    return text::is_code(c.key, key_bytes_max) ? check{} : r::bad_key;
}
check at_fault(const election::reschedule& c, const state& now, const context& by) {
    return is_schedule(c.schedule, now.is, by) ? check{} : r::bad_schedule;
}
check at_fault(const election::nominate& c, const state& now, const context& by) {
    if (c.nominee == by.who()) return r::own_nomination;
    const auto* p = by.people->find(c.nominee);
    if (!p || !is_in_electorate(*p, now) || now.nominations.size() >= nominations_max) return r::bad_nominee;
    if (now.nominees.size() >= nominees_max && !forms::contains(now.nominees, c.nominee)) return r::too_many_nominees;
    const bool before = std::any_of(now.nominations.begin(), now.nominations.end(),
                                    [&](const auto& n) { return n.by == by.who() && n.nominee == c.nominee; });
    return before ? r::nominated_before : check{};
}
check at_fault(const election::cast& c, const state&, const context&) {
    return is_base64(c.ballot, ballot_bytes_max) ? check{} : r::bad_ballot;
}
check at_fault(const election::count& c, const state& now, const context&) {
    std::vector<member_id> counted;
    std::uint64_t votes = c.invalid;
    for (const auto& t : c.totals) {
        counted.push_back(t.nominee);
        votes += t.votes;
    }
    const bool each_once = counted.size() == now.nominees.size() && !forms::has_doubles(counted) &&
                           std::all_of(counted.begin(), counted.end(), [&](member_id m) { return forms::contains(now.nominees, m); });
    const bool proven = text::is_prose(c.proof, proof_bytes_max);
    return each_once && votes == now.voters.size() && proven ? check{} : r::bad_count;
}
check at_fault(const election::decide_winners& c, const state& now, const context&) {
    const bool good = c.winners.size() <= now.seats &&
                      std::all_of(c.winners.begin(), c.winners.end(), [&](member_id m) { return forms::contains(now.nominees, m); });
    return good ? check{} : r::bad_winners;
}

}  // namespace core::election_faults
