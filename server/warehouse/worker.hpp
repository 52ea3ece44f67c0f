#pragma once
// The data worker, as a child process (server/data_worker): all that knows the warehouse's database is in there, so that a statement that
// eats memory, or a database that is damaged, ends that process and not this one. It is started when it is first asked for something, and
// anew where it has gone; what it knew can always be made again from the log and the files.
//
// One question at a time, each a frame of JSON: four bytes of length, lowest first, then so many bytes.

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>

namespace server::warehouse {

struct worker_options {
    std::filesystem::path program;   ///< opsroom-data
    std::filesystem::path database;  ///< its file; the folder is there
    std::filesystem::path published; ///< folder of what readers see
    bool only_reads = false;         ///< what was published, and nothing else
    unsigned memory_mib = 512;
    unsigned threads = 1;
    std::chrono::milliseconds answers_within{std::chrono::minutes(10)};
    /// Told when it ended without being asked to. Any thread that asks.
    std::function<void(const std::string& why)> ended = {};
};

/// Where the program lies: as it was set up, or beside this one.
std::filesystem::path program_of(const std::string& set_up);

/// It could not be asked, or went while it was: the same may be asked again.
class worker_gone : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// It says no, in both languages.
class worker_refused : public std::runtime_error {
public:
    worker_refused(std::string code, std::string zh, std::string en)
        : std::runtime_error(code + ": " + en), code(std::move(code)), zh(std::move(zh)), en(std::move(en)) {}
    std::string code, zh, en;
};

class worker {
public:
    explicit worker(worker_options how) : how_(std::move(how)) {}
    ~worker();
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    /// Any thread; they wait for each other. `what` is an object with `do`. Throws worker_gone and worker_refused.
    nlohmann::json ask(nlohmann::json what);

    /// How often it was started: what it holds only in memory is gone where that has changed.
    std::uint64_t started() const;

    /// Ends it, also while it is being asked. Nothing can be asked any more.
    void stop();

private:
    void start();
    void end(const char* why);
    void write(std::string_view bytes);
    void read(char* into, std::size_t bytes, std::chrono::steady_clock::time_point until);

    const worker_options how_;
    mutable std::mutex mutex_;
    std::mutex process_mutex_;  ///< of `pid_`, which stop() takes while another thread asks
    int pid_ = -1;
    int to_ = -1, from_ = -1;
    bool stopped_ = false;
    std::uint64_t asked_ = 0, started_ = 0;
};

}  // namespace server::warehouse
