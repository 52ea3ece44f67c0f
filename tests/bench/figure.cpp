#include "tests/bench/figure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace bench {
namespace {

double short_of(double n) {
    if (n == 0 || !std::isfinite(n)) return 0;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(n))) - 3);
    const double rounded = std::round(n / unit);
    // Dividing by a whole number leaves no tail of nines.
    return unit >= 1 ? rounded * unit : rounded / std::round(1 / unit);
}

}  // namespace

double seconds_since(clock_type::time_point start) { return std::chrono::duration<double>(clock_type::now() - start).count(); }

figure::figure(std::string_view name) { line_["figure"] = name; }

figure::~figure() {
    double load[1] = {};
    getloadavg(load, 1);
    line_["load_average"] = load[0];
    std::printf("%s\n", line_.dump().c_str());
    std::fflush(stdout);
}

figure& figure::value(double measured, std::string_view unit) {
    value_ = measured;
    line_["value"] = short_of(measured);
    line_["unit"] = unit;
    return *this;
}

figure& figure::beside(std::string_view what, double measured) {
    line_["baseline"] = what;
    line_["baseline_value"] = short_of(measured);
    if (measured > 0) line_["ratio"] = short_of(value_ / measured);
    return *this;
}

figure& figure::at_least(double measured, double goal) {
    judge(goal, measured >= goal);
    return *this;
}

figure& figure::at_most(double measured, double goal) {
    judge(goal, measured <= goal);
    return *this;
}

void figure::judge(double goal, bool good) {
    line_["goal"] = goal;
    line_["ok"] = good;
}

figure& figure::with(std::string_view key, double more) {
    line_[std::string(key)] = short_of(more);
    return *this;
}

figure& figure::with(std::string_view key, std::string_view more) {
    line_[std::string(key)] = more;
    return *this;
}

double percentile(std::vector<double>& all, double share) {
    if (all.empty()) return 0;
    std::sort(all.begin(), all.end());
    return all[std::min(all.size() - 1, static_cast<std::size_t>(share * static_cast<double>(all.size())))];
}

void progress(const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); }

}  // namespace bench
