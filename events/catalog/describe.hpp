#pragma once
// What a thing is, said once beside it and in both languages: the fields of a struct, the values of an enum. JSON, bounds and their
// refusals, the schema, and through it clients' forms, options and types are made from that.
//
//   struct adopted { std::string reason; std::vector<member_id> credited; };
//   OPSROOM_DESCRIBE(adopted, (reason, remark("原因", "Reason")), (credited, people("署名人", "Credited")))
//
//   OPSROOM_DEFINE_ENUM(kind, (process, "流程", "Process"), (cost, "成本", "Cost"))
//
// A struct so described is also described for Boost.Describe. A field whose description does not fit its type does not compile.

#include "events/catalog/stream.hpp"
#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace events {

/// The same in both languages. Static text.
struct wording {
    std::string_view zh;
    std::string_view en;
    constexpr explicit operator bool() const { return !en.empty(); }
    constexpr std::string_view in(language l) const { return l == language::zh ? zh : en; }
    bool operator==(const wording&) const = default;
};

/// How a value looks beside its words.
BOOST_DEFINE_ENUM_CLASS(tone, plain, active, good, caution, bad)

/// One value of an enum.
struct choice_words {
    std::string_view name;
    wording label;
    events::tone tone = events::tone::plain;
};

/// What an event says, after the name of who did it: "adopted the proposal". `detail` says it with what it holds, each field within
/// braces: "adopted the proposal, credited to {credited}".
struct event_words {
    wording label;
    wording detail = {};
};

/// What a kind of document is called: one of them, and its list; and what it is for.
struct kind_words {
    wording label;
    wording plural;
    std::string_view clause;
    wording hint = {};
};

/// A form that a kind's events carry, by its name in the handbook.
struct form_words {
    std::string_view name;
    wording label;
};

/// A part of a kind's dossier, in the order of the kind: of one form the newest, or of many all.
struct section_words {
    std::string_view name;
    wording label;
    bool many = false;
};

/// What a command is called where one gives it: "Adopt".
struct command_words {
    wording label;
    wording hint = {};               ///< what comes of it, where its label does not say so
    wording grave = {};              ///< what can't be taken back
    std::optional<events::verdict> verdict = {};
    bool ends = false;               ///< ends, or sends back, what others have worked on
    std::string_view verb = {};      ///< as it is typed, where that is shorter than its name
};

/// What a field holds.
BOOST_DEFINE_ENUM_CLASS(field_type, line, lines, prose, remarks, code, codes, bilingual, hash, day, moment, number, numbers, percent, hundredths, money, yes_no, choice, choices,
                        person, people, department, departments, role, roles, reference, references, event, group, list, files, extras)

/// A field, as it is described. `least` and `most` are characters of a line, bytes of prose and codes, members of a list, values of
/// a number, hundredths of money.
struct field {
    field_type is;
    wording label;
    std::string_view name = {};
    wording hint_words = {};
    wording example_words = {};
    wording unit_words = {};            ///< of a number
    std::int64_t least_allowed = 0;
    std::int64_t most_allowed = 0;      ///< 0: no bound of its own
    std::string_view refused_as = {};   ///< the code of its refusal; empty: "bad_" and its name
    bool empty_allowed = false;         ///< a text that may say nothing, a person who may be nobody (0)
    bool anybody = false;               ///< a person who may have left
    bool unfinished = false;            ///< a part that is kept before it is finished: what is missing in it is no fault
    bool from_the_start = false;        ///< there even then
    bool each_even_then = false;        ///< of a list: what is there of its members is looked at even then
    bool hidden = false;                ///< not for people
    std::string_view initial = {};      ///< what a form begins with: "me", "today", or as it is on the wire
    std::string_view role = {};         ///< of people: those who have it are offered
    std::string_view form = {};         ///< of added fields: which form they are of
    std::string_view shown_key = {};    ///< of what is only shown: its key, where C++ can't have that for a name

