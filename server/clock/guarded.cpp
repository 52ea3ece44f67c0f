#include "server/clock/guarded.hpp"

#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

namespace server::clock {
namespace {

using std::chrono::microseconds;

constexpr std::chrono::seconds same_time{10};
constexpr std::uint8_t time_ordered = 7;

}  // namespace

readings machine() {
    timespec t{};
    ::syscall(SYS_clock_gettime, CLOCK_BOOTTIME, &t);
    return {std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now()), std::chrono::seconds(t.tv_sec) + microseconds(t.tv_nsec / 1000)};
}

bool is_synchronised(events::instant wall) {
    timex about{};
    const auto state = ::syscall(SYS_adjtimex, &about);
    if (state < 0 || state == TIME_ERROR || (about.status & STA_UNSYNC)) return false;
    const events::instant kernel{std::chrono::seconds(about.time.tv_sec)};
    return std::chrono::abs(kernel - wall) <= same_time;
}

guarded::guarded(std::function<readings()> read, std::function<bool(events::instant)> synchronised, std::optional<events::instant> last,
                 std::function<void(const change&)> told, rules how)
    : read_(std::move(read)), synchronised_(std::move(synchronised)), told_(std::move(told)), how_(how) {
    const auto r = read_();
    offset_ = offset_of(r);
    if (!last || std::chrono::abs(r.wall - *last) <= how_.jump) return;
    offset_ = (last->time_since_epoch() - r.since_boot).count();
    candidate_ = offset_of(r);
    since_ = r.since_boot;
    untold_ = change{verdict::held, r.wall, *last};
    held_ = true;
}

events::instant guarded::now() {
    const auto r = read_();
    const auto believed = offset_.load(std::memory_order_relaxed);
    if (!held_.load(std::memory_order_acquire)) {
        if (std::abs(offset_of(r) - believed) <= how_.jump.count()) return r.wall;
        hold();
    }
    return events::instant(r.since_boot + microseconds(offset_.load(std::memory_order_relaxed)));
}

void guarded::hold() {
    const std::lock_guard lock(mutex_);
    if (held_) return;
    const auto r = read_();
    if (std::abs(offset_of(r) - offset_) <= how_.jump.count()) return;
    candidate_ = offset_of(r);
    since_ = r.since_boot;
    vouched_ = false;
    untold_ = change{verdict::held, r.wall, events::instant(r.since_boot + microseconds(offset_))};
    held_.store(true, std::memory_order_release);
}

void guarded::believe(verdict why, const readings& r) {
    untold_ = change{why, r.wall, events::instant(r.since_boot + microseconds(offset_))};
    offset_ = offset_of(r);
    // That it came back says nothing of what was believed before.
    if (why != verdict::came_back) why_.store(why, std::memory_order_release);
    held_.store(false, std::memory_order_release);
}

void guarded::look() {
    now();  // notices a jump that nobody asked across
    std::optional<change> news;
    {
        const std::lock_guard lock(mutex_);
        news.swap(untold_);
        if (!news) {
            const auto r = read_();
            const auto says = offset_of(r);
            if (!held_) {
                // Small corrections add up to no jump.
                if (std::abs(says - offset_) <= how_.jump.count()) offset_ = says;
            } else if (std::abs(says - offset_) <= how_.jump.count()) {
                believe(verdict::came_back, r);
            } else if (std::abs(says - candidate_) > how_.drift.count()) {
                candidate_ = says;
                since_ = r.since_boot;
                vouched_ = false;
            } else if (r.since_boot - since_ >= how_.settle && (vouched_ || synchronised_(r.wall))) {
                believe(vouched_ ? verdict::vouched : verdict::confirmed, r);
            }
            news.swap(untold_);
        }
    }
    tell(news);
}

void guarded::heard(const events::uuid& command) {
    if (!is_held() || command.bytes[6] >> 4 != time_ordered) return;
    std::int64_t ms = 0;
    for (int i = 0; i < 6; ++i) ms = ms << 8 | command.bytes[static_cast<std::size_t>(i)];
    const std::lock_guard lock(mutex_);
    const auto r = read_();
    // What it says now, and has said since the last look.
    if (std::abs(offset_of(r) - candidate_) > how_.drift.count()) return;
    if (std::chrono::abs(events::instant(std::chrono::milliseconds(ms)) - r.wall) < how_.jump / 2) vouched_ = true;
    if (vouched_ && r.since_boot - since_ >= how_.settle) believe(verdict::vouched, r);
}

void guarded::accept() {
    std::optional<change> news;
    {
        const std::lock_guard lock(mutex_);
        if (!held_) return;
        believe(verdict::accepted, read_());
        news.swap(untold_);
    }
    tell(news);
}

}  // namespace server::clock
