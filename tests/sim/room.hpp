#pragma once
// A room without sockets: an engine on a log in memory, everybody who is asked to wait for an answer, and a log that can be
// made to take as long over an append as a test needs.

#include "tests/support/every_kind.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/memory_keyring.hpp"
#include "events/log/memory_log.hpp"
#include "server/engine/engine.hpp"
#include "server/wire/documents.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

namespace sim {

namespace engine = server::engine;
namespace wire = server::wire;
using namespace std::chrono_literals;

inline const events::instant noon{std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 12h};

/// A log in front of another: hold() makes the next append wait until release().
class slow_log : public events::log {
public:
    explicit slow_log(events::log& under) : under_(under) {}

    void hold() {
        std::lock_guard lock(mutex_);
        held_ = true;
    }
    void release() {
        {
            std::lock_guard lock(mutex_);
            held_ = false;
        }
        moved_.notify_all();
    }
    /// Until so many appends were begun.
    bool wait_begun(std::size_t count) {
        std::unique_lock lock(mutex_);
        return moved_.wait_for(lock, 10s, [&] { return sizes_.size() >= count; });
    }
    /// How many events each append had.
    std::vector<std::size_t> sizes() const {
        std::lock_guard lock(mutex_);
        return sizes_;
    }

    boost::system::result<events::position, events::append_refusal> append(std::span<const events::entry> batch, std::span<const events::idle_command> idle) override {
        {
            std::unique_lock lock(mutex_);
            sizes_.push_back(batch.size());
            moved_.notify_all();
            moved_.wait(lock, [&] { return !held_; });
        }
        return under_.append(batch, idle);
    }
    events::position head() const override { return under_.head(); }
    events::position indexed() const override { return under_.indexed(); }
    bool wait_indexed(events::position p, std::chrono::milliseconds t) const override { return under_.wait_indexed(p, t); }
    bool wait_beyond(events::position p, std::chrono::milliseconds t) const override { return under_.wait_beyond(p, t); }
    events::version version_of(events::stream_id s) const override { return under_.version_of(s); }
    std::uint64_t highest(events::category k) const override { return under_.highest(k); }
    std::optional<events::outcome> find_command(const events::command_key& k) const override { return under_.find_command(k); }
    void read_all(events::position p, events::direction d, const events::visitor& v) const override { under_.read_all(p, d, v); }
    void read_stream(events::stream_id s, events::version n, events::direction d, const events::visitor& v) const override { under_.read_stream(s, n, d, v); }
    bool read_one(events::position p, const events::visitor& v) const override { return under_.read_one(p, v); }
    std::uint64_t tree_size() const override { return under_.tree_size(); }
    events::proof::hash root(std::uint64_t n) const override { return under_.root(n); }
    std::vector<events::proof::hash> inclusion(events::position p, std::uint64_t n) const override { return under_.inclusion(p, n); }
    std::vector<events::proof::hash> consistency(std::uint64_t a, std::uint64_t b) const override { return under_.consistency(a, b); }
    void keep(std::string_view name, std::string_view blob) override { under_.keep(name, blob); }
    std::optional<std::string> kept(std::string_view name) const override { return under_.kept(name); }
    std::vector<std::string> kept_names(std::string_view prefix) const override { return under_.kept_names(prefix); }

private:
    events::log& under_;
    mutable std::mutex mutex_;
    std::condition_variable moved_;
    bool held_ = false;
    std::vector<std::size_t> sizes_;
};

/// Waits for one answer.
class waiting final : public engine::asker {
public:
    void answered(const events::uuid&, const engine::answer& what) override {
        {
            std::lock_guard lock(mutex_);
            answers_.push_back(what);
        }
        came_.notify_all();
    }
    engine::answer get() {
        std::unique_lock lock(mutex_);
        if (!came_.wait_for(lock, 20s, [&] { return !answers_.empty(); })) throw std::runtime_error("nobody answered");
        return answers_.front();
    }
    std::size_t count() const {
        std::lock_guard lock(mutex_);
        return answers_.size();
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::vector<engine::answer> answers_;
};

inline events::uuid id_no(std::uint64_t n) {
    events::uuid id;
    for (int i = 0; i < 8; ++i) id.bytes[8 + i] = static_cast<std::uint8_t>(n >> 8 * i);
    id.bytes[6] = 0x70;
    return id;
}

class room {
public:
    room(events::log& log, events::keyring& keys, engine::options how = {.utc_offset = 0min},
         std::function<void(const engine::snapshot_report&)> snapshot = {})
        : log_(log),
          writer(log, keys, [this] { return now.load(); },
                 {[this](unsigned, std::vector<engine::addressed_answer>&& all) { pass_on(std::move(all)); },
                  [this](const engine::committed_batch& b) { keep(b); }, std::move(snapshot),
                  [this](engine::request&& r) { if (make_whole) make_whole(std::move(r)); }}, how),
          read(writer.views(), log, keys, [] { return noon; }, 0min) {
        writer.load();
        published_to_ = log.head();
    }
    void start() { writer.start(); }
    ~room() { writer.stop(); }

