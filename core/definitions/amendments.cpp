#include "core/definitions/amendments.hpp"

#include <algorithm>

namespace core::amendments {
namespace {

using written::written_flow;
using written::written_row;
using flow::relations;
using flow::statuses;
using flow_version = definitions::flow_version;
using row_of_version = definitions::row_of_version;
using r = definitions_rejection;

/// The set of these names; nothing where one is unknown.
std::optional<std::uint32_t> bits_of(const std::vector<std::string>& names, const std::vector<std::string_view>& known) {
    std::uint32_t bits = 0;
    for (const auto& n : names) {
        const auto at = std::find(known.begin(), known.end(), n);
        if (at == known.end()) return std::nullopt;
        bits |= std::uint32_t{1} << (at - known.begin());
    }
    return bits;
}

/// Null where the flow has no such row.
const written_row* find_row(const written_flow& f, std::string_view command) {
    const auto at = std::find_if(f.rows.begin(), f.rows.end(), [&](const auto& row) { return row.command == command; });
    return at == f.rows.end() ? nullptr : &*at;
}

statuses bit(std::size_t status) { return statuses{1} << status; }

bool keeps_its_statuses(const written_row& row) {
    return row.decides || flow::has(row.is, flow::step::own_word) || flow::has(row.is, flow::step::writes);
}

/// Of what was amended before this was decided: as much as holds.
void hold_to(const written_row& row, row_of_version& amended) {
    if (keeps_its_statuses(row)) {
        amended.in &= row.in;
        if (amended.in == 0) amended.in = row.in;
    }
    if (row.decides || flow::has(row.is, flow::step::own_word)) {
        amended.may = row.may;
        amended.roles.clear();
    }
}

/// Nothing is to come: no row leads on, and none is waited for but to take note.
bool is_final(const written_flow& f, std::size_t status) {
    return std::none_of(f.rows.begin(), f.rows.end(), [&](const written_row& row) {
        if (!(row.in & bit(status))) return false;
        const bool takes_note = flow::has(row.is, flow::step::each) || flow::has(row.is, flow::step::own_word);
        return row.next.has_value() || (row.awaited && !takes_note);
    });
}

enum class deciding : std::uint8_t { nobody, anybody };

/// Where one gets to from these as the flow is written.
statuses reached_from(const written_flow& f, statuses found, deciding who) {
    for (bool more = true; more;) {
        more = false;
        for (const auto& row : f.rows) {
            if ((who == deciding::nobody && (row.decides || row.may == 0)) || !row.next || !(row.in & found) || (found & bit(*row.next))) continue;
            found |= bit(*row.next);
            more = true;
        }
    }
    return found;
}

/// Not where a decision is still to come that the row waits for.
bool can_be_opened_in(const written_flow& f, const written_row& row, std::size_t status) {
    if (is_final(f, status)) return false;
    const auto undecided = reached_from(f, bit(status), deciding::nobody);
    if (row.next) return (undecided & bit(*row.next)) != 0;
    return (undecided & row.in) != 0 || (reached_from(f, row.in, deciding::anybody) & bit(status)) != 0;
}

check statuses_at_fault(const written_flow& f, const written_row& row, const std::vector<std::string>& names) {
    const auto in = bits_of(names, f.statuses);
    if (!in || (*in & 1)) return r::bad_row;  // the first status is before there is anything
    if (keeps_its_statuses(row)) {
        if (*in & ~row.in) return r::opens_a_control;
        return *in == 0 || (row.awaited && *in != row.in) ? check(r::leaves_nobody) : check{};
    }
    if ((*in & row.in) != row.in) return r::narrows;
    for (std::size_t s = 0; s < f.statuses.size(); ++s)
        if ((*in & ~row.in & bit(s)) && !can_be_opened_in(f, row, s)) return r::skips_a_decision;
    return {};
}

check people_at_fault(const written_flow& f, const written_row& row, const events::definitions::row_change& change) {
    if (!change.may && !change.roles) return {};
    // As it is listed: it may be said again with what is changed.
    const auto stands = [&] {
        const auto said = change.may ? bits_of(*change.may, f.relations) : row.may;
        return said && (*said | row.overseers) == (row.may | row.overseers) && (!change.roles || change.roles->empty());
    };
    if (row.decides && stands()) return {};
    if (row.decides) return r::decides;
    if (flow::has(row.is, flow::step::own_word)) return r::own_word;
    if (!change.may) return {};
    const auto may = bits_of(*change.may, f.relations);
    if (!may) return r::bad_row;
    return (*may & row.may) == row.may ? check{} : check(r::narrows);
}

// Only a part bars, such as the submitter's: somebody else who has the role remains, or else it goes to a superior (D1). Where it
// is one person's own step, nobody would.
check barred_at_fault(const written_flow& f, const written_row& row, const std::vector<std::string>& names) {
    const auto never = bits_of(names, f.relations);
    if (!never) return r::bad_row;
    const relations added = *never & ~row.never;
    if (added == 0) return {};
    if (flow::has(row.is, flow::step::own_word)) return r::own_word;
    return (added & ~f.parts) || !(row.turn & ~f.personal) ? check(r::leaves_nobody) : check{};
}

check row_at_fault(const written_flow& f, const events::definitions::row_change& change) {
    const auto* row = find_row(f, change.command);
    if (!row) return r::bad_row;
    if (row->may == 0) return r::by_itself;
    if (row->in & 1) return r::creates;
    if (change.in)
        if (const auto no = statuses_at_fault(f, *row, *change.in)) return no;
    if (const auto no = people_at_fault(f, *row, change)) return no;
    return change.never ? barred_at_fault(f, *row, *change.never) : check{};
}

/// A row as it holds: what only restates it is the same.
struct holding {
    statuses in;
    relations may, never;
    std::vector<role> roles;
    bool operator==(const holding&) const = default;
};

holding holding_of(const written_row& row, const row_of_version* amended) {
    if (!amended) return {row.in, row.may | row.overseers, row.never, {}};
    holding h{amended->in, amended->may | row.overseers, row.never | amended->never, amended->roles};
    std::sort(h.roles.begin(), h.roles.end());
    h.roles.erase(std::unique(h.roles.begin(), h.roles.end()), h.roles.end());
    return h;
}

const row_of_version* find(const flow_version& v, std::string_view command) {
    const auto at = std::find_if(v.rows.begin(), v.rows.end(), [&](const auto& row) { return row.command == command; });
    return at == v.rows.end() ? nullptr : &*at;
}

row_of_version& row_in(flow_version& v, const written_row& row) {
    if (const auto* known = find(v, row.command)) return v.rows[static_cast<std::size_t>(known - v.rows.data())];
    return v.rows.emplace_back(row_of_version{std::string(row.command), row.in, row.may, 0, {}});
}

bool is_same(const written_flow& f, const flow_version& a, const flow_version& b) {
    return a.limits == b.limits && std::all_of(f.rows.begin(), f.rows.end(), [&](const written_row& row) {
        return holding_of(row, find(a, row.command)) == holding_of(row, find(b, row.command));
    });
}

// Where nothing waits to be taken no step has a time. To take note of what is over has none either.
bool is_waited_in(const written_flow& f, const flow_version& v, std::size_t status) {
    return status != 0 && !is_final(f, status) && std::any_of(f.rows.begin(), f.rows.end(), [&](const written_row& row) {
        return row.awaited && (holding_of(row, find(v, row.command)).in & bit(status));
    });
}

}  // namespace

flow_version newest(const definitions::amended_flow* amended, const written_flow& f) {
    auto v = amended && !amended->versions.empty() ? amended->versions.back() : flow_version{};
    if (v.limits.empty()) v.limits = f.limits;
    v.limits.resize(f.statuses.size());
    return v;
}

void apply(flow_version& v, const written_flow& f, const events::definitions::row_change& change) {
    const auto* written = find_row(f, change.command);
    if (!written) return;
    auto& row = row_in(v, *written);
    if (change.in) row.in = bits_of(*change.in, f.statuses).value_or(row.in);
    if (change.may) row.may = bits_of(*change.may, f.relations).value_or(row.may);
    if (change.never) row.never = bits_of(*change.never, f.relations).value_or(row.never);
    if (change.roles) row.roles = *change.roles;
    hold_to(*written, row);
}

void apply(flow_version& v, const written_flow& f, const events::definitions::step_limit& limit) {
    const auto at = std::find(f.statuses.begin(), f.statuses.end(), limit.status);
    if (at != f.statuses.end()) v.limits[static_cast<std::size_t>(at - f.statuses.begin())] = limit.working_days;
}

check changes_at_fault(const written_flow& f, const flow_version& before, const events::definitions::amendment& what) {
    auto now = before;
    for (const auto& change : what.rows) {
        if (const auto no = row_at_fault(f, change)) return no;
        const auto& row = *find_row(f, change.command);
        const auto held = holding_of(row, find(now, row.command));
        apply(now, f, change);
        if (holding_of(row, find(now, row.command)) == held) return r::nothing_changes;
    }
    for (const auto& limit : what.limits) {
        const auto at = std::find(f.statuses.begin(), f.statuses.end(), limit.status);
        if (at == f.statuses.end()) return r::bad_limit;
        const auto status = static_cast<std::size_t>(at - f.statuses.begin());
        if (!is_waited_in(f, now, status)) return r::bad_limit;
        if (now.limits[status] == limit.working_days) return r::nothing_changes;
        apply(now, f, limit);
    }
    return is_same(f, before, now) ? check(r::nothing_changes) : check{};
}

}  // namespace core::amendments
