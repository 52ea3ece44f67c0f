#include "server/search/taking.hpp"

#include "core/entity.hpp"
#include "events/catalog/channel.hpp"
#include "events/catalog/member.hpp"
#include "events/codec/group_codec.hpp"

#include <utility>

namespace server::search {
namespace {

/// Every text in it, a line each; of a file its name.
std::string texts_of(const events::any& event) {
    std::string lines;
    events::codec::codec_of(event).each_text(event, [&](std::string_view field, const std::string& text) {
        // Bookkeeping, not words.
        if (!text.empty() && field != "sha256" && field != "currency") (lines += text) += '\n';
    });
    return lines;
}

/// One event. A new kind of channel or member event has to be looked at here.
struct taking {
    holdings& to;
    const events::recorded& e;
    bool forgot = false;

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
    if (const auto* about = e.event.get_if<events::member::any>()) one(*about);
    if (const auto* said = e.event.get_if<events::channel::any>()) one(*said);
    const auto* of = core::kind_of(e.event.category());
    if (!of || !of->is_searched()) return one.forgot;
    if (of->is_kept_from_search(e.event)) to.hide(e.envelope.stream);
    if (auto text = texts_of(e.event); !text.empty()) to.say(e.envelope, kind_of(of->category()), of->text_of(e.event), std::move(text));
    return one.forgot;
}

}  // namespace server::search
