#include "server/wire/flows/definitions.hpp"

#include "core/access/access.hpp"
#include "core/creating.hpp"
#include "core/definitions/written.hpp"
#include "core/kernel/statutory.hpp"
#include "server/wire/flows/dossier.hpp"
#include "server/wire/json_object.hpp"
#include "server/wire/list_json.hpp"

namespace server::wire {
namespace {

using core::written::written_flow;
using core::written::written_row;
using models = core::views::views;

std::vector<std::string_view> names_of(std::uint32_t bits, const std::vector<std::string_view>& names) {
    std::vector<std::string_view> all;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (bits >> i & 1) all.push_back(names[i]);
    return all;
}

void write_versions(std::string& out, const written_flow& f, const core::definitions::state& s) {
    out += '[';
    for (const auto& amended : s.flows) {
        if (amended.name != f.name) continue;
        for (std::size_t i = 0; i < amended.versions.size(); ++i) {
            comma(out);
            json_object o(out);
            o.put("version", i + 2);
            auto& rows = o.name("rows");
            rows += '[';
            for (const auto& row : amended.versions[i].rows) {
                comma(rows);
                json_object(rows).put("command", row.command).put("in", names_of(row.in, f.statuses)).put("may", names_of(row.may, f.relations))
                    .put("roles", row.roles).put("never", names_of(row.never, f.relations));
            }
            rows += ']';
            auto& limits = o.name("limits");
            json_object l(limits);
            for (std::size_t n = 0; n < amended.versions[i].limits.size(); ++n)
                if (amended.versions[i].limits[n]) l.put(f.statuses[n], amended.versions[i].limits[n]);
        }
    }
    out += ']';
}

/// What waits to be confirmed (D12).
void write_proposals(std::string& out, const written_flow& f, const core::definitions::state& s) {
    out += '[';
    for (const auto& p : s.pending) {
        if (p.what.flow != f.name) continue;
        comma(out);
        json_object(out).put("number", p.number).put("by", p.by).put("rows", p.what.rows).put("limits", p.what.limits).put("reason", p.what.reason)
            .put("effect", p.what.effect).put("sha256", p.sha256);
    }
    out += ']';
}

}  // namespace

void write_flow_row(std::string& out, const written_flow& f, const written_row& row, const core::flow::amended_row* changed) {
    json_object o(out);
    o.put("command", row.command).put("in", names_of(changed ? changed->in : row.in, f.statuses));
    o.put("may", names_of((changed ? changed->may : row.may) | row.overseers, f.relations)).put("never", names_of(row.never | (changed ? changed->never : 0), f.relations));
    if (changed && !changed->roles.empty()) o.put("roles", changed->roles);
    if (row.next) o.put("next", f.statuses[*row.next]);
    o.put_if(!row.guard.empty(), "when", row.guard).put("awaited", row.awaited).put("clause", row.clause);
}

void put_form_in_force(json_object& o, std::string_view form, const core::context& by) {
    std::vector<events::definitions::added_field> added;
    if (const auto* defined = by.others->find<core::definitions>(1))
        for (const auto& f : defined->forms)
            if (f.name == form) added = f.versions.back();
    o.put("version", by.flows ? by.flows->newest_form(form) : 1).put("fields", added);
}

reading flows_document(const documents& from, events::member_id who) {
    return from.with_reader(who, [&](const models&, events::position at, const core::context& by) -> reading {
        document d{open_list(at), at};
        for (const auto& f : core::written::flows()) {
            comma(d.body);
            json_object(d.body).put("name", f.name).put("statuses", f.statuses).put("rows", f.rows.size()).put("version", by.flows->newest(f.name));
        }
        close_list(d.body, 0);
        return d;
    });
}

reading flow_document(const documents& from, events::member_id who, std::string_view name) {
    const auto* f = core::written::find_flow(name);
    if (!f) return missing();
    return from.with_reader(who, [&](const models& v, events::position at, const core::context&) -> reading {
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at).put("name", f->name).put("statuses", f->statuses).put("relations", f->relations);
            auto& rows = o.name("rows");
            rows += '[';
            for (const auto& row : f->rows) {
                comma(rows);
                write_flow_row(rows, *f, row);
            }
            rows += ']';
            {
                json_object l(o.name("limits"));
                for (std::size_t n = 0; n < f->limits.size(); ++n)
                    if (f->limits[n]) l.put(f->statuses[n], f->limits[n]);
            }
            const auto* amended = v.of<core::definitions>().row(1);
            const auto state = amended ? amended->state : core::definitions::state{};
            write_versions(o.name("versions"), *f, state);
            write_proposals(o.name("proposals"), *f, state);
        }
        return d;
    });
}

