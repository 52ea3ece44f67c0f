#include "server/search/taking.hpp"

#include "core/commands.hpp"
#include "events/codec/describe.hpp"

#include <type_traits>
#include <utility>

namespace server::search {
namespace {

/// Every text in it, a line each; of a file its name.
template <class T>
void collect(const T& value, std::string& to) {
    namespace codec = events::codec;
    if constexpr (std::is_same_v<T, std::string>) {
        if (!value.empty()) (to += value) += '\n';
    } else if constexpr (std::is_same_v<T, events::words>) {
        if (!value.are_personal() && !value.text.empty()) (to += value.text) += '\n';  // whom they are about is not searched for
    } else if constexpr (std::is_same_v<T, events::attachment>) {
        (to += value.name) += '\n';
    } else if constexpr (codec::is_vector<T>::value) {
        for (const auto& one : value) collect(one, to);
    } else if constexpr (codec::is_optional<T>::value) {
        if (value) collect(*value, to);
    } else if constexpr (codec::described_struct<T> && !codec::code_string<T>) {
        boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) {
            // Bookkeeping, not words.
            if (std::string_view(d.name) != "sha256" && std::string_view(d.name) != "currency") collect(value.*d.pointer, to);
        });
    }
}

template <class Group>
using aggregate_of = boost::mp11::mp_at<core::aggregate_list, boost::mp11::mp_find<events::groups, Group>>;

/// One event. A new kind of channel or member event has to be looked at here.
struct taking {
    holdings& to;
    const events::recorded& e;
    bool forgot = false;

    template <class Group>
        requires requires { aggregate_of<Group>::text_of(std::declval<const Group&>()); }
    void operator()(const Group& group) {
        using A = aggregate_of<Group>;
        if constexpr (requires { A::is_kept_from_search(group); })
            if (A::is_kept_from_search(group)) to.hide(e.envelope.stream);
        std::string text;
        std::visit([&](const auto& what) { collect(what, text); }, group);
        if (!text.empty()) to.say(e.envelope, kind_of(A::category), A::text_of(group), std::move(text));
    }
    void operator()(const events::member::any& group) { std::visit(*this, group); }
    void operator()(const events::channel::any& group) { std::visit(*this, group); }

    /// Nothing where it is erased, or its key lost: then it is to be looked at again once that is back.
    const std::string* clear(const events::personal& p) {
        if (p.is == events::personal::form::clear) return &p.text;
        if (p.is == events::personal::form::sealed) to.could_not_read(p.of);
        return nullptr;
    }

    void name(const events::personal& name, const events::personal* login) {
        std::string lines;
        for (const auto* p : {&name, login})
            if (const auto* text = p ? clear(*p) : nullptr) (lines += *text) += '\n';
        to.name(e.envelope, lines);
    }
    void operator()(const events::member::joined& m) { name(m.name, m.login ? &*m.login : nullptr); }
    void operator()(const events::member::renamed& m) { name(m.name, nullptr); }
    void operator()(const events::member::erased&) { forgot = to.forget({e.envelope.stream.number}); }

    void operator()(const events::channel::created& c) {
        to.say(e.envelope, kind::channel, "name", c.name + "\n");
        if (!c.description.empty()) to.say(e.envelope, kind::channel, "description", c.description);
    }
    void operator()(const events::channel::described& c) { to.say(e.envelope, kind::channel, "description", c.description); }
    void operator()(const events::channel::posted& c) { message(c.message, c.text); }
    void operator()(const events::channel::imported& c) { message(c.message, c.text); }
    void operator()(const events::channel::edited& c) {
        to.unsay(e.envelope.stream, c.message.value);
        message(c.message, c.text);
    }
    void operator()(const events::channel::deleted& c) { to.unsay(e.envelope.stream, c.message.value); }
    void message(events::message_no n, const events::personal& said) {
        if (clear(said)) to.message(e.envelope, n.value, said);
    }

    // Says nothing to be found, or nothing for everyone who sees its stream.
    void operator()(const auto&) {}
};

}  // namespace

bool take(holdings& to, const events::recorded& e) {
    taking one{to, e};
    std::visit(one, e.event);
    return one.forgot;
}

}  // namespace server::search
