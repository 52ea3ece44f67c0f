#pragma once
// The one writer. It takes commands from any thread, decides them one after another, appends what happened
// with one fsync a batch, and answers once that is durable. While a batch is being synced the next one is decided.
//
//   submit ─▶ inbox ─▶ [decide] ─▶ open batch ─▶ [commit: fsync, answer] ─▶ [project: views, feeds]
//
// Three threads of its own: decide, commit, project (and one for snapshots now and then). Every queue between them is bounded; the one
// in front waits. In the inbox everybody has a line of their own, and the lines take turns: what one person asks is decided in
// the order in which they asked it, and whoever asks much waits behind themselves. A failed append ends the process, as what is durable is then unknown; one that the disk has no room for
// is refused to who asked, and what was decided on top of it is decided anew from the log. Readers notice nothing of that.

#include "core/kernel/context.hpp"
#include "core/kernel/files.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"
#include "server/engine/committed.hpp"
#include "server/engine/request.hpp"
#include "server/engine/snapshots.hpp"
#include "server/engine/views.hpp"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace server::engine {

struct options {
    std::size_t inbox_requests_max = 32'768;
    std::size_t inbox_each_max = 8'192;       ///< of one person
    bool in_order = false;                    ///< everybody waits in one line: for time that is played, so that it plays the same again
    std::size_t batch_events_max = 4'096;     ///< decided while the one before is synced
    std::size_t slice_requests = 256;         ///< decided before it is seen whether there is somebody else, or a disk that waits
    std::size_t batches_unprojected_max = 8;
    std::size_t alone_answers_max = 4;        ///< so few, with nothing behind them, are committed where they were decided
    std::chrono::minutes utc_offset{480};     ///< of the department's calendar
    const core::files* files = nullptr;       ///< what can be attached; null: anything. Outlives the engine
    const core::sign_ins* accounts = nullptr; ///< who can sign in; null: whoever has a login. Outlives the engine, quick, from any thread
    std::function<void(const events::uuid&)> heard = {};  ///< of every command that somebody sent, before it is decided
    snapshot_options snapshots{};             ///< while it runs; one is kept when it stops in any case
    std::function<bool()> has_room{};         ///< whether the disk takes more; asked before commands are decided, so it is to be quick. Empty: always
};

/// What the engine tells the rest of the process. Called on its threads.
struct outlets {
    /// Answers for one shard; to be passed on to its thread. Called on the commit thread.
    std::function<void(unsigned shard, std::vector<addressed_answer>&&)> answer;
    /// A durable batch that is in the views. Called on the project thread.
    std::function<void(const committed_batch&)> publish;
    /// A snapshot was kept while running, or could not be. Called on the snapshots' thread.
    std::function<void(const snapshot_report&)> snapshot = {};
    /// A request that may pass, to be made whole and submitted again; whoever asked is told here where it can't be. Called on
    /// the deciding thread, which it must not hold up. Without it there are none.
    std::function<void(request&&)> make_whole = {};
    /// Something was put right by itself, or will have to be: what, and what was done. Any thread.
    std::function<void(std::string_view what, std::string_view why)> mended = {};
};

using clock = std::function<events::instant()>;

/// How many there were, for metrics.
struct counts {
    std::uint64_t commands = 0;
    std::uint64_t refusals = 0;
    std::uint64_t events = 0;
    std::uint64_t batches = 0;
};

class engine {
public:
    /// Neither log nor keys are anyone else's to write to while this lives, but for the keys of who has yet to join.
    engine(events::log& log, events::keyring& keys, clock now, outlets to, options how = {});
    ~engine();
    engine(const engine&) = delete;
    engine& operator=(const engine&) = delete;

    /// Brings aggregates and views up to the head of the log, from a snapshot where there is a good one. `progress`
    /// is told events done and of how many. Throws events::cannot_go_on where an event can't be read, and events::index_broken.
    void load(const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

    /// Starts the threads. After load().
    void start();

    /// Any thread. All of them are taken, or none: false where the inbox, or the asker's line of it, is too full, or the engine is stopping.
    /// All of one call are of one person.
    bool submit(std::span<request> some);
    bool submit(request&& one) { return submit(std::span(&one, 1)); }

    /// stop() was called.
    bool stopping() const;

    const shared_views& views() const;
    events::log& log() const;
    events::keyring& keys() const;
    counts counted() const;

    /// Takes nothing more, finishes what it took, and keeps a snapshot. Returns when that is done.
    void stop();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace server::engine
