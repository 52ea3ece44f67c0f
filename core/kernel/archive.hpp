#pragma once
// A compact binary form for what is kept beside the log and can be made again from it: snapshots of states and views.
// Numbers are variable-length (LEB128, signed ones zigzag), containers say their size first, described structs are
// their members in order. There are no names in it: a change of shape takes a new format number.
//
// Reading damaged bytes fails: it never crashes, reads outside, or takes much more memory than the bytes are long.

#include "core/kernel/interner.hpp"
#include "events/catalog/stream.hpp"
#include "events/catalog/value.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::archive {

class writer {
public:
    /// Appends to `out`, which has to outlive it.
    explicit writer(std::string& out) : out_(out) {}

    void number(std::uint64_t n) {
        char bytes[10];
        std::size_t size = 0;
        for (; n >= 0x80; n >>= 7) bytes[size++] = static_cast<char>(n | 0x80);
        bytes[size++] = static_cast<char>(n);
        out_.append(bytes, size);
    }
    void bytes(std::string_view b) { out_.append(b); }

private:
    std::string& out_;
};

/// Once something was amiss everything reads as zero or empty, and ok() stays false.
class reader {
public:
    /// `in` has to outlive it.
    explicit reader(std::string_view in) : at_(in.data()), end_(in.data() + in.size()) {}

    std::uint64_t number() {
        std::uint64_t n = 0;
        for (unsigned shift = 0; shift < 64 && at_ != end_; shift += 7) {
            const auto byte = static_cast<unsigned char>(*at_++);
            n |= std::uint64_t{byte & 0x7fu} << shift;
            if (byte < 0x80) return n;
        }
        fail();
        return 0;
    }
    std::string_view bytes(std::uint64_t size) {
        if (size > left()) {
            fail();
            return {};
        }
        const std::string_view b(at_, size);
        at_ += size;
        return b;
    }
    /// The size of a container whose elements take at least a byte each.
    std::uint64_t count() {
        const auto n = number();
        if (n > left()) fail();
        return ok_ ? n : 0;
    }
    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
    bool ok() const { return ok_; }
    /// Everything was read, and nothing was amiss.
    bool finished() const { return ok_ && at_ == end_; }
    void fail() {
        ok_ = false;
        at_ = end_;
    }

private:
    const char* at_;
    const char* end_;
    bool ok_ = true;
};

template <class T>
concept described = boost::describe::has_describe_members<T>::value;
template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public>;

namespace detail {
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<events::id<Tag>> = true;

constexpr std::uint64_t zigzag(std::int64_t n) {
    return static_cast<std::uint64_t>(n) << 1 ^ static_cast<std::uint64_t>(n >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t n) { return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1); }
}  // namespace detail

// Scalars and text.

template <std::integral T>
void write(writer& w, T n) {
    if constexpr (std::signed_integral<T>) w.number(detail::zigzag(n));
    else w.number(n);
}
template <std::integral T>
void read(reader& r, T& n) {
    const auto raw = r.number();
    if constexpr (std::signed_integral<T>) {
        const auto wide = detail::unzigzag(raw);
        if (!std::in_range<T>(wide)) return r.fail();
        n = static_cast<T>(wide);
    } else if constexpr (std::same_as<T, bool>) {
        if (raw > 1) return r.fail();
        n = raw == 1;
    } else {
        if (!std::in_range<T>(raw)) return r.fail();
        n = static_cast<T>(raw);
    }
}

template <class E>
    requires std::is_enum_v<E>
void write(writer& w, E e) {
    w.number(static_cast<std::uint64_t>(e));
}
template <class E>
    requires std::is_enum_v<E>
void read(reader& r, E& e) {
    const auto raw = r.number();
    bool known = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&](auto d) { known = known || static_cast<std::uint64_t>(d.value) == raw; });
    if (!known) return r.fail();
    e = static_cast<E>(raw);
}

template <class Tag>
void write(writer& w, events::id<Tag> i) {
    w.number(i.value);
}
template <class Tag>
void read(reader& r, events::id<Tag>& i) {
    i.value = r.number();
}

