#pragma once
// Why something may not be done, for a person: the clause, and what would make it pass, in both languages.

#include "events/catalog/value.hpp"

#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// BOOST_DEFINE_ENUM_CLASS for more names than it takes (52): two lists, each in parentheses.
#define OPSROOM_DEFINE_LONG_ENUM_CLASS(E, first, second)                                 \
    enum class E { OPSROOM_UNPACK first, OPSROOM_UNPACK second };                        \
    BOOST_DESCRIBE_ENUM_BEGIN(E)                                                         \
    BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, E, OPSROOM_UNPACK first)       \
    BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, E, OPSROOM_UNPACK second)      \
    BOOST_DESCRIBE_ENUM_END(E)
#define OPSROOM_UNPACK(...) __VA_ARGS__

namespace core {

/// What kind of thing stands in the way.
enum class obstacle : std::uint8_t {
    who,      ///< the person may not
    status,   ///< not now: the entity is elsewhere in its flow
    field,    ///< a field of the command is no good: `refusal::field`
    missing,  ///< there is no such thing, or none that this person may know of
};

/// All text is static.
struct refusal {
    std::string_view code;    ///< stable, for programs: "own_work"
    std::string_view clause;  ///< of the handbook: "D1"
    std::string_view zh;
    std::string_view en;
    obstacle is = obstacle::status;
    std::string_view field = {};  ///< the command's field at fault; empty unless `is` is obstacle::field

    constexpr std::string_view in(events::language l) const { return l == events::language::zh ? zh : en; }
};

/// What a refusal says beyond its own words, of this very case: which one stands in the way, where a formula is faulty. Whole
/// sentences; nothing, where its words say all.
struct particulars {
    std::string zh;
    std::string en;

    bool empty() const { return en.empty(); }
    const std::string& in(events::language l) const { return l == events::language::zh ? zh : en; }
    bool operator==(const particulars&) const = default;
};

/// One line of an aggregate's table of refusals. The code is the enumerator's own name.
template <class Rejection>
struct refusal_row {
    Rejection rejection;
    obstacle is;
    std::string_view clause;
    std::string_view zh;
    std::string_view en;
    std::string_view field = {};
};

/// Makes the table that explain() looks up: one row per enumerator, in their order, or it doesn't compile.
template <class Rejection, std::size_t Rows>
consteval std::array<refusal, Rows> refusal_table(const refusal_row<Rejection> (&rows)[Rows]) {
    using enumerators = boost::describe::describe_enumerators<Rejection>;
    static_assert(boost::mp11::mp_size<enumerators>::value == Rows, "every rejection is explained once");
    std::array<refusal, Rows> table{};
    std::size_t i = 0;
    boost::mp11::mp_for_each<enumerators>([&](auto d) {
        if (rows[i].rejection != d.value || static_cast<std::size_t>(d.value) != i) throw "rows are in the enum's order";
        if ((rows[i].is == obstacle::field) == rows[i].field.empty()) throw "a field's refusal names the field";
        table[i] = {d.name, rows[i].clause, rows[i].zh, rows[i].en, rows[i].is, rows[i].field};
        ++i;
    });
    return table;
}

}  // namespace core
