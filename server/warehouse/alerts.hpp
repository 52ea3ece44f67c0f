#pragma once
// Early warning (S2.3.4): tries drafted rules on the past, and holds what was published against those that are on. What follows is worked out
// in core (core/alert/round.hpp) and given to the writer as the system's commands, each with an id of its own, however often it is given.
// A thread of its own; nothing is kept of what was seen: after a restart it comes to the same.

#include "core/alert/round.hpp"
#include "server/engine/engine.hpp"
#include "server/warehouse/keeper.hpp"
#include "server/wire/documents.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace server::warehouse {

struct alert_options {
    /// Asked before something is written; false: the disk is full, and it waits.
    std::function<bool()> has_room = {};
    /// What could not be done, which is tried again. On its thread.
    std::function<void(const std::string& why)> failed = {};
};

class alert_watch {
public:
    /// All of them outlive this.
    alert_watch(alert_options how, engine::engine& writer, const wire::documents& read, keeper& figures);
    ~alert_watch();

    void start();
    void stop();

    /// What it follows besides what is published.
    static bool looks_at(events::category k) { return k == events::category::alert_rule || k == events::category::alert || k == events::category::metric; }
    /// Any thread: some of that has changed, or something was published.
    void look_again();

private:
    struct rules;

    void run(const std::stop_token& stop);
    /// Whether it is to look again soon.
    bool look(const std::stop_token& stop);
    rules gather() const;
    void read_figures(rules& of, const std::stop_token& stop);
    bool give(std::string_view kind, core::any_command what, std::optional<events::stream_id> target, std::uint64_t once);

    const alert_options how_;
    engine::engine& writer_;
    const wire::documents& read_;
    keeper& figures_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool look_ = true;
    std::size_t looked_at_ = 0;  ///< hash of what was looked at last, where nothing came of it
    std::jthread thread_;
};

}  // namespace server::warehouse
