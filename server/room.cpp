#include "server/room.hpp"

#include "events/ending/threads.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/ballots/returning_officer.hpp"
#include "server/blobs/attachable.hpp"
#include "server/calendar/official.hpp"
#include "server/clock/room_clock.hpp"
#include "server/demo/demo.hpp"
#include "server/engine/history.hpp"
#include "server/limits.hpp"
#include "server/http/checkpoints.hpp"
#include "server/http/listener.hpp"
#include "server/ops/chores.hpp"
#include "server/ops/command_line.hpp"
#include "server/ops/descriptors.hpp"
#include "server/ops/disk.hpp"
#include "server/ops/logging.hpp"
#include "server/safekeeping.hpp"
#include "server/search/texts.hpp"
#include "server/sign_in.hpp"
#include "server/upkeep.hpp"
#include "server/ops/privacy.hpp"
#include "server/ballot_sealing.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace server {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds tick_every{100};
constexpr int seconds_between_ticks = 60;
constexpr int shard_batches_max = 64;
constexpr std::chrono::days unattached_kept{7};
constexpr int seconds_between_sweeps = 900;
constexpr int seconds_an_hour = 3600;
constexpr std::string_view demo_mark = "demo";

std::uint64_t shards_of(const ops::config& c) { return c.shards ? c.shards : std::max(1u, std::thread::hardware_concurrency()); }

std::unique_ptr<events::rocksdb_log> open_log(const std::filesystem::path& folder, const ops::descriptors& files) {
    events::rocksdb_options how;
    how.open_files_max = files.database_files_max;
    how.mended = say_mended;
    how.indexing = [](std::uint64_t done, std::uint64_t of) { ops::log_info("indexing the log", {{"done", done}, {"of", of}}); };
    auto opened = events::rocksdb_log::open(folder, how);
    if (!opened) throw opened.error().ended();
    return std::move(*opened);
}

}  // namespace

struct room::impl {
    explicit impl(const ops::config& c);
    ~impl();

    ops::config config;
    std::filesystem::path data;
    ops::descriptors descriptors;
    ops::disk disk;
    std::unique_ptr<events::rocksdb_log> log;
    ops::health health;
    clock::room_clock clock;
    std::function<events::instant()> now{[this] { return clock.now(); }};  // one for all that is decided, stamped and read
    events::file_keyring keys;
    events::proof::note_signer signer;
    shares::rates rates;
    shares::backlog backlog;
    identity::accounts accounts;
    ops::metrics metrics;
    ws::presence presence;
    blobs::store files;
    blobs::attachable attachable{files};
    by_password passwords{accounts};
    engine::engine engine;
    wire::documents read;
    ballots::returning_officer polls;
    std::atomic<bool> counting{false};
    engine::past_views past;
    search::texts texts;
    upkeep looks_after;
    std::atomic<std::uint64_t> connections{0}, turned_away{0};
    shares::places address_connections, person_connections;
    shares::lanes lanes{say_of_failure};
    ballot_sealing sealing;
    http::services services;
    backup::keeper backups;
    incoming_data incoming;
    std::optional<asio::ssl::context> tls;
    std::vector<std::unique_ptr<http::shard>> shards;
    std::vector<std::unique_ptr<http::listener>> listeners;
    std::vector<std::unique_ptr<asio::steady_timer>> ticks;
    std::vector<std::unique_ptr<std::atomic<int>>> unpublished;
    std::vector<std::jthread> threads;
    std::uint16_t port = 0;

    void open_shards();
    void tick(std::size_t i, std::uint64_t presence_seen);
    void publish(const engine::committed_batch& batch);
    void end_lives(const identity::principal& who);
    void watch_metrics();
    void sweep_files();
    void tick_once();
    void halt();
    void settle_in();
    void move_in();
    void greet();
    void serve();
    void drain();
};

