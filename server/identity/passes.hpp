#pragma once
// Every session and token, in memory: finding one is a hash and a look-up.

#include "server/identity/accounts.hpp"
#include "server/identity/secret.hpp"

#include <atomic>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

namespace server::identity {

/// A session or a token, as the file has it.
struct pass_row {
    credential by = credential::session;
    std::uint64_t id = 0;
    member_id member;
    std::string label;  ///< of a token: what it is for; of a session: the program that it was begun with
    std::string address;
    instant created{};
    instant used{};
    instant expires{};
    instant limit{};  ///< however much it is used
};

struct pass {
    explicit pass(const pass_row& r) : row(r), kept_expires(r.expires), kept_used(r.used), expires(r.expires), used(r.used) {}

    const pass_row row;            ///< as it was read or made; `expires` and `used` have moved since
    instant kept_expires;          ///< as in the file
    instant kept_used;             ///< as in the file
    std::atomic<instant> expires;  ///< moves with each use of a session
    std::atomic<instant> used;
    bool told = false;             ///< that it has expired

    /// Neither expired nor given at a time that has not come yet (but for small corrections of the clock): what a wrong clock
    /// gave would last for as long as that was ahead.
    bool stands(instant at) const { return at < expires.load(std::memory_order_relaxed) && row.created <= at + std::chrono::hours(24); }
    principal who() const { return {row.member, row.by, row.id, expires.load(std::memory_order_relaxed)}; }
    pass_row now() const {
        auto r = row;
        r.expires = expires.load(std::memory_order_relaxed);
        r.used = used.load(std::memory_order_relaxed);
        return r;
    }
};

/// Any thread.
class passes {
public:
    /// `told`: nobody need hear of its end any more.
    void add(const fingerprint& of, const pass_row& row, bool told = false);

    /// With a lifetime, a use makes it whole again, up to the limit.
    boost::system::result<principal, error> find(const fingerprint& of, credential by, instant now,
                                                 std::optional<std::chrono::seconds> lifetime) const;

    /// Removes those of `member` that `which` picks. Returns those that had not expired.
    std::vector<principal> remove(member_id member, instant now, const std::function<bool(const pass&)>& which);

    void each(member_id member, const std::function<void(const pass&)>& see) const;

    struct swept {
        std::vector<principal> expired;    ///< since the last sweep
        std::vector<pass_row> moved;       ///< were used, or last, notably longer than the file says
        std::vector<principal> forgotten;  ///< expired 30 days ago, and removed
    };
    /// Looks through all of it where something may have come up since. `moved` is complete with `also_slightly`.
    swept sweep(instant now, bool also_slightly = false);

private:
    using table = std::unordered_map<fingerprint, pass, fingerprint_hash>;

    mutable std::shared_mutex mutex_;
    mutable table by_secret_;  // find() moves the expiry, which is atomic
    std::unordered_multimap<member_id, table::iterator> by_member_;
    instant next_sweep_ = instant::min();
};

}  // namespace server::identity
