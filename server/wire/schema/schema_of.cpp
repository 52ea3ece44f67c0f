#include "server/wire/schema/schema_of.hpp"

#include "core/definitions/definitions.hpp"
#include "core/definitions/written.hpp"
#include "server/wire/flows/definitions.hpp"
#include "server/wire/flows/kind_reading.hpp"

namespace server::wire {

void put_kind(json_object& o, events::category which, const events::kind_words& says) {
    o.put("name", events::name_of(which)).put("clause", says.clause);
    // What has no list and dossiers of this shape has places of its own.
    if (reading_of(which)) o.put("path", "/api/v1/" + std::string(events::plural_of(which)));
    put_words(o, "label", says.label);
    put_words(o, "plural", says.plural);
    put_words(o, "hint", says.hint);
}

void put_command(json_object& o, std::string_view type, std::string_view clause, const events::command_words& says, bool creates, bool by_system) {
    o.put("type", type).put("clause", clause);
    put_words(o, "label", says.label);
    put_words(o, "hint", says.hint);
    put_words(o, "grave", says.grave);
    o.put_if(creates, "creates", true).put_if(by_system, "by_system", true).put_if(says.ends, "ends", true).put_if(!says.verb.empty(), "verb", says.verb);
    if (says.verdict) o.put("verdict", *says.verdict);
}

void put_statuses(json_object& o, std::span<const events::choice_words> all) {
    put_choices(o, "statuses", all.front().name == "absent" ? all.subspan(1) : all);
}

void put_flow(json_object& o, std::string_view flow, const core::context& by) {
    const auto* written = core::written::find_flow(flow);
    const auto version = by.flows ? by.flows->newest(flow) : 1;
    o.put_object("flow", [&](json_object& f) {
        f.put("version", version);
        auto& rows = f.name("rows");
        rows += '[';
        for (const auto& row : written->rows) {
            if (rows.back() != '[') rows += ',';
            write_flow_row(rows, *written, row, by.flows ? by.flows->row(flow, version, row.command) : nullptr);
        }
        rows += ']';
        f.put_object("limits", [&](json_object& l) {
            for (std::size_t n = 0; n < written->statuses.size(); ++n) {
                const unsigned days = by.flows ? by.flows->limit(flow, version, written->statuses[n]) : written->limits[n];
                l.put_if(days != 0, written->statuses[n], days);
            }
        });
    });
}

void put_fields_beyond(json_object& o, events::category which) {
    const auto* how = reading_of(which);
    if (!how) return;
    how->write_row_fields(o.name("row_fields"));
    how->write_dossier_fields(o.name("dossier_fields"));
}

void put_forms(json_object& o, std::span<const events::form_words> forms, const core::context& by) {
    o.put_each("forms", forms, [&](json_object& one, const events::form_words& form) {
        one.put("name", form.name);
        put_words(one, "label", form.label);
        put_form_in_force(one, form.name, by);
    });
}

}  // namespace server::wire
