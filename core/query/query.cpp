#include "core/query/query.hpp"

#include "core/collection/collection.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/text.hpp"

#include <algorithm>

namespace core {

using s = query_status;
using r = query_rejection;
namespace happened = events::query;

// clang-format off
constexpr std::array<query::row, 3> query::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step
    {"query.ask", flow::from(s::absent), 0, 0, s::running, "S4.2.2", r::not_runner, {}, r::already_exists},
    {"query.answer", flow::from(s::running), 0, 0, s::answered, "S4.2.2", r::not_runner, {}, r::closed},
    {"query.fail", flow::from(s::running), 0, 0, s::failed, "S4.2.2", r::not_runner, {}, r::closed},
}};
// clang-format on

namespace {

using state = query::state;
using outcome = decision<query>;

/// What it is called in lists: so many characters of it, whatever lines it is written in.
std::string title_of(const std::string& statement) {
    constexpr std::size_t characters_most = 120;
    std::string line;
    std::size_t characters = 0;
    bool blank = true;  // what is before it, so that it begins with none
    for (std::size_t i = 0; i < statement.size(); ++i) {
        const char c = statement[i];
        const bool is_blank = c == ' ' || c == '\n' || c == '\t';
        if (is_blank && blank) continue;
        blank = is_blank;
        if ((c & 0xC0) != 0x80 && ++characters > characters_most) return line + "…";
        line += is_blank ? ' ' : c;
    }
    return line;
}

outcome decide_one(const state& now, const query::ask& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    // One that nobody ran would be a record of what never was.
    if (!by.by_system()) return by.actor->active ? r::not_here : r::inactive;
    const auto* who = by.people->find(c.by);
    if (!who || !who->active) return r::inactive;
    auto sets = sets_read_by(*who, by);
    if (sets.empty()) return r::no_sets;
    decided<query::event> all;
    all.push_back(happened::asked{who->id, who->department, c.statement, c.parameters, std::move(sets), c.format, c.rows_most, by.now, by.flows ? by.flows->newest("query") : 1});
    return all;
}

bool in_effect(const state& now, const happened::answered& e) {
    return now.is == s::answered && now.rows == e.rows && now.bytes == e.bytes && now.milliseconds == e.milliseconds && now.cut == e.cut && now.read == e.read;
}
bool in_effect(const state& now, const happened::failed& e) { return now.is == s::failed && now.code == e.code && now.milliseconds == e.milliseconds; }

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<query, Command>();
    if (const auto no = flow::who_refuses<query>(row, now, by)) return *no;
    decided<query::event> all;
    if (in_effect(now, c.outcome)) return all;
    if (const auto no = flow::state_refuses<query>(row, now, by)) return *no;
    all.push_back(c.outcome);
    return all;
}

void fold(state& q, const happened::asked& e) {
    q.is = s::running;
    q.flow = e.flow;
    q.title = title_of(e.statement);
    q.department = e.department;
    q.by = e.by;
    q.sets = e.sets;
    q.format = e.format;
    q.rows_most = e.rows_most;
    q.at = e.at;
}
void fold(state& q, const happened::answered& e) {
    q.is = s::answered;
    q.sets.clear();
    q.rows = e.rows;
    q.bytes = e.bytes;
    q.milliseconds = e.milliseconds;
    q.cut = e.cut;
    q.read = e.read;
}
void fold(state& q, const happened::failed& e) {
    q.is = s::failed;
    q.sets.clear();
    q.code = e.code;
    q.milliseconds = e.milliseconds;
}

}  // namespace

decision<query> query::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void query::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations query::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    if (who.has("SL")) are |= leader;
    if (who.has("AU")) are |= auditor;
    if (now.is == s::absent) return are;
    if (who.id == now.by) are |= asker;
    if (manages(who, now.department, by)) are |= manager;
    return are;
}

std::vector<std::string> sets_read_by(const person& who, const context& by) {
    std::vector<std::string> all;
    const auto as_them = by.as(who);
    const auto highest = by.others->highest(collection::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* plan = by.others->find<collection>(n);
        if (plan && may_see(*plan, as_them)) all.push_back(plan->set);
    }
    // The figures of published metrics, which are for whoever may see what was collected.
    if (!all.empty()) all.push_back("figures");
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace core
