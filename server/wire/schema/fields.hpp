#pragma once
// The fields of a described struct, as the schema has them.

#include "core/kernel/field_fault.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/stream.hpp"
#include "server/wire/json_object.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace server::wire {

/// {"zh","en"}
void put_words(json_object& o, std::string_view key, const events::wording& words);

/// What does not depend on its type: name, what it is, words, bounds; whether it has to be there, and then to say something.
void put_field(json_object& o, const events::field& f, bool required, const core::field_refusal& refused);

/// The values of an enum.
void put_choices(json_object& o, std::string_view key, std::span<const events::choice_words> all);

template <class T>
void write_fields(std::string& out);

/// What depends on its type: the values of a choice, the fields of a part, the kind of what is referred to.
template <class T>
void put_type(json_object& o) {
    if constexpr (events::described_enum<T>) {
        put_choices(o, "options", events::choices<T>);
    } else if constexpr (events::described_struct<T>) {
        write_fields<T>(o.name("fields"));
    } else if constexpr (events::detail::is_vector<T>) {
        put_type<typename T::value_type>(o);
    } else if constexpr (events::detail::is_id<T> && requires { stream_of(T{}); } && !std::is_same_v<T, events::member_id>) {
        o.put("of", events::name_of(stream_of(T{}).kind));
    } else if constexpr (std::is_base_of_v<events::personal, T>) {
        o.put("personal", true);
    }
}

/// A list of the fields that people give and are shown.
template <class T>
void write_fields(std::string& out) {
    out += '[';
    std::size_t i = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
        const auto n = i++;
        const auto& f = events::fields<T>[n];
        if (f.hidden) return;
        using type = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
        if (out.back() != '[') out += ',';
        json_object o(out);
        put_field(o, f, !events::is_optional<type>, core::field_refusals<T>()[n]);
        put_type<events::bare_type<type>>(o);
    });
    out += ']';
}

}  // namespace server::wire
