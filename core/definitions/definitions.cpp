#include "core/definitions/definitions.hpp"

#include "core/definitions/amendments.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/fingerprints.hpp"

#include <algorithm>

namespace core {

using defs = definitions;
using r = definitions_rejection;

// clang-format off
constexpr std::array<defs::row, 4> defs::flow{{
    {"definitions.amend_flow", flow::from(definitions_status::open), improver, 0, {}, "S2.1.3", r::not_improver, {}, {}},
    {"definitions.amend_form", flow::from(definitions_status::open), improver, 0, {}, "S2.1.3", r::not_improver, {}, {}},
    {"definitions.confirm_flow", flow::from(definitions_status::open), confirmer, 0, {}, "D12", r::not_confirmer, {}, {}, flow::step::decides},
    {"definitions.decline_flow", flow::from(definitions_status::open), confirmer | improver, 0, {}, "D12", r::not_confirmer, {}, {}},
}};
// clang-format on

namespace {

using written::find_flow;
using check = std::optional<definitions_rejection>;

constexpr std::size_t pending_max = 32;

const defs::amended_flow* find(const std::vector<defs::amended_flow>& all, std::string_view name) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.name == name; });
    return at == all.end() ? nullptr : &*at;
}
const defs::amended_form* find(const std::vector<defs::amended_form>& all, std::string_view name) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.name == name; });
    return at == all.end() ? nullptr : &*at;
}

template <class Entry>
std::uint32_t newest_of(const Entry* found) {
    return found ? static_cast<std::uint32_t>(found->versions.size() + 1) : 1;
}

events::definitions::amendment as_amendment(const defs::amend_flow& c) { return {c.flow, c.rows, c.limits, c.reason, c.effect}; }

check changes_at_fault(const defs::state& now, const events::definitions::amendment& what) {
    const auto* f = find_flow(what.flow);
    if (!f) return r::no_such_flow;
    if (!what.rows.empty() && !f->keeps_version) return r::no_instances;
    return amendments::changes_at_fault(*f, amendments::newest(find(now.flows, what.flow), *f), what);
}

check at_fault(const defs::state& now, const defs::amend_flow& c) { return changes_at_fault(now, as_amendment(c)); }

bool has_name(auto from, auto until, const std::string& name) {
    return std::any_of(from, until, [&](const auto& one) { return one.name == name; });
}

/// What its type needs is there, and nothing that belongs to another.
bool is_sound(const events::definitions::added_field& f) {
    using enum events::definitions::added_type;
    const auto is = f.is.value_or(prose);
    if ((is == choice) != (f.options && !f.options->empty())) return false;
    if (f.options)
        for (auto at = f.options->begin(); at != f.options->end(); ++at)
            if (has_name(f.options->begin(), at, at->name)) return false;
    if (is != number && (f.least || f.most || f.unit)) return false;
    if (f.least && f.most && *f.least > *f.most) return false;
    return !f.of || (is == reference && events::category_of(*f.of));
}

check at_fault(const defs::state& now, const defs::amend_form& c) {
    if (!written::is_form(c.form)) return r::no_such_form;
    for (auto at = c.fields.begin(); at != c.fields.end(); ++at)
        if (has_name(c.fields.begin(), at, at->name) || !is_sound(*at)) return r::bad_field;
    const auto* amended = find(now.forms, c.form);
    return (amended ? amended->versions.back() == c.fields : c.fields.empty()) ? r::nothing_changes : check{};
}

const defs::proposed* find(const defs::state& now, std::uint32_t number) {
    const auto at = std::find_if(now.pending.begin(), now.pending.end(), [&](const auto& p) { return p.number == number; });
    return at == now.pending.end() ? nullptr : &*at;
}

bool is_pending(const defs::state& now, const defs::amend_flow& c) {
    return std::any_of(now.pending.begin(), now.pending.end(), [&](const auto& p) { return p.what == as_amendment(c); });
}
bool is_pending(const defs::state&, const defs::amend_form&) { return false; }

defs::event event_of(const defs::state& now, const defs::amend_flow& c, const context& by) {
    if (find_flow(c.flow)->judges)
        return events::definitions::flow_proposed{now.proposals + 1, by.who(), as_amendment(c), by.prints ? by.prints->of(as_amendment(c)) : std::string()};
    return events::definitions::flow_amended{c.flow, newest_of(find(now.flows, c.flow)) + 1, c.rows, c.limits, c.reason, c.effect};
}
defs::event event_of(const defs::state& now, const defs::amend_form& c, const context&) {
    return events::definitions::form_amended{c.form, newest_of(find(now.forms, c.form)) + 1, c.fields, c.reason, c.effect};
}

template <class Command>
decision<defs> decide_one(const defs::state& now, const Command& c, const context& by) {
    if (const auto no = flow::who_refuses<defs>(flow::row_of<defs, Command>(), now, by)) return *no;
    if (is_pending(now, c)) return decided<defs::event>{};
    if (const auto no = at_fault(now, c)) return *no;
    if (now.pending.size() >= pending_max) return r::too_many;
    decided<defs::event> all;
    all.push_back(event_of(now, c, by));
    return all;
}

