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

struct sealed_extras {
    std::uint32_t form = 1;  ///< the version of the form's definition that it was filled in by
    std::vector<sealed_field> fields;
    std::vector<attachment> attachments;
    bool operator==(const sealed_extras&) const = default;
};
BOOST_DESCRIBE_STRUCT(sealed_extras, (), (form, fields, attachments))

}  // namespace events
