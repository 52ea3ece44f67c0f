#include "server/wire/schema/fields.hpp"

namespace server::wire {
namespace {

/// Whether it has to be given, and say something.
bool has_to_be_said(const events::field& f, bool required) {
    using enum events::field_type;
    switch (f.is) {
        case people: case departments: case roles: case references: case list: case files: case lines: case remarks: case codes: case numbers: case choices: return f.least_allowed > 0;
        case extras: return false;
        default: return required && !f.empty_allowed;
    }
}

}  // namespace

void put_words(json_object& o, std::string_view key, const events::wording& words) {
    if (!words) return;
    o.put_object(key, [&](json_object& both) { both.put("zh", words.zh).put("en", words.en); });
}

void put_field(json_object& o, const events::field& f, bool required, const core::field_refusal& refused) {
    o.put("name", f.key()).put("is", boost::describe::enum_to_string(f.is, "?"));
    put_words(o, "label", f.label);
    const bool said = has_to_be_said(f, required);
    o.put("required", said).put_if(required && !said, "present", true);
    put_words(o, "hint", f.hint_words);
    put_words(o, "example", f.example_words);
    put_words(o, "unit", f.unit_words);
    o.put_if(f.least_allowed != 0, "least", f.least_allowed).put_if(f.most_allowed != 0, "most", f.most_allowed);
    o.put_if(f.unfinished, "unfinished", true).put_if(f.from_the_start, "from_the_start", true);
    o.put_if(!f.initial.empty(), "initial", f.initial).put_if(!f.role.empty(), "among", f.role).put_if(!f.form.empty(), "of", f.form);
    o.put("code", refused.why().code);
    put_words(o, "needs", refused.needs());
}

void put_choices(json_object& o, std::string_view key, std::span<const events::choice_words> all) {
    o.put_each(key, all, [](json_object& one, const events::choice_words& c) {
        one.put("name", c.name);
        put_words(one, "label", c.label);
        one.put_if(c.tone != events::tone::plain, "tone", boost::describe::enum_to_string(c.tone, "?"));
    });
}

}  // namespace server::wire
