#include "server/engine/past_snapshots.hpp"

#include "core/kernel/archive.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace server::engine {
namespace {

using core::archive::read;
using core::archive::write;

constexpr std::string_view list_name = "past";
constexpr std::uint64_t format = 1;  // of what is beside the views, which have their own
constexpr std::chrono::seconds tree_waited_for{60};

std::string slot_name(std::uint64_t slot) { return "past-" + std::to_string(slot); }
std::string bytes_of(const events::proof::hash& h) { return {reinterpret_cast<const char*>(h.data()), h.size()}; }

}  // namespace

past_snapshots::past_snapshots(events::log& log, past_snapshot_options how, mended tell) : log_(log), how_(how), tell_(std::move(tell)) { read_list(); }

void past_snapshots::read_list() {
    const auto blob = log_.kept(list_name);
    if (!blob || blob->empty()) return;
    core::archive::reader from(*blob);
    const bool known = from.number() == format;
    for (auto n = from.count(); n > 0 && from.ok(); --n) {
        auto& e = all_.emplace_back();
        read(from, e.at);
        e.slot = from.number();
        e.bytes = from.number();
    }
    const auto later = [](const entry& a, const entry& b) { return a.at >= b.at; };
    const bool good = known && from.finished() && std::adjacent_find(all_.begin(), all_.end(), later) == all_.end() &&
                      std::all_of(all_.begin(), all_.end(), [&](const entry& e) { return e.slot < how_.count_max && e.at <= log_.head(); });
    if (good) return;
    all_.clear();
    if (tell_) tell_("kept/past", "of another version, of another log or damaged: the moments of the past are thrown away, and made again as they are asked for");
}

void past_snapshots::keep_list() {
    std::string blob;
    core::archive::writer to(blob);
    to.number(format);
    to.number(all_.size());
    for (const auto& e : all_) {
        write(to, e.at);
        to.number(e.slot);
        to.number(e.bytes);
    }
    log_.keep(list_name, blob);
}

std::optional<past_snapshots::one> past_snapshots::before(events::position which) {
    for (;;) {
        entry found;
        {
            const std::lock_guard hold(guard_);
            // What the tree has not reached can't be checked yet.
            const auto end = std::find_if(all_.begin(), all_.end(), [&](const entry& e) { return e.at > which || e.at.value > log_.tree_size(); });
            if (end == all_.begin()) return std::nullopt;
            found = *(end - 1);
        }
        if (auto made = load(found)) return made;
    }
}

std::optional<past_snapshots::one> past_snapshots::load(const entry& e) {
    const auto blob = log_.kept(slot_name(e.slot));
    if (!blob || blob->empty()) {
        throw_away(e, blob ? "empty" : std::string_view());  // what is damaged on the disk was said where it was read
        return std::nullopt;
    }
    core::archive::reader from(*blob);
    const bool known = from.number() == format;
    events::position at;
    read(from, at);
    const auto root = from.bytes(sizeof(events::proof::hash));
    if (!known || !from.ok() || at != e.at) {
        throw_away(e, "of another version, or not the one that was kept there");
        return std::nullopt;
    }
    if (root != bytes_of(log_.root(at.value))) {
        throw_away(e, "of another log");
        return std::nullopt;
    }
    one made{std::make_shared<core::views::views>(), at, blob->size()};
    if (made.views->load_moment(from, at) && from.finished()) return made;
    throw_away(e, "damaged");
    return std::nullopt;
}

void past_snapshots::throw_away(const entry& which, std::string_view why) {
    {
        const std::lock_guard hold(guard_);
        // Where it is gone already, another one has its place.
        if (std::erase_if(all_, [&](const entry& e) { return e.at == which.at && e.slot == which.slot; }) == 0) return;
        try {
            keep_list();
        } catch (const std::exception&) {  // a full disk: it is found to be no good again
        }
    }
    if (tell_ && !why.empty()) tell_("kept/" + slot_name(which.slot), std::string(why) + ": thrown away, and more of the log read for moments after it");
}

events::position past_snapshots::newest() const {
    const std::lock_guard hold(guard_);
    return all_.empty() ? events::position{} : all_.back().at;
}

std::vector<events::position> past_snapshots::positions() const {
    const std::lock_guard hold(guard_);
    std::vector<events::position> all;
    for (const auto& e : all_) all.push_back(e.at);
    return all;
}

std::size_t past_snapshots::bytes() const {
    const std::lock_guard hold(guard_);
    return std::accumulate(all_.begin(), all_.end(), std::size_t{0}, [](std::size_t n, const entry& e) { return n + e.bytes; });
}

/// The one that leaves the smallest gap for how long ago it is; never the newest.
std::vector<past_snapshots::entry>::iterator past_snapshots::least_missed() {
    const auto newest = all_.back().at.value;
    auto best = all_.begin();
    double best_cost = 0;
    for (auto e = all_.begin(); e + 1 != all_.end(); ++e) {
        const auto before = e == all_.begin() ? 0 : (e - 1)->at.value;
        const double cost = static_cast<double>((e + 1)->at.value - before) / static_cast<double>(newest - e->at.value);
        if (e == all_.begin() || cost < best_cost) {
            best = e;
            best_cost = cost;
        }
    }
    return best;
}

void past_snapshots::add(const core::views::views& now) {
    const auto at = now.position();
    std::string blob;
    core::archive::writer to(blob);
    to.number(format);
    write(to, at);
    if (!log_.wait_indexed(at, tree_waited_for)) throw std::runtime_error("the log's index is too far behind");
    to.bytes(bytes_of(log_.root(at.value)));
    now.save_moment(to);
    if (blob.size() > how_.bytes_max || how_.count_max == 0) throw std::runtime_error("it has " + std::to_string(blob.size()) + " bytes, which is more than all may have");
    std::vector<std::uint64_t> freed;
    std::uint64_t slot = 0;
    {
        const std::lock_guard hold(guard_);
        auto bytes = std::accumulate(all_.begin(), all_.end(), blob.size(), [](std::size_t n, const entry& e) { return n + e.bytes; });
        while (!all_.empty() && (all_.size() >= how_.count_max || bytes > how_.bytes_max)) {
            const auto out = least_missed();
            bytes -= out->bytes;
            freed.push_back(out->slot);
            all_.erase(out);
        }
        while (std::any_of(all_.begin(), all_.end(), [&](const entry& e) { return e.slot == slot; })) ++slot;
        // What is about to be written over is no longer in the list, whatever becomes of the rest.
        keep_list();
    }
    for (const auto s : freed)
        if (s != slot) log_.keep(slot_name(s), "");
    log_.keep(slot_name(slot), blob);
    const std::lock_guard hold(guard_);
    all_.push_back({at, slot, blob.size()});
    keep_list();
}

}  // namespace server::engine
