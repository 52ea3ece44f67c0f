#pragma once
// Deliveries that come as files in a folder (S4.1.2, way "folder"): what matches the pattern of an active plan, and has not changed for a while,
// is delivered for the days that its name says, or else for the earliest that the plan waits for; of days that are over and of which nothing
// is known too, so that the past can be brought in. Then it is moved to `taken/`.
//
// Nothing is kept of it here: whether a file was delivered is seen by its content in the deliveries, so that a process that dies in between
// delivers nothing twice.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"
#include "server/blobs/store.hpp"
#include "server/engine/engine.hpp"
#include "server/wire/documents.hpp"

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

struct watched_folder_options {
    std::filesystem::path folder;
    std::chrono::milliseconds looks_every{5'000};
    std::chrono::seconds unchanged_for{10};  ///< a file that is still being written grows
    std::function<bool()> has_room = {};
    /// What is not taken, and why, once for each file. On its thread.
    std::function<void(const std::string& file, const std::string& why)> failed = {};
};

class watched_folder {
public:
    /// All of them outlive this.
    watched_folder(watched_folder_options how, engine::engine& writer, const wire::documents& read, blobs::store& files);
    ~watched_folder();

    void start();
    void stop();

private:
    /// An active plan that is delivered this way.
    struct plan {
        std::uint64_t number = 0;
        std::string pattern;
        std::uint64_t bytes_max = 0;
    };

    void run(const std::stop_token& stop);
    void look(const std::stop_token& stop);
    std::vector<plan> plans() const;
    std::vector<std::filesystem::path> matching(const plan& of);
    void take(const plan& by, const std::filesystem::path& file);
    void put_away(const std::filesystem::path& file);
    void say(const std::filesystem::path& file, const std::string& why);

    const watched_folder_options how_;
    engine::engine& writer_;
    const wire::documents& read_;
    blobs::store& files_;
    std::map<std::filesystem::path, std::string> said_;
    std::map<std::filesystem::path, unsigned> tries_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::jthread thread_;
};

/// The day that a file's name says: "orders-2026-11-30.csv", "20261130_orders.csv". Pure.
std::optional<events::date> day_in_name(const std::string& name);

}  // namespace server::warehouse
