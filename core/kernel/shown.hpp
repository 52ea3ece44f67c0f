#pragma once
// How the entities of a kind are shown, in lists and in dossiers. An aggregate of which there is a list has, in core/KIND/shown.hpp, a
// specialisation of shown_as with put_own(object, state, context): the fields of its rows.
//
// An object is written field by field, in that order: put(key, value); put_if(is, key, value); put_each(key, all, [](object, one)). It
// takes only what is described, with the type that it is described with, and does not compile with anything else: so that the schema and
// all that is made from it know whatever can be shown. What is described of the state can be shown as it is. What is worked out, or known
// of others, is described beside:
//
//   struct also { bool voted; };     beyond the state, in rows
//   struct more { std::vector<strategy_id> line; };     beyond that, in dossiers
//   …
//   OPSROOM_DESCRIBE(shown_as<KIND>::also, (voted, yes_no("本人已投票", "Voted oneself")))     after the specialisation

#include "core/kernel/context.hpp"
#include "events/catalog/describe.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace core {

template <class A>
struct shown_as;

/// What most are content with.
struct shown_plainly {
    /// What is shown beyond the state: in rows, and in dossiers beyond rows. They say what there can be; nothing is kept in them.
    struct also {};
    struct more {};
    /// What its dossier has beyond its row, of the entity with this number.
    static void put_more(auto&, const auto&, std::uint64_t, const context&) {}
    /// Whether that is of today, and not of the moment that is looked at: it is left out of the past.
    static constexpr bool more_is_of_today = false;
};
OPSROOM_DESCRIBE_EMPTY(shown_plainly::also)
OPSROOM_DESCRIBE_EMPTY(shown_plainly::more)

namespace detail {

template <class T>
inline constexpr bool is_count = std::is_integral_v<T> && !std::is_same_v<T, bool>;

/// Whether all that is within it is described, and told: a part is shown whole.
template <class T>
consteval bool is_shown_whole() {
    if constexpr (events::detail::is_vector<T>) {
        return is_shown_whole<events::bare_type<typename T::value_type>>();
    } else if constexpr (events::described_struct<T>) {
        bool all = true;
        for (const auto& f : events::fields<T>) all = all && !f.hidden && f.shown_key.empty();
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
            all = all && is_shown_whole<events::bare_type<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>>();
        });
        return all;
    } else {
        return true;
    }
}

/// Whether one of the fields that are described for a D is called so and holds what a T holds. Of a list that is written line by line
/// (`in_part`) each line answers for itself.
template <class T, class D>
consteval bool describes(std::string_view key, bool in_part) {
    bool found = false;
    std::size_t i = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<D, boost::describe::mod_public>>([&](auto d) {
        const auto& f = events::fields<D>[i++];
        if (f.hidden || f.key() != key) return;
        using said = events::bare_type<std::remove_cvref_t<decltype(std::declval<D&>().*d.pointer)>>;
        using put = events::bare_type<T>;
        found = (std::is_same_v<said, put> || (is_count<said> && is_count<put>)) && (in_part || is_shown_whole<put>());
    });
    return found;
}

}  // namespace detail

/// Whether something that shows these structs may put a T under that key.
template <class T, class... Described>
consteval bool is_described(std::string_view key, bool in_part = false) {
    return (detail::describes<T, Described>(key, in_part) || ...);
}

/// Such a key; there is no other.
template <bool in_part, class T, class... Described>
class shown_key {
public:
    consteval shown_key(const char* key) : key_(key) {
        if (!is_described<T, Described...>(key, in_part)) throw "what is shown is described, with its type";
    }
    constexpr operator std::string_view() const { return key_; }

private:
    std::string_view key_;
};

}  // namespace core