room::impl::impl(const ops::config& c)
    : config(c),
      data(with_files_alone(c.data)),
      descriptors(ops::share_descriptors(ops::raise_descriptor_limit(), c.connections_max, shards_of(c))),
      disk(data, std::uint64_t{c.disk_reserve_mib} << 20),
      log(open_log(data, descriptors)),
      clock(*log, data, rules_of_clock(c), c.demo, [this](bool held) { health.hold_clock(held); }),
      keys(data / "keys" / "people", say_key_lost),
      signer(events::proof::open_signing_key(data / "keys" / "checkpoint.key", "opsroom")),
      rates(limits_of(c)),
      backlog({c.outbox_person_bytes, c.outbox_total_bytes}),
      accounts(data / "identity.db", now, identity_options(c)),
      files(data / "blobs", data / "keys" / "files", keys, {.has_room = [this](std::uint64_t bytes) { return disk.has_room_for(bytes); }, .damaged = say_file_damaged}),
      engine(*log, keys, now,
             engine::outlets{[this](unsigned shard, std::vector<engine::addressed_answer>&& answers) {
                                 asio::post(shards[shard]->io, [all = std::move(answers)] {
                                     for (const auto& a : all) a.to->answered(a.command, a.what);
                                 });
                             },
                             [this](const engine::committed_batch& batch) { publish(batch); }, say_of_snapshot,
                             [this](engine::request&& asked) { sealing.make_whole(std::move(asked)); }, say_mended},
             engine::options{.utc_offset = std::chrono::minutes(c.utc_offset_minutes),
                             .files = &attachable,
                             .accounts = &passwords,
                             .heard = [this](const events::uuid& id) { clock.heard(id); },
                             .snapshots = {c.snapshot_events, std::chrono::minutes(c.snapshot_minutes)},
                             .has_room = [this] { return disk.has_room(); }}),
      read(engine.views(), *log, keys, now, std::chrono::minutes(c.utc_offset_minutes)),
      polls(data / "keys" / "elections", ops::election_keys_of(c.data, c.election_keys), read),
      past(*log, keys, {.present = &engine.views(), .has_room = [this] { return disk.has_room(); }, .mended = say_mended, .failed = say_no_moment}),
      texts(*log, keys, {data / "search", say_mended, say_of_search, [this] { return disk.has_room(); }}),
      looks_after(accounts, keys, files, read, disk, health),
      address_connections(share_of_connections(descriptors.connections_max)),
      person_connections(share_of_connections(descriptors.connections_max)),
      sealing(polls, lanes, engine, [this](unsigned shard, std::function<void()> what) { asio::post(shards[shard]->io, std::move(what)); }),
      services{config, engine, read, accounts, presence, files, past, metrics, health, signer, lanes, rates, backlog, now, texts, disk, descriptors.connections_max, connections, turned_away, address_connections, person_connections},
      backups({*log, signer, accounts, data, engine::history_of(*log), printed(config), std::string(ops::version()), &keys,
               [this](const std::string& sha256) { return wire::carriers_of(read, sha256).erased(); }},
              backups_of(config), now, say_of_backup),
      incoming(config, disk, engine, read, files) {
    services.backups = &backups;
    services.warehouse = &incoming.warehouse;
    services.pulls = &incoming.pulls;
    read.stand_in(engine::history_of(*log));
    attachable.read_from(read);
    read.presence_from([this] { return presence.online(); });
    accounts.on_ended([this](const identity::principal& who) { end_lives(who); });
    if (!config.tls_certificate.empty()) {
        tls.emplace(asio::ssl::context::tls_server);
        tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        tls->use_certificate_chain_file(config.tls_certificate);
        tls->use_private_key_file(config.tls_key, asio::ssl::context::pem);
        // An idle connection gives its buffers back.
        SSL_CTX_set_mode(tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    }
    watch_metrics();
}

room::impl::~impl() { halt(); }

// In whatever state it is: the engine first, as its threads post to the shards; then nothing runs any more.
void room::impl::halt() {
    engine.stop();
    backups.stop();
    incoming.stop();
    for (auto& shard : shards) shard->io.stop();
    threads.clear();
    lanes.stop();
    past.stop();
    texts.follower.stop();
}

void room::impl::open_shards() {
    const auto count = static_cast<unsigned>(shards_of(config));
    asio::ip::tcp::endpoint at(asio::ip::make_address(config.listen_address), config.listen_port);
    for (unsigned i = 0; i < count; ++i) {
        auto& shard = *shards.emplace_back(std::make_unique<http::shard>(services, i));
        try {
            using share = http::listener::share;
            listeners.push_back(std::make_unique<http::listener>(shard, at, tls ? &*tls : nullptr, i == 0 ? share::not_yet : share::with_sisters));
        } catch (const boost::system::system_error& e) {
            throw no_address(config.listen_address + ':' + std::to_string(at.port()), e);
        }
        at.port(listeners.front()->address().port());
        ticks.push_back(std::make_unique<asio::steady_timer>(shard.io));
        unpublished.push_back(std::make_unique<std::atomic<int>>(0));
    }
    port = at.port();
    for (auto& shard : shards) {
        shard->around.tell_typing = [this](events::channel_id where, events::member_id who) {
            for (auto& s : shards) asio::post(s->io, [&hub = s->hub, where, who] { hub.typing(where, who); });
        };
    }
    for (std::size_t i = 0; i < shards.size(); ++i) {
        listeners[i]->start();
        tick(i, 0);
        threads.push_back(events::start_thread("serving connections", [this, i] {
            const auto keep = asio::make_work_guard(shards[i]->io);
            ops::run_handlers(shards[i]->io);
        }));
    }
}

void room::impl::tick(std::size_t i, std::uint64_t presence_seen) {
    ticks[i]->expires_after(tick_every);
    ticks[i]->async_wait([this, i, presence_seen](boost::system::error_code stopped) {
        if (stopped) return;
        const auto now = presence.version();
        tick(i, now);  // first: whatever fails below, there is a next time
        listeners[i]->look_again();
        shards[i]->tick();
        if (now != presence_seen) shards[i]->hub.presence(presence.online());
    });
}

void room::impl::publish(const engine::committed_batch& batch) {
    looks_after.published(*batch);
    for (const auto& e : batch->events) {
        incoming.look_again(e.what.envelope.stream.kind);
        const auto* about = events::get_if<events::member::any>(&e.what.event);
        if (!about || !(std::holds_alternative<events::member::left>(*about) || std::holds_alternative<events::member::erased>(*about))) continue;
        if (std::holds_alternative<events::member::erased>(*about)) texts.follower.erased(e.what.envelope.position);
        past.forget();
        read.forget();
    }
    for (std::size_t i = 0; i < shards.size(); ++i) {
        if (!shards[i]->hub.is_wanted()) continue;
        auto& waiting = *unpublished[i];
        // A shard that can't keep up holds up the projector, and so, in the end, the writer: nothing piles up.
        for (int n = waiting.load(); n >= shard_batches_max; n = waiting.load()) waiting.wait(n);
        waiting.fetch_add(1);
        asio::post(shards[i]->io, [&hub = shards[i]->hub, &waiting, batch] {
            struct done {
                std::atomic<int>& waiting;
                ~done() {
                    waiting.fetch_sub(1);
                    waiting.notify_one();
                }
            } const afterwards{waiting};
            hub.publish(batch);
        });
    }
}

void room::impl::end_lives(const identity::principal& who) {
    for (auto& shard : shards) {
        asio::post(shard->io, [&s = *shard, who] {
            const auto all = s.lives;  // ending one takes it out
            for (auto* live : all)
                if (live->principal().by == who.by && live->principal().id == who.id) live->finish(ws::close_code::session_ended);
        });
    }
}

void room::impl::watch_metrics() {
    metrics.watch_process();
    const auto count = [this](auto member) { return [this, member] { return static_cast<double>(engine.counted().*member); }; };
    metrics.watch_counter("opsroom_commands_total", "Commands decided.", count(&engine::counts::commands));
    metrics.watch_counter("opsroom_refusals_total", "Commands refused.", count(&engine::counts::refusals));
    metrics.watch_counter("opsroom_events_total", "Events appended.", count(&engine::counts::events));
    metrics.watch_counter("opsroom_batches_total", "Appends, each one fsync.", count(&engine::counts::batches));
    metrics.watch_gauge("opsroom_log_position", "Last durable position.", [this] { return static_cast<double>(log->head().value); });
    metrics.watch_gauge("opsroom_log_indexed_position", "Position that every index has reached.", [this] { return static_cast<double>(log->indexed().value); });
    metrics.watch_gauge("opsroom_views_position", "Position that the views have reached.", [this] { return static_cast<double>(engine.views().position().value); });
    watch(metrics, texts);
    incoming.watch(metrics);
    metrics.watch_gauge("opsroom_clock_held", "1 while the machine's clock is not believed.", [this] { return clock.is_held() ? 1.0 : 0.0; });
    metrics.watch_gauge("opsroom_clock_ahead_seconds", "How far the machine's clock is ahead of what is believed.", [this] { return clock.ahead_seconds(); });
    looks_after.watch(metrics);
    metrics.watch_gauge("opsroom_connections", "Open connections.", [this] { return static_cast<double>(connections.load()); });
    metrics.watch_counter("opsroom_connections_turned_away_total", "Connections that there was no place for, or not for their address or person.",
                          [this] { return static_cast<double>(turned_away.load() + person_connections.refused()); });
    watch(metrics, lanes, rates, backlog);
    metrics.watch_gauge("opsroom_members_online", "Members with a live connection.", [this] { return static_cast<double>(presence.online().size()); });
}

// A worker's. Whoever sends a file attaches it to a form right after; a week later nobody will.
void room::impl::sweep_files() {
    const auto then = std::chrono::floor<std::chrono::seconds>(now() - unattached_kept);
    const auto is_carried = [this](const std::string& sha256) {
        return read.views().read([&](const core::views::views& v, events::position) { return !v.attachments.of(sha256).empty(); });
    };
    try {
        const auto gone = files.sweep(then.time_since_epoch().count(), is_carried);
        if (gone > 0) ops::log_info("files that nothing carries were removed", {{"count", gone}});
    } catch (const std::exception& e) {  // a file that can't be removed is no reason to stop serving
        ops::log_warning("files that nothing carries were not removed", {{"why", e.what()}});
    }
}

// Nothing follows from a day that may be none.
void room::impl::tick_once() {
    if (clock.is_held()) return;
    // Where the inbox is full there is a next time.
    if (engine.submit(engine::tick({}, clock.slept_since(), clock.witness()))) clock.ticked();
}

void room::impl::settle_in() {
    move_in();
    // Last, as a log is new as long as there is nobody in it.
    try {
        calendar::publish_missing(engine);
    } catch (const std::runtime_error& e) {  // a full disk: the next start does it
        ops::log_warning("the official holidays were not published yet", {{"why", e.what()}});
    }
}

void room::impl::move_in() {
    const bool empty = log->head().value == 0;
    if (config.demo && empty) log->keep(demo_mark, "begun");
    if (config.demo && log->kept(demo_mark) == std::optional<std::string>("begun")) {
        demo::fill(engine, accounts, now(), std::chrono::minutes(config.utc_offset_minutes));
        log->keep(demo_mark, "complete");
        ops::log_info("the demo department was made");
    }
    // With nobody in it and nobody who can sign in, it is new, or its first start was cut off.
    if (config.demo || log->head().value > 1 || !accounts.members().empty()) return;
    const auto secret = demo::first_administrator(engine, accounts);
    // To the terminal, not to the log lines: it is a secret.
    std::printf("\n首个管理员 / first administrator\n  login     admin\n  password  %s\n  （仅显示这一次 / shown this once）\n\n", secret.c_str());
    std::fflush(stdout);
}

void room::impl::greet() {
    std::printf("opsroom  %s://%s:%u/\n", tls ? "https" : "http", config.listen_address.c_str(), port);
    if (config.demo) print_demo_logins(accounts, read);
    std::fflush(stdout);
}

void room::impl::serve() {
    refuse_published_passwords(config, accounts);
    open_shards();
    ops::log_info("listening", {{"address", config.listen_address}, {"port", port}, {"shards", shards.size()}});
    const auto began = std::chrono::steady_clock::now();
    engine.load([this](std::uint64_t done, std::uint64_t of) { health.progress(done, of); });
    engine.start();
    past.start();
    texts.follower.start();
    incoming.start();
    // Who left or was erased while the process was dying can't sign in again.
    for (const auto who : accounts.members())
        if (const auto p = read.person(who); !p || !p->active) looks_after.left(who);
    settle_in();
    say_who_can_sign_in(config, accounts, read);
    // From here on it drains: whoever is told that it is ready may tell it to stop.
    asio::io_context mine;
    asio::signal_set signals(mine, SIGINT, SIGTERM, SIGHUP);
    health.become(ops::phase::ready);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    ops::log_info("ready", {{"position", log->head().value}, {"load_ms", took.count()}});
    greet();

    asio::steady_timer second(mine);
    int to_tick = 0, to_sweep = 0, to_backup = 0;
    lanes.submit(shares::lane::audit, shares::nobodys, [this] {
        looks_after.check_files();
        for (const auto& line : http::contradictions(*log, signer.verifier())) ops::log_error("a checkpoint can't vouch for the log", {{"why", line}});
    });
    std::function<void(boost::system::error_code)> each_second = [&](boost::system::error_code stopped) {
        if (stopped) return;
        if (clock.look()) to_tick = 0;
        if (to_tick-- <= 0) {
            tick_once();
            to_tick = seconds_between_ticks - 1;
        }
        if (config.backup_hours > 0 && ++to_backup >= static_cast<int>(config.backup_hours) * seconds_an_hour) {
            to_backup = 0;
            if (!backups.create_at_root()) ops::log_warning("no backup: the one before is not done", {});
        }
        if (to_sweep-- == 0) {
            lanes.submit(shares::lane::upkeep, shares::nobodys, [this] { sweep_files(); });
            to_sweep = seconds_between_sweeps - 1;
        }
        lanes.submit(shares::lane::upkeep, shares::nobodys, [this] { looks_after.each_second(); });
        lanes.submit(shares::lane::upkeep, shares::nobodys, [this] { count_ballots(polls, engine, counting); });
        second.expires_after(std::chrono::seconds(1));
        second.async_wait(each_second);
    };
    each_second({});
    signals.async_wait([&](boost::system::error_code, int) { mine.stop(); });
    mine.run();
    drain();
}

void room::impl::drain() {
    ops::log_info("draining");
    health.become(ops::phase::draining);
    for (std::size_t i = 0; i < shards.size(); ++i) asio::post(shards[i]->io, [this, i] { listeners[i]->stop(); });
    // Everything that was taken is decided, made durable and answered; then the sockets are told to come back.
    engine.stop();
    for (auto& shard : shards) {
        asio::post(shard->io, [&s = *shard] {
            const auto all = s.lives;
            for (auto* live : all) live->finish(ws::close_code::restarting);
        });
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(config.shutdown_grace_seconds);
    for (;;) {
        std::atomic<std::size_t> open{0};
        std::atomic<std::size_t> asked{0};
        for (auto& shard : shards)
            asio::post(shard->io, [&open, &asked, &s = *shard] {
                open += s.lives.size();
                ++asked;
            });
        while (asked < shards.size()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (open == 0 || std::chrono::steady_clock::now() > until) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    backups.stop();
    for (auto& t : ticks) t->cancel();
    for (auto& shard : shards) shard->io.stop();
    threads.clear();
    lanes.stop();
    past.stop();
    texts.follower.stop();
    try {
        if (log->head().value > 0 && log->wait_indexed(log->head(), std::chrono::seconds(30))) http::sign_and_keep(*log, signer);
    } catch (const std::exception& e) {  // the one before it stands
        ops::log_warning("no checkpoint", {{"why", e.what()}});
    }
    ops::log_info("stopped", {{"position", log->head().value}});
}

room::room(const ops::config& config) : impl_(std::make_unique<impl>(config)) {}
room::~room() = default;
void room::run() { impl_->serve(); }

}  // namespace server
