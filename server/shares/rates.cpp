#include "server/shares/rates.hpp"

#include <algorithm>
#include <cmath>

namespace server::shares {
namespace {

constexpr std::uint64_t all_others = ~std::uint64_t{0};

double seconds(tick::duration d) { return std::chrono::duration<double>(d).count(); }

}  // namespace

void bucket::fill(const rate& r, tick now) {
    if (now <= at_) return;
    left_ = std::min(r.burst, left_ + seconds(now - at_) * r.a_second);
    at_ = now;
}

bucket::verdict bucket::take(const rate& r, double n, tick now, std::chrono::milliseconds patience) {
    fill(r, now);
    n = std::min(n, r.burst);
    const auto missing = std::max(0.0, n - left_);
    const std::chrono::milliseconds wait{static_cast<std::int64_t>(std::ceil(missing / r.a_second * 1000))};
    if (wait > patience) return {false, wait};
    left_ -= n;
    return {true, wait};
}

bool bucket::is_whole(const rate& r, tick now) const { return left_ + seconds(now - at_) * r.a_second >= r.burst; }

bucket::verdict rates::take(kind of, std::uint64_t whose, double n, tick now, std::chrono::milliseconds patience) {
    const auto& r = how_[of];
    if (r.a_second <= 0) return {};
    auto& here = all_[of];
    std::lock_guard hold(here.mutex);
    auto found = here.of.find(whose);
    if (found == here.of.end()) {
        if (here.of.size() >= buckets_max) std::erase_if(here.of, [&](const auto& b) { return b.second.is_whole(r, now); });
        if (here.of.size() >= buckets_max) whose = all_others;  // too many at once to know them apart
        found = here.of.try_emplace(whose, r, now).first;
    }
    const auto told = found->second.take(r, n, now, patience);
    if (!told.taken) ++here.refused;
    return told;
}

std::uint64_t rates::refused(kind of) const {
    std::lock_guard hold(all_[of].mutex);
    return all_[of].refused;
}

}  // namespace server::shares