inline void write(writer& w, events::instant at) { write(w, at.time_since_epoch().count()); }
inline void read(reader& r, events::instant& at) {
    std::int64_t us = 0;
    read(r, us);
    at = events::instant(std::chrono::microseconds(us));
}

inline void write(writer& w, events::date d) {
    write(w, static_cast<int>(d.year()));
    w.number(std::uint64_t{static_cast<unsigned>(d.month())} * 32 + static_cast<unsigned>(d.day()));
}
inline void read(reader& r, events::date& d) {
    std::int16_t year = 0;
    read(r, year);
    const auto rest = r.number();
    if (rest >= 16UL * 32) return r.fail();
    d = events::date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(rest / 32)),
                     std::chrono::day(static_cast<unsigned>(rest % 32)));
}

inline void write(writer& w, const std::string& s) {
    w.number(s.size());
    w.bytes(s);
}
inline void read(reader& r, std::string& s) { s = r.bytes(r.count()); }

inline void write(writer& w, events::stream_id s) {
    w.number(static_cast<std::uint64_t>(s.kind));
    w.number(s.number);
}
inline void read(reader& r, events::stream_id& s) {
    const auto kind = r.number();
    if (!events::is_category(kind)) return r.fail();
    s = {static_cast<events::category>(kind), r.number()};
}

inline void write(writer& w, const events::department& d) { write(w, d.code); }
inline void read(reader& r, events::department& d) { read(r, d.code); }
inline void write(writer& w, const events::role& o) { write(w, o.code); }
inline void read(reader& r, events::role& o) { read(r, o.code); }

// Containers and structs; declared first, as they hold one another.

template <class T>
void write(writer& w, const std::optional<T>& maybe);
template <class T>
void read(reader& r, std::optional<T>& maybe);
template <class T>
void write(writer& w, const std::vector<T>& all);
template <class T>
void read(reader& r, std::vector<T>& all);
template <class T, class Hash>
void write(writer& w, const boost::unordered_flat_set<T, Hash>& all);
template <class T, class Hash>
void read(reader& r, boost::unordered_flat_set<T, Hash>& all);
inline void write(writer& w, const interner& all);
inline void read(reader& r, interner& all);

template <described T>
void write(writer& w, const T& value) {
    boost::mp11::mp_for_each<members_of<T>>([&](auto d) { write(w, value.*d.pointer); });
}
template <described T>
void read(reader& r, T& value) {
    boost::mp11::mp_for_each<members_of<T>>([&](auto d) { read(r, value.*d.pointer); });
}

template <class T>
void write(writer& w, const std::optional<T>& maybe) {
    w.number(maybe.has_value());
    if (maybe) write(w, *maybe);
}
template <class T>
void read(reader& r, std::optional<T>& maybe) {
    bool there = false;
    read(r, there);
    maybe.reset();
    if (there) read(r, maybe.emplace());
}

template <class T>
void write(writer& w, const std::vector<T>& all) {
    w.number(all.size());
    for (const T& one : all) write(w, one);
}
template <class T>
void read(reader& r, std::vector<T>& all) {
    const auto size = r.count();
    all.clear();
    // No more up front than the bytes can be worth.
    all.reserve(std::min<std::uint64_t>(size, std::max<std::uint64_t>(64, r.left() * 8 / sizeof(T))));
    for (std::uint64_t i = 0; i < size && r.ok(); ++i) read(r, all.emplace_back());
}

/// In order, so that equal sets have equal bytes.
template <class T, class Hash>
void write(writer& w, const boost::unordered_flat_set<T, Hash>& all) {
    std::vector<T> sorted(all.begin(), all.end());
    std::sort(sorted.begin(), sorted.end());
    write(w, sorted);
}
template <class T, class Hash>
void read(reader& r, boost::unordered_flat_set<T, Hash>& all) {
    std::vector<T> sorted;
    read(r, sorted);
    all = {sorted.begin(), sorted.end()};
}

inline void write(writer& w, const interner& all) { write(w, all.texts()); }
inline void read(reader& r, interner& all) {
    std::vector<std::string> texts;
    read(r, texts);
    all = {};
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (texts[i].empty() || all.intern(texts[i]) != i + 1) return r.fail();
}

}  // namespace core::archive
