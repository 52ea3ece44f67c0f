#pragma once
// What a kind of document is, as the schema has it: made from what is described beside its structs.

#include "core/kernel/context.hpp"
#include "core/kernel/flow.hpp"
#include "server/wire/schema/fields.hpp"
#include "server/wire/schema/kind_schema.hpp"

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <span>
#include <string>
#include <vector>

namespace server::wire {

/// What the kind is called, and where its list is.
void put_kind(json_object& o, events::category which, const events::kind_words& says);
/// A command, without its fields.
void put_command(json_object& o, std::string_view type, std::string_view clause, const events::command_words& says, bool creates, bool by_system);
/// But for that of what is not there.
void put_statuses(json_object& o, std::span<const events::choice_words> all);
/// A kind's flow and forms, as amended.
void put_flow(json_object& o, std::string_view flow, const core::context& by);
void put_forms(json_object& o, std::span<const events::form_words> forms, const core::context& by);

/// What its rows and dossiers show beyond the fields of its state.
void put_fields_beyond(json_object& o, events::category which);

template <class A>
void put_commands(json_object& o) {
    auto& out = o.name("commands");
    out += '[';
    std::size_t i = 0;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::command>>([&](auto tag) {
        using command = typename decltype(tag)::type;
        if (i != 0) out += ',';
        const auto& row = A::flow[i++];
        json_object one(out);
        put_command(one, command::type, row.clause, command::says, requires { requires command::creates; }, row.may == 0);
        if constexpr (requires { requires command::decides; }) one.put("decides", true);
        if constexpr (requires { requires command::adds; }) one.put("adds", true);
        if constexpr (requires { typename command::beside; }) one.put("beside", command::beside::type);
        write_fields<command>(one.name("fields"));
    });
    out += ']';
}

template <class A>
void put_events(json_object& o) {
    auto& out = o.name("events");
    out += '[';
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::event>>([&](auto tag) {
        using event = typename decltype(tag)::type;
        if (out.back() != '[') out += ',';
        json_object one(out);
        one.put("type", event::type).put("clause", event::clause);
        put_words(one, "label", event::says.label);
        put_words(one, "detail", event::says.detail);
        if constexpr (requires { A::section_of(event{}); }) {
            const auto section = A::section_of(event{});
            one.put_if(!section.name.empty(), "section", section.name);
        }
        write_fields<event>(one.name("fields"));
    });
    out += ']';
}

/// Appends the kind's object.
template <class A>
void write_schema_of(std::string& out, const core::context& by) {
    json_object o(out);
    put_kind(o, A::category, A::says);
    if constexpr (requires(const typename A::event& e) { A::text_of(e); }) o.put("searched", true);
    put_statuses(o, events::choices<typename A::status>);
    o.put("usual_path", std::vector(A::usual_path.begin(), A::usual_path.end()));
    o.put_each("sections", A::sections, [](json_object& one, const events::section_words& s) {
        one.put("name", s.name).put_if(s.many, "many", true);
        put_words(one, "label", s.label);
    });
    auto& relations = o.name("relations");
    relations += '[';
    for (std::size_t i = 0; i < A::relation_names.size(); ++i) {
        if (i != 0) relations += ',';
        json_object one(relations);
        one.put("name", A::relation_names[i]);
        put_words(one, "label", A::relation_words[i]);
    }
    relations += ']';
    put_flow(o, events::name_of(A::category), by);
    put_forms(o, A::forms, by);
    write_fields<typename A::state>(o.name("fields"));
    put_fields_beyond(o, A::category);
    put_commands<A>(o);
    put_events<A>(o);
}

}  // namespace server::wire
