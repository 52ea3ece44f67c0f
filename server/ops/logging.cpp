#include "server/ops/logging.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <memory>

namespace server::ops {
namespace {

constexpr std::size_t value_bytes_max = 2'048;
constexpr std::array withheld{"password", "secret", "token", "cookie", "authorization", "text", "name", "login"};

struct output {
    log_format how = log_format::json;
    std::shared_ptr<spdlog::logger> to = [] {
        // A logger of its own: nothing else that happens to use spdlog shares the format.
        auto l = std::make_shared<spdlog::logger>("opsroom", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        l->set_pattern("%v");
        l->flush_on(spdlog::level::debug);
        return l;
    }();
};

output& out() {
    static output only;
    return only;
}

spdlog::level::level_enum level_of(log_level l) {
    switch (l) {
        case log_level::debug: return spdlog::level::debug;
        case log_level::info: return spdlog::level::info;
        case log_level::warning: return spdlog::level::warn;
        case log_level::error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string_view name_of(log_level l) {
    constexpr std::array names{"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(l)];
}

std::string rfc3339(events::instant when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(when - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

// Quoted, and nothing in it can end the line or the string; broken UTF-8 is replaced.
std::string quoted(std::string_view text) {
    const bool cut = text.size() > value_bytes_max;
    nlohmann::json value = std::string(text.substr(0, value_bytes_max)) + (cut ? "…" : "");
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string rendered(const field& f) {
    if (std::find(withheld.begin(), withheld.end(), f.name) != withheld.end()) return "\"(withheld)\"";
    return std::visit(
        [](const auto& v) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::string_view>)
                return quoted(v);
            else
                return nlohmann::json(v).dump();
        },
        f.value);
}

}  // namespace

std::string log_line(log_format how, events::instant when, log_level level, std::string_view what, fields about) {
    std::string line;
    if (how == log_format::json) {
        line = fmt::format(R"({{"time":"{}","level":"{}","what":{})", rfc3339(when), name_of(level), quoted(what));
        for (const auto& f : about) line += fmt::format(",{}:{}", quoted(f.name), rendered(f));
        return line + '}';
    }
    const auto shown = quoted(what);
    line = fmt::format("{} {:<7} {}", rfc3339(when), name_of(level), std::string_view(shown).substr(1, shown.size() - 2));
    for (const auto& f : about) line += fmt::format(" {}={}", f.name, rendered(f));
    return line;
}

void start_logging(log_level least, log_format how) {
    out().how = how;
    out().to->set_level(level_of(least));
}

bool logs(log_level level) { return out().to->should_log(level_of(level)); }

void log(log_level level, std::string_view what, fields about) {
    if (!logs(level)) return;
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    out().to->log(level_of(level), spdlog::string_view_t(log_line(out().how, now, level, what, about)));
}

}  // namespace server::ops
