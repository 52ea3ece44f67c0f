#pragma once
// What a form about a person carries beside its own fields: as form_extras, with the texts sealed with that person's key.

#include "events/catalog/value.hpp"

namespace events {

struct sealed_field {
    std::string name;
    personal text;
    bool operator==(const sealed_field&) const = default;
};
BOOST_DESCRIBE_STRUCT(sealed_field, (), (name, text))

/// Before the names of files were sealed.
struct sealed_extras_v1 {
    std::uint32_t form = 1;
    std::vector<sealed_field> fields;
    std::vector<attachment> attachments;
    bool operator==(const sealed_extras_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(sealed_extras_v1, (), (form, fields, attachments))

/// As attachment, with its name sealed.
struct sealed_attachment {
    std::string sha256;
    personal name;
    std::string media_type;
    std::uint64_t bytes;
    bool operator==(const sealed_attachment&) const = default;
};
BOOST_DESCRIBE_STRUCT(sealed_attachment, (), (sha256, name, media_type, bytes))

struct sealed_extras {
    std::uint32_t form = 1;  ///< the version of the form's definition that it was filled in by
    std::vector<sealed_field> fields;
    std::vector<sealed_attachment> attachments;
    bool operator==(const sealed_extras&) const = default;
};
BOOST_DESCRIBE_STRUCT(sealed_extras, (), (form, fields, attachments))

/// `of`: whose form it is.
inline sealed_extras upcast(sealed_extras_v1&& old, member_id of) {
    sealed_extras now{old.form, std::move(old.fields), {}};
    for (auto& a : old.attachments) now.attachments.push_back({std::move(a.sha256), {of, std::move(a.name)}, std::move(a.media_type), a.bytes});
    return now;
}

}  // namespace events
