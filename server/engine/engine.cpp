#include "server/engine/engine.hpp"

#include "events/ending/threads.hpp"
#include "server/engine/decider.hpp"
#include "server/engine/loader.hpp"
#include "server/engine/refusals.hpp"
#include "server/shares/fair_queue.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace server::engine {
namespace {

constexpr std::chrono::seconds pause_least{1};
constexpr std::chrono::seconds pause_most{30};

[[noreturn]] void another_writer(const events::append_refusal& why) {
    const auto* f = std::get_if<events::fenced>(&why);
    const auto at = f ? std::to_string(f->present.value) : std::string("?");
    events::end_process(events::ending::in_use, {"另一个进程正在写入同一日志（位置 " + at + "）：请只运行一个服务器",
                                                 "another process writes to the same log (position " + at + "): run one server only"});
}

}  // namespace

struct engine::impl {
    impl(events::log& l, events::keyring& k, clock c, outlets o, options h)
        : log(l), keys(k), now(std::move(c)), to(std::move(o)), how(std::move(h)), inbox(how.in_order ? how.inbox_requests_max : how.inbox_each_max, how.inbox_requests_max), deciding(std::make_unique<decider>(l, k, how.utc_offset, how.files, how.accounts)),
          snapshots(l, k, how.utc_offset, how.snapshots, to.snapshot) {}

    events::log& log;
    events::keyring& keys;
    clock now;
    outlets to;
    options how;
    shared_views views;

    // The inbox, and the place where decide and commit meet.
    std::mutex mutex;
    std::condition_variable work;       // for decide
    std::condition_variable handed;     // for commit
    shares::fair_queue<request> inbox;
    std::optional<batch> next;          // decided, for commit to take
    std::vector<events::command_key> durable;  // for decide to forget
    bool committing = false;
    bool set_back = false;              // a batch was not kept: what was decided since rests on what did not happen
    bool stopping = false;
    bool decided_all = false;

    // Between commit and project.
    std::mutex done_mutex;
    std::condition_variable done_changed;
    std::deque<committed_batch> unprojected;
    bool projecting = false;
    bool committed_all = false;

    // The decide thread's.
    std::unique_ptr<decider> deciding;
    std::chrono::steady_clock::time_point not_before{};  // the disk was full: nothing is tried sooner
    std::chrono::seconds pause = pause_least;

    events::position loaded_from;
    server::engine::snapshots snapshots;
    std::jthread decide_thread, commit_thread, project_thread;

    std::atomic<std::uint64_t> commands{0}, refusals{0}, events_made{0}, batches{0};

    std::uint64_t line_of(const request& r) const;
    void decide_loop();
    void commit_loop();
    void project_loop();
    bool is_full();
    void begin_anew(batch& open);
    void refuse_all(batch& b);
    std::optional<committed_batch> commit(batch& b);
    void destroy_key(events::member_id who);
    void leave_to_projector(committed_batch&& made);
    void project_alone(committed_batch&& made);
    void project(const committed_batch& one);
};

engine::engine(events::log& log, events::keyring& keys, clock now, outlets to, options how)
    : impl_(std::make_unique<impl>(log, keys, std::move(now), std::move(to), how)) {}

engine::~engine() { stop(); }

void engine::load(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    impl_->loaded_from = loader(impl_->log, impl_->keys, *impl_->deciding, impl_->views, impl_->to.mended).load(progress);
}

void engine::start() {
    impl_->project_thread = events::start_thread("projecting", [this] { impl_->project_loop(); });
    impl_->commit_thread = events::start_thread("writing the log", [this] { impl_->commit_loop(); });
    impl_->decide_thread = events::start_thread("deciding", [this] { impl_->decide_loop(); });
    impl_->snapshots.start(impl_->loaded_from);
}

bool engine::submit(std::span<request> some) {
    {
        std::lock_guard hold(impl_->mutex);
        if (impl_->stopping) return false;
        if (some.empty()) return true;
        const auto whose = impl_->line_of(some.front());
        if (!impl_->inbox.has_room(whose, some.size())) return false;
        for (auto& one : some) impl_->inbox.push(whose, std::move(one));
    }
    impl_->work.notify_one();
    return true;
}

std::uint64_t engine::impl::line_of(const request& r) const {
    return how.in_order ? events::the_system.value : (r.together ? r.together->actor : r.command.actor).value;
}

// Asked once for all that is decided together.
bool engine::impl::is_full() { return std::chrono::steady_clock::now() < not_before || (how.has_room && !how.has_room()); }