decision<defs> decide_one(const defs::state& now, const defs::confirm_flow& c, const context& by) {
    if (const auto no = flow::who_refuses<defs>(flow::row_of<defs, defs::confirm_flow>(), now, by)) return *no;
    const auto* p = find(now, c.number);
    if (!p) return r::no_such_amendment;
    if (by.by_system() || !may_confirm(*by.actor, *p, by)) return p->by == by.who() ? r::own_amendment : r::not_confirmer;
    if (p->sha256.empty() || c.sha256 != p->sha256) return r::other_amendment;
    const auto& what = p->what;
    if (const auto no = changes_at_fault(now, what)) return *no;  // something else may hold by now
    decided<defs::event> all;
    all.push_back(events::definitions::flow_confirmed{c.number, c.sha256});
    all.push_back(events::definitions::flow_amended{what.flow, newest_of(find(now.flows, what.flow)) + 1, what.rows, what.limits, what.reason, what.effect});
    return all;
}

decision<defs> decide_one(const defs::state& now, const defs::decline_flow& c, const context& by) {
    if (const auto no = flow::who_refuses<defs>(flow::row_of<defs, defs::decline_flow>(), now, by)) return *no;
    const auto* p = find(now, c.number);
    if (!p) return r::no_such_amendment;
    if (!by.by_system() && p->by != by.who() && !may_confirm(*by.actor, *p, by)) return r::not_confirmer;
    decided<defs::event> all;
    all.push_back(events::definitions::flow_declined{c.number, c.reason});
    return all;
}

template <class Entry>
Entry& grow(std::vector<Entry>& all, const std::string& name) {
    for (auto& one : all)
        if (one.name == name) return one;
    all.emplace_back().name = name;
    return all.back();
}

void fold(defs::state& d, const events::definitions::flow_amended& e) {
    auto& entry = grow(d.flows, e.flow);
    if (const auto* f = find_flow(e.flow)) {
        auto v = amendments::newest(&entry, *f);
        for (const auto& change : e.rows) amendments::apply(v, *f, change);
        for (const auto& l : e.limits) amendments::apply(v, *f, l);
        entry.versions.push_back(std::move(v));
    } else {
        entry.versions.push_back(entry.versions.empty() ? defs::flow_version{} : entry.versions.back());
    }
}
void fold(defs::state& d, const events::definitions::flow_proposed& e) {
    d.proposals = e.number;
    d.pending.push_back({e.number, e.by, e.what, e.sha256});
}
void fold(defs::state& d, const events::definitions::flow_confirmed& e) {
    std::erase_if(d.pending, [&](const auto& p) { return p.number == e.number; });
}
void fold(defs::state& d, const events::definitions::flow_declined& e) {
    std::erase_if(d.pending, [&](const auto& p) { return p.number == e.number; });
}
void fold(defs::state& d, const events::definitions::form_amended& e) { grow(d.forms, e.form).versions.push_back(e.fields); }

}  // namespace

decision<defs> defs::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void defs::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations defs::relations_of(const state&, const context& by) {
    return (manages_all(*by.actor, by) || by.actor->has("SL") ? improver : 0) | (by.actor->has("SL") || by.actor->has("AD") ? confirmer : 0);
}

bool may_confirm(const person& who, const defs::proposed& what, const context& by) {
    if (!who.active || who.id == what.by) return false;
    bool another = false;
    by.people->each_active([&](const person& p) {
        another = p.has("SL") && p.id != what.by;
        return !another;
    });
    return who.has(another ? "SL" : "AD");
}

amended_flows::amended_flows(const defs::state& of) : of_(&of) {
    for (const auto& f : of.flows)
        for (std::size_t i = 0; i < f.versions.size(); ++i) {
            auto& entry = rows_.emplace_back(rows_of{f.name, static_cast<std::uint32_t>(i + 2), {}});
            for (const auto& row : f.versions[i].rows)
                entry.rows.emplace_back(row.command, flow::amended_row{row.in, row.may, row.never, row.roles});
        }
}

const flow::amended_row* amended_flows::row(std::string_view flow, std::uint32_t version, std::string_view command) const {
    if (version < 2) return nullptr;
    for (const auto& entry : rows_) {
        if (entry.version != version || entry.flow != flow) continue;
        for (const auto& [name, row] : entry.rows)
            if (name == command) return &row;
    }
    return nullptr;
}

std::uint32_t amended_flows::newest(std::string_view flow) const { return newest_of(find(of_->flows, flow)); }

unsigned amended_flows::limit(std::string_view flow, std::uint32_t version, std::string_view status) const {
    const auto* written = find_flow(flow);
    if (!written) return 0;
    const auto at = std::find(written->statuses.begin(), written->statuses.end(), status);
    if (at == written->statuses.end()) return 0;
    const auto index = static_cast<std::size_t>(at - written->statuses.begin());
    const auto* amended = find(of_->flows, flow);
    if (amended && version >= 2 && version - 2 < amended->versions.size()) {
        const auto& limits = amended->versions[version - 2].limits;
        if (index < limits.size()) return limits[index];
    }
    return written->limits[index];
}

std::uint32_t amended_flows::newest_form(std::string_view form) const { return newest_of(find(of_->forms, form)); }

std::span<const events::definitions::added_field> amended_flows::added_fields(std::string_view form, std::uint32_t version) const {
    const auto* f = find(of_->forms, form);
    if (!f || version < 2 || version - 2 >= f->versions.size()) return {};
    return f->versions[version - 2];
}

}  // namespace core
