#pragma once
// Keeps the warehouse in step with the log: what was delivered is checked by the worker, and what is in force is loaded. A thread of its own
// waits for the worker; nobody waits for this one.
//
// What there is to do is read from the views each time, and nothing of it is kept: a delivery that was received is checked until its result
// is in the log, one that is in force is loaded until the worker has it, and after a restart of either both begin from what there is. A check
// is one command with one id, however often it is tried; a load is known to the worker by the delivery.

#include "core/delivery/delivery.hpp"
#include "server/blobs/store.hpp"
#include "server/engine/engine.hpp"
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
};

class keeper {
public:
    /// All of them outlive this.
    keeper(keeper_options how, engine::engine& writer, const wire::documents& read, const blobs::store& files);
    ~keeper();

    void start();
    void stop();

    /// Any thread: deliveries, or plans, have changed.
    void look_again();

    /// What readers ask: any thread, behind what is being asked already.
    worker& asked() { return worker_; }

    /// Where a content may lie in the clear while the worker reads it.
    const std::filesystem::path& folder() const { return how_.folder; }

    /// How many deliveries have yet to be checked, or loaded.
    std::uint64_t behind() const { return behind_.load(std::memory_order_relaxed); }

private:
    struct job;

    void run(const std::stop_token& stop);
    /// Whether everything is done that there was.
    bool step(const std::stop_token& stop);
    std::vector<job> gather();
    bool has_deliveries() const;
    bool is_asked(std::uint64_t delivery) const;
    void check(const job& what);
    void load(const job& what);
    void learn_what_is_loaded();

    const keeper_options how_;
    const std::string key_;  ///< by which personal values are hashed
    engine::engine& writer_;
    const wire::documents& read_;
    const blobs::store& files_;
    worker worker_;
    std::atomic<bool> lost_{true};                  ///< it is not known what the worker has
    std::set<std::uint64_t> loaded_;                ///< the deliveries that it has
    std::map<std::uint64_t, std::chrono::steady_clock::time_point> asked_;  ///< checks that were given to the writer, by delivery
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool look_ = true;
    std::atomic<std::uint64_t> behind_{0};
    std::jthread thread_;
};

}  // namespace server::warehouse
