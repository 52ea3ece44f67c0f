#pragma once
// What a field holds, as a person reads it, by how the schema describes it.

#include "clients/cli/schema/schema.hpp"

#include <functional>
#include <string>

namespace cli {

struct reader {
    language lang = language::en;
    std::function<std::string(std::uint64_t member)> name_of;
};

/// People by their names, choices by what they are called, groups and lists with a label before each of their fields. Empty where there is nothing.
std::string said_of(const reader& by, const described_field& f, const json& value);

/// What somebody did, after their name: with what the event's data say where the schema has a place for that, and the data have it.
std::string deed_of(const reader& by, const described_event& e, const json& data);

/// What else it says, in the words of whoever did it: what deed_of() has said is left out.
std::string own_words_of(const reader& by, const described_event& e, const json& data);

}  // namespace cli