// As it is in the log, beside the views, which have never had anything else. What was decided on top of it is refused.
void engine::impl::begin_anew(batch& open) {
    refuse_all(open);
    open = batch{};
    auto fresh = std::make_unique<decider>(log, keys, how.utc_offset, how.files, how.accounts);
    shared_views aside;
    loader(log, keys, *fresh, aside).load_up_to(log.head(), {});
    deciding = std::move(fresh);
    // Longer each time, unless it is the first in a while.
    if (std::chrono::steady_clock::now() > not_before + 2 * pause_most) pause = pause_least;
    not_before = std::chrono::steady_clock::now() + pause;
    pause = std::min(2 * pause, pause_most);
    if (to.mended) to.mended("log", "the disk was full while it was written: nothing of that batch was kept or acknowledged");
    const std::lock_guard hold(mutex);
    set_back = false;
}

void engine::impl::refuse_all(batch& b) {
    for (unsigned shard = 0; shard < b.answers.size(); ++shard) {
        auto& answers = b.answers[shard];
        if (answers.empty()) continue;
        for (auto& a : answers) a.what = refused{disk_full, {}};
        refusals.fetch_add(answers.size(), std::memory_order_relaxed);
        to.answer(shard, std::move(answers));
    }
}

void engine::impl::decide_loop() {
    batch open;
    std::vector<request> taken;
    std::size_t at = 0;  // of taken, the next to decide
    std::vector<events::command_key> settled;
    const auto room = [&] { return open.made->events.size() < how.batch_events_max && open.answer_count < how.batch_events_max; };
    for (;;) {
        {
            std::unique_lock hold(mutex);
            const auto can_decide = [&] { return room() && (at < taken.size() || inbox.size() > 0); };
            const auto can_hand_over = [&] { return !open.empty() && !next && !committing; };
            const auto finished = [&] { return stopping && inbox.size() == 0 && at == taken.size() && open.empty() && !set_back && !committing && !next; };
            work.wait(hold, [&] { return set_back || can_decide() || can_hand_over() || finished(); });
            if (set_back) {
                hold.unlock();
                begin_anew(open);
                continue;
            }
            if (finished()) {
                decided_all = true;
                handed.notify_one();
                return;
            }
            if (at == taken.size()) {
                taken.clear();
                while (taken.size() < how.slice_requests && inbox.size() > 0) taken.push_back(std::move(*inbox.pop()));
                at = 0;
            }
            settled.swap(durable);
        }
        deciding->forget(settled);
        settled.clear();
        if (at == 0 && how.heard)
            for (const auto& r : taken)
                if (!r.tick && r.command.actor != events::the_system) how.heard(r.command.id);
        const bool full = is_full();
        deciding->take_nothing(full);
        const auto when = now();
        const auto from = at;
        for (; at < taken.size() && room(); ++at) {
            const auto asked_at = taken[at].at.value_or(when);
            // What the clock brings is due until it is done.
            if (taken[at].tick && full) open.add(taken[at].shard, {std::move(taken[at].from), taken[at].command.id, done{}});
            else if (!taken[at].tick) deciding->decide(std::move(taken[at]), asked_at, open);
            else if (!deciding->tick(taken[at], asked_at, how.batch_events_max, open)) break;  // it goes on in the next batch
        }
        commands.fetch_add(at - from, std::memory_order_relaxed);
        for (auto& one : open.unmade)
            if (to.make_whole) to.make_whole(std::move(one));
        open.unmade.clear();
        bool alone = false;
        {
            std::lock_guard hold(mutex);
            if (open.empty() || next || committing || set_back) continue;
            alone = inbox.size() == 0 && at == taken.size() && open.answer_count <= how.alone_answers_max;
            if (alone) committing = true;
            else next.emplace(std::move(open));
        }
        if (alone) {
            // Waking other threads would take longer than what they could overlap with.
            auto made = commit(open);
            {
                std::lock_guard hold(mutex);
                committing = false;
                set_back = !made;
            }
            if (!made) continue;
            project_alone(std::move(*made));
        } else {
            handed.notify_one();
        }
        open = batch{};
    }
}

void engine::impl::commit_loop() {
    for (;;) {
        std::optional<batch> mine;
        {
            std::unique_lock hold(mutex);
            handed.wait(hold, [&] { return next || decided_all; });
            if (!next) break;
            mine.swap(next);
            committing = true;
        }
        auto made = commit(*mine);
        if (made) leave_to_projector(std::move(*made));
        std::optional<batch> on_top;
        {
            std::lock_guard hold(mutex);
            committing = false;
            if (!made) {
                set_back = true;
                on_top.swap(next);
            }
        }
        if (on_top) refuse_all(*on_top);
        work.notify_one();
    }
    {
        std::lock_guard hold(done_mutex);
        committed_all = true;
    }
    done_changed.notify_all();
}