    /// Sends a command; does not wait.
    template <class Group, class Command>
    std::shared_ptr<waiting> send(std::uint64_t actor, Command what, std::optional<events::stream_id> target = {}, events::uuid id = {},
                                  std::optional<events::version> expect = {}, std::uint64_t digest = 7) {
        auto who = std::make_shared<waiting>();
        if (id == events::uuid{}) id = id_no(++ids_);
        engine::client_command c{id, {actor}, target, expect, core::any_command(typename Group::command(std::move(what))), digest};
        if (!writer.submit(engine::request{std::move(c), who, 0})) throw std::runtime_error("the engine takes nothing");
        return who;
    }
    template <class Group, class Command>
    engine::answer ask(std::uint64_t actor, Command what, std::optional<events::stream_id> target = {}) {
        return send<Group>(actor, std::move(what), target)->get();
    }
    /// Has to pass; the stream's number.
    template <class Group, class Command>
    std::uint64_t must(std::uint64_t actor, Command what, std::optional<events::stream_id> target = {}) {
        const auto a = ask<Group>(actor, std::move(what), target);
        if (const auto* no = std::get_if<engine::refused>(&a)) throw std::runtime_error("refused: " + std::string(no->why.code));
        return std::get<engine::done>(a).stream.number;
    }

    std::uint64_t join(std::string name, std::string role, std::string department = "operations") {
        return must<core::member>(0, core::member::join{name, name, {}, {std::move(department)}, {{std::move(role)}}, events::language::en});
    }
    std::uint64_t channel(std::uint64_t by, std::string name, core::channel::visibility v = core::channel::visibility::everyone) {
        return must<core::channel>(by, core::channel::create{std::move(name), {}, v});
    }
    std::uint64_t task(std::uint64_t by, std::uint64_t to, std::string title = "weekly figures") {
        return must<core::task>(by, core::task::assign{std::move(title), {}, "complete", std::chrono::year(2026) / 12 / 1, {to}, {}, {}, {}});
    }
    void post(std::uint64_t by, std::uint64_t channel, std::string text) {
        must<core::channel>(by, core::channel::post{std::move(text), {}}, events::stream_id{events::category::channel, channel});
    }

    /// Until everything that is durable is in the views and was published.
    void settle() {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, 20s, [&] { return published_to_ >= log_.head(); });
    }

    /// Tells those whose thread this is what they were answered. (`waiting` is told at once.)
    void answer() {
        std::deque<engine::addressed_answer> all;
        {
            std::lock_guard lock(mutex_);
            all.swap(answers_);
        }
        for (const auto& a : all) a.to->answered(a.command, a.what);
    }

    /// Batches that came since the last time, in order.
    std::vector<engine::committed_batch> published() {
        std::lock_guard lock(mutex_);
        return std::exchange(batches_, {});
    }

private:
    void pass_on(std::vector<engine::addressed_answer>&& all) {
        for (auto& a : all) {
            if (auto* w = dynamic_cast<waiting*>(a.to.get())) {
                w->answered(a.command, a.what);
                continue;
            }
            std::lock_guard lock(mutex_);
            answers_.push_back(std::move(a));
        }
    }
    void keep(const engine::committed_batch& b) {
        {
            std::lock_guard lock(mutex_);
            batches_.push_back(b);
            published_to_ = b->last();
        }
        came_.notify_all();
    }
    events::log& log_;
    std::uint64_t ids_ = 1'000'000;
    std::mutex mutex_;
    std::condition_variable came_;
    events::position published_to_;
    std::vector<engine::committed_batch> batches_;
    std::deque<engine::addressed_answer> answers_;

public:
    std::function<void(engine::request&&)> make_whole;  ///< to be set before start()
    std::atomic<events::instant> now{noon};
    engine::engine writer;
    wire::documents read;
};

inline std::string code_of(const engine::answer& a) {
    const auto* no = std::get_if<engine::refused>(&a);
    return no ? std::string(no->why.code) : "done";
}

inline events::stream_id channel_no(std::uint64_t n) { return {events::category::channel, n}; }
inline events::stream_id task_no(std::uint64_t n) { return {events::category::task, n}; }
inline events::stream_id member_no(std::uint64_t n) { return {events::category::member, n}; }

/// Views made anew from the log alone.
inline core::views::views rebuilt(const events::log& log, const events::keyring& keys) {
    core::views::views all;
    events::decoder decode;
    log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        auto e = decode.decode(bytes);
        if (!e) throw std::runtime_error("an event can't be read");
        events::open_personal(*e, keys);
        all.apply(*e);
        return true;
    });
    return all;
}

inline core::views::views views_of(const engine::engine& e) {
    return e.views().read([](const core::views::views& v, events::position) { return v; });
}

}  // namespace sim
