#include "core/views/message_log.hpp"

#include "core/kernel/verify.hpp"

namespace core::views {
namespace {

std::uint32_t number(message_no n) { return static_cast<std::uint32_t>(n.value); }

template <class Map>
std::vector<std::uint32_t> sorted_keys(const Map& map) {
    std::vector<std::uint32_t> keys;
    keys.reserve(map.size());
    for (const auto& [key, value] : map) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

void insert_sorted(std::vector<std::uint32_t>& all, std::uint32_t n) {
    if (all.empty() || all.back() < n) return all.push_back(n);
    const auto at = std::lower_bound(all.begin(), all.end(), n);
    if (*at != n) all.insert(at, n);
}

void erase_sorted(std::vector<std::uint32_t>& all, std::uint32_t n) {
    const auto at = std::lower_bound(all.begin(), all.end(), n);
    if (at != all.end() && *at == n) all.erase(at);
}

const std::vector<reaction> no_reactions;

}  // namespace

message_log::entry& message_log::at(message_no n) {
    verify(n.value != 0 && n.value <= entries_.size(), "a channel's events are about messages that it has");
    return entries_[n.value - 1];
}

std::uint32_t message_log::topic_number(std::string_view topic) {
    const auto t = topics_.intern(topic);
    if (t >= by_topic_.size()) {
        by_topic_.resize(t + 1);
        here_.resize(t + 1);
    }
    return t;
}

void message_log::append(message_no n, member_id author, position at, std::string_view topic) {
    verify(n.value == entries_.size() + 1, "a channel's messages are numbered without gaps");
    const auto t = topic_number(topic);
    entries_.push_back({at.value, {static_cast<std::uint32_t>(author.value), t}});
    by_topic_[t].push_back(number(n));
    ++here_[t];
}

void message_log::edit(message_no n, position where) {
    at(n).mark.bits |= message_mark::edited_bit;
    edits_[number(n)] = where.value;
}

void message_log::remove(message_no n) {
    auto& mark = at(n).mark;
    if (mark.pinned()) unpin(n);
    if (!mark.deleted()) --here_[mark.topic()];
    mark.bits |= message_mark::deleted_bit;
    insert_sorted(deleted_, number(n));
}

std::uint32_t message_log::count_after(std::uint32_t n) const {
    const auto gone = deleted_.end() - std::upper_bound(deleted_.begin(), deleted_.end(), n);
    return last() - n - static_cast<std::uint32_t>(gone);
}

void message_log::move(message_no n, std::string_view topic) {
    auto& mark = at(n).mark;
    const auto t = topic_number(topic);
    erase_sorted(by_topic_[mark.topic()], number(n));
    insert_sorted(by_topic_[t], number(n));
    if (!mark.deleted()) {
        --here_[mark.topic()];
        ++here_[t];
    }
    mark.set_topic(t);
}

void message_log::pin(message_no n) {
    at(n).mark.bits |= message_mark::pinned_bit;
    insert_sorted(pins_, number(n));
}

void message_log::unpin(message_no n) {
    at(n).mark.bits &= ~message_mark::pinned_bit;
    erase_sorted(pins_, number(n));
}

void message_log::react(message_no n, member_id who, const std::string& emoji) {
    at(n);
    auto& all = reactions_[number(n)];
    auto found = std::find_if(all.begin(), all.end(), [&](const reaction& r) { return r.emoji == emoji; });
    if (found == all.end()) found = all.insert(all.end(), reaction{emoji, {}});
    found->members.push_back(static_cast<std::uint32_t>(who.value));
}

void message_log::unreact(message_no n, member_id who, const std::string& emoji) {
    const auto here = reactions_.find(number(n));
    if (here == reactions_.end()) return;
    auto& all = here->second;
    const auto found = std::find_if(all.begin(), all.end(), [&](const reaction& r) { return r.emoji == emoji; });
    if (found == all.end()) return;
    std::erase(found->members, static_cast<std::uint32_t>(who.value));
    if (found->members.empty()) all.erase(found);
    if (all.empty()) reactions_.erase(here);
}

message_view message_log::view(std::uint32_t n) const {
    const auto& e = entries_[n - 1];
    message_view v{{n}, {e.mark.author}, {e.position}, {e.position}, topics_.text(e.mark.topic()),
                   e.mark.edited(), e.mark.deleted(), e.mark.pinned(), &no_reactions};
    if (v.deleted && here_[e.mark.topic()] == 0) v.topic = {};
    if (v.edited) v.text = {edits_.at(n)};
    if (const auto found = reactions_.find(n); found != reactions_.end()) v.reactions = &found->second;
    return v;
}

std::optional<message_view> message_log::find(message_no n) const {
    return n.value == 0 || n.value > entries_.size() ? std::nullopt : std::optional(view(number(n)));
}

std::vector<message_view> message_log::range(const message_range& wanted) const {
    // All numbers from 1 on, or those of the topic: in both, places first to last - 1 are in the range.
    const std::vector<std::uint32_t>* of_topic = nullptr;
    if (wanted.topic) {
        const auto t = topics_.find(*wanted.topic);
        if (!t || *t >= by_topic_.size()) return {};
        of_topic = &by_topic_[*t];
    }
    const auto place_of = [&](std::uint64_t n) -> std::size_t {  // of the first message from n on
        if (!of_topic) return std::min<std::uint64_t>(n == 0 ? 0 : n - 1, entries_.size());
        return std::lower_bound(of_topic->begin(), of_topic->end(), n) - of_topic->begin();
    };
    std::size_t first = wanted.after ? place_of(wanted.after->value == UINT64_MAX ? UINT64_MAX : wanted.after->value + 1) : 0;
    std::size_t last = wanted.before ? place_of(wanted.before->value) : of_topic ? of_topic->size() : entries_.size();
    if (last < first) last = first;
    if (last - first > wanted.limit) {
        if (wanted.after) last = first + wanted.limit;
        else first = last - wanted.limit;
    }
    std::vector<message_view> found;
    found.reserve(last - first);
    for (auto i = first; i < last; ++i) found.push_back(view(of_topic ? (*of_topic)[i] : static_cast<std::uint32_t>(i + 1)));
    return found;
}

std::vector<topic_count> message_log::topics() const {
    std::vector<topic_count> all;
    for (std::uint32_t t = 1; t < here_.size(); ++t)
        if (here_[t] > 0) all.push_back({topics_.text(t), here_[t]});
    return all;
}

bool message_log::operator==(const message_log& other) const {
    return entries_ == other.entries_ && topics_ == other.topics_ && edits_ == other.edits_ &&
           reactions_ == other.reactions_ && pins_ == other.pins_ && deleted_ == other.deleted_ && by_topic_ == other.by_topic_;
}

void message_log::save(archive::writer& to) const {
    write(to, topics_);
    to.number(entries_.size());
    std::uint64_t before = 0;
    for (const auto& e : entries_) {
        to.number(e.position - before);
        before = e.position;
        to.number(e.mark.author);
        // The flags, rarely set, come lowest, and mostly leave a single byte.
        to.number(std::uint64_t{e.mark.topic()} << 3 | e.mark.bits >> 29);
    }
    to.number(edits_.size());
    for (const auto n : sorted_keys(edits_)) {
        to.number(n);
        to.number(edits_.at(n));
    }
    to.number(reactions_.size());
    for (const auto n : sorted_keys(reactions_)) {
        to.number(n);
        write(to, reactions_.at(n));
    }
}

bool message_log::load(archive::reader& from) {
    *this = {};
    read(from, topics_);
    by_topic_.resize(topics_.size());
    here_.resize(topics_.size());
    const auto size = from.count();
    entries_.reserve(std::min<std::uint64_t>(size, from.left() / 3));
    std::uint64_t position = 0;
    for (std::uint32_t n = 1; n <= size && from.ok(); ++n) {
        position += from.number();
        std::uint32_t author = 0;
        read(from, author);
        const auto bits = from.number();
        if (bits >> 3 >= topics_.size()) from.fail();
        if (!from.ok()) break;
        const message_mark mark{author, static_cast<std::uint32_t>(bits >> 3 | (bits & 7) << 29)};
        entries_.push_back({position, mark});
        by_topic_[mark.topic()].push_back(n);
        if (mark.pinned()) pins_.push_back(n);
        if (mark.deleted()) deleted_.push_back(n);
        else ++here_[mark.topic()];
    }
    const auto is_message = [&](std::uint32_t n) {
        if (n == 0 || n > entries_.size()) from.fail();
        return from.ok();
    };
    std::uint64_t edited = 0;
    for (const auto& e : entries_) edited += e.mark.edited();
    const auto edits = from.count();
    for (std::uint64_t i = 0; i < edits && from.ok(); ++i) {
        std::uint32_t n = 0;
        read(from, n);
        const auto where = from.number();
        if (is_message(n) && entries_[n - 1].mark.edited()) edits_[n] = where;
        else from.fail();
    }
    if (edits_.size() != edited) from.fail();  // every edited message has to have one
    const auto reacted = from.count();
    for (std::uint64_t i = 0; i < reacted && from.ok(); ++i) {
        std::uint32_t n = 0;
        read(from, n);
        if (is_message(n)) read(from, reactions_[n]);
    }
    return from.ok();
}

}  // namespace core::views
