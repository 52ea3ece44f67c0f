#include "core/kernel/forms.hpp"

#include "core/entity.hpp"
#include "events/catalog/definitions.hpp"

#include <charconv>

namespace core::forms {
namespace {

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t n = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), n);
    return bad == std::errc() && end == text.data() + text.size() && (text.size() == 1 || text.front() != '0') ? std::optional(n) : std::nullopt;
}

/// "1200", "1200.5", "1200.50".
bool is_amount(std::string_view text) {
    const auto point = text.find('.');
    const auto rest = point == text.npos ? std::string_view("0") : text.substr(point + 1);
    return number_in(text.substr(0, point)) && !rest.empty() && rest.size() <= 2 && std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "2026-12-01".
bool is_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    unsigned part[3] = {};
    std::size_t i = 0;
    for (const auto digits : {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)}) {
        const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), part[i++]);
        if (bad != std::errc() || end != digits.data() + digits.size()) return false;
    }
    return date{std::chrono::year(static_cast<int>(part[0])), std::chrono::month(part[1]), std::chrono::day(part[2])}.ok();
}

/// What stands between, each by itself; an empty one too.
template <class Visit>
bool all_between(std::string_view text, char between, Visit is_good) {
    for (;;) {
        const auto end = text.find(between);
        if (!is_good(text.substr(0, end))) return false;
        if (end == text.npos) return true;
        text.remove_prefix(end + 1);
    }
}

bool is_person(std::string_view text, const context& by) {
    const auto n = number_in(text);
    return n && by.people->is_active({*n});
}

/// Something that whoever fills it in may see: of all else it is as if it were not there.
bool is_thing(std::string_view text, const std::optional<std::string>& of, const context& by) {
    const auto slash = text.find('/');
    const auto kind = slash == text.npos ? std::nullopt : events::category_of(text.substr(0, slash));
    const auto n = kind ? number_in(text.substr(slash + 1)) : std::nullopt;
    return n && (!of || *of == text.substr(0, slash)) && may_see(events::stream_id{*kind, *n}, by);
}

}  // namespace

bool is_extra(const events::definitions::added_field& f, const std::string& text, const context& by) {
    using enum events::definitions::added_type;
    switch (f.is.value_or(prose)) {
        case prose: return fits(text);
        case line: return is_line(text);
        case lines: return fits(text) && all_between(text, '\n', [](std::string_view one) { return is_line(std::string(one)); });
        case number: {
            const auto n = number_in(text);
            return n && *n >= f.least.value_or(0) && (!f.most || *n <= *f.most);
        }
        case percent: return number_in(text).value_or(101) <= 100;
        case money: return text.size() <= 16 && is_amount(text);
        case day: return is_day(text);
        case yes_no: return text == "true" || text == "false";
        case choice:
            return f.options && std::any_of(f.options->begin(), f.options->end(), [&](const auto& o) { return o.name == text; });
        case person: return is_person(text, by);
        case people: return fits(text) && all_between(text, ',', [&](std::string_view one) { return is_person(one, by); });
        case department:
        case role: return text::is_code(text, events::code_bytes_max);
        case reference: return is_thing(text, f.of, by);
    }
    return false;
}

bool are_extras(std::string_view form, const events::form_extras& given, const context& by, std::uint32_t begun) {
    if (!is_version(form, given.form, by, begun) || given.fields.size() > extra_fields_max || !are_attachments(given.attachments, by)) return false;
    const auto added = by.flows ? by.flows->added_fields(form, given.form) : std::span<const events::definitions::added_field>();
    for (auto at = given.fields.begin(); at != given.fields.end(); ++at) {
        const auto is_it = std::find_if(added.begin(), added.end(), [&](const auto& f) { return f.name == at->name; });
        const bool again = std::any_of(given.fields.begin(), at, [&](const auto& f) { return f.name == at->name; });
        if (is_it == added.end() || again || (!text::blank(at->text) && !is_extra(*is_it, at->text, by))) return false;
    }
    // What only a person can say is not asked of a policy: who decides on it returns it where that is needed.
    return by.by_system() || std::all_of(added.begin(), added.end(), [&](const auto& f) {
        return !f.required || std::any_of(given.fields.begin(), given.fields.end(), [&](const auto& g) { return g.name == f.name && !text::blank(g.text); });
    });
}

}  // namespace core::forms
