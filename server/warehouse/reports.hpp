#pragma once
// Fills the figures of reports (F11, S4.3.1), and says where those of a published one are others by now (S4.1.3). On the thread that keeps
// the warehouse, after it has published; it asks a reader of what was published, so nobody waits for it.
//
// What there is to do is seen from the views each time. A report is looked at again where something has changed that its figures rest on:
// data, metrics and their targets, the day. Commands are given once: their id is made of the report and of what they say.

#include "core/report/report.hpp"
#include "server/engine/engine.hpp"
#include "server/warehouse/report_reading.hpp"
#include "server/warehouse/worker.hpp"
#include "server/wire/documents.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace server::warehouse {

/// Of the data worker: throws worker_gone and worker_refused.
using asking = std::function<nlohmann::json(nlohmann::json)>;

class report_figures {
public:
    /// Both outlive this.
    report_figures(engine::engine& writer, const wire::documents& read) : writer_(writer), read_(read) {}

    /// At most reports_a_round of them. `published` tells one publication of the data from another. When it is to be called again, at the
    /// latest; it spends at most a tenth of the time. Throws worker_gone.
    std::chrono::milliseconds look(const asking& from, std::size_t published);

private:
    struct looked {
        std::size_t rests_on = 0;
        std::optional<std::chrono::steady_clock::time_point> again;  ///< it was given a command, which may not have come through
    };
    bool is_wanted(std::uint64_t number, std::size_t rests_on) const;
    void give(const report_job& to, core::report::command what, std::size_t says);

    engine::engine& writer_;
    const wire::documents& read_;
    std::map<std::uint64_t, looked> looked_;  ///< by report
    std::chrono::steady_clock::time_point next_{};
};

/// The snapshot of a draft as it would be now.
core::report::snapshot snapshot_of(const report_job& draft, const report_round& in, const asking& from);

/// Where a published one's figures are others now. What can't be calculated any more stays as it is.
std::vector<core::report::difference> differences_of(const report_job& published, const report_round& in, const asking& from);

}  // namespace server::warehouse
