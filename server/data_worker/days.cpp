#include "server/data_worker/days.hpp"

#include <fmt/format.h>

#include <chrono>

namespace data_worker {

std::string day_text(std::int32_t day) {
    const std::chrono::year_month_day d{std::chrono::sys_days(std::chrono::days(day))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

std::string moment_text(std::int64_t micros) {
    constexpr std::int64_t a_day = 86'400'000'000;
    auto day = micros / a_day, left = micros % a_day;
    if (left < 0) --day, left += a_day;
    auto text = fmt::format("{} {:02}:{:02}:{:02}", day_text(static_cast<std::int32_t>(day)), left / 3'600'000'000, left / 60'000'000 % 60, left / 1'000'000 % 60);
    if (left % 1'000'000) text += fmt::format(".{:06}", left % 1'000'000);
    return text;
}

}  // namespace data_worker
