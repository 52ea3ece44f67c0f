#include "core/kernel/statutory.hpp"

#include <array>
#include <cstdint>

namespace core {
namespace {

using std::chrono::sys_days;

/// As days after 1 January.
struct lunar_days {
    std::uint16_t spring_festival;  ///< first day of the first month
    std::uint16_t dragon_boat;      ///< fifth day of the fifth
    std::uint16_t mid_autumn;       ///< fifteenth day of the eighth
};

constexpr int first_year = 2025;
constexpr std::array<lunar_days, 56> lunar{{
    {28, 150, 278}, {47, 169, 267}, {36, 159, 257}, {25, 148, 276}, {43, 166, 264}, {33, 155, 254}, {22, 174, 273},
    {41, 163, 262}, {30, 151, 250}, {49, 170, 269}, {38, 160, 258}, {27, 150, 277}, {45, 168, 266}, {34, 157, 255},
    {23, 146, 274}, {42, 165, 263}, {31, 153, 252}, {21, 172, 270}, {40, 161, 259}, {29, 151, 278}, {47, 169, 267},
    {36, 158, 257}, {25, 148, 276}, {44, 166, 265}, {32, 154, 253}, {22, 173, 272}, {41, 163, 261}, {31, 152, 250},
    {49, 170, 268}, {38, 160, 258}, {27, 149, 277}, {45, 168, 267}, {34, 156, 255}, {23, 175, 274}, {42, 164, 263},
    {32, 154, 252}, {20, 172, 270}, {39, 161, 259}, {28, 151, 278}, {47, 170, 268}, {35, 158, 257}, {25, 147, 275},
    {44, 166, 265}, {33, 155, 254}, {22, 173, 271}, {41, 163, 261}, {30, 152, 250}, {49, 171, 269}, {37, 160, 258},
    {26, 149, 277}, {45, 167, 266}, {35, 157, 255}, {23, 174, 273}, {42, 164, 262}, {32, 154, 252}, {21, 173, 271}
}};

/// The day on which the sun's longitude is 15 degrees, in this century: a mean year and the leap days that went before.
unsigned qingming_in_april(int year) {
    const int of_century = year - 2000;
    return static_cast<unsigned>((of_century * 2'422 + 48'100) / 10'000 - of_century / 4);
}

bool is_on_fixed_day(events::date day) {
    const auto month = static_cast<unsigned>(day.month()), of_month = static_cast<unsigned>(day.day());
    return (month == 1 && of_month == 1) || (month == 5 && of_month <= 2) || (month == 10 && of_month <= 3);
}

}  // namespace

bool is_statutory_holiday(events::date day) {
    if (is_on_fixed_day(day)) return true;
    const int year = static_cast<int>(day.year());
    if (year < first_year || year >= first_year + static_cast<int>(lunar.size())) return false;
    if (day.month() == std::chrono::April && static_cast<unsigned>(day.day()) == qingming_in_april(year)) return true;
    const auto& in = lunar[static_cast<std::size_t>(year - first_year)];
    const auto of_year = (sys_days(day) - sys_days(day.year() / 1 / 1)).count();
    constexpr int eve = 1, days_of_spring_festival = 3;
    return (of_year >= in.spring_festival - eve && of_year < in.spring_festival + days_of_spring_festival) || of_year == in.dragon_boat ||
           of_year == in.mid_autumn;
}

std::vector<events::date> statutory_holidays(int year) {
    std::vector<events::date> all;
    const auto until = sys_days(std::chrono::year(year + 1) / 1 / 1);
    for (auto day = sys_days(std::chrono::year(year) / 1 / 1); day < until; day += std::chrono::days(1))
        if (is_statutory_holiday(day)) all.emplace_back(day);
    return all;
}

}  // namespace core
