#pragma once
// Figures as a department has them, made up from the official calendars: a week, holidays and make-up days, seasons of the year, growth,
// and noise of several kinds. The same seed always makes the same series, on every machine.

#include "core/kernel/calendar.hpp"
#include "tests/support/tests_folder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <numbers>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace support {

using namespace std::chrono_literals;

/// From the calendars that come with the program, of the years given.
inline core::working_calendar official_calendar(const std::set<int>& of) {
    std::ifstream in(tests_folder().parent_path() / "server" / "calendar" / "cn.txt");
    if (!in) throw std::runtime_error("server/calendar/cn.txt cannot be read");
    std::vector<events::date> off, work;
    for (std::string line; std::getline(in, line);) {
        int year = 0;
        unsigned month = 0, day = 0;
        char kind[8] = {};
        if (std::sscanf(line.c_str(), "%4d-%2u-%2u %7s", &year, &month, &day, kind) != 4 || !of.contains(year)) continue;
        const events::date d{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
        (std::string(kind) == "off" ? off : work).push_back(d);
    }
    std::sort(off.begin(), off.end());
    std::sort(work.begin(), work.end());
    return {std::move(off), std::move(work), {of.begin(), of.end()}};
}

enum class noise { normal, lognormal, heavy, counts, lasting, weekly_heavy };
inline constexpr std::array all_noises{noise::normal, noise::lognormal, noise::heavy, noise::counts, noise::lasting, noise::weekly_heavy};

/// Uniform, normal and the rest from the bits of a generator that the standard fixes: its distributions differ between libraries.
class chance {
public:
    explicit chance(std::uint64_t seed) : bits_(seed) {}
    double uniform() { return (static_cast<double>(bits_() >> 11) + 0.5) / 9007199254740992.0; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform()); }
    /// Student's with three degrees of freedom, of variance 1.
    double heavy() {
        double squares = 0;
        for (int i = 0; i < 3; ++i) squares += std::pow(normal(), 2);
        return normal() / std::sqrt(squares / 3) / std::sqrt(3.0);
    }
    double poisson(double mean) {
        if (mean > 200) return std::max(0.0, std::round(mean + std::sqrt(mean) * normal()));
        const double limit = std::exp(-mean);
        double product = uniform(), count = 0;
        for (; product > limit; ++count) product *= uniform();
        return count;
    }

private:
    std::mt19937_64 bits_;
};

struct metric {
    bool hourly = false;
    noise of = noise::normal;
    std::uint64_t seed = 1;
    std::optional<events::date> shift;  ///< from its first hour on the level is `shifted` of what it was
    double shifted = 0.65;
};

struct reading {
    events::instant at;  ///< when the period begins, UTC
    events::date day;
    double value = 0;
};

/// Of all periods of 2025 and 2026, on the department's clock (Asia/Shanghai).
inline std::vector<reading> readings_of(const metric& m, const core::working_calendar& calendar) {
    chance by(m.seed * 1000 + static_cast<std::uint64_t>(m.of) * 10 + m.hourly);
    const bool office = m.seed % 2 == 0;  // the others are busier at weekends
    const double base = m.of == noise::counts ? (m.hourly ? by.between(100, 800) : by.between(150, 2000)) : by.between(1e3, 1e6);
    const double growth = by.between(-0.1, 0.5), yearly = by.between(0.05, 0.2), turn = by.between(0, 1);
    const double weekend = office ? by.between(0.3, 0.7) : by.between(1.1, 1.5);
    const double holiday = office ? weekend * by.between(0.6, 0.95) : weekend * by.between(1.0, 1.4), make_up = by.between(0.85, 1.0);
    const double spring = office ? by.between(0.6, 0.9) : by.between(0.9, 1.2);
    std::array<double, 7> week{};
    for (auto& w : week) w = by.between(0.9, 1.1);
    const double size = by.between(0.03, 0.08);

    std::vector<reading> all;
    double lasting = 0;
    const std::chrono::sys_days first = 2025y / 1 / 1, last = 2026y / 12 / 31;
    for (auto d = first; d <= last; d += std::chrono::days(1)) {
        const events::date day = d;
        const std::chrono::weekday on(d);
        const bool is_weekend = on == std::chrono::Saturday || on == std::chrono::Sunday, works = calendar.is_working_day(day);
        double level = base * std::pow(1 + growth, static_cast<double>((d - first).count()) / 365.0);
        level *= 1 + yearly * std::sin(2 * std::numbers::pi * (static_cast<double>((d - first).count()) / 365.25 + turn));
        if (works) level *= is_weekend ? make_up : week[on.c_encoding()];
        else if (is_weekend && calendar.is_working_day(d - std::chrono::days(3)) && calendar.is_working_day(d + std::chrono::days(3))) level *= weekend * week[on.c_encoding()];
        else level *= (unsigned(day.month()) == 2 || (unsigned(day.month()) == 1 && unsigned(day.day()) > 3) ? spring : 1) * holiday;
        if (m.shift && d >= std::chrono::sys_days(*m.shift)) level *= m.shifted;
        for (int hour = 0; hour < (m.hourly ? 24 : 1); ++hour) {
            double expected = level;
            if (m.hourly) expected *= 0.15 + 0.85 * std::exp(-std::pow((hour - (works ? 14.0 : 16.0)) / 5.0, 2));
            const double n = by.normal();
            lasting = 0.5 * lasting + std::sqrt(0.75) * n;
            double value = expected;
            switch (m.of) {
                case noise::normal: value *= 1 + size * n; break;
                case noise::lognormal: value *= std::exp(1.3 * size * n); break;
                case noise::heavy: value *= 1 + size * by.heavy(); break;
                case noise::counts: value = by.poisson(expected); break;
                case noise::lasting: value *= 1 + size * lasting; break;
                case noise::weekly_heavy: value *= 1 + size * (is_weekend ? 1.6 : 0.8) * n; break;
            }
            all.push_back({events::instant(d + std::chrono::hours(hour) - core::shanghai), day, std::max(0.0, value)});
        }
    }
    return all;
}

}  // namespace support
