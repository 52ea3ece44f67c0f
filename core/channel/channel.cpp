#include "core/channel/channel.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/text.hpp"

namespace core {

using s = channel_status;
using r = channel_rejection;

// clang-format off
constexpr std::array<channel::row, 16> channel::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"channel.create", flow::from(s::absent), anyone, 0, s::open, "S5.1.3", r::inactive, {}, r::already_exists},
    {"channel.describe", flow::from(s::open), keeper | manager | admin, 0, {}, "S5.1.3", r::not_keeper, {}, r::archived},
    {"channel.archive", flow::from(s::open), keeper | manager | admin, 0, s::archived, "S5.1.3", r::not_keeper, {}, r::archived},
    {"channel.join", flow::from(s::open), anyone, 0, {}, "S1.3.4", r::not_in_channel, {}, r::archived},
    {"channel.leave", flow::from(s::open), anyone, 0, {}, "S1.3.4", r::may_not_remove, {}, r::archived},
    {"channel.post", flow::from(s::open), inside, 0, {}, "S5.1.2", r::not_in_channel, {}, r::archived},
    {"channel.edit", flow::from(s::open), anyone, 0, {}, "S5.1.2", r::not_author, {}, r::archived},
    {"channel.delete", flow::from(s::open), anyone, 0, {}, "S5.1.2", r::not_author, {}, r::archived},
    {"channel.set_topic", flow::from(s::open), anyone, 0, {}, "S5.1.2", r::may_not_move, {}, r::archived},
    {"channel.react", flow::from(s::open), inside, 0, {}, "S5.1.2", r::not_in_channel, {}, r::archived},
    {"channel.unreact", flow::from(s::open), inside, 0, {}, "S5.1.2", r::not_in_channel, {}, r::archived},
    {"channel.pin", flow::from(s::open), inside, 0, {}, "S5.1.2", r::not_in_channel, {}, r::archived},
    {"channel.unpin", flow::from(s::open), inside, 0, {}, "S5.1.2", r::not_in_channel, {}, r::archived},
    {"channel.read", flow::from(s::open), inside, 0, {}, "S5.3.2", r::not_in_channel, {}, r::archived},
    {"channel.import", flow::from(s::open), admin, 0, {}, "S5.1.3", r::not_importer, {}, r::archived},
    {"channel.appoint_keeper", flow::from(s::open), keeper | admin, 0, {}, "S5.1.3", r::not_appointing, {}, r::archived},
}};
// clang-format on

