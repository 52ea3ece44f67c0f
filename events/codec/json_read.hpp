#pragma once
// JSON to described values. Strict: a missing, unknown or doubled field, a wrong type or a number out of
// range is a fault with the JSON pointer (RFC 6901) of its place.

#include "events/catalog/stream.hpp"
#include "events/catalog/uuid.hpp"
#include "events/codec/describe.hpp"

#include <simdjson.h>

#include <limits>
#include <string>
#include <string_view>

namespace events::codec {

enum class fault_kind { none, missing, unknown, doubled, wrong_type, out_of_range, bad_format, not_a_choice, unwanted_character };

struct fault {
    fault_kind kind = fault_kind::none;
    std::string pointer;   ///< "/data/due"
    std::string expected;  ///< the type, the format or the choices; for a machine and for both languages alike

    explicit operator bool() const { return kind != fault_kind::none; }
    /// The place was inside `key`.
    fault in(std::string_view key) &&;
};

using element = simdjson::dom::element;

bool parse_date(std::string_view text, date& out);
/// RFC 3339 in UTC ("Z"), with up to six fractional digits.
bool parse_instant(std::string_view text, instant& out);

fault read_string(element e, std::string& out);
fault read_unsigned(element e, std::uint64_t& out, std::uint64_t at_most);
fault read_personal(element e, personal& out);
fault read_words(element e, words& out);
/// A number, or a reference where those are allowed (references.hpp).
fault read_id(element e, std::uint64_t& out);

template <class T>
fault read_json(element e, T& out);

template <class T>
fault read_enum(element e, T& out) {
    std::string_view text;
    if (e.get(text) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "string"};
    if (boost::describe::enum_from_string(std::string(text).c_str(), out)) return {};
    std::string choices;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
        if (!choices.empty()) choices += ", ";
        choices += d.name;
    });
    return {fault_kind::not_a_choice, "", std::move(choices)};
}

template <class T>
fault read_members(element e, T& out) {
    using members = members_of<T>;
    constexpr std::size_t count = boost::mp11::mp_size<members>::value;
    static_assert(count <= 64);
    simdjson::dom::object object;
    if (e.get(object) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "object"};
    std::uint64_t seen = 0;
    fault wrong;
    for (const auto field : object) {
        bool known = false;
        std::size_t i = 0;
        boost::mp11::mp_for_each<members>([&](auto d) {
            if (!known && field.key == d.name) {
                known = true;
                if (seen >> i & 1) wrong = fault{fault_kind::doubled, "", ""};
                seen |= std::uint64_t{1} << i;
                if (!wrong) wrong = read_json(field.value, out.*d.pointer);
            }
            ++i;
        });
        if (!known) wrong = fault{fault_kind::unknown, "", ""};
        if (wrong) return std::move(wrong).in(field.key);
    }
    std::size_t i = 0;
    boost::mp11::mp_for_each<members>([&](auto d) {
        using field_type = std::remove_cvref_t<decltype(out.*d.pointer)>;
        if constexpr (!is_optional<field_type>::value) {
            if (!wrong && !(seen >> i & 1)) wrong = fault{fault_kind::missing, "", ""}.in(d.name);
        }
        ++i;
    });
    return wrong;
}

template <class T>
fault read_json(element e, T& out) {
    if constexpr (std::is_same_v<T, bool>) {
        if (e.get(out) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "boolean"};
        return {};
    } else if constexpr (std::is_unsigned_v<T>) {
        std::uint64_t n = 0;
        if (auto f = read_unsigned(e, n, std::numeric_limits<T>::max())) return f;
        out = static_cast<T>(n);
        return {};
    } else if constexpr (is_id<T>::value) {
        return read_id(e, out.value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return read_string(e, out);
    } else if constexpr (code_string<T>) {
        return read_string(e, out.code);
    } else if constexpr (std::is_same_v<T, personal>) {
        return read_personal(e, out);
    } else if constexpr (std::is_same_v<T, words>) {
        return read_words(e, out);
    } else if constexpr (std::is_same_v<T, instant> || std::is_same_v<T, date> || std::is_same_v<T, uuid> ||
                         std::is_same_v<T, stream_id>) {
        std::string_view text;
        if (e.get(text) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "string"};
        if constexpr (std::is_same_v<T, instant>) {
            if (!parse_instant(text, out)) return {fault_kind::bad_format, "", "2026-11-23T08:00:00.000000Z"};
        } else if constexpr (std::is_same_v<T, date>) {
            if (!parse_date(text, out)) return {fault_kind::bad_format, "", "2026-11-23"};
        } else if constexpr (std::is_same_v<T, uuid>) {
            const auto u = parse_uuid(text);
            if (!u) return {fault_kind::bad_format, "", "UUID (RFC 9562)"};
            out = *u;
        } else {
            const auto s = parse_stream(text);
            if (!s) return {fault_kind::bad_format, "", "task/17"};
            out = *s;
        }
        return {};
    } else if constexpr (is_optional<T>::value) {
        if (e.is_null()) {
            out.reset();
            return {};
        }
        return read_json(e, out.emplace());
    } else if constexpr (is_vector<T>::value) {
        simdjson::dom::array array;
        if (e.get(array) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "array"};
        out.clear();
        std::size_t i = 0;
        for (const element item : array) {
            if (auto f = read_json(item, out.emplace_back())) return std::move(f).in(std::to_string(i));
            ++i;
        }
        return {};
    } else if constexpr (described_enum<T>) {
        return read_enum(e, out);
    } else {
        static_assert(described_struct<T>, "describe the type, or teach the reader");
        return read_members(e, out);
    }
}

}  // namespace events::codec
