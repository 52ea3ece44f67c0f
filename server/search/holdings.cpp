#include "server/search/holdings.hpp"

#include <algorithm>
#include <charconv>

namespace server::search {
namespace {

// Of the head: its forms and what is said first are looked for together. Each further piece has all of it written again, so there
// are few.
constexpr std::size_t head_bytes = 4 * 1'024;
constexpr std::size_t head_pieces = 3;
constexpr std::size_t head_forms = 8;
constexpr std::size_t title_bytes_max = 1'024;
constexpr std::uint64_t messages_a_channel = std::uint64_t{1} << 32;

constexpr std::uint64_t id_of(events::stream_id which) { return static_cast<std::uint64_t>(which.kind) << 56 | which.number; }

std::string first_line(std::string_view text) {
    return std::string(text.substr(0, std::min(text.find('\n'), title_bytes_max))) + '\n';
}

}  // namespace

holdings::holdings(database& in, const bounds& most)
    : in_(in),
      most_(most),
      put_(in, "INSERT INTO texts(rowid, text, kind, number, message) VALUES(?1, ?2, ?3, ?4, ?5)"),
      remove_(in, "DELETE FROM texts WHERE rowid = ?1"),
      text_(in, "SELECT text FROM texts WHERE rowid = ?1"),
      find_(in, "SELECT hidden, title, head, pieces, bytes FROM entities WHERE id = ?1"),
      save_(in, "INSERT OR REPLACE INTO entities(id, hidden, title, head, pieces, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"),
      add_later_(in, "INSERT INTO later(entity, at, section, bytes) VALUES(?1, ?2, ?3, ?4)"),
      drop_later_(in, "DELETE FROM later WHERE entity = ?1 AND at = ?2"),
      later_of_form_(in, "SELECT at, bytes FROM later WHERE entity = ?1 AND section = ?2 AND section <> ''"),
      oldest_later_(in, "SELECT at, bytes FROM later WHERE entity = ?1 ORDER BY at LIMIT 1"),
      add_message_(in, "INSERT OR REPLACE INTO messages(id, at, owner, bytes) VALUES(?1, ?2, ?3, ?4)"),
      message_(in, "SELECT at, owner, bytes FROM messages WHERE id = ?1"),
      drop_message_(in, "DELETE FROM messages WHERE id = ?1"),
      messages_of_(in, "SELECT at, id, bytes FROM messages WHERE owner = ?1 ORDER BY at"),
      drop_entity_(in, "DELETE FROM entities WHERE id = ?1"),
      next_(in, "SELECT rowid, kind, number, message FROM texts WHERE rowid > ?1 ORDER BY rowid LIMIT 1") {
    statement all(in, "SELECT owner, bytes FROM totals");
    for (statement::use u(all); u.step();) totals_[u.number(0)] = u.number(1);
}

void holdings::put(std::uint64_t at, const place& of, std::string_view text) { put_.run(at, text, words_of(of), of.number, of.message); }

void holdings::remove(std::uint64_t at) { remove_.run(at); }

std::string holdings::text_at(std::uint64_t at) {
    statement::use u(text_);
    return u.bind(at).step() ? std::string(u.text(0)) : std::string();
}

void holdings::count(std::uint64_t owner, std::uint64_t more, std::uint64_t less) {
    for (auto* total : {owner ? &totals_[owner] : nullptr, &totals_[0]})
        if (total) *total = *total + more - std::min(*total + more, less);
}

std::uint64_t holdings::bytes() const {
    const auto found = totals_.find(0);
    return found == totals_.end() ? 0 : found->second;
}

void holdings::save_totals() {
    statement all(in_, "INSERT OR REPLACE INTO totals(owner, bytes) VALUES(?1, ?2)");
    for (const auto& [owner, bytes] : totals_) all.run(owner, bytes);
}

// ---- entities -------------------------------------------------------------------------------------------------------

holdings::entity holdings::find(std::uint64_t id) {
    entity e;
    statement::use u(find_);
    if (!u.bind(id).step()) return e;
    e.known = true;
    e.hidden = u.number(0) != 0;
    e.title = u.text(1);
    e.head = u.number(2);
    e.bytes = u.number(4);
    // "37 finding 3\n": how long it is, and which form.
    for (auto rest = u.text(3); !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        piece p{std::string(line.substr(line.find(' ') + 1)), 0};
        std::from_chars(line.data(), line.data() + line.size(), p.bytes);
        e.pieces.push_back(std::move(p));
        rest.remove_prefix(line.size() + 1);
    }
    return e;
}

void holdings::save(std::uint64_t id, const entity& e) {
    std::string pieces;
    for (const auto& p : e.pieces) ((pieces += std::to_string(p.bytes)) += ' ') += p.section + '\n';
    save_.run(id, std::uint64_t{e.hidden}, e.title, e.head, pieces, e.bytes);
}

void holdings::hide(events::stream_id which) {
    entity e;
    e.hidden = true;
    save(id_of(which), e);
}

void holdings::say(const events::envelope& about, kind of, const std::string& section, std::string text) {
    const auto id = id_of(about.stream);
    const auto at = about.position.value;
    const place here{of, about.stream.number, 0};
    auto e = find(id);
    if (e.hidden) return;
    const auto is_it = [&](const piece& p) { return p.section == section; };
    const bool in_head = e.head != 0 && !section.empty() && std::any_of(e.pieces.begin(), e.pieces.end(), is_it);
    std::uint64_t in_place_of = 0, bytes = 0;
    if (!in_head && !section.empty()) {
        statement::use u(later_of_form_);
        if (u.bind(id).bind(section).step()) {
            in_place_of = u.number(0);
            bytes = u.number(1);
        }
    }
    std::size_t held = 0;
    for (const auto& p : e.pieces) held += p.bytes;
    const bool has_room = e.head != 0 && in_place_of == 0 && e.pieces.size() < (section.empty() ? head_pieces : head_forms) && held + text.size() <= head_bytes;
    if (!e.known || in_head || has_room || e.head == at) {
        say_in_head(e, here, at, section, text);
    } else {
        if (in_place_of != 0) {
            remove(in_place_of);
            drop_later_.run(id, in_place_of);
            e.bytes -= std::min(e.bytes, bytes);
            count(0, 0, bytes);
        }
        say_later(e, id, here, at, section, text);
    }
    let_go_of(e, id);
    save(id, e);
    let_go_of_oldest();
}

void holdings::say_in_head(entity& e, const place& of, std::uint64_t at, const std::string& section, const std::string& text) {
    std::string all, before;
    if (e.head != 0) {
        before = text_at(e.head);
        remove(e.head);
    }
    bool is_said = false;
    std::size_t from = 0;
    for (auto& p : e.pieces) {
        if (!section.empty() && p.section == section) {
            all += text;
            from += std::exchange(p.bytes, text.size());
            is_said = true;
        } else {
            all += before.substr(std::min(from, before.size()), p.bytes);
            from += p.bytes;
        }
    }
    if (!is_said) {
        e.pieces.push_back({section, text.size()});
        all += text;
    }
    e.known = true;
    e.head = at;
    e.title = first_line(std::string_view(all).substr(0, e.pieces.front().bytes));
    e.bytes += all.size();
    e.bytes -= std::min<std::uint64_t>(e.bytes, before.size());
    count(0, all.size(), before.size());
    put(at, of, all);
}

void holdings::say_later(entity& e, std::uint64_t id, const place& of, std::uint64_t at, const std::string& section, const std::string& text) {
    const auto all = e.title + text;
    put(at, of, all);
    add_later_.run(id, at, section, std::uint64_t{all.size()});
    e.bytes += all.size();
    count(0, all.size(), 0);
}

/// The head stays: it says what it is.
void holdings::let_go_of(entity& e, std::uint64_t id) {
    while (e.bytes > most_.entity) {
        std::uint64_t at = 0, bytes = 0;
        {
            statement::use u(oldest_later_);
            if (!u.bind(id).step()) return;
            at = u.number(0);
            bytes = u.number(1);
        }
        remove(at);
        drop_later_.run(id, at);
        e.bytes -= std::min(e.bytes, bytes);
        count(0, 0, bytes);
        ++let_go_;
    }
}

/// Names stay, and what a channel is about.
void holdings::let_go_of_oldest() {
    while (bytes() > most_.all) {
        place of;
        {
            statement::use u(next_);
            if (!u.bind(oldest_).step()) return;
            oldest_ = u.number(0);
            const auto words = u.text(1);
            of = {parse_kind(words.substr(0, words.find(' '))).value_or(kind::none), u.number(2), u.number(3)};
        }
        if (of.kind == kind::none || of.kind == kind::member || of.kind == kind::channel) continue;
        ++let_go_;
        if (of.kind == kind::message) {
            unsay({events::category::channel, of.number}, of.message);
            continue;
        }
        const auto id = id_of({category_of(of.kind), of.number});
        auto e = find(id);
        const auto bytes = text_at(oldest_).size();
        remove(oldest_);
        if (e.head == oldest_) {
            e.head = 0;
            e.pieces.clear();
        } else {
            drop_later_.run(id, oldest_);
        }
        e.bytes -= std::min<std::uint64_t>(e.bytes, bytes);
        count(0, 0, bytes);
        save(id, e);
    }
}

// ---- people ---------------------------------------------------------------------------------------------------------

void holdings::message(const events::envelope& about, std::uint64_t number, const events::personal& text) {
    if (number >= messages_a_channel) return;
    const auto at = about.position.value;
    put(at, {kind::message, about.stream.number, number}, text.text);
    add_message_.run(about.stream.number * messages_a_channel + number, at, text.of.value, std::uint64_t{text.text.size()});
    count(text.of.value, text.text.size(), 0);
    if (totals_[text.of.value] > most_.person) let_go_of_person(text.of.value);
    let_go_of_oldest();
}

void holdings::unsay(events::stream_id channel, std::uint64_t number) {
    if (number >= messages_a_channel) return;
    const auto id = channel.number * messages_a_channel + number;
    std::uint64_t at = 0, owner = 0, bytes = 0;
    {
        statement::use u(message_);
        if (!u.bind(id).step()) return;
        at = u.number(0);
        owner = u.number(1);
        bytes = u.number(2);
    }
    remove(at);
    drop_message_.run(id);
    count(owner, 0, bytes);
}

/// A tenth at once, as all of theirs have to be looked at for it.
void holdings::let_go_of_person(std::uint64_t owner) {
    struct one {
        std::uint64_t at, id, bytes;
    };
    std::vector<one> gone;
    auto left = totals_[owner];
    {
        statement::use u(messages_of_);
        for (u.bind(owner); left > most_.person / 10 * 9 && u.step();) {
            gone.push_back({u.number(0), u.number(1), u.number(2)});
            left -= std::min(left, gone.back().bytes);
        }
    }
    for (const auto& g : gone) {
        remove(g.at);
        drop_message_.run(g.id);
        count(owner, 0, g.bytes);
        ++let_go_;
    }
}

void holdings::name(const events::envelope& about, const std::string& lines) {
    const auto id = id_of(about.stream);
    auto e = find(id);
    if (e.head != 0) remove(e.head);
    // A new name leaves the login as it is.
    const auto end = e.title.find('\n');
    if (!e.known) e.title = lines;
    else if (e.title != lines) e.title = lines + (end == e.title.npos ? "" : e.title.substr(end + 1));
    e.head = lines.empty() ? 0 : about.position.value;
    e.known = true;
    save(id, e);
    if (e.head != 0) put(e.head, {kind::member, about.stream.number, 0}, e.title);
}

bool holdings::forget(events::member_id who) {
    bool was_there = false;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> all;
    {
        statement::use u(messages_of_);
        for (u.bind(who.value); u.step();) all.emplace_back(u.number(0), u.number(1));
    }
    for (const auto& [at, id] : all) {
        remove(at);
        drop_message_.run(id);
        was_there = true;
    }
    count(who.value, 0, totals_[who.value]);
    const auto id = id_of(stream_of(who));
    if (const auto e = find(id); e.known) {
        if (e.head != 0) remove(e.head);
        drop_entity_.run(id);
        was_there = true;
    }
    statement unread(in_, "DELETE FROM unread WHERE whose = ?1");
    unread.run(who.value);
    return was_there;
}

void holdings::could_not_read(events::member_id whose) {
    statement add(in_, "INSERT OR IGNORE INTO unread(whose) VALUES(?1)");
    add.run(whose.value);
}

std::vector<events::member_id> holdings::could_not_be_read() {
    std::vector<events::member_id> all;
    statement each(in_, "SELECT whose FROM unread");
    for (statement::use u(each); u.step();) all.push_back({u.number(0)});
    return all;
}

}  // namespace server::search
