#include "server/ops/metrics.hpp"

#include <prometheus/check_names.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <stdexcept>

namespace server::ops {
namespace {

// Something that is asked when it is wanted, rather than told whenever it changes.
struct watched {
    std::string name;
    std::string help;
    prometheus::MetricType type;
    std::function<double()> ask;
    labels with;
};

prometheus::ClientMetric read(const watched& w) {
    prometheus::ClientMetric m;
    for (const auto& [name, value] : w.with) m.label.push_back({name, value});
    if (w.type == prometheus::MetricType::Counter)
        m.counter.value = w.ask();
    else
        m.gauge.value = w.ask();
    return m;
}

double resident_bytes() {
    std::ifstream in("/proc/self/statm");
    double pages = 0;
    double resident = 0;
    in >> pages >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_fds() {
    std::error_code bad;
    std::filesystem::directory_iterator fds("/proc/self/fd", bad);
    return bad ? 0 : static_cast<double>(std::distance(begin(fds), end(fds)));
}

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

void counter::add(double n) { of_->Increment(n); }
void gauge::set(double value) { of_->Set(value); }
void gauge::add(double n) { of_->Increment(n); }
void histogram::observe(double value) { of_->Observe(value); }

struct metrics::impl {
    prometheus::Registry registry;
    mutable std::mutex mutex;
    std::vector<watched> asked;

    void watch(watched w) {
        if (!prometheus::CheckMetricName(w.name)) throw std::invalid_argument("not a metric's name: " + w.name);
        std::lock_guard lock(mutex);
        asked.push_back(std::move(w));
    }
};

metrics::metrics() : impl_(std::make_unique<impl>()) {}
metrics::~metrics() = default;

ops::counter metrics::add_counter(const std::string& name, const std::string& help, const labels& with) {
    return ops::counter(prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry).Add(with));
}

ops::gauge metrics::add_gauge(const std::string& name, const std::string& help, const labels& with) {
    return ops::gauge(prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add(with));
}

ops::histogram metrics::add_histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                                      const labels& with) {
    return ops::histogram(prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry).Add(with, bounds));
}

void metrics::watch_gauge(const std::string& name, const std::string& help, std::function<double()> ask, const labels& with) {
    impl_->watch({name, help, prometheus::MetricType::Gauge, std::move(ask), with});
}

void metrics::watch_counter(const std::string& name, const std::string& help, std::function<double()> ask, const labels& with) {
    impl_->watch({name, help, prometheus::MetricType::Counter, std::move(ask), with});
}

void metrics::watch_process() {
    watch_gauge("process_resident_memory_bytes", "Resident memory size in bytes.", resident_bytes);
    watch_gauge("process_open_fds", "Number of open file descriptors.", open_fds);
    watch_counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", cpu_seconds);
    const auto start = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    watch_gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.", [start] { return start; });
}

std::string metrics::text() const {
    auto families = impl_->registry.Collect();
    {
        std::lock_guard lock(impl_->mutex);
        for (const auto& w : impl_->asked) {
            const auto known = std::find_if(families.begin(), families.end(), [&](const auto& f) { return f.name == w.name; });
            auto& family = known != families.end() ? *known : families.emplace_back(prometheus::MetricFamily{w.name, w.help, w.type, {}});
            family.metric.push_back(read(w));
        }
    }
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families);
    return out.str();
}

std::vector<double> duration_buckets() {
    return {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

}  // namespace server::ops
