#include "events/rocksdb/rocksdb_log.hpp"

#include "events/rocksdb/options.hpp"

#include <algorithm>
#include <stdexcept>

namespace events {
namespace {

/// How many of a stream's events are looked up at once when reading backwards: mostly the newest few are wanted.
constexpr std::size_t page = 256;

}  // namespace

rocksdb_log::~rocksdb_log() {
    if (!indexer_) return;
    if (auto rest = recent_->freeze()) indexer_->hand({rocksdb::WriteBatch(), rest->last(), rest});
}

boost::system::result<position, append_refusal> rocksdb_log::append(std::span<const entry> batch, std::span<const idle_command> idle) {
    if (auto refused = expectations_.check(batch, head_.get(), recent_->versions())) return *refused;
    if (batch.empty() && idle.empty()) return head_.get();
    auto events = batch.empty() ? rocksdb::WriteBatch() : indexer_->spare();
    for (const auto& e : batch) store_->add(events, e.envelope.position, e.bytes);
    const auto last = batch.empty() ? head_.get() : batch.back().envelope.position;
    if (!idle.empty()) store_->add(events, idle, last);
    if (!store_->write(events, last)) return append_refusal(no_room{});
    if (!idle.empty()) recent_->remember(idle);
    if (batch.empty()) return last;
    acknowledged_->set(last);
    recent_->take_in(batch, expectations_);
    head_.set(last);
    hand_over(std::move(events), last);
    return last;
}

void rocksdb_log::hand_over(rocksdb::WriteBatch events, position last) {
    indexer_->hand({std::move(events), last, recent_->full() ? recent_->freeze() : nullptr});
}

bool rocksdb_log::wait_indexed(position p, std::chrono::milliseconds at_most) const {
    return indexer_->reached().wait(p, at_most);
}

bool rocksdb_log::wait_beyond(position p, std::chrono::milliseconds at_most) const { return head_.wait(next(p), at_most); }

std::optional<outcome> rocksdb_log::find_command(const command_key& key) const {
    // Ids are ordered by time: once the highest of a member is known, a new one needs no look-up.
    if (!recent_->has_learnt(key.actor))
        recent_->learn(key.actor, std::max(index_->highest_command(key.actor), store_->highest_idle(key.actor)));
    const auto answer = recent_->find(key);
    switch (answer.is) {
        case rocks::recent_index::known::yes: return answer.what;
        case rocks::recent_index::known::no: return std::nullopt;
        case rocks::recent_index::known::ask_database: break;
    }
    const auto indexed = index_->find(key);
    return indexed ? indexed : store_->find_idle(key);
}

void rocksdb_log::read_all(position from, direction way, const visitor& visit) const {
    const auto last = head_.get();
    if (way == direction::forwards)
        store_->read_range(std::max(from, position{1}), last, way, visit);
    else
        store_->read_range({1}, std::min(from, last), way, visit);
}

void rocksdb_log::read_stream(stream_id stream, version from, direction way, const visitor& visit) const {
    const auto newest = recent_->version_of(stream);
    auto at = way == direction::forwards ? std::max(from, version{1}) : std::min(from, newest);
    while (at.value > 0 && at <= newest) {
        auto some = recent_->positions(stream, at, way, way == direction::forwards ? SIZE_MAX : page);
        if (some.empty()) some = index_->positions(stream, at, way);
        if (some.empty())
            index_->broken("it lacks version " + std::to_string(at.value) + " of " + to_string(stream));
        if (!store_->read_these(some, visit)) return;
        at.value = way == direction::forwards ? at.value + some.size() : at.value - some.size();
    }
}

bool rocksdb_log::read_one(position p, const visitor& visit) const {
    if (p.value == 0 || p > head_.get()) return false;
    store_->read_these({&p, 1}, visit);
    return true;
}

std::vector<proof::hash> rocksdb_log::inclusion(position p, std::uint64_t size) const {
    if (p.value == 0) throw std::out_of_range("positions count from 1");
    return tree_->inclusion(p.value - 1, size);
}

std::vector<proof::hash> rocksdb_log::consistency(std::uint64_t old_size, std::uint64_t new_size) const {
    return tree_->consistency(old_size, new_size);
}

}  // namespace events
