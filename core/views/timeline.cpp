#include "core/views/timeline.hpp"

#include "core/access/access.hpp"
#include "core/kernel/verify.hpp"

namespace core::views {

struct timeline::fold {
    timeline& all;
    channel_row& row;
    events::position at;

    void operator()(const events::channel::created& e) {
        row.name = e.name;
        row.description = e.description;
        row.visibility = e.visibility;
    }
    void operator()(const events::channel::described& e) { row.description = e.description; }
    void operator()(const events::channel::archived&) { row.archived = true; }
    void operator()(const events::channel::joined& e) {
        row.people.add(e.member, row.messages.last());
        all.enter(e.member, row.id);
    }
    void operator()(const events::channel::left& e) {
        row.people.remove(e.member);
        all.leave(e.member, row.id);
    }
    void operator()(const events::channel::posted& e) {
        row.messages.append(e.message, e.text.of, at, e.topic);
        row.people.mark_read(e.text.of, row.messages.last());
    }
    void operator()(const events::channel::imported& e) { row.messages.append(e.message, e.author, at, e.topic); }
    void operator()(const events::channel::edited& e) { row.messages.edit(e.message, at); }
    void operator()(const events::channel::deleted& e) { row.messages.remove(e.message); }
    void operator()(const events::channel::topic_set& e) { row.messages.move(e.message, e.topic); }
    void operator()(const events::channel::reacted& e) { row.messages.react(e.message, e.member, e.emoji); }
    void operator()(const events::channel::reaction_removed& e) { row.messages.unreact(e.message, e.member, e.emoji); }
    void operator()(const events::channel::keeper_appointed&) {}  // what the rules ask; readers are shown nothing of it
    void operator()(const events::channel::pinned& e) { row.messages.pin(e.message); }
    void operator()(const events::channel::unpinned& e) { row.messages.unpin(e.message); }
    void operator()(const events::channel::read& e) {
        row.people.mark_read(e.member, static_cast<std::uint32_t>(e.message.value));
    }
};

void timeline::apply(const events::recorded& event) {
    const auto* happened = events::get_if<events::channel::any>(&event.event);
    if (!happened) return;
    const auto number = event.envelope.stream.number;
    verify(number != 0 && number <= rows_.size() + 1, "channels are numbered without gaps");
    if (number > rows_.size()) rows_.emplace_back().id = {number};
    auto& row = rows_[number - 1];
    std::visit(fold{*this, row, event.envelope.position}, *happened);
    row.version = event.envelope.version;
}

void timeline::enter(member_id who, channel_id channel) {
    auto& all = channels_of_[who.value];
    const auto at = std::lower_bound(all.begin(), all.end(), channel);
    if (at == all.end() || *at != channel) all.insert(at, channel);
}

void timeline::leave(member_id who, channel_id channel) { std::erase(channels_of_[who.value], channel); }

const channel_row* timeline::row(channel_id id) const {
    return id.value == 0 || id.value > rows_.size() ? nullptr : &rows_[id.value - 1];
}

std::vector<const channel_row*> timeline::page(const person& reader, channel_id after, std::size_t limit) const {
    std::vector<const channel_row*> found;
    for (auto n = after.value; n < rows_.size() && found.size() < limit; ++n)
        if (access::may_see_channel(rows_[n], reader)) found.push_back(&rows_[n]);
    return found;
}

const std::vector<channel_id>& timeline::channels_of(member_id who) const {
    static const std::vector<channel_id> none;
    const auto found = channels_of_.find(who.value);
    return found == channels_of_.end() ? none : found->second;
}

void timeline::save(archive::writer& to) const {
    to.number(rows_.size());
    for (const auto& row : rows_) {
        write(to, row.name);
        write(to, row.description);
        write(to, row.visibility);
        write(to, row.archived);
        write(to, row.version);
        write(to, row.people);
        row.messages.save(to);
    }
}

bool timeline::load(archive::reader& from) {
    *this = {};
    const auto size = from.count();
    for (std::uint64_t n = 1; n <= size && from.ok(); ++n) {
        auto& row = rows_.emplace_back();
        row.id = {n};
        read(from, row.name);
        read(from, row.description);
        read(from, row.visibility);
        read(from, row.archived);
        read(from, row.version);
        read(from, row.people);
        row.messages.load(from);
        for (const auto& s : row.people.all())
            if (s.read > row.messages.last()) from.fail();
        if (!from.ok()) break;
        for (const auto& s : row.people.all()) enter({s.member}, row.id);
    }
    if (!from.ok()) *this = {};
    return from.ok();
}

}  // namespace core::views
