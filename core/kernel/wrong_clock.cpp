#include "core/kernel/wrong_clock.hpp"

#include "core/kernel/calendar.hpp"

#include <algorithm>

namespace core {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days years{2 * 366};

}  // namespace

wrong_clock::wrong_clock(instant from, instant to, const context& by) : today_(by.today) {
    const auto wrong = sys_days(date_in(from, by.zone_offset)), right = sys_days(date_in(to, by.zone_offset));
    ahead_ = wrong - right;
    middle_ = right + ahead_ / 2;
}

bool wrong_clock::bring_back(std::span<date* const> steps, std::size_t taken) const {
    if (taken >= steps.size() || ahead_ < years || !dated(*steps[taken])) return false;
    for (auto* d : steps.subspan(taken)) *d = std::max(date(sys_days(*d) - ahead_), today_);
    // What was taken by the wrong clock lies before what is to come.
    for (auto i = taken; i-- > 0;) *steps[i] = std::min(*steps[i], date(sys_days(*steps[i + 1]) - days(1)));
    return true;
}

}  // namespace core
