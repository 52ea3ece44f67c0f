#pragma once
// The thread that hashes what was appended into the Merkle tree and writes the index database.
//
// Its queue is bounded: who hands over more than it can take waits.
//
// A database that is found broken while the process runs is made anew here, from the events up to where it was: reading them takes
// a few seconds a million. Nobody else waits for that: what is appended meanwhile is hashed between two pieces and stays in memory.

#include "events/log/position_signal.hpp"
#include "events/proof/tree.hpp"
#include "events/rocksdb/event_store.hpp"
#include "events/rocksdb/index_db.hpp"
#include "events/rocksdb/recent_index.hpp"

#include <rocksdb/write_batch.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace events::rocks {

class indexer {
public:
    /// Some events after each other, as they were written to the log (and what was written beside them): it serves as the arena
    /// of their bytes.
    struct job {
        rocksdb::WriteBatch events;
        position last;
        std::shared_ptr<const generation> complete;  ///< ends with these events, if not null
    };

    /// The tree's size is where `recent` begins. All outlive this.
    indexer(const event_store& log, index_db& index, recent_index& recent, proof::tree& tree, const surroundings& in);

    /// Finishes what it was handed.
    ~indexer();

    // One thread.

    void hand(job next);
    /// An empty batch, with memory of its own from before if possible.
    rocksdb::WriteBatch spare();

    // Any thread.

    /// How far the tree has got.
    const position_signal& reached() const { return reached_; }

private:
    void run();
    void take_queued(std::unique_lock<std::mutex>& lock, bool and_write);
    void take_in(job& next);
    void write_out();
    bool written(index_db::written so);
    bool make_anew(const std::string& found);
    std::optional<std::string> fill(position upto, const proof::hash& root);
    bool wait_for_room();

    /// Worth starting on at once; less than that waits a moment, so that this thread is not in the way of the answer
    /// to the command that it came from.
    bool is_enough() const { return queued_bytes_ >= enough_bytes; }

    static constexpr std::size_t bytes_max = 64u << 20;
    static constexpr std::size_t enough_bytes = 64u << 10;
    static constexpr std::chrono::milliseconds gathering_time{1};
    static constexpr std::size_t spares_max = 8;
    static constexpr std::chrono::milliseconds room_looked_for_every{200};
    /// Broken again so soon, it is the disk.
    static constexpr std::chrono::minutes anew_again_after{1};

    const event_store& log_;
    index_db& index_;
    recent_index& recent_;
    proof::tree& tree_;
    const surroundings in_;
    position_signal reached_;

    std::mutex guard_;  ///< over all below
    std::condition_variable arrived_;
    std::condition_variable taken_;
    std::deque<job> queue_;
    std::size_t queued_bytes_ = 0;
    std::vector<rocksdb::WriteBatch> spares_;
    bool gathering_ = false;
    bool closing_ = false;
    bool broken_ = false;  ///< the index was found to be, and has yet to be made anew

    // The thread's.
    std::deque<std::shared_ptr<const generation>> complete_;  ///< to be written, oldest first
    bool given_up_ = false;  ///< it is closing, and what is left is for the next opening
    std::optional<std::chrono::steady_clock::time_point> anew_at_;

    std::jthread thread_;  // last: it uses all the others
};

}  // namespace events::rocks
