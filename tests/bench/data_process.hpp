#pragma once
// What the data part's figures run in: opsroom-data as the server starts it, and, for what stands beside it, a process with the engine
// alone. Of both: CPU time, which other work on the machine does not change, and the most memory.

#include "server/data_worker/engine/database.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// As the server sets both up.
constexpr unsigned data_memory_mib = 512, data_threads = 1;

struct data_cost {
    double cpu = 0, seconds = 0;
    double mib = 0;  ///< the most that was resident
};

/// Ended with this.
class data_process {
public:
    /// `folder` has the database, and the snapshots. One that only reads looks at the newest of these.
    explicit data_process(const std::filesystem::path& folder, bool only_reads = false);
    ~data_process();
    data_process(const data_process&) = delete;
    data_process& operator=(const data_process&) = delete;

    /// What it says; throws where it says no.
    nlohmann::json ask(const std::string& what, nlohmann::json more = nlohmann::json::object());
    /// The same, and what it took, in this process's `last`.
    nlohmann::json measured(const std::string& what, nlohmann::json more = nlohmann::json::object());
    const data_cost& last() const { return last_; }

private:
    double cpu() const;
    double mib() const;

    int process_ = -1, to_ = -1, from_ = -1;
    data_cost last_;
};

/// Runs it in a process of its own, with all that it costs from its beginning; `seen` gets the numbers that it gives back.
data_cost apart(const std::function<std::vector<double>()>& what, std::vector<double>* seen = nullptr);

/// The engine as the worker has it, on a file of its own or on a snapshot; it may read and write files in `folder`.
data_worker::database_options engine_options(const std::filesystem::path& file, const std::filesystem::path& folder, bool only_reads = false);

/// Of this process.
double process_cpu();

}  // namespace bench