// Null where nothing happened; nothing where the disk has no room for it: whoever asked has been told.
std::optional<committed_batch> engine::impl::commit(batch& b) {
    const auto& made = b.made->events;
    if (!made.empty() || !b.idle.empty()) {
        std::vector<events::entry> entries;
        entries.reserve(made.size());
        for (const auto& e : made) entries.push_back({e.what.envelope, e.bytes.stored});
        const auto appended = log.append(entries, b.idle);
        if (!appended && std::holds_alternative<events::no_room>(appended.error())) {
            refuse_all(b);
            return std::nullopt;
        }
        if (!appended) another_writer(appended.error());
        for (const auto who : b.erased) destroy_key(who);
        events_made.fetch_add(made.size(), std::memory_order_relaxed);
        batches.fetch_add(1, std::memory_order_relaxed);
        std::lock_guard hold(mutex);
        durable.insert(durable.end(), b.commands.begin(), b.commands.end());
    }
    for (unsigned shard = 0; shard < b.answers.size(); ++shard) {
        auto& answers = b.answers[shard];
        if (answers.empty()) continue;
        for (const auto& a : answers)
            if (is_refusal(a.what)) refusals.fetch_add(1, std::memory_order_relaxed);
        to.answer(shard, std::move(answers));
    }
    return made.empty() ? committed_batch() : std::move(b.made);
}

// Nobody reads with it from here on, whatever the disk says; its file goes at the next start at the latest.
void engine::impl::destroy_key(events::member_id who) {
    try {
        keys.destroy(who);
    } catch (const std::runtime_error& e) {
        if (to.mended) to.mended("keys/people", std::string("the key of somebody who was erased could not be removed, which the next start does: ") + e.what());
    }
}

void engine::impl::leave_to_projector(committed_batch&& made) {
    if (!made) return;
    {
        std::unique_lock hold(done_mutex);
        done_changed.wait(hold, [&] { return unprojected.size() < how.batches_unprojected_max; });
        unprojected.push_back(std::move(made));
    }
    done_changed.notify_all();
}

// Here, where the projector has nothing before it. Nobody else hands it anything meanwhile: the commit thread gets its
// work from this one.
void engine::impl::project_alone(committed_batch&& made) {
    if (!made) return;
    {
        std::unique_lock hold(done_mutex);
        if (projecting || !unprojected.empty()) {
            hold.unlock();
            leave_to_projector(std::move(made));
            return;
        }
    }
    project(made);
}

void engine::impl::project(const committed_batch& one) {
    views.change(one->last(), [&](core::views::views& v) {
        for (const auto& e : one->events) v.fold(e.what);
        v.settle();
    });
    to.publish(one);
}

void engine::impl::project_loop() {
    for (;;) {
        committed_batch one;
        {
            std::unique_lock hold(done_mutex);
            done_changed.wait(hold, [&] { return !unprojected.empty() || committed_all; });
            if (unprojected.empty()) return;
            one = std::move(unprojected.front());
            unprojected.pop_front();
            projecting = true;
        }
        done_changed.notify_all();
        project(one);
        std::lock_guard hold(done_mutex);
        projecting = false;
    }
}

bool engine::stopping() const {
    std::lock_guard hold(impl_->mutex);
    return impl_->stopping;
}

const shared_views& engine::views() const { return impl_->views; }
events::log& engine::log() const { return impl_->log; }
events::keyring& engine::keys() const { return impl_->keys; }

counts engine::counted() const {
    return {impl_->commands.load(), impl_->refusals.load(), impl_->events_made.load(), impl_->batches.load()};
}

void engine::stop() {
    {
        std::lock_guard hold(impl_->mutex);
        if (impl_->stopping) return;
        impl_->stopping = true;
    }
    impl_->work.notify_all();
    if (!impl_->decide_thread.joinable()) return;
    impl_->decide_thread.join();
    impl_->commit_thread.join();
    impl_->project_thread.join();
    impl_->snapshots.stop();
    snapshot_report last;
    last.at = impl_->views.position();
    try {
        loader(impl_->log, impl_->keys, *impl_->deciding, impl_->views).keep_snapshot();
        return;
    } catch (const std::exception& e) {  // nothing is lost: the next start reads more of the log
        last.failed = e.what();
    }
    if (impl_->to.snapshot) impl_->to.snapshot(last);
}

}  // namespace server::engine
