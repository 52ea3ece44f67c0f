#pragma once
// The values that events are made of, beside ids and plain strings.

#include "events/catalog/id.hpp"

#include <boost/describe/enum.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace events {

/// A moment, UTC, in microseconds. JSON: RFC 3339, "2026-11-23T08:00:00.000000Z".
using instant = std::chrono::sys_time<std::chrono::microseconds>;

/// A calendar day in the department's time zone. JSON: "2026-11-23".
using date = std::chrono::year_month_day;

/// A department's code, for example "operations". Departments are data.
struct department {
    std::string code;
    auto operator<=>(const department&) const = default;
};

/// A role's code, for example "OM". Roles are data (S1.2): a department adds its own.
struct role {
    std::string code;
    auto operator<=>(const role&) const = default;
};

BOOST_DEFINE_ENUM_CLASS(language, zh, en)
BOOST_DEFINE_ENUM_CLASS(priority, low, normal, high, urgent)

/// Text about or by a person: sealed at rest with that person's key, gone when the key is.
///
/// `clear` holds `text`; `sealed` holds the base64 of nonce, ciphertext and tag in `text` and has to be
/// opened with `of`'s key; `erased` has no text: the key was destroyed.
struct personal {
    enum class form : std::uint8_t { clear, sealed, erased };

    member_id of;
    std::string text;
    form is = form::clear;

    bool operator==(const personal&) const = default;
};

}  // namespace events