    constexpr field hint(std::string_view zh, std::string_view en) const { return with([&](field& f) { f.hint_words = {zh, en}; }); }
    constexpr field example(std::string_view zh, std::string_view en) const { return with([&](field& f) { f.example_words = {zh, en}; }); }
    constexpr field unit(std::string_view zh, std::string_view en) const { return with([&](field& f) { f.unit_words = {zh, en}; }); }
    constexpr field least(std::int64_t n) const { return with([&](field& f) { f.least_allowed = n; }); }
    constexpr field most(std::int64_t n) const { return with([&](field& f) { f.most_allowed = n; }); }
    constexpr field code(std::string_view refused) const { return with([&](field& f) { f.refused_as = refused; }); }
    constexpr field may_be_empty() const { return with([](field& f) { f.empty_allowed = true; }); }
    constexpr field may_have_left() const { return with([](field& f) { f.anybody = true; }); }
    constexpr field may_be_unfinished() const { return with([](field& f) { f.unfinished = true; }); }
    constexpr field each_even_unfinished() const { return with([](field& f) { f.each_even_then = true; }); }
    constexpr field needed_from_the_start() const { return with([](field& f) { f.from_the_start = true; }); }
    constexpr field begins_with(std::string_view value) const { return with([&](field& f) { f.initial = value; }); }
    constexpr field among(std::string_view having) const { return with([&](field& f) { f.role = having; }); }

    constexpr field shown_as(std::string_view key) const { return with([&](field& f) { f.shown_key = key; }); }

    /// By what it is known in JSON.
    constexpr std::string_view key() const { return shown_key.empty() ? name : shown_key; }
    constexpr field named(std::string_view n) const { return with([&](field& f) { f.name = n; }); }

private:
    constexpr field with(auto change) const {
        auto copy = *this;
        change(copy);
        return copy;
    }
};

inline constexpr std::int64_t line_characters_max = 200;
inline constexpr std::int64_t prose_bytes_max = 16'384;
inline constexpr std::int64_t remark_bytes_max = 4'096;
inline constexpr std::int64_t code_bytes_max = 64;

