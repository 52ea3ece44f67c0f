#pragma once
// Deliveries that are fetched (S4.1.2, ways "http" and "query"): half an hour before one is due, and no sooner than the days that it covers are
// over, what its plan names is asked for, and what comes is delivered. Where that fails it is tried again, after pauses that grow, until three days
// after it was late; and why is there to be read.
//
// Nothing is kept of it but why the last attempts failed: whether something is to be fetched is seen in the deliveries, so that a process that
// dies in between delivers nothing twice.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"
#include "server/blobs/store.hpp"
#include "server/engine/engine.hpp"
#include "server/warehouse/http_pull.hpp"
#include "server/warehouse/sql_pull.hpp"
#include "server/wire/documents.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace server::warehouse {

struct pull_options {
    std::filesystem::path folder;  ///< of files while they come
    http_pull_options http;
    std::map<std::string, std::string> connections;
    sql_pull_limits sql;
    std::chrono::milliseconds looks_every{5'000};
    std::chrono::minutes before_due{30};
    std::chrono::seconds pause_least{5};  ///< after the first failure; twice as long after each
    std::chrono::seconds pause_most{1'800};
    std::chrono::hours given_up_after{72};  ///< since it was late
    std::function<bool()> has_room = {};
    /// What could not be fetched, and why, once for each delivery and reason. On its thread.
    std::function<void(std::uint64_t delivery, const std::string& why)> failed = {};
};

/// A delivery that could not be fetched yet.
struct pull_failure {
    std::uint64_t delivery = 0;
    unsigned tries = 0;
    events::instant last{};
    events::instant next{};
    events::bilingual why;
};

class pulls {
public:
    /// All of them outlive this.
    pulls(pull_options how, engine::engine& writer, const wire::documents& read, blobs::store& files);
    ~pulls();

    void start();
    void stop();

    /// Those that could not be fetched when they were last tried, by delivery. Any thread.
    std::vector<pull_failure> failures() const;

private:
    /// A delivery that is waited for, and what its plan says of how it comes.
    struct wanted {
        std::uint64_t delivery = 0, plan = 0;
        events::date from{}, until{};
        events::collection::way way{};
        events::collection::file_type type{};
        std::string set, place, query;
        std::uint64_t bytes_max = 0;
    };

    void run(const std::stop_token& stop);
    void look(const std::stop_token& stop);
    std::vector<wanted> gather() const;
    void fetch(const wanted& what, const std::stop_token& stop);
    /// Throws pull_failed.
    void deliver(const wanted& what, const pulled_file& file);
    bool was_delivered(const wanted& what, const std::string& sha256) const;
    void note(const wanted& what, const pull_failed& why);

    const pull_options how_;
    engine::engine& writer_;
    const wire::documents& read_;
    blobs::store& files_;
    mutable std::mutex mutex_;
    std::map<std::uint64_t, pull_failure> failures_;  ///< by delivery; of those that are waited for alone
    std::mutex waiting_mutex_;
    std::condition_variable_any changed_;
    std::jthread thread_;
};

/// When the first attempt is made: so long before it is due, but not before the days that it covers are over. Pure.
events::instant pulled_from(events::instant due, events::date until, std::chrono::minutes before, std::chrono::minutes utc_offset);

/// How long to wait after so many failures. Pure.
std::chrono::seconds pause_after(unsigned tries, std::chrono::seconds least, std::chrono::seconds most);

}  // namespace server::warehouse
