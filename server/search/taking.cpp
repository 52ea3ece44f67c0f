#include "server/search/taking.hpp"

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

/// Which form a text belongs to, of which the newest counts; empty: it stands beside the others.
template <class E>
std::string section_of(const E& e) {
    namespace q = events::request;
    namespace p = events::project;
    namespace a = events::analysis;
    namespace v = events::strategy;
    namespace n = events::proposal;
    if constexpr (std::is_same_v<E, q::drafted> || std::is_same_v<E, q::revised>)
        return "F1";
    else if constexpr (std::is_same_v<E, q::assessed>)
        return "F1a " + std::to_string(e.assessor.value);
    else if constexpr (std::is_same_v<E, p::initiated> || std::is_same_v<E, p::charter_drafted> || std::is_same_v<E, p::charter_submitted>)
        return "F2";
    else if constexpr (std::is_same_v<E, p::acceptance_requested>)
        return "F3";
    else if constexpr (std::is_same_v<E, p::accepted>)
        return "F4";
    else if constexpr (std::is_same_v<E, p::summarised>)
        return "F5";
    else if constexpr (std::is_same_v<E, a::planned> || std::is_same_v<E, a::changed>)
        return "plan";
    else if constexpr (std::is_same_v<E, a::reported> || std::is_same_v<E, a::corrected>)
        return "finding " + std::to_string(e.look);
    else if constexpr (std::is_same_v<E, v::drafted> || std::is_same_v<E, v::revised>)
        return "F19";
    else if constexpr (std::is_same_v<E, n::filed> || std::is_same_v<E, n::revised>)
        return "proposal";
    else
        return {};
}

/// One event. A new kind of channel or member event has to be looked at here.
struct taking {
    holdings& to;
    const events::recorded& e;
    bool forgot = false;

    void operator()(const events::task::any& group) {
        // What carries out an improvement plan is not searched for, as little as the plan is (D5).
        const auto* assigned = std::get_if<events::task::assigned>(&group);
        if (assigned && assigned->improvement) to.hide(e.envelope.stream);
        entity(group, kind::task);
    }
    void operator()(const events::request::any& group) { entity(group, kind::request); }
    void operator()(const events::project::any& group) { entity(group, kind::project); }
    void operator()(const events::analysis::any& group) { entity(group, kind::analysis); }
    void operator()(const events::strategy::any& group) { entity(group, kind::strategy); }
    void operator()(const events::proposal::any& group) { entity(group, kind::proposal); }
    void operator()(const events::member::any& group) { std::visit(*this, group); }
    void operator()(const events::channel::any& group) { std::visit(*this, group); }

    template <class Group>
    void entity(const Group& group, kind of) {
        std::visit(
            [&](const auto& what) {
                std::string text;
                collect(what, text);
                if (!text.empty()) to.say(e.envelope, of, section_of(what), std::move(text));
            },
            group);
    }

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
