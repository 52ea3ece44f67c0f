#pragma once
// What answers requests, one at a time: the database, what is staged in it, and the operations.

#include "server/data_worker/engine/database.hpp"
#include "server/data_worker/plan.hpp"
#include "server/data_worker/request.hpp"
#include "server/data_worker/store.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace data_worker {

struct worker_options {
    std::string database;
    unsigned memory_mb = 512;
    unsigned threads = 2;
    std::string snapshots;  ///< folder that snapshots are published into; empty: that of the database
    std::string program;    ///< this program, for children that run other people's SQL
    unsigned sql_seconds = 10;
    bool reads = false;     ///< the newest snapshot, and nothing else: `database` is not looked at
};

class worker {
public:
    /// A database that can't be opened is moved aside, and a new one begun: it can always be made again. `moved_to` says so.
    explicit worker(worker_options how);
    ~worker();

    /// An answer, always: {"id":…,"ok":{…}} or {"id":…,"error":{"code","zh","en"}}.
    json answer(const json& asked);

    const std::string& moved_to() const { return moved_to_; }

private:
    /// What was checked and waits to be loaded.
    struct staged {
        std::string token, table;
        plan by;
        std::uint64_t rows = 0;
        std::string rows_sha256, file_sha256;
        std::int32_t from = 0, until = 0;
    };

    json done(const std::string& what, const request& r);
    /// What can be asked of a snapshot too.
    std::optional<json> read(const std::string& what, const request& r);
    /// A reader's: opens the newest snapshot, where it is not the one that is open.
    void see_newest();
    json hello();
    json check(const request& r);
    json load(const request& r);
    json unload(const request& r);
    json loaded();
    json sets();
    json rows(const request& r);
    json publish(const request& r);
    json sql(const request& r);

    /// Stages a file; `answer` gets what is known of it.
    staged stage(const request& r, json& answer);
    std::uint64_t restated_by(const staged& s, const std::string& replaced);
    void look_around(const staged& s, const request& r, struct findings& found);
    void drop(const staged& s);
    std::string newest_snapshot() const;

    worker_options options_;
    std::string moved_to_;
    std::string seen_;  ///< a reader's snapshot
    std::unique_ptr<database> db_;
    std::unique_ptr<store> store_;
    std::deque<staged> staged_;
    std::uint64_t next_ = 0;
};

/// The values of a metric, as the request asks.
json values_of(database& in, store& known, const request& r);

/// Calculates, into the table `figures`, what has changed of the metrics that the request names; how many these were.
std::size_t calculate_figures(database& in, store& known, const request& r);

/// Figures of many metrics at once, period by period, as they were published.
json series_of(database& in, const request& r);

/// A request of OData 4.0 and its answer: {status, type, body}.
json odata_of(database& in, store& known, const request& r);

/// Writes a set's rows or the figures to a file: csv, parquet or xlsx.
json export_of(database& in, store& known, const request& r);

/// Writes a workbook of the sheets and charts that the request holds. Nothing is asked of the database.
json workbook_of(const request& r);

/// What a file looks like, for a person to confirm.
json profile_of(const request& r);

/// That an expression is one of the request's `values`, of which null is a missing one; they are added to `with`.
std::string only_values(const std::string& expression, const request& r, parameters& with);

/// SQL conditions of "only": [{dimension, values}], for rows of a set; values are added to `with`. A value null is a missing one.
std::string only_rows(const row_set& of, const json* only, parameters& with);

}  // namespace data_worker
