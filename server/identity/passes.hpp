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

struct pass {
    pass(credential b, std::uint64_t i, member_id m, std::string l, instant c, instant e)
        : by(b),
          id(i),
          member(m),
          label(std::move(l)),
          created(c),
          kept_expires(e),
          expires(e) {}

    const credential by;
    const std::uint64_t id;
    const member_id member;
    const std::string label;  ///< of a token
    const instant created;
    instant kept_expires;          ///< as in the file
    std::atomic<instant> expires;  ///< moves with each use of a session
    bool told = false;             ///< that it has expired

    principal who() const { return {member, by, id, expires.load(std::memory_order_relaxed)}; }
};

/// Any thread.
class passes {
public:
    /// `told`: nobody need hear of its end any more.
    void add(const fingerprint& of, credential by, std::uint64_t id, member_id member, const std::string& label, instant created,
             instant expires, bool told = false);

    /// With a lifetime, a use makes it whole again.
    boost::system::result<principal, error> find(const fingerprint& of, credential by, instant now,
                                                 std::optional<std::chrono::seconds> lifetime) const;

    /// Removes those of `member` that `which` picks. Returns those that had not expired.
    std::vector<principal> remove(member_id member, instant now, const std::function<bool(const pass&)>& which);

    void each(member_id member, const std::function<void(const pass&)>& see) const;

    struct swept {
        std::vector<principal> expired;    ///< since the last sweep
        std::vector<principal> moved;      ///< last notably longer than the file says
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