/// What a field is, with its label.
namespace describe {

/// Within the function that a struct is described by they hide what else is called so.
#define OPSROOM_FIELD_TYPES                                                                                                     \
    using events::describe::line, events::describe::lines, events::describe::prose, events::describe::remark,                   \
        events::describe::remarks, events::describe::reason, events::describe::code, events::describe::codes, events::describe::bilingual,                 \
        events::describe::hash, events::describe::day, events::describe::moment, events::describe::number,                      \
        events::describe::numbers, events::describe::percent, events::describe::hundredths, events::describe::money, events::describe::yes_no,                \
        events::describe::choice, events::describe::choices, events::describe::person, events::describe::people,                \
        events::describe::department, events::describe::departments, events::describe::role, events::describe::roles,           \
        events::describe::reference, events::describe::references, events::describe::event, events::describe::group,            \
        events::describe::list, events::describe::files, events::describe::extras, events::describe::hidden

/// One line of text.
constexpr field line(std::string_view zh, std::string_view en) { return field{field_type::line, {zh, en}}.most(line_characters_max); }
/// Each of them one.
constexpr field lines(std::string_view zh, std::string_view en) { return {field_type::lines, {zh, en}}; }
/// Paragraphs.
constexpr field prose(std::string_view zh, std::string_view en) { return field{field_type::prose, {zh, en}}.most(prose_bytes_max); }
/// A paragraph.
constexpr field remark(std::string_view zh, std::string_view en) { return field{field_type::prose, {zh, en}}.most(remark_bytes_max); }
/// Each of them one.
constexpr field remarks(std::string_view zh, std::string_view en) { return {field_type::remarks, {zh, en}}; }
constexpr field reason() { return remark("原因", "Reason"); }
/// Something that data are keyed by; a department's or a role's where it is new, not one of those that there are.
constexpr field code(std::string_view zh, std::string_view en) { return field{field_type::code, {zh, en}}.most(code_bytes_max); }
constexpr field codes(std::string_view zh, std::string_view en) { return {field_type::codes, {zh, en}}; }
/// A line in both languages.
constexpr field bilingual(std::string_view zh, std::string_view en) { return field{field_type::bilingual, {zh, en}}.most(line_characters_max); }
/// SHA-256, 64 lower-case hex digits.
constexpr field hash(std::string_view zh, std::string_view en) { return {field_type::hash, {zh, en}}; }
constexpr field day(std::string_view zh, std::string_view en) { return {field_type::day, {zh, en}}; }
constexpr field moment(std::string_view zh, std::string_view en) { return {field_type::moment, {zh, en}}; }
constexpr field number(std::string_view zh, std::string_view en) { return {field_type::number, {zh, en}}; }
constexpr field numbers(std::string_view zh, std::string_view en) { return {field_type::numbers, {zh, en}}; }
constexpr field percent(std::string_view zh, std::string_view en) { return field{field_type::percent, {zh, en}}.most(100); }
/// A number in hundredths: 8750 is 87.50.
constexpr field hundredths(std::string_view zh, std::string_view en) { return {field_type::hundredths, {zh, en}}; }
/// Hundredths of a currency.
constexpr field money(std::string_view zh, std::string_view en) { return {field_type::money, {zh, en}}; }
constexpr field yes_no(std::string_view zh, std::string_view en) { return {field_type::yes_no, {zh, en}}; }
/// One value of an enum.
constexpr field choice(std::string_view zh, std::string_view en) { return {field_type::choice, {zh, en}}; }
constexpr field choices(std::string_view zh, std::string_view en) { return {field_type::choices, {zh, en}}; }
constexpr field person(std::string_view zh, std::string_view en) { return {field_type::person, {zh, en}}; }
constexpr field people(std::string_view zh, std::string_view en) { return {field_type::people, {zh, en}}; }
constexpr field department(std::string_view zh, std::string_view en) { return {field_type::department, {zh, en}}; }
constexpr field departments(std::string_view zh, std::string_view en) { return {field_type::departments, {zh, en}}; }
constexpr field role(std::string_view zh, std::string_view en) { return {field_type::role, {zh, en}}; }
constexpr field roles(std::string_view zh, std::string_view en) { return {field_type::roles, {zh, en}}; }
/// To an entity of another kind, or of any.
constexpr field reference(std::string_view zh, std::string_view en) { return {field_type::reference, {zh, en}}; }
constexpr field references(std::string_view zh, std::string_view en) { return {field_type::references, {zh, en}}; }
/// Something that has happened, by its position in the log.
constexpr field event(std::string_view zh, std::string_view en) { return {field_type::event, {zh, en}}; }
/// A part with fields of its own; a list of such parts.
constexpr field group(std::string_view zh, std::string_view en) { return {field_type::group, {zh, en}}; }
constexpr field list(std::string_view zh, std::string_view en) { return {field_type::list, {zh, en}}; }
/// Attachments.
constexpr field files(std::string_view zh, std::string_view en) { return {field_type::files, {zh, en}}; }
/// What definitions have added to a form (S1.3.2), and its attachments.
constexpr field extras(std::string_view form) {
    field f{field_type::extras, {"附加字段与附件", "Added fields and attachments"}};
    f.form = form;
    return f;
}
/// Of a state: what rules need, and nobody is shown.
constexpr field hidden() {
    field f{field_type::number, {}};
    f.hidden = true;
    return f;
}

}  // namespace describe

namespace detail {

template <class T>
struct bare {
    using type = T;
};
template <class T>
struct bare<std::optional<T>> {
    using type = T;
};
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<id<Tag>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

}  // namespace detail

/// A field's type without its optional<>.
template <class T>
using bare_type = typename detail::bare<T>::type;

template <class T>
inline constexpr bool is_optional = !std::is_same_v<bare_type<T>, T>;

template <class T>
concept described_enum = std::is_enum_v<T> && requires { choices_of(static_cast<const T*>(nullptr)); };

template <class T>
concept described_struct = requires { fields_of(static_cast<const T*>(nullptr)); };

/// Its values, in their order, from 0 without gaps.
template <described_enum T>
inline constexpr auto choices = choices_of(static_cast<const T*>(nullptr));

