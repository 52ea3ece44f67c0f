#pragma once
// What the process counts, for GET /metrics (Prometheus text format 0.0.4).
//
// Names follow Prometheus: opsroom_…, unit last, counters end in _total. Labels have few values: never a member, an
// id or a path. Instruments may be used from any thread and live as long as their registry.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace server::ops {

class counter {
public:
    void add(double n = 1);

private:
    friend class metrics;
    explicit counter(prometheus::Counter& of) : of_(&of) {}
    prometheus::Counter* of_;
};

class gauge {
public:
    void set(double value);
    void add(double n = 1);

private:
    friend class metrics;
    explicit gauge(prometheus::Gauge& of) : of_(&of) {}
    prometheus::Gauge* of_;
};

class histogram {
public:
    void observe(double value);

private:
    friend class metrics;
    explicit histogram(prometheus::Histogram& of) : of_(&of) {}
    prometheus::Histogram* of_;
};

using labels = std::map<std::string, std::string>;

class metrics {
public:
    metrics();
    ~metrics();
    metrics(const metrics&) = delete;
    metrics& operator=(const metrics&) = delete;

    /// The same name with other labels is another row of one family. A wrong name throws std::invalid_argument.
    ops::counter add_counter(const std::string& name, const std::string& help, const labels& with = {});
    ops::gauge add_gauge(const std::string& name, const std::string& help, const labels& with = {});
    /// `bounds` are the buckets' upper ends, rising.
    ops::histogram add_histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                                 const labels& with = {});

    /// Asked at each scrape, on the scraping thread: it must not block, and must live as long as this object.
    void watch_gauge(const std::string& name, const std::string& help, std::function<double()> ask, const labels& with = {});
    void watch_counter(const std::string& name, const std::string& help, std::function<double()> ask, const labels& with = {});

    /// process_resident_memory_bytes, process_open_fds, process_cpu_seconds_total, process_start_time_seconds.
    void watch_process();

    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";
    std::string text() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// Buckets for durations in seconds: 100 µs to 10 s.
std::vector<double> duration_buckets();

}  // namespace server::ops
