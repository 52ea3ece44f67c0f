#pragma once
// Described values to JSON, appended to a string. No intermediate tree: this is on the hot path.

#include "events/catalog/stream.hpp"
#include "events/catalog/uuid.hpp"
#include "events/codec/describe.hpp"

#include <charconv>
#include <string>
#include <string_view>

namespace events::codec {

/// Appends `text` as a JSON string. `text` has to be UTF-8.
void write_string(std::string& out, std::string_view text);
void write_instant(std::string& out, instant t);
void write_date(std::string& out, date d);
void write_uuid(std::string& out, const uuid& u);
void write_stream(std::string& out, stream_id s);

template <class Integer>
void write_number(std::string& out, Integer n) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, n).ptr;
    out.append(digits, end);
}

/// How a writer puts a personal field; the default shows clear text as a string, and erased text as such.
struct show_personal {
    void operator()(std::string& out, const personal& p) const;
};

template <class T, class Personal = show_personal>
void write_json(std::string& out, const T& value, const Personal& put = {});

template <class T, class Personal>
void write_members(std::string& out, const T& value, const Personal& put) {
    bool first = true;
    boost::mp11::mp_for_each<members_of<T>>([&](auto d) {
        const auto& field = value.*d.pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>::value) {
            if (!field) return;
        }
        out += first ? '{' : ',';
        first = false;
        out += '"';
        out += d.name;
        out += "\":";
        write_json(out, field, put);
    });
    if (first) out += '{';
    out += '}';
}

template <class T, class Personal>
void write_json(std::string& out, const T& value, const Personal& put) {
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        write_number(out, value);
    } else if constexpr (is_id<T>::value) {
        write_number(out, value.value);
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        write_string(out, value);
    } else if constexpr (code_string<T>) {
        write_string(out, value.code);
    } else if constexpr (std::is_same_v<T, personal>) {
        put(out, value);
    } else if constexpr (std::is_same_v<T, words>) {
        if (value.are_personal()) put(out, value);
        else write_string(out, value.text);
    } else if constexpr (std::is_same_v<T, instant>) {
        write_instant(out, value);
    } else if constexpr (std::is_same_v<T, date>) {
        write_date(out, value);
    } else if constexpr (std::is_same_v<T, uuid>) {
        write_uuid(out, value);
    } else if constexpr (std::is_same_v<T, stream_id>) {
        write_stream(out, value);
    } else if constexpr (is_optional<T>::value) {
        if (value) write_json(out, *value, put);
        else out += "null";
    } else if constexpr (is_vector<T>::value) {
        out += '[';
        bool first = true;
        for (const auto& item : value) {
            if (!first) out += ',';
            first = false;
            write_json(out, item, put);
        }
        out += ']';
    } else if constexpr (described_enum<T>) {
        out += '"';
        out += boost::describe::enum_to_string(value, "?");
        out += '"';
    } else {
        static_assert(described_struct<T>, "describe the type, or teach the writer");
        write_members(out, value, put);
    }
}

}  // namespace events::codec
