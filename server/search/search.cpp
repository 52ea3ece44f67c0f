#include "server/search/search.hpp"

#include "core/access/access.hpp"
#include "core/entity.hpp"
#include "server/search/tokens.hpp"
#include "server/wire/json_object.hpp"

#include <charconv>
#include <set>

namespace server::search {

const core::refusal nothing_to_find{"nothing_to_find",
                                    "S3.3.3",
                                    "请输入要查找的词（文字或数字，不超过 400 字节）。",
                                    "Say what to look for: letters or digits, at most 400 bytes.",
                                    core::obstacle::field,
                                    "q"};

namespace {

using models = core::views::views;

/// A hit that its reader may see.
struct shown {
    hit what;
    std::string title;
    events::member_id author;  ///< of a message
    events::position since;    ///< the event that says when
};

/// The title, where the reader may see it as it is now.
std::optional<shown> look(hit&& h, const models& v, const core::context& by, const wire::documents& from) {
    const auto& reader = *by.actor;
    const auto number = h.place.number;
    switch (h.place.kind) {
        case kind::member: {
            const auto* row = v.directory.row({number});
            if (!row || !row->name || !core::access::may_see_member({number}, reader, v.channels)) return std::nullopt;
            return shown{std::move(h), *row->name, {}, {}};
        }
        case kind::task: {
            const auto* row = v.board.row({number});
            if (!row || !core::access::may_see_task(*row, by)) return std::nullopt;
            return shown{std::move(h), row->title, {}, {}};
        }
        case kind::none: return std::nullopt;
        case kind::channel:
        case kind::message: {
            const auto* row = v.channels.row({number});
            if (!row || !core::access::may_see_channel(*row, reader)) return std::nullopt;
            if (h.place.kind == kind::channel) return shown{std::move(h), row->name, {}, {}};
            const auto m = row->messages.find({h.place.message});
            // The views may know already what the index does not: that it was deleted, said otherwise, or its author erased.
            if (!m || m->deleted || m->text.value != h.at || !from.keys().has(m->author)) return std::nullopt;
            return shown{std::move(h), row->name, m->author, m->said};
        }
        default: break;
    }
    const auto* list = v.lists.find(category_of(h.place.kind));
    const auto of = list ? list->at(number) : core::entity();
    return of && of.may_see(by) ? std::optional(shown{std::move(h), of.name(), {}, {}}) : std::nullopt;
}

/// When a message was said; of all else, when it was changed last. Nothing where the log can't tell.
std::optional<events::instant> time_of(const events::log& log, events::position which) {
    std::optional<events::instant> found;
    events::decoder decode;
    log.read_one(which, [&](events::position, std::string_view bytes) {
        if (const auto e = decode.decode(bytes)) {
            found = e->envelope.time;
            const auto* about = events::get_if<events::channel::any>(&e->event);
            if (const auto* i = about ? std::get_if<events::channel::imported>(about) : nullptr) found = i->at;
        }
        return false;
    });
    return found;
}

/// "#17" is a task; so is "task/17", and others by their names.
std::optional<place> named(std::string_view words) {
    while (words.starts_with(' ')) words.remove_prefix(1);
    while (words.ends_with(' ')) words.remove_suffix(1);
    const auto slash = words.starts_with('#') ? 0 : words.find('/');
    if (slash == words.npos) return std::nullopt;
    const auto of = slash == 0 ? std::optional(kind::task) : parse_kind(words.substr(0, slash));
    const auto digits = words.substr(slash + 1);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (!of || *of == kind::message || digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return place{*of, number, 0};
}

/// What was asked for by its number, where the reader may see it.
std::optional<shown> look_up(const wire::documents& from, events::position indexed, events::member_id who, const query& q) {
    const auto which = q.before == INT64_MAX ? named(q.words) : std::nullopt;
    if (!which || (q.only && *q.only != which->kind)) return std::nullopt;
    std::optional<shown> found;
    from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> wire::reading {
        found = look({indexed.value, *which, {}}, v, by, from);
        if (found) found->what.text = found->title;
        return wire::document{{}, at};
    });
    return found;
}

/// `log` says when it was; null: that is not known.
void write(std::string& out, const shown& s, const std::vector<std::string>& words, const events::log* log) {
    wire::json_object o(out);
    o.put("kind", name_of(s.what.place.kind)).put("id", s.what.place.number);
    o.put_if(s.what.place.message != 0, "message", s.what.place.message).put("title", s.title);
    o.put_if(bool(s.author), "author", s.author).put("position", s.what.at);
    if (const auto at = log ? time_of(*log, s.since ? s.since : events::position{s.what.at}) : std::nullopt) o.put("at", *at);
    o.put("excerpt", excerpt_of(s.what.text, words));
}

}  // namespace

wire::reading find(const wire::documents& from, const index& in, events::position indexed, events::member_id who, const query& q) {
    constexpr std::size_t page_hits = 200;
    constexpr std::uint64_t before_first = INT64_MAX - 1;  // all that the index has, without what is looked up
    constexpr std::size_t looks_max = 5'000;  // among what the reader may not see
    const auto words = query_of(q.words);
    if (words.empty() || q.words.size() > query::bytes_max) {
        auto no = wire::make(422, nothing_to_find);
        no.errors.push_back({"?q", std::string(nothing_to_find.zh), std::string(nothing_to_find.en)});
        return no;
    }
    const auto marked = words_of(q.words);
    const auto first = look_up(from, indexed, who, q);
    const auto limit = q.limit - (first && q.limit > 0 ? 1 : 0);
    std::vector<shown> found;
    // A long history has several texts: it is shown once, for the newest of those that are found, which an earlier page may have.
    std::set<std::pair<kind, std::uint64_t>> met;
    const auto is_shown = [&](const hit& h) {
        if (first && first->what.place == h.place) return true;
        if (h.place.message != 0) return false;
        if (!met.emplace(h.place.kind, h.place.number).second) return true;
        return q.before != INT64_MAX && in.has_newer(words, h.place, h.at);
    };
    auto before = q.before;
    bool more = true;
    for (std::size_t looks = 0; more && found.size() <= limit && looks < looks_max; looks += page_hits) {
        auto hits = in.find(words, q.only.value_or(kind::none), before, page_hits);
        more = hits.size() == page_hits;
        if (!hits.empty()) before = hits.back().at;
        const auto looked = from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> wire::reading {
            for (auto& h : hits)
                if (auto one = is_shown(h) ? std::nullopt : look(std::move(h), v, by, from); one && found.size() <= limit) found.push_back(std::move(*one));
            return wire::document{{}, at};
        });
        if (const auto* no = std::get_if<wire::problem>(&looked)) return *no;
    }
    const bool beyond = found.size() > limit;
    if (beyond) found.pop_back();
    wire::document d{{}, indexed};
    {
        wire::json_object o(d.body);
        const auto head = from.log().head();
        o.put("position", indexed).put("complete", indexed >= head && !in.is_broken());
        o.put("behind", head > indexed ? head.value - indexed.value : 0);
        auto& items = o.name("items");
        items += '[';
        if (first) write(items, *first, marked, nullptr);
        for (const auto& s : found) {
            if (items.back() != '[') items += ',';
            write(items, s, marked, &from.log());
        }
        items += ']';
        if (beyond)
            o.put("next", std::to_string(found.empty() ? before_first : found.back().what.at));
        else if (more)
            o.put("next", std::to_string(before));
        else
            o.name("next") += "null";
    }
    return d;
}

}  // namespace server::search