namespace {

using answer = decision<channel>;
using decided_events = decided<channel::event>;
using check = std::optional<channel_rejection>;

answer happens(channel::event e) {
    decided_events all;
    all.push_back(std::move(e));
    return all;
}
answer nothing_new() { return decided_events{}; }

std::string_view words(const std::optional<std::string>& maybe) { return maybe ? std::string_view(*maybe) : std::string_view(); }

std::uint32_t number(message_no n) { return static_cast<std::uint32_t>(n.value); }

reaction_mark mark_of(message_no n, member_id who, std::string_view emoji) {
    return {number(n), static_cast<std::uint32_t>(who.value), text::digest(emoji)};
}

check topic_at_fault(const channel::state& now, std::string_view topic) {
    if (topic.empty()) return {};
    if (now.messages.topics.size() > topics_max && !now.messages.topics.find(topic)) return r::too_many_topics;
    return {};
}

check emoji_at_fault(std::string_view emoji) { return text::is_emoji(emoji) ? check{} : r::bad_emoji; }

/// A message that can still be worked with, or why not.
boost::system::result<const message_mark*, channel_rejection> standing(const channel::state& now, message_no n) {
    const auto* m = now.messages.find(n);
    if (!m) return r::no_such_message;
    if (m->deleted()) return r::message_deleted;
    return m;
}

bool wrote(const message_mark& m, const context& by) { return m.author == by.who().value; }

bool is_any_of(flow::relations these, const channel::state& now, const context& by) {
    return by.by_system() || (channel::relations_of(now, by) & these);
}

bool anyone_else_here(const channel::state& now, member_id but, const roster& people) {
    const auto& all = now.people.all();
    return std::any_of(all.begin(), all.end(), [&](const seat& s) { return s.member != but.value && people.is_active({s.member}); });
}

// Each command by itself, once the rows let it pass.

answer carry_out(const channel::state& now, const channel::describe& c, const context&) {
    if (text::digest(c.description) == now.description) return nothing_new();
    return happens(events::channel::described{c.description});
}

answer carry_out(const channel::state&, const channel::archive&, const context&) { return happens(events::channel::archived{}); }

answer carry_out(const channel::state& now, const channel::join& c, const context& by) {
    const auto who = c.member.value_or(by.who());
    if (!who) return r::needs_a_person;
    if (who != by.who() && !is_any_of(channel::inside, now, by)) return r::not_in_channel;
    if (now.people.contains(who)) return nothing_new();
    return happens(events::channel::joined{who});
}

answer carry_out(const channel::state& now, const channel::leave& c, const context& by) {
    const auto who = c.member.value_or(by.who());
    if (!who) return r::needs_a_person;
    if (who != by.who() && !is_any_of(channel::keeper | channel::admin, now, by)) return r::may_not_remove;
    if (!now.people.contains(who)) return nothing_new();
    auto all = happens(events::channel::left{who});
    // Nobody could be let into it any more.
    if (now.visibility == channel::visibility::members_only && !anyone_else_here(now, who, *by.people)) all->push_back(events::channel::archived{});
    return all;
}

answer carry_out(const channel::state& now, const channel::appoint_keeper& c, const context& by) {
    if (!now.people.contains(c.member)) return r::not_inside;
    if (channel::keeper_of(now, *by.people) == c.member) return nothing_new();
    return happens(events::channel::keeper_appointed{c.member});
}

answer carry_out(const channel::state& now, const channel::post& c, const context& by) {
    if (by.by_system()) return r::needs_a_person;
    const auto topic = words(c.topic);
    if (const auto no = topic_at_fault(now, topic)) return *no;
    return happens(events::channel::posted{{now.messages.last() + 1ull}, {by.who(), c.text}, std::string(topic)});
}

answer carry_out(const channel::state& now, const channel::edit& c, const context& by) {
    const auto m = standing(now, c.message);
    if (!m) return m.error();
    if (by.by_system()) return r::needs_a_person;
    if (!wrote(**m, by)) return r::not_author;
    return happens(events::channel::edited{c.message, {by.who(), c.text}});
}

answer carry_out(const channel::state& now, const channel::delete_message& c, const context& by) {
    const auto* m = now.messages.find(c.message);
    if (!m) return r::no_such_message;
    if (!wrote(*m, by) && !is_any_of(channel::manager | channel::admin, now, by)) return r::not_author;
    if (m->deleted()) return nothing_new();
    return happens(events::channel::deleted{c.message});
}

answer carry_out(const channel::state& now, const channel::set_topic& c, const context& by) {
    const auto m = standing(now, c.message);
    if (!m) return m.error();
    if (!wrote(**m, by) && !is_any_of(channel::manager | channel::admin, now, by)) return r::may_not_move;
    if (now.messages.topics.text((*m)->topic()) == c.topic) return nothing_new();
    if (const auto no = topic_at_fault(now, c.topic)) return *no;
    return happens(events::channel::topic_set{c.message, c.topic});
}

answer carry_out(const channel::state& now, const channel::react& c, const context& by) {
    const auto m = standing(now, c.message);
    if (!m) return m.error();
    if (by.by_system()) return r::needs_a_person;
    if (const auto no = emoji_at_fault(c.emoji)) return *no;
    if (now.messages.reactions.contains(mark_of(c.message, by.who(), c.emoji))) return nothing_new();
    return happens(events::channel::reacted{c.message, by.who(), c.emoji});
}

answer carry_out(const channel::state& now, const channel::unreact& c, const context& by) {
    if (!now.messages.find(c.message)) return r::no_such_message;
    if (by.by_system()) return r::needs_a_person;
    // One from before reactions were emoji goes like any other.
    if (!now.messages.reactions.contains(mark_of(c.message, by.who(), c.emoji))) {
        const auto no = emoji_at_fault(c.emoji);
        return no ? answer(*no) : nothing_new();
    }
    return happens(events::channel::reaction_removed{c.message, by.who(), c.emoji});
}

answer carry_out(const channel::state& now, const channel::pin& c, const context&) {
    const auto m = standing(now, c.message);
    if (!m) return m.error();
    if ((*m)->pinned()) return nothing_new();
    return happens(events::channel::pinned{c.message});
}

answer carry_out(const channel::state& now, const channel::unpin& c, const context&) {
    const auto* m = now.messages.find(c.message);
    if (!m) return r::no_such_message;
    if (!m->pinned()) return nothing_new();
    return happens(events::channel::unpinned{c.message});
}

answer carry_out(const channel::state& now, const channel::read& c, const context& by) {
    if (by.by_system()) return r::needs_a_person;
    if (!now.messages.find(c.message)) return r::no_such_message;
    if (number(c.message) <= now.people.find(by.who())->read) return nothing_new();
    return happens(events::channel::read{c.message, by.who()});
}

check said_at_fault(const channel::state& now, const channel::said& m, const context& by) {
    const person* author = by.people->find(m.author);
    if (!author) return r::no_such_author;
    if (author->erased) return r::author_erased;
    if (m.at > by.now) return r::bad_time;
    if (m.message) {
        // What people said here is theirs alone to change.
        const auto* before = now.messages.find(*m.message);
        if (!before || !before->imported() || before->author != m.author.value) return r::no_such_message;
        if (before->deleted()) return r::message_deleted;
    }
    return topic_at_fault(now, words(m.topic));
}

answer carry_out(const channel::state& now, const channel::import_messages& c, const context& by) {
    for (const auto& m : c.messages)
        if (const auto no = said_at_fault(now, m, by)) return *no;
    decided_events all;
    all.reserve(c.messages.size());
    std::uint64_t last = now.messages.last();
    for (const auto& m : c.messages) {
        if (m.message) all.push_back(events::channel::edited{*m.message, {m.author, m.text}});
        else all.push_back(events::channel::imported{{++last}, m.author, m.at, {m.author, m.text}, std::string(words(m.topic)), c.source});
    }
    return all;
}

answer decide_one(const channel::state& now, const channel::create& c, const context& by) {
    const auto& row = flow::row_of<channel, channel::create>();
    if (const auto no = flow::who_refuses<channel>(row, now, by)) return *no;
    if (const auto no = flow::state_refuses<channel>(row, now, by)) return *no;
    // The system calls it what it is of.
    if (!by.by_system() && !text::is_name(c.name, c.name.size())) return r::bad_name;
    decided_events all;
    all.push_back(events::channel::created{c.name, c.description.value_or(""), c.visibility});
    if (!by.by_system()) all.push_back(events::channel::joined{by.who()});
    return all;
}

/// Nobody outside knows of a channel for members only; an auditor does, but is told what to do to act in it.
bool hidden_from(const channel::state& now, const context& by) {
    return now.visibility == channel::visibility::members_only && !by.by_system() && !now.people.contains(by.who()) &&
           !by.actor->has("AU");
}

template <class Command>
answer decide_one(const channel::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    constexpr bool from_outside = std::is_same_v<Command, channel::appoint_keeper>;
    const bool sets_up = from_outside && !by.by_system() && by.actor->has("AD");
    if (!by.by_system() && by.actor->active && !sets_up && hidden_from(now, by)) return r::not_found;
    const auto& row = flow::row_of<channel, Command>();
    if (const auto no = flow::who_refuses<channel>(row, now, by)) return *no;
    if (row.next && now.is == *row.next) return nothing_new();
    if (const auto no = flow::state_refuses<channel>(row, now, by)) return *no;
    if constexpr (std::is_same_v<Command, channel::join>) {
        // An auditor who looks on doesn't let themselves in.
        if (now.visibility == channel::visibility::members_only && !is_any_of(channel::inside, now, by)) return r::not_in_channel;
    }
    return carry_out(now, c, by);
}

namespace happened = events::channel;

void fold(channel::state& ch, const happened::created& e) {
    ch.is = s::open;
    ch.visibility = e.visibility;
    ch.description = text::digest(e.description);
}
void fold(channel::state& ch, const happened::described& e) { ch.description = text::digest(e.description); }
void fold(channel::state& ch, const happened::archived&) { ch.is = s::archived; }
void fold(channel::state& ch, const happened::joined& e) {
    if (ch.people.all().empty()) ch.keeper = e.member;
    ch.people.add(e.member, ch.messages.last());  // what was said before is not unread to who comes
}
void fold(channel::state& ch, const happened::left& e) {
    ch.people.remove(e.member);
    if (ch.keeper == e.member) ch.keeper = {};  // who comes back is the newest
}
void fold(channel::state& ch, const happened::posted& e) {
    ch.messages.append(e.message, e.text.of, e.topic);
    ch.people.mark_read(e.text.of, ch.messages.last());  // who writes has seen what came before
}
void fold(channel::state& ch, const happened::imported& e) {
    ch.messages.append(e.message, e.author, e.topic);
    ch.messages.at(e.message).bits |= message_mark::imported_bit;
}
void fold(channel::state&, const happened::edited&) {}
void fold(channel::state& ch, const happened::deleted& e) {
    auto& m = ch.messages.at(e.message);
    m.bits = (m.bits | message_mark::deleted_bit) & ~message_mark::pinned_bit;
}
void fold(channel::state& ch, const happened::topic_set& e) {
    ch.messages.at(e.message).set_topic(ch.messages.topics.intern(e.topic));
}
void fold(channel::state& ch, const happened::reacted& e) {
    ch.messages.reactions.insert(mark_of(e.message, e.member, e.emoji));
}
void fold(channel::state& ch, const happened::reaction_removed& e) {
    ch.messages.reactions.erase(mark_of(e.message, e.member, e.emoji));
}
void fold(channel::state& ch, const happened::pinned& e) {
    ch.messages.at(e.message).bits |= message_mark::pinned_bit;
}
void fold(channel::state& ch, const happened::unpinned& e) {
    ch.messages.at(e.message).bits &= ~message_mark::pinned_bit;
}
void fold(channel::state& ch, const happened::keeper_appointed& e) { ch.keeper = e.member; }
void fold(channel::state& ch, const happened::read& e) { ch.people.mark_read(e.member, number(e.message)); }

}  // namespace

decision<channel> channel::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void channel::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

member_id channel::keeper_of(const state& now, const roster& people) {
    if (now.keeper && now.people.contains(now.keeper) && people.is_active(now.keeper)) return now.keeper;
    const seat* longest = nullptr;
    for (const auto& s : now.people.all())
        if ((!longest || s.came < longest->came) && people.is_active({s.member})) longest = &s;
    return longest ? member_id{longest->member} : member_id{};
}

flow::relations channel::relations_of(const state& now, const context& by) {
    flow::relations are = anyone;
    if (now.people.contains(by.actor->id)) are |= inside;
    const auto keeps = keeper_of(now, *by.people);
    if ((are & inside) && keeps == by.actor->id) are |= keeper;
    // A channel is of the department of who keeps it (D16).
    const auto* whose = by.people->find(keeps);
    if (whose ? manages(*by.actor, whose->department, by) : by.actor->has("OM")) are |= manager;
    if (by.actor->has("AD")) are |= admin;
    if (by.actor->has("SL")) are |= leader;
    return are;
}

channel::rejection channel::wrong_state(const row& asked, status) { return asked.not_now; }

}  // namespace core