/// Its fields, in their order: as boost::describe_members has them.
template <described_struct T>
inline constexpr auto fields = fields_of(static_cast<const T*>(nullptr));

template <described_enum T>
constexpr wording label_of(T value) {
    return choices<T>[static_cast<std::size_t>(value)].label;
}

namespace detail {

template <class T>
constexpr bool fits(field_type is) {
    using B = bare_type<T>;
    using enum field_type;
    constexpr bool text = std::is_same_v<B, std::string> || std::is_base_of_v<personal, B>;
    if (std::is_same_v<B, message_no>) return is == number;  // it is one within its channel
    switch (is) {
        case line: case prose: return text;
        case code: return std::is_same_v<B, std::string> || std::is_same_v<B, events::department> || std::is_same_v<B, events::role>;
        case hash: return std::is_same_v<B, std::string>;
        case lines: case remarks: case codes: return std::is_same_v<B, std::vector<std::string>>;
        case field_type::bilingual: return std::is_same_v<B, events::bilingual>;
        case day: return std::is_same_v<B, date>;
        case moment: return std::is_same_v<B, instant>;
        case number: case percent: case hundredths: case money: return std::is_integral_v<B> && !std::is_same_v<B, bool>;
        case numbers:
            if constexpr (is_vector<B>) return std::is_integral_v<bare_type<typename B::value_type>>;
            else return false;
        case yes_no: return std::is_same_v<B, bool>;
        case choice: return described_enum<B>;
        case field_type::choices:
            if constexpr (is_vector<B>) return described_enum<typename B::value_type>;
            else return false;
        case person: return std::is_same_v<B, member_id>;
        case people: return std::is_same_v<B, std::vector<member_id>>;
        case field_type::department: return std::is_same_v<B, events::department>;
        case departments: return std::is_same_v<B, std::vector<events::department>>;
        case field_type::role: return std::is_same_v<B, events::role>;
        case roles: return std::is_same_v<B, std::vector<events::role>>;
        case reference: return std::is_same_v<B, stream_id> || (is_id<B> && !std::is_same_v<B, member_id> && !std::is_same_v<B, position>);
        case field_type::event: return std::is_same_v<B, position>;
        case references:
            if constexpr (is_vector<B>) return is_id<typename B::value_type> && !std::is_same_v<typename B::value_type, member_id>;
            else return false;
        case group: return described_struct<B>;
        case list:
            if constexpr (is_vector<B>) return described_struct<typename B::value_type>;
            else return false;
        case files: return std::is_same_v<B, std::vector<attachment>>;
        case field_type::extras: return std::is_same_v<B, form_extras> || requires(B b) { b.form; b.fields; b.attachments; };
    }
    return false;
}

template <class T, std::size_t N>
consteval std::array<field, N> checked(const std::array<field, N>& all) {
    std::size_t i = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
        const auto& f = all[i++];
        if (f.name != d.name) throw "the fields are those of the struct";
        if (f.hidden) return;
        if (!f.label.zh.data() || f.label.zh.empty() || f.label.en.empty()) throw "a field has a label in both languages";
        if (!fits<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>(f.is)) throw "a field's description fits its type";
    });
    if (i != N) throw "each field is described";
    return all;
}

}  // namespace detail
}  // namespace events

#define OPSROOM_FIRST_OF(first, ...) first
#define OPSROOM_REST_OF(first, ...) __VA_ARGS__
#define OPSROOM_STRING_OF(...) OPSROOM_STRING_OF_(__VA_ARGS__)
#define OPSROOM_STRING_OF_(x) #x
#define OPSROOM_NAME_ENTRY(T, pair) , OPSROOM_FIRST_OF pair
#define OPSROOM_FIELD_ENTRY(T, pair) (OPSROOM_REST_OF pair).named(OPSROOM_STRING_OF(OPSROOM_FIRST_OF pair)),
#define OPSROOM_CHOICE_ENTRY(T, row) ::events::detail::choice_of(OPSROOM_STRING_OF(OPSROOM_FIRST_OF row), OPSROOM_REST_OF row),
#define OPSROOM_NAMES_OF(...) OPSROOM_REST_OF(__VA_ARGS__)

