#include "core/definitions/amendments.hpp"

#include "core/kernel/text.hpp"

#include <algorithm>

namespace core::amendments {
namespace {

using definitions::written_flow;
using definitions::written_row;
using flow::relations;
using flow::statuses;
using r = definitions_rejection;

statuses bit(std::size_t status) { return statuses{1} << status; }

bool keeps_its_statuses(const written_row& row) {
    return row.decides || flow::has(row.is, flow::step::own_word) || flow::has(row.is, flow::step::writes);
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
    if (row.decides) return r::decides;
    if (flow::has(row.is, flow::step::own_word)) return r::own_word;
    if (change.may) {
        const auto may = bits_of(*change.may, f.relations);
        if (!may) return r::bad_row;
        if ((*may & row.may) != row.may) return r::narrows;
    }
    const auto is_role = [](const role& o) { return text::is_code(o.code, 64); };
    return !change.roles || std::all_of(change.roles->begin(), change.roles->end(), is_role) ? check{} : check(r::bad_row);
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

}  // namespace

std::optional<std::uint32_t> bits_of(const std::vector<std::string>& names, const std::vector<std::string_view>& known) {
    std::uint32_t bits = 0;
    for (const auto& n : names) {
        const auto at = std::find(known.begin(), known.end(), n);
        if (at == known.end()) return std::nullopt;
        bits |= std::uint32_t{1} << (at - known.begin());
    }
    return bits;
}

const written_row* find_row(const written_flow& f, std::string_view command) {
    const auto at = std::find_if(f.rows.begin(), f.rows.end(), [&](const auto& row) { return row.command == command; });
    return at == f.rows.end() ? nullptr : &*at;
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

void hold_to(const written_row& row, definitions_of_flows::row_of_version& amended) {
    if (keeps_its_statuses(row)) {
        amended.in &= row.in;
        if (amended.in == 0) amended.in = row.in;
    }
    if (row.decides || flow::has(row.is, flow::step::own_word)) {
        amended.may = row.may;
        amended.roles.clear();
    }
}

}  // namespace core::amendments
