#pragma once
// Keeps the warehouse in step with the log: what was delivered is checked by the worker, and what is in force is loaded. A thread of its own
// waits for the worker; nobody waits for this one.
//
// What is loaded is published, with the figures of all metrics, and read from there by processes of their own: whoever asks for a figure does
// not wait for a file that is being checked.
//
// What there is to do is read from the views each time, and nothing of it is kept: a delivery that was received is checked until its result
// is in the log, one that is in force is loaded until the worker has it, and after a restart of either both begin from what there is. A check
// is one command with one id, however often it is tried; a load is known to the worker by the delivery.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"
#include "core/metric/metric.hpp"
#include "core/report/report.hpp"
#include "server/blobs/store.hpp"
#include "server/engine/engine.hpp"
#include "server/warehouse/reports.hpp"
#include "server/warehouse/statement_readers.hpp"
#include "server/warehouse/worker.hpp"
#include "server/wire/documents.hpp"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace server::warehouse {

struct keeper_options {
    std::filesystem::path folder;      ///< of the database, and of files while they are read
    std::filesystem::path program;     ///< opsroom-data; not there: deliveries wait
    unsigned memory_mib = 512;
    /// Asked before something is written; false: the disk is full, and it waits.
    std::function<bool()> has_room = {};
    /// What could not be done, which is tried again; what was put right. On its thread.
    std::function<void(const std::string& why)> failed = {};
    /// There are new figures. On its thread.
    std::function<void()> published = {};
};

/// The folder, in that of the warehouse, where deliveries are read again.
inline constexpr const char* verifying_name = "verifying";

class keeper {
public:
    /// All of them outlive this.
    keeper(keeper_options how, engine::engine& writer, const wire::documents& read, const blobs::store& files);
    ~keeper();

    void start();
    void stop();

    /// What it follows.
    static bool looks_at(events::category k) {
        return k == core::delivery::category || k == core::collection::category || k == core::metric::category || k == core::report::category;
    }
    /// Any thread: something of these has changed.
    void look_again();

    // What readers ask, of what was published last: any thread, behind what is being asked already.
    worker& figures() { return figures_; }
    worker& exports() { return exports_; }  ///< what takes longer: whole sets, files that are looked at
    statement_readers& statements() { return statements_; }  ///< what people write in SQL

    /// What the writing one holds, as it says itself: behind what it is doing.
    nlohmann::json loaded() { return worker_.ask({{"do", "loaded"}}); }
    /// For one of the same kind.
    worker_options options_of_worker() const;

    /// Where a content may lie in the clear while the worker reads it.
    const std::filesystem::path& folder() const { return how_.folder; }
    /// Where a reader may write what it was asked for.
    std::filesystem::path published() const { return how_.folder / "published"; }

    /// Whether all that is in force was loaded and published, but for what never can be: figures are not those of half of the data.
    bool is_caught_up() const { return caught_up_.load(std::memory_order_relaxed); }
    /// How often something was published since it was started.
    std::uint64_t publications() const { return publications_.load(std::memory_order_relaxed); }

    /// How many deliveries have yet to be checked, or loaded and published.
    std::uint64_t behind() const { return behind_.load(std::memory_order_relaxed); }

private:
    struct job;

    void run(const std::stop_token& stop);
    /// Whether everything is done that there was; `done` are those that were.
    bool step(const std::stop_token& stop, std::size_t& done);
    std::vector<job> gather();
    bool has_deliveries() const;
    bool is_asked(std::uint64_t delivery) const;
    void check(const job& what);
    void load(const job& what);
    void learn_what_is_loaded();
    /// When it is to be looked at again: what is loaded, and the metrics, are published where they have changed.
    std::chrono::milliseconds publish();
    std::chrono::milliseconds publish_changes();
    /// The same, of reports: their figures are those of what was published.
    std::chrono::milliseconds fill_reports();
    worker_options options_of_reader() const;

    const keeper_options how_;
    const std::string key_;  ///< by which personal values are hashed
    engine::engine& writer_;
    const wire::documents& read_;
    const blobs::store& files_;
    worker worker_;
    worker figures_, exports_;
    statement_readers statements_;
    report_figures reports_;
    std::atomic<bool> lost_{true};                  ///< it is not known what the worker has
    std::set<std::uint64_t> loaded_;                ///< the deliveries that it has
    std::map<std::uint64_t, std::chrono::steady_clock::time_point> asked_;  ///< checks that were given to the writer, by delivery
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool look_ = true;
    std::atomic<std::uint64_t> behind_{0}, publications_{0};
    std::atomic<bool> caught_up_{false};
    std::uint64_t to_load_ = 0;                                   ///< that can be, as was seen last
    std::uint64_t loads_ = 0;                                     ///< since it was started
    std::uint64_t unpublished_ = 0;                               ///< of these
    std::size_t published_ = 0;                                   ///< hash of what was published last
    std::chrono::steady_clock::time_point publishes_next_{};      ///< not before
    std::jthread thread_;
};

}  // namespace server::warehouse
