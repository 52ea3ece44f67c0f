#include "events/rocksdb/indexer.hpp"

#include "events/ending/threads.hpp"
#include "events/rocksdb/options.hpp"

#include <utility>

namespace events::rocks {
namespace {

/// Hashes the events of a batch, in order, where they lie.
class leaves final : public rocksdb::WriteBatch::Handler {
public:
    explicit leaves(std::uint32_t events) : events_(events) {}
    std::vector<proof::hash> hashes;

    rocksdb::Status PutCF(std::uint32_t family, const rocksdb::Slice&, const rocksdb::Slice& bytes) override {
        if (family == events_) hashes.push_back(proof::leaf_hash({bytes.data(), bytes.size()}));
        return rocksdb::Status::OK();
    }
    // Of what is beside the events.
    rocksdb::Status DeleteCF(std::uint32_t, const rocksdb::Slice&) override { return rocksdb::Status::OK(); }

private:
    const std::uint32_t events_;
};

}  // namespace

indexer::indexer(index_db& index, recent_index& recent, proof::tree& tree, std::uint32_t events)
    : index_(index), recent_(recent), tree_(tree), events_(events) {
    reached_.set({tree.size()});
    thread_ = start_thread("indexing the log", [this] { run(); });
}

indexer::~indexer() {
    {
        const std::lock_guard lock(guard_);
        closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void indexer::hand(job next) {
    const auto size = next.events.GetDataSize();
    bool wake;
    {
        std::unique_lock lock(guard_);
        taken_.wait(lock, [&] { return queued_bytes_ == 0 || queued_bytes_ + size <= bytes_max; });
        queued_bytes_ += size;
        queue_.push_back(std::move(next));
        wake = !gathering_ || is_enough();
    }
    if (wake) arrived_.notify_one();
}

rocksdb::WriteBatch indexer::spare() {
    const std::lock_guard lock(guard_);
    if (spares_.empty()) return rocksdb::WriteBatch();
    auto batch = std::move(spares_.back());
    spares_.pop_back();
    return batch;
}

void indexer::run() {
    std::deque<job> some;
    std::unique_lock lock(guard_);
    while (true) {
        arrived_.wait(lock, [&] { return closing_ || !queue_.empty(); });
        if (queue_.empty()) return;
        gathering_ = true;
        arrived_.wait_for(lock, gathering_time, [&] { return closing_ || is_enough(); });
        gathering_ = false;
        some.swap(queue_);
        for (; !some.empty(); some.pop_front()) {
            lock.unlock();
            auto& next = some.front();
            const auto size = next.events.GetDataSize();
            take_in(next);
            next.events.Clear();
            lock.lock();
            queued_bytes_ -= size;
            if (spares_.size() < spares_max) spares_.push_back(std::move(next.events));
            taken_.notify_one();
        }
    }
}

void indexer::take_in(job& next) {
    leaves of(events_);
    of.hashes.reserve(static_cast<std::size_t>(next.events.Count()));
    if (const auto status = next.events.Iterate(&of); !status.ok()) die("a batch could not be indexed", status);
    tree_.append(of.hashes);
    reached_.set(next.last);
    if (next.complete) write_out(*next.complete);
}

void indexer::write_out(const generation& complete) {
    if (given_up_) return;
    index_.add(complete, tree_.root(complete.last().value));
    while (!index_.write()) {
        // The disk is full. What waits for this is bounded; nothing is lost by closing without it.
        std::unique_lock lock(guard_);
        if (arrived_.wait_for(lock, room_looked_for_every, [&] { return closing_; })) {
            given_up_ = true;
            return;
        }
    }
    tree_.settled();
    recent_.drop_oldest();
}

}  // namespace events::rocks
