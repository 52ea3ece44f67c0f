#pragma once
// The values that events are made of, beside ids and plain strings.

#include "events/catalog/id.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

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

/// Words in both languages (D10).
struct bilingual {
    std::string zh;
    std::string en;
    bool operator==(const bilingual&) const = default;
};
BOOST_DESCRIBE_STRUCT(bilingual, (), (zh, en))

/// A file that belongs to a form. Its content is kept beside the log under its hash, once however often it is attached.
struct attachment {
    std::string sha256;  ///< of the content, 64 lower-case hex digits
    std::string name;
    std::string media_type;
    std::uint64_t bytes;
    bool operator==(const attachment&) const = default;
};
BOOST_DESCRIBE_STRUCT(attachment, (), (sha256, name, media_type, bytes))

/// A field that a definition of the form has added (S1.3.2).
struct extra_field {
    std::string name;
    std::string text;
    bool operator==(const extra_field&) const = default;
};
BOOST_DESCRIBE_STRUCT(extra_field, (), (name, text))

/// What every form carries beside its own fields.
struct form_extras {
    std::uint32_t form = 1;  ///< the version of the form's definition that it was filled in by
    std::vector<extra_field> fields;
    std::vector<attachment> attachments;
    bool operator==(const form_extras&) const = default;
};
BOOST_DESCRIBE_STRUCT(form_extras, (), (form, fields, attachments))

/// What a verdict can be (handbook, 3). All but pass need a reason.
BOOST_DEFINE_ENUM_CLASS(verdict, pass, send_back, clarify, reject)

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

/// Words that are the department's record and lie in the clear, as a string; or, where what they are said of is somebody's own
/// matter, are theirs.
struct words : personal {
    words() = default;
    words(std::string said) : personal{{}, std::move(said), form::clear} {}
    words(const char* said) : words(std::string(said)) {}
    words(member_id theirs, std::string said) : personal{theirs, std::move(said), form::clear} {}

    bool are_personal() const { return bool(of); }
};

}  // namespace events
