#pragma once
// What accounts is made of. Internal to identity.

#include "server/identity/accounts.hpp"
#include "server/identity/database.hpp"
#include "server/identity/passes.hpp"
#include "server/identity/password.hpp"
#include "server/identity/throttle.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

namespace server::identity {

inline std::int64_t number(instant t) { return t.time_since_epoch().count(); }
inline instant moment(std::int64_t us) { return instant(std::chrono::microseconds(us)); }
inline std::int64_t number(member_id m) { return static_cast<std::int64_t>(m.value); }

// Order of locks: file before those inside of passes and hasher; throttles alone. Nothing is locked while telling.
struct accounts::impl {
    impl(const std::filesystem::path& file, time_source c, const options& o);

    struct row {
        member_id member;
        std::string login;
        std::string password;  ///< empty: there is none, a one-time link was given
        bool operator==(const row&) const = default;
    };

    /// The failures that are held against an attempt.
    struct counted {
        struct one {
            throttle* in;
            std::string key;
            bool clears;  ///< success forgets all of it
        };
        std::vector<one> all;
    };

    // With `file` locked, all of these.
    std::optional<row> find(std::string_view login);
    std::optional<row> find(member_id who);
    void load(credential by, const char* sql);
    void erase_row(credential by, std::uint64_t id);
    void keep(const std::vector<pass_row>& moved);
    bool is_known(member_id who, const fingerprint& what);
    void remember(member_id who, const fingerprint& what);
    /// What the browser is to be known by from here on; empty: by what it has.
    std::string remember(member_id who, const origin& from);
    boost::system::result<void, error> write_account(member_id who, std::string_view name, std::string_view hash, std::optional<bool> published);

    // Deletes from the file and then from memory what `which` picks among `who`'s, together with what `first` does;
    // `file` is locked.
    template <class Which, class First = void (*)()>
    std::vector<principal> end(
        member_id who, const Which& which, const First& first = [] {}) {
        transaction change(db);
        first();
        all.each(who, [&](const pass& p) {
            if (which(p)) erase_row(p.row.by, p.row.id);
        });
        change.commit();
        return all.remove(who, now(), which);
    }

    template <class Key>
    boost::system::result<member_id, login_refusal> verify(const Key& whom, const std::string& login_key, std::string_view password,
                                                           const origin& from, bool inside);
    /// What is counted for this attempt, and how long it has to wait.
    std::pair<counted, std::chrono::seconds> count(const std::string& login_key, std::optional<member_id> who, const origin& from, bool inside);
    hasher::verdict check(const std::optional<row>& account, std::string_view password);
    void rehash(const row& of, std::string_view password);
    std::optional<error> at_fault(std::string_view password, std::string_view login, const password_change& how) const;

    void tell_of(const std::vector<principal>& ended) const {
        if (!tell) return;
        for (const auto& p : ended) tell(p);
    }

    const options how;
    const time_source now;
    std::mutex file;
    database db;
    passes all;
    hasher passwords;
    std::mutex throttles;
    throttle pairs;
    throttle logins;
    throttle addresses;
    throttle floods;
    throttle devices;
    std::function<void(const principal&)> tell;
};

/// ASCII letters in lower case.
std::string folded(std::string_view login);
bool good_login(std::string_view login);

}  // namespace server::identity
