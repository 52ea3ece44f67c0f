#pragma once
// What the fields of forms are called, in the words of the page, and what kind of thing each holds.

#include "clients/cli/language.hpp"

#include <string_view>

namespace cli {

enum class holds {
    words,
    person,      ///< a member's number
    people,
    code,        ///< as label() and code_of() have it
    percent,
    money,       ///< {"cents","currency","use"?}
    check,       ///< {"checked","findings"}
    rating,      ///< {"points","why"}
    yes_no,
    agreement,   ///< a signature
    objective,   ///< of the charter, by its place
    indicator,   ///< of the appraisal, by its code
    sources,     ///< of evidence
    reference,   ///< the number of an entity that is called as the field is
    hundredths,
    nothing,     ///< shown elsewhere, or the system's own
    form,        ///< a form within what the event says
};

struct form_field {
    std::string_view key;
    text label;
    holds is = holds::words;
};

/// `parent`: what it is a field of, where that matters: "risks" of {"risks":[{"what":…}]}. Null where it is not known.
const form_field* field_of_form(std::string_view parent, std::string_view key);

struct form_section {
    std::string_view code;  ///< in `forms` of a dossier
    text title;
    bool in_lines = false;  ///< each of many is a line
};

/// In the order in which they come about; null where it is not known.
const form_section* section_of_forms(std::string_view code);

/// Where it stands among them.
std::size_t rank_of_section(std::string_view code);

/// What a code of a form is called; the code where it is not known.
std::string_view code_of(language l, std::string_view code);

}  // namespace cli
