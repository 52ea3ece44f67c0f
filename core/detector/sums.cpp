#include "core/detector/sums.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace core::detector {
namespace {

// From how large a sum, in standard deviations of independent noise, it is an alarm.
struct window {
    std::uint32_t periods;
    double floor;
    bool is_shift;
};
constexpr window day_windows[]{{1, 4.4, false}, {2, 3.35, true}, {3, 3.6, true}};
constexpr window hour_windows[]{{1, 5.5, false}, {2, 4.5, false}, {6, 4.8, false}, {24, 5.5, true}};
constexpr double rare_day = 2.7, rare_hour = 4.0;    // and how rare among all sums of its window, as -log10
constexpr double untested = 1.4;                     // times the floor, while there is no past of such sums
constexpr double clip = 4;                           // of one period in a sum of several: a single one is no shift
constexpr std::uint32_t day_age = 3, hour_age = 48;  // periods, before sums are learned

std::span<const window> windows_of(grain g) { return g == grain::day ? std::span<const window>(day_windows) : std::span<const window>(hour_windows); }

}  // namespace

sums::sums(grain of) : grain_(of), tails_(windows_of(of).size()) {}

// Only once it is clear that no alarm came of them: the beginnings of a shift would make it look usual.
void sums::learn() {
    const std::uint32_t age = grain_ == grain::day ? day_age : hour_age;
    const auto young = std::find_if(pending_.begin(), pending_.end(), [&](const past_sum& s) { return seen_ - s.row < age; });
    for (auto s = pending_.begin(); s != young; ++s) tails_[s->window].add(s->size);
    pending_.erase(pending_.begin(), young);
}

sums::verdict sums::next(double deviation, bool unusual) {
    const auto all = windows_of(grain_);
    if (recent_.size() == all.back().periods) recent_.erase(recent_.begin());
    recent_.push_back(deviation);
    ++seen_;
    learn();
    verdict worst{0, 1, deviation, false};
    for (std::uint8_t w = 0; w < all.size() && all[w].periods <= recent_.size(); ++w) {
        double sum = all[w].periods == 1 ? deviation : 0;
        if (all[w].periods > 1)
            for (auto d = recent_.end() - all[w].periods; d != recent_.end(); ++d) sum += std::clamp(*d, -clip, clip);
        sum /= std::sqrt(static_cast<double>(all[w].periods));
        const double large = std::fabs(sum) / all[w].floor;
        const double rare = tails_[w].seen < tail::enough ? large / untested : tails_[w].rarity(std::fabs(sum)) / (grain_ == grain::day ? rare_day : rare_hour);
        const double strength = std::min(large, rare);
        if (strength < 1 && !unusual) pending_.push_back({w, static_cast<float>(std::fabs(sum)), seen_});
        if (strength > worst.strength) worst = {strength, all[w].periods, sum, all[w].is_shift};
    }
    if (worst.strength >= 1) pending_.clear();
    return worst;
}

void sums::forget() {
    recent_.clear();
    pending_.clear();
}

std::size_t sums::bytes() const {
    std::size_t all = sizeof *this + recent_.capacity() * sizeof(double) + pending_.capacity() * sizeof(past_sum);
    for (const auto& t : tails_) all += sizeof t + t.counts.capacity() * sizeof(std::uint32_t);
    return all;
}

template <class Self, class Each>
void sums::each_part(Self& s, Each each) {
    each(s.seen_), each(s.recent_), each(s.tails_), each(s.pending_);
}

void sums::save(archive::writer& to) const {
    each_part(*this, [&](const auto& part) { write(to, part); });
}

bool sums::load(archive::reader& from) {
    each_part(*this, [&](auto& part) { read(from, part); });
    const auto all = windows_of(grain_);
    return from.ok() && recent_.size() <= all.back().periods && tails_.size() == all.size() &&
           std::all_of(tails_.begin(), tails_.end(), [](const tail& t) { return t.is_sound(); }) &&
           std::all_of(pending_.begin(), pending_.end(), [&](const past_sum& s) { return s.window < all.size() && s.row <= seen_; });
}

}  // namespace core::detector
