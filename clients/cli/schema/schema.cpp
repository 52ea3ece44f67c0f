#include "clients/cli/schema/schema.hpp"

#include "clients/cli/schema/built_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <tuple>

namespace cli {
namespace {

struct named_shape {
    std::string_view name;
    shape is;
};
constexpr named_shape shapes[] = {
    {"line", shape::line},           {"prose", shape::prose},       {"remarks", shape::remarks},     {"hundredths", shape::hundredths}, {"code", shape::code},           {"hash", shape::hash},
    {"day", shape::day},             {"moment", shape::moment},     {"number", shape::number},       {"percent", shape::percent},
    {"lines", shape::lines},         {"codes", shape::codes},       {"bilingual", shape::bilingual}, {"numbers", shape::numbers},
    {"money", shape::money},         {"choices", shape::choices},   {"event", shape::event},
    {"yes_no", shape::yes_no},       {"choice", shape::choice},     {"person", shape::person},       {"people", shape::people},
    {"department", shape::department}, {"departments", shape::departments}, {"role", shape::role},   {"roles", shape::roles},
    {"reference", shape::reference}, {"references", shape::references}, {"group", shape::group},     {"list", shape::list},
    {"files", shape::files},         {"extras", shape::extras},
};

/// What is not known is taken as it is typed.
shape shape_of(const std::string& name) {
    const auto found = std::find_if(std::begin(shapes), std::end(shapes), [&](const auto& s) { return s.name == name; });
    return found == std::end(shapes) ? shape::line : found->is;
}

wording words_at(const json& of, const char* key) {
    const auto& both = at_or_null(of, key);
    return {text_at(both, "zh"), text_at(both, "en")};
}

paint paint_of(const std::string& tone, paint otherwise) {
    if (tone == "active") return paint::blue;
    if (tone == "good") return paint::green;
    if (tone == "caution") return paint::yellow;
    if (tone == "bad") return paint::red;
    return otherwise;
}

std::vector<described_name> names_at(const json& of, const char* key, paint otherwise) {
    std::vector<described_name> out;
    for (const auto& one : list_at(of, key)) out.push_back({text_at(one, "name"), words_at(one, "label"), paint_of(text_at(one, "tone"), otherwise)});
    return out;
}

// Fields lie as deep as the document, which json_depth_max bounds.
std::vector<described_field> fields_of(const json& of) {
    std::vector<described_field> out;
    for (const auto& f : list_at(of, "fields"))
        out.push_back({.name = text_at(f, "name"),
                       .is = shape_of(text_at(f, "is")),
                       .label = words_at(f, "label"),
                       .required = flag_at(f, "required"),
                       .hint = words_at(f, "hint"),
                       .example = words_at(f, "example"),
                       .needs = words_at(f, "needs"),
                       .may_be_empty = flag_at(f, "present"),
                       .least = number_at(f, "least").value_or(0),
                       .most = number_at(f, "most").value_or(0),
                       .of = text_at(f, "of"),
                       .unit = words_at(f, "unit"),
                       .options = names_at(f, "options", paint::plain),
                       .fields = fields_of(f)});
    return out;
}

/// For each step of the usual path what leads there first.
std::vector<std::string> usual_commands_of(const json& kind) {
    std::vector<std::string> out;
    for (const auto& step : list_at(kind, "usual_path"))
        for (const auto& row : list_at(at_or_null(kind, "flow"), "rows"))
            if (at_or_null(row, "next") == step) {
                out.push_back(text_at(row, "command"));
                break;
            }
    return out;
}

/// Whether whoever decides on it gives one of several verdicts: with more than one matter to pass, each is called by its own name.
bool has_one_decision(const json& kind) {
    std::size_t passes = 0, asks = 0;
    for (const auto& c : list_at(kind, "commands")) {
        passes += text_at(c, "verdict") == "pass";
        asks += text_at(c, "verdict") == "clarify";
    }
    return passes == 1 && asks > 0;
}

/// The first field of this name that has such an option, however deep it lies.
const described_name* choice_in(const std::vector<described_field>& fields, std::string_view field, std::string_view code) {
    for (const auto& f : fields) {
        if (f.name == field)
            for (const auto& o : f.options)
                if (o.name == code) return &o;
        if (const auto* found = choice_in(f.fields, field, code)) return found;
    }
    return nullptr;
}

described_kind kind_of(const json& k) {
    described_kind out;
    out.name = text_at(k, "name");
    out.path = text_at(k, "path");
    out.searched = flag_at(k, "searched");
    out.label = words_at(k, "label");
    out.plural = words_at(k, "plural");
    out.hint = words_at(k, "hint");
    out.statuses = names_at(k, "statuses", paint::dim);
    for (const auto& s : list_at(k, "sections")) out.sections.push_back({text_at(s, "name"), words_at(s, "label"), flag_at(s, "many")});
    for (const auto& f : list_at(k, "forms")) out.forms.push_back(text_at(f, "name"));
    out.usual_commands = usual_commands_of(k);
    out.fields = fields_of(k);
    const bool decided = has_one_decision(k);
    for (const auto& c : list_at(k, "commands"))
        out.commands.push_back({.type = text_at(c, "type"),
                                .clause = text_at(c, "clause"),
                                .label = words_at(c, "label"),
                                .hint = words_at(c, "hint"),
                                .grave = words_at(c, "grave"),
                                .creates = flag_at(c, "creates"),
                                .by_system = flag_at(c, "by_system"),
                                .decides = decided && c.contains("verdict"),
                                .short_verb = text_at(c, "verb"),
                                .fields = fields_of(c)});
    for (const auto& e : list_at(k, "events"))
        out.events.push_back({.type = text_at(e, "type"), .section = text_at(e, "section"), .label = words_at(e, "label"), .detail = words_at(e, "detail"), .fields = fields_of(e)});
    return out;
}

template <class T>
const T* of_type(const std::vector<T>* all, std::string_view type) {
    if (!all) return nullptr;
    const auto found = std::find_if(all->begin(), all->end(), [&](const T& one) { return one.type == type; });
    return found == all->end() ? nullptr : &*found;
}

template <class T>
const T* with_name(const std::vector<T>& all, std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

text kept(wording words) {
    // Once each, or whatever is drawn again and again would keep more and more.
    const auto before = [](const wording& a, const wording& b) { return std::tie(a.zh, a.en) < std::tie(b.zh, b.en); };
    static std::set<wording, decltype(before)> all;
    return all.insert(std::move(words)).first->view();
}

std::string within_a_line(std::string english) {
    if (english.size() == 1) return english;  // a grade
    const auto is = [&](std::size_t at, int (*what)(int)) { return at < english.size() && what(static_cast<unsigned char>(english[at])) != 0; };
    if (is(0, std::isupper) && (is(1, std::islower) || !is(1, std::isalnum))) english[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(english[0])));
    return english;
}

std::string described_field::option(language l, const std::string& code) const {
    const auto* known = with_name(options, code);
    return known ? known->label.in(l) : code;
}

bool described_field::is_many() const {
    switch (is) {
        case shape::lines:
        case shape::remarks:
        case shape::codes:
        case shape::numbers:
        case shape::choices:
        case shape::people:
        case shape::departments:
        case shape::roles:
        case shape::references:
        case shape::list:
        case shape::files: return true;
        default: return false;
    }
}

std::string described_command::verb() const {
    if (!short_verb.empty()) return short_verb;
    auto out = type.substr(type.find('.') + 1);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

std::string described_kind::list_feed() const { return path.substr(path.rfind('/') + 1); }

const described_name* described_kind::status(std::string_view name) const { return with_name(statuses, name); }
const described_field* described_kind::field(std::string_view name) const { return field_of(fields, name); }

const described_field* field_of(const std::vector<described_field>& fields, std::string_view name) { return with_name(fields, name); }

std::string amount(std::uint64_t hundredths) {
    auto digits = std::to_string(hundredths / 100);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return fmt::format("{}.{:02}", digits, hundredths % 100);
}

std::string two_places(std::uint64_t hundredths) { return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100); }

std::string_view kind_in(std::string_view name) { return name.substr(0, name.find_first_of("./")); }

schema::schema(const json& document) {
    for (const auto& k : list_at(document, "kinds")) kinds_.push_back(kind_of(k));
}

const schema& schema::built_in() {
    static const schema one(parse_json(built_in_schema()));
    return one;
}

const described_kind* schema::kind(std::string_view name) const { return with_name(kinds_, name); }

const described_command* schema::command(std::string_view type) const {
    const auto* k = kind(kind_in(type));
    return of_type(k ? &k->commands : nullptr, type);
}

const described_event* schema::event(std::string_view type) const {
    const auto* k = kind(kind_in(type));
    if (!k) return nullptr;
    if (const auto* same = of_type(&k->events, type)) return same;
    const auto without_version = [](std::string_view t) { return t.substr(0, t.rfind(".v")); };
    const auto found = std::find_if(k->events.begin(), k->events.end(), [&](const auto& e) { return without_version(e.type) == without_version(type); });
    return type.find(".v") == type.npos || found == k->events.end() ? nullptr : &*found;
}

const described_name* schema::choice(std::string_view of, std::string_view field, std::string_view code) const {
    const auto* k = kind(of);
    if (!k) return nullptr;
    const auto* found = choice_in(k->fields, field, code);
    for (auto e = k->events.begin(); !found && e != k->events.end(); ++e) found = choice_in(e->fields, field, code);
    return found;
}

}  // namespace cli
