#include "events/rocksdb/indexer.hpp"

#include "events/ending/threads.hpp"
#include "events/proof/running_root.hpp"
#include "events/rocksdb/options.hpp"
#include "events/rocksdb/pieces.hpp"

#include <system_error>
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

indexer::indexer(const event_store& log, index_db& index, recent_index& recent, proof::tree& tree, const surroundings& in)
    : log_(log), index_(index), recent_(recent), tree_(tree), in_(in) {
    reached_.set({tree.size()});
    thread_ = start_thread("indexing the log", [this] { run(); });
    index_.on_broken([this] {
        {
            const std::lock_guard lock(guard_);
            broken_ = true;
        }
        arrived_.notify_one();
    });
}

indexer::~indexer() {
    {
        const std::lock_guard lock(guard_);
        closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
    index_.on_broken(nullptr);
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
    std::unique_lock lock(guard_);
    while (true) {
        arrived_.wait(lock, [&] { return closing_ || !queue_.empty() || broken_; });
        if (broken_ && !closing_) {
            lock.unlock();
            write_out();
            lock.lock();
            continue;
        }
        if (queue_.empty()) return;
        gathering_ = true;
        arrived_.wait_for(lock, gathering_time, [&] { return closing_ || is_enough(); });
        gathering_ = false;
        take_queued(lock, true);
    }
}

/// With the lock. One at a time: what is written may have to be made anew first, and takes the rest of the queue in meanwhile.
void indexer::take_queued(std::unique_lock<std::mutex>& lock, bool and_write) {
    while (!queue_.empty()) {
        auto next = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        const auto size = next.events.GetDataSize();
        take_in(next);
        if (and_write) write_out();
        next.events.Clear();
        lock.lock();
        queued_bytes_ -= size;
        if (spares_.size() < spares_max) spares_.push_back(std::move(next.events));
        taken_.notify_one();
    }
}

void indexer::take_in(job& next) {
    leaves of(log_.family());
    of.hashes.reserve(static_cast<std::size_t>(next.events.Count()));
    if (const auto status = next.events.Iterate(&of); !status.ok()) die("a batch could not be indexed", status);
    tree_.append(of.hashes);
    reached_.set(next.last);
    if (next.complete) complete_.push_back(next.complete);
}

void indexer::write_out() {
    while (!given_up_) {
        if (const auto found = index_.is_broken(); found && !make_anew(*found)) return;
        if (complete_.empty()) return;
        const auto& next = *complete_.front();
        try {
            index_.add(next, tree_.root(next.last().value));
        } catch (const index_broken&) {  // found just there
            continue;
        } catch (const std::system_error&) {  // the system gives too little to read it
            if (!wait_for_room()) return;
            continue;
        }
        if (!written(index_.write())) continue;
        tree_.settled();
        recent_.drop_oldest();
        complete_.pop_front();
    }
}

/// False where it was not, and will not be. Nothing is lost by closing without it, and what waits for it is bounded.
bool indexer::written(index_db::written so) {
    for (; so == index_db::written::no_room; so = index_.write())
        if (!wait_for_room()) return false;
    return so == index_db::written::yes;
}

/// False where it is closing.
bool indexer::wait_for_room() {
    std::unique_lock lock(guard_);
    given_up_ = arrived_.wait_for(lock, room_looked_for_every, [&] { return closing_; });
    return !given_up_;
}

/// False where it is closing.
bool indexer::make_anew(const std::string& found) {
    if (anew_at_ && std::chrono::steady_clock::now() < *anew_at_ + anew_again_after)
        throw cannot_go_on(ending::no_access,
                           {"日志索引刚重建好又已损坏（" + found + "）：请检查磁盘后重新启动，索引会再次重建；内容都在日志中，没有丢失",
                            "the log's index is damaged again right after it was made anew (" + found + "): check the disk, then start again, and it is "
                            "made anew once more; nothing is lost, as all of it is in the log"});
    const auto upto = index_.reached();
    const auto root = index_.root();
    in_.mended("index", "found damaged while it was in use (" + found + "): being made anew from the log, up to position " + std::to_string(upto.value));
    for (bool begun = false; !begun;) {
        {
            const std::lock_guard lock(guard_);
            broken_ = false;
        }
        try {
            index_.begin_anew();
            begun = true;
        } catch (const cannot_go_on& why) {
            if (why.code() != ending::disk_full) throw;
            if (!wait_for_room()) return false;
        }
    }
    if (const auto wrong = fill(upto, root))
        throw cannot_go_on(ending::damaged,
                           {"日志索引已损坏，而日志本身也已损坏，索引无法重建（" + *wrong + "）：请从备份恢复，或保留数据目录并求助",
                            "the log's index is damaged, and can't be made anew as the log is damaged too (" + *wrong + "): restore a backup, or keep the data "
                            "folder as it is and ask for help"});
    if (given_up_) return false;
    index_.readable();
    anew_at_ = std::chrono::steady_clock::now();
    return true;
}

/// What is wrong with the log, or nothing; also where it was given up, or the index is broken again.
std::optional<std::string> indexer::fill(position upto, const proof::hash& root) {
    proof::tree tiles(index_);
    proof::running_root so_far;
    std::vector<proof::hash> hashes;
    const auto hash = [&](std::span<const entry> some) {
        hashes.clear();
        for (const auto& one : some) hashes.push_back(proof::leaf_hash(one.bytes));
        tiles.append(hashes);
    };
    auto wrong = read_pieces(log_, {1}, upto, generation::size_wanted, [&](std::span<const entry> some) {
        in_.indexing(some.front().envelope.position.value - 1, upto.value);
        generation piece(some.front().envelope.position);
        piece.add(some);
        hash(some);
        for (const auto& leaf : hashes) so_far.add(leaf);
        index_.add(piece, so_far.root());
        if (!written(index_.write())) return false;
        tiles.settled();
        std::unique_lock lock(guard_);
        given_up_ = closing_;
        if (!given_up_) take_queued(lock, false);
        return !given_up_;
    });
    if (wrong || given_up_ || index_.is_broken()) return wrong;
    if (so_far.root() != root) return "up to position " + std::to_string(upto.value) + " the events are others than those that were indexed";
    // Tiles that were full since then went the way of the rest. They are written with the next generation.
    wrong = read_pieces(log_, next(upto), {tree_.size()}, generation::size_wanted, [&](std::span<const entry> some) {
        hash(some);
        return true;
    });
    in_.indexing(upto.value, upto.value);
    return wrong;
}

}  // namespace events::rocks
