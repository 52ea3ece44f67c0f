#include "server/identity/passes.hpp"

#include <algorithm>
#include <mutex>

namespace server::identity {
namespace {

using namespace std::chrono_literals;

constexpr auto remembered_after_expiry = std::chrono::days{30};
// A use moves the expiry in memory at most once a minute, and the file follows at most once an hour: a crash costs
// a session at most that hour of its life.
constexpr auto move_in_memory = 1min;
constexpr auto move_in_file = 1h;
constexpr auto sweep_at_least_every = 1min;

}  // namespace

void passes::add(const fingerprint& of, const pass_row& row, bool told) {
    std::lock_guard lock(mutex_);
    const auto [at, fresh] = by_secret_.try_emplace(of, row);
    if (!fresh) return;
    at->second.told = told;
    by_member_.emplace(row.member, at);
    next_sweep_ = std::min(next_sweep_, row.expires);
}

boost::system::result<principal, error> passes::find(const fingerprint& of, credential by, instant now,
                                                     std::optional<std::chrono::seconds> lifetime) const {
    std::shared_lock lock(mutex_);
    const auto found = by_secret_.find(of);
    if (found == by_secret_.end() || found->second.row.by != by) return error::unknown;
    pass& p = found->second;
    const auto expires = p.expires.load(std::memory_order_relaxed);
    if (!p.stands(now)) return error::expired;
    const auto unused = now - p.used.load(std::memory_order_relaxed);
    if (unused >= move_in_memory || unused < 0s) p.used.store(now, std::memory_order_relaxed);
    if (lifetime) {
        const auto until = std::min<instant>(now + *lifetime, p.row.limit);
        if (until - expires >= move_in_memory) p.expires.store(until, std::memory_order_relaxed);
    }
    return p.who();
}

std::vector<principal> passes::remove(member_id member, instant now, const std::function<bool(const pass&)>& which) {
    std::vector<principal> gone;
    std::lock_guard lock(mutex_);
    auto [at, end] = by_member_.equal_range(member);
    while (at != end) {
        const pass& p = at->second->second;
        if (!which(p)) {
            ++at;
            continue;
        }
        // Of an expired one the sweep has told, or will never need to.
        if (p.stands(now) || !p.told) gone.push_back(p.who());
        by_secret_.erase(at->second);
        at = by_member_.erase(at);
    }
    return gone;
}

void passes::each(member_id member, const std::function<void(const pass&)>& see) const {
    std::shared_lock lock(mutex_);
    const auto [begin, end] = by_member_.equal_range(member);
    for (auto at = begin; at != end; ++at) see(at->second->second);
}

passes::swept passes::sweep(instant now, bool also_slightly) {
    swept found;
    std::lock_guard lock(mutex_);
    if (now < next_sweep_ && next_sweep_ <= now + sweep_at_least_every && !also_slightly) return found;
    next_sweep_ = now + sweep_at_least_every;
    for (auto at = by_member_.begin(); at != by_member_.end();) {
        pass& p = at->second->second;
        const auto expires = p.who().expires;
        if (now >= expires + remembered_after_expiry) {
            found.forgotten.push_back(p.who());
            by_secret_.erase(at->second);
            at = by_member_.erase(at);
            continue;
        }
        if (p.stands(now)) {
            next_sweep_ = std::min(next_sweep_, expires);
            p.told = false;  // a wrong clock was set back
        } else if (!p.told) {
            p.told = true;
            found.expired.push_back(p.who());
        }
        const auto used = p.used.load(std::memory_order_relaxed);
        const auto moved_by = std::max(expires - p.kept_expires, used - p.kept_used);
        if (moved_by >= move_in_file || (also_slightly && moved_by > 0s)) {
            p.kept_expires = expires;
            p.kept_used = used;
            found.moved.push_back(p.now());
        }
        ++at;
    }
    return found;
}

}  // namespace server::identity
