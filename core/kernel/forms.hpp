#pragma once
// What is checked of every form: texts, the fields that a definition added (S1.3.2), attachments.

#include "core/kernel/context.hpp"
#include "core/kernel/amendments.hpp"
#include "core/kernel/files.hpp"
#include "core/kernel/text.hpp"
#include "events/catalog/describe.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::forms {

inline constexpr std::size_t line_characters_max = events::line_characters_max;
inline constexpr std::size_t prose_bytes_max = events::prose_bytes_max;
inline constexpr std::size_t remark_bytes_max = events::remark_bytes_max;
inline constexpr std::size_t attachments_max = 32;
inline constexpr std::size_t extra_fields_max = 32;

inline bool is_prose(const std::string& s) { return text::is_prose(s, prose_bytes_max); }
inline bool is_remark(const std::string& s) { return text::is_prose(s, remark_bytes_max); }
/// May be empty.
inline bool fits(const std::string& s) { return s.size() <= prose_bytes_max; }
inline bool is_line(const std::string& s) { return text::is_line(s, line_characters_max); }

inline bool is_day_to_come(date due, const context& by) { return due.ok() && due >= by.today && due.year() <= std::chrono::year{9999}; }

inline bool is_sha256(std::string_view s) {
    return s.size() == 64 && std::all_of(s.begin(), s.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
inline bool is_attachment(const events::attachment& a, const context& by) {
    return is_sha256(a.sha256) && text::is_file_name(a.name, line_characters_max) && a.media_type.size() <= 128 && text::one_line(a.media_type) && !text::blank(a.media_type) && a.bytes <= by.how->attachment_bytes_max &&
           (!by.files || by.files->has(a, by.who()));
}
inline bool are_attachments(const std::vector<events::attachment>& all, const context& by) {
    return all.size() <= attachments_max && std::all_of(all.begin(), all.end(), [&](const auto& a) { return is_attachment(a, by); });
}

/// By which version of its definition a form is filled in: today's, or the one that it was begun with (0: it begins).
inline bool is_version(std::string_view form, std::uint32_t given, const context& by, std::uint32_t begun) {
    return given == (by.flows ? by.flows->newest_form(form) : 1) || (begun != 0 && given == begun);
}

/// Filled in by the form's definition of today, or by the one that it was begun with (`begun`; 0: it begins): every required
/// field is there, each holds what it is defined to hold, and there is no field that it does not have.
bool are_extras(std::string_view form, const events::form_extras& given, const context& by, std::uint32_t begun = 0);
/// Whether a text that is not blank is one of such a field.
bool is_extra(const events::definitions::added_field& f, const std::string& text, const context& by);

inline bool all_active(const std::vector<member_id>& people, const context& by) {
    return std::all_of(people.begin(), people.end(), [&](member_id m) { return by.people->is_active(m); });
}
inline bool has_doubles(std::vector<member_id> people) {
    std::sort(people.begin(), people.end());
    return std::adjacent_find(people.begin(), people.end()) != people.end();
}
inline bool contains(const std::vector<member_id>& people, member_id who) {
    return std::find(people.begin(), people.end(), who) != people.end();
}
/// `to` instead of `from`, once.
inline void replace(std::vector<member_id>& people, member_id from, member_id to) {
    if (!contains(people, from)) return;
    std::erase(people, from);
    if (!contains(people, to)) people.push_back(to);
}

}  // namespace core::forms
