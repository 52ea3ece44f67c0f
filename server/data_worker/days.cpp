#include "server/data_worker/days.hpp"

#include <fmt/format.h>

#include <chrono>

namespace data_worker {

std::string day_text(std::int32_t day) {
    const std::chrono::year_month_day d{std::chrono::sys_days(std::chrono::days(day))};
    const auto y = static_cast<int>(d.year());
    const auto m = static_cast<unsigned>(d.month()), in_month = static_cast<unsigned>(d.day());
    if (y < 0 || y > 9999) return fmt::format("{:04}-{:02}-{:02}", y, m, in_month);
    // By hand, as each row of a file has one.
    std::string text = "0000-00-00";
    const auto put = [&](std::size_t at, int n) { text[at] = static_cast<char>('0' + n / 10), text[at + 1] = static_cast<char>('0' + n % 10); };
    put(0, y / 100);
    put(2, y % 100);
    put(5, static_cast<int>(m));
    put(8, static_cast<int>(in_month));
    return text;
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