std::optional<std::string> flow_diagram(std::string_view name) {
    const auto* f = core::written::find_flow(name);
    if (!f) return std::nullopt;
    std::string out = "stateDiagram-v2\n";
    const auto state = [&](std::size_t n) { return n == 0 ? std::string("[*]") : std::string(f->statuses[n]); };
    for (const auto& row : f->rows)
        for (std::size_t s = 0; s < f->statuses.size(); ++s) {
            if (!(row.in >> s & 1) || !row.next) continue;
            out += "    " + state(s) + " --> " + state(*row.next) + " : " + std::string(row.command.substr(row.command.find('.') + 1));
            for (const auto& who : names_of(row.may, f->relations)) out += (who == names_of(row.may, f->relations).front() ? " (" : ", ") + std::string(who);
            out += row.may ? ") " : " ";
            out += std::string(row.clause) + "\n";
        }
    return out;
}

reading creating_document(const documents& from, const reader& by, events::project_id within) {
    return from.with_reader(by.who, [&](const models&, events::position at, const core::context& now) -> reading {
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at);
            write_actions(o.name("items"), core::creating(now, within), by.language);
        }
        return d;
    });
}

reading forms_document(const documents& from, events::member_id who) {
    return from.with_reader(who, [&](const models&, events::position at, const core::context& by) -> reading {
        document d{open_list(at), at};
        for (const auto& form : core::written::forms()) {
            comma(d.body);
            json_object o(d.body);
            o.put("name", form.name).put("zh", form.zh).put("en", form.en);
            put_form_in_force(o, form.name, by);
        }
        d.body += R"(],"next":null})";
        return d;
    });
}

reading org_document(const documents& from, events::member_id who) {
    return from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        static const core::org::state nothing;
        const auto* row = v.of<core::org>().row(1);
        const auto& s = row ? row->state : nothing;
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at).put("version", row ? row->version : events::version{}).put("utc_offset_minutes", from.utc_offset().count()).put("departments", s.departments).put("roles", s.roles);
            o.put("settings", s.settings).put("settings_number", s.settings_number);
            // Who answers to whom.
            auto& lines = o.name("superiors");
            lines += '[';
            by.people->each_active([&](const core::person& p) {
                if (!core::access::may_see_member(p.id, *by.actor, v.channels)) return true;
                comma(lines);
                json_object(lines).put("member", p.id).put("superior", p.superior).put("acts_for", p.acts_for);
                return true;
            });
            lines += ']';
        }
        return d;
    });
}

reading calendar_document(const documents& from, events::member_id who, int year) {
    return from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        const int asked = year ? year : static_cast<int>(by.today.year());
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at).put("year", asked).put("today", by.today).put("working_today", by.calendar->is_working_day(by.today));
            const auto* row = v.of<core::calendar>().row(1);
            const core::calendar::year* found = nullptr;
            if (row)
                for (const auto& y : row->state.years)
                    if (y.number == asked) found = &y;
            o.put("published", found != nullptr);
            if (found) o.put("source", found->source).put("off", found->off).put("work", found->work);
            else o.put("off_by_law", core::statutory_holidays(asked));
            const core::date last{std::chrono::year(asked - 1), std::chrono::December, std::chrono::day(31)};
            o.put("working_days", by.calendar->working_days(last, core::date{std::chrono::year(asked), std::chrono::December, std::chrono::day(31)}));
        }
        return d;
    });
}

}  // namespace server::wire
