#include "events/rocksdb/recent_index.hpp"

#include <algorithm>
#include <mutex>

namespace events::rocks {
namespace {

/// The part of `run`, in `of`, that begins with `from`.
std::vector<position> cut(const generation& of, const generation::run& run, version from, direction way, std::size_t limit) {
    std::vector<position> out;
    const auto some = std::min<std::uint64_t>(limit, way == direction::forwards ? run.newest().value - from.value + 1
                                                                               : from.value - run.first.value + 1);
    out.reserve(some);
    const auto other = way == direction::forwards ? from.value + some - 1 : from.value - some + 1;
    of.positions(run, {std::min(from.value, other)}, {std::max(from.value, other)}, way, out);
    return out;
}

}  // namespace

recent_index::recent_index(position last, stream_versions versions)
    : versions_(std::move(versions)), newest_(std::make_shared<generation>(next(last))) {}

void recent_index::take_in(std::span<const entry> batch, const expectations& checked) {
    const std::unique_lock lock(guard_);
    newest_->add(batch);
    for (const auto& [stream, v] : checked.moved()) versions_.set(stream, v);
    for (const auto& [about, bytes] : batch) {
        auto& highest = commands_[about.actor];
        highest.id = std::max(highest.id, about.causation);
    }
}

void recent_index::remember(std::span<const idle_command> idle) {
    const std::unique_lock lock(guard_);
    for (const auto& one : idle) {
        auto& highest = commands_[one.key.actor];
        highest.id = std::max(highest.id, one.key.id);
    }
}

std::shared_ptr<const generation> recent_index::freeze() {
    if (newest_->empty()) return nullptr;
    const std::unique_lock lock(guard_);
    const std::shared_ptr<const generation> full = newest_;
    frozen_.push_back(full);
    newest_ = std::make_shared<generation>(next(full->last()));
    return full;
}

void recent_index::drop_oldest() {
    std::shared_ptr<const generation> freed;  // after the lock is given back
    const std::unique_lock lock(guard_);
    freed = std::move(frozen_.front());
    frozen_.pop_front();
}

version recent_index::version_of(stream_id stream) const {
    if (!is_category(static_cast<std::uint64_t>(stream.kind))) return {};
    const std::shared_lock lock(guard_);
    return versions_.of(stream);
}

std::uint64_t recent_index::highest(category kind) const {
    if (!is_category(static_cast<std::uint64_t>(kind))) return 0;
    const std::shared_lock lock(guard_);
    return versions_.highest(kind);
}

recent_index::command_answer recent_index::find(const command_key& key) const {
    const std::shared_lock lock(guard_);
    const auto highest = commands_.find(key.actor);
    if (highest != commands_.end() && highest->second.learnt && key.id > highest->second.id) return {known::no, {}};
    if (const auto* what = newest_->find(key)) return {known::yes, *what};
    for (auto at = frozen_.rbegin(); at != frozen_.rend(); ++at)
        if (const auto* what = (*at)->find(key)) return {known::yes, *what};
    return {known::ask_database, {}};
}

void recent_index::learn(member_id actor, const uuid& highest_in_database) {
    const std::unique_lock lock(guard_);
    auto& highest = commands_[actor];
    highest.id = std::max(highest.id, highest_in_database);
    highest.learnt = true;
}

bool recent_index::has_learnt(member_id actor) const {
    const std::shared_lock lock(guard_);
    const auto found = commands_.find(actor);
    return found != commands_.end() && found->second.learnt;
}

std::vector<position> recent_index::positions(stream_id stream, version from, direction way, std::size_t limit) const {
    std::shared_ptr<const generation> holder;
    {
        const std::shared_lock lock(guard_);
        if (const auto* run = newest_->find(stream); run && run->holds(from)) return cut(*newest_, *run, from, way, limit);
        for (const auto& frozen : frozen_)
            if (const auto* run = frozen->find(stream); run && run->holds(from)) holder = frozen;
    }
    // What is frozen is read without the lock: an append need not wait for it.
    if (!holder) return {};
    return cut(*holder, *holder->find(stream), from, way, limit);
}

}  // namespace events::rocks
