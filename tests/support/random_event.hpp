#pragma once
// Random values of everything that the catalog describes. The same seed gives the same values.

#include "tests/support/every_event.hpp"
#include "events/codec/upcast.hpp"
#include "events/codec/describe.hpp"

#include <boost/mp11.hpp>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>

namespace support {

class random_values {
public:
    /// People are numbered 1 to `people_max`.
    explicit random_values(std::uint64_t seed, std::uint64_t people_max = 5, bool tidy = false)
        : engine_(seed), people_max_(people_max), tidy_(tidy) {}

    std::uint64_t up_to(std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(0, most)(engine_); }

    /// As new text is once it is in; or, unless `tidy`, UTF-8 with all that gives JSON trouble: quotes, escapes, control characters, four-byte characters, and
    /// what looks like the stored form's own structure.
    std::string text() {
        constexpr std::string_view pieces[] = {"运营部", "task", " ", "\"", "\\", "\n", "\t", "\x01", "\x1f", "\x7f", "é", "😀", "\u2028", "{\"of\":3,\"sealed\":\"QUJD\"}", "\",\"data\":", "'", "/", "\r", "\b", "\f", "0"};
        std::string s;
        if (tidy_) return up_to(1) ? "渠道周报 " + std::to_string(up_to(99)) : "weekly \"figures\"";
        for (auto n = up_to(12); n > 0; --n) s += pieces[up_to(std::size(pieces) - 1)];
        if (up_to(9) == 0) s += '\0';
        return s;
    }

    template <class T>
    [[gnu::noinline]] T make() {
        using namespace events;
        if constexpr (std::is_same_v<T, bool>) {
            return up_to(1) == 1;
        } else if constexpr (std::is_unsigned_v<T>) {
            return static_cast<T>(up_to(std::numeric_limits<T>::max()));
        } else if constexpr (std::is_same_v<T, member_id>) {
            return {1 + up_to(people_max_ - 1)};
        } else if constexpr (codec::is_id<T>::value) {
            return {up_to(up_to(1) ? 100 : std::numeric_limits<std::int64_t>::max())};
        } else if constexpr (std::is_same_v<T, std::string>) {
            return text();
        } else if constexpr (codec::code_string<T>) {
            return {text()};
        } else if constexpr (std::is_same_v<T, personal>) {
            return {make<member_id>(), text(), personal::form::clear};
        } else if constexpr (std::is_same_v<T, words>) {
            return up_to(1) ? words(text()) : words(make<member_id>(), text());
        } else if constexpr (std::is_same_v<T, instant>) {
            return instant(std::chrono::microseconds(up_to(200ull * 365 * 86400 * 1'000'000)));
        } else if constexpr (std::is_same_v<T, date>) {
            return date(std::chrono::sys_days(std::chrono::days(up_to(200ull * 365))));
        } else if constexpr (std::is_same_v<T, uuid>) {
            uuid u;
            for (auto& byte : u.bytes) byte = static_cast<std::uint8_t>(up_to(255));
            return u;
        } else if constexpr (std::is_same_v<T, stream_id>) {
            return {static_cast<category>(1 + up_to(static_cast<std::uint64_t>(newest_category) - 1)), 1 + up_to(1'000)};
        } else if constexpr (codec::is_optional<T>::value) {
            if (up_to(1)) return std::nullopt;
            return make<typename T::value_type>();
        } else if constexpr (codec::is_vector<T>::value) {
            T items;
            for (auto n = up_to(4); n > 0; --n) items.push_back(make<typename T::value_type>());
            return items;
        } else if constexpr (codec::described_enum<T>) {
            using choices = boost::describe::describe_enumerators<T>;
            T chosen{};
            boost::mp11::mp_with_index<boost::mp11::mp_size<choices>::value>(
                up_to(boost::mp11::mp_size<choices>::value - 1), [&](auto i) { chosen = boost::mp11::mp_at_c<choices, i>::value; });
            return chosen;
        } else {
            static_assert(codec::described_struct<T>, "describe the type, or teach this maker");
            T made{};
            boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) {
                auto& field = made.*d.pointer;
                field = make<std::remove_cvref_t<decltype(field)>>();
            });
            return made;
        }
    }

    events::envelope envelope() {
        events::envelope e;
        e.position = {1 + up_to(1'000'000)};
        e.stream = {static_cast<events::category>(1 + up_to(static_cast<std::uint64_t>(events::newest_category) - 1)), 1 + up_to(1000)};
        e.version = {1 + up_to(1000)};
        e.time = make<events::instant>();
        e.actor = {up_to(people_max_)};
        e.causation = make<events::uuid>();
        e.correlation = up_to(1) ? e.causation : make<events::uuid>();
        if (up_to(3) == 0) e.in_place_of = make<events::member_id>();
        e.digest = up_to(1) ? 0 : up_to(std::numeric_limits<std::uint64_t>::max());
        e.keyed = e.digest != 0 && up_to(1) == 1;
        e.salt = up_to(1) ? 0 : up_to(std::numeric_limits<std::uint64_t>::max());
        return e;
    }

private:
    std::mt19937_64 engine_;
    std::uint64_t people_max_;
    bool tidy_;
};

/// Calls f(mp_identity<Event>) for each event type of the catalog.
template <class F>
void for_each_event_type(F&& f) {
    using namespace boost::mp11;
    mp_for_each<mp_transform<mp_identity, events::groups>>([&](auto group) {
        mp_for_each<mp_transform<mp_identity, typename decltype(group)::type>>(f);
    });
}

/// An event of any shape there ever was, as its newest.
template <class Event>
events::any newest(Event&& event) {
    events::any found;
    using namespace boost::mp11;
    mp_for_each<mp_transform<mp_identity, events::groups>>([&]<class Group>(mp_identity<Group>) {
        using plain = std::remove_cvref_t<Event>;
        using retired = events::codec::retired<Group>;
        if constexpr (mp_contains<Group, plain>::value || mp_contains<retired, plain>::value)
            found = events::codec::to_newest<Group>(std::forward<Event>(event));
    });
    return found;
}

}  // namespace support