/// Describes a struct of the namespace that it stands in: (field, what it is) for each of its fields, in their order.
#define OPSROOM_DESCRIBE(T, ...)                                                                                                \
    BOOST_DESCRIBE_STRUCT(T, (), (OPSROOM_NAMES_OF(0 BOOST_DESCRIBE_PP_FOR_EACH(OPSROOM_NAME_ENTRY, T, __VA_ARGS__))))          \
    consteval auto fields_of(const T*) {                                                                                        \
        OPSROOM_FIELD_TYPES;                                                                                                    \
        return ::events::detail::checked<T>(std::array{BOOST_DESCRIBE_PP_FOR_EACH(OPSROOM_FIELD_ENTRY, T, __VA_ARGS__)});       \
    }

/// Describes a struct that has no fields.
#define OPSROOM_DESCRIBE_EMPTY(T)  \
    BOOST_DESCRIBE_STRUCT(T, (), ()) \
    consteval auto fields_of(const T*) { return std::array<::events::field, 0>{}; }

/// Describes a struct as another one is that has the same fields in the same order: a form as it is filled in, and as it is kept.
#define OPSROOM_DESCRIBE_AS(T, U, ...)  \
    BOOST_DESCRIBE_STRUCT(T, (), (__VA_ARGS__)) \
    consteval auto fields_of(const T*) { return ::events::detail::checked<T>(::events::fields<U>); }

/// Defines an enum class, and describes it: (name, Chinese, English, tone if it has one) for each of its values.
#define OPSROOM_DEFINE_ENUM(E, ...)                                                                                             \
    enum class E { OPSROOM_NAMES_OF(0 BOOST_DESCRIBE_PP_FOR_EACH(OPSROOM_NAME_ENTRY, E, __VA_ARGS__)) };                        \
    OPSROOM_DESCRIBE_ENUM_NAMES(E, OPSROOM_NAMES_OF(0 BOOST_DESCRIBE_PP_FOR_EACH(OPSROOM_NAME_ENTRY, E, __VA_ARGS__)))          \
    consteval auto choices_of(const E*) {                                                                                       \
        using enum ::events::tone;                                                                                              \
        return std::array{BOOST_DESCRIBE_PP_FOR_EACH(OPSROOM_CHOICE_ENTRY, E, __VA_ARGS__)};                                    \
    }
#define OPSROOM_DESCRIBE_ENUM_NAMES(E, ...) BOOST_DESCRIBE_ENUM(E, __VA_ARGS__)

/// The words of an enum that is defined, and described for Boost.Describe, already.
#define OPSROOM_ENUM_WORDS(E, ...)                                                                                              \
    consteval auto choices_of(const E*) {                                                                                       \
        using enum ::events::tone;                                                                                              \
        return ::events::detail::checked_choices<E>(std::array{BOOST_DESCRIBE_PP_FOR_EACH(OPSROOM_CHOICE_ENTRY, E, __VA_ARGS__)}); \
    }

namespace events {

namespace detail {

constexpr choice_words choice_of(std::string_view name, std::string_view zh, std::string_view en, tone t = tone::plain) { return {name, {zh, en}, t}; }

template <class E, std::size_t N>
consteval std::array<choice_words, N> checked_choices(const std::array<choice_words, N>& all) {
    std::size_t i = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (i == N || all[i].name != d.name || static_cast<std::size_t>(d.value) != i) throw "the words are those of the enum, in its order";
        ++i;
    });
    if (i != N) throw "each value has its words";
    return all;
}

}  // namespace detail

OPSROOM_ENUM_WORDS(language, (zh, "中文", "Chinese"), (en, "英文", "English"))
OPSROOM_ENUM_WORDS(priority, (low, "低", "Low"), (normal, "普通", "Normal"), (high, "高", "High", caution), (urgent, "紧急", "Urgent", bad))
OPSROOM_ENUM_WORDS(verdict, (pass, "通过", "Approve", good), (send_back, "退回", "Return", caution), (clarify, "要求澄清", "Ask for clarification", caution),
                   (reject, "驳回", "Reject", bad))

}  // namespace events
