#pragma once
// Requests over HTTP. What may be asked twice is asked again over lost connections, for as long as one is patient.

#include "opsroom/command.hpp"
#include "opsroom/net/http_client.hpp"
#include "opsroom/net/live_client.hpp"
#include "opsroom/problem.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace opsroom {

/// Where the room is, and as whom.
struct connect_options {
    std::string url;            ///< "https://room.example:8443"
    std::string token = {};     ///< or, where it is empty,
    std::string login = {};     ///< with a password a token is made, of this program alone, and ended with it
    std::string password = {};
    std::string label = "opsroom (C++)";      ///< what that token is listed as
    std::string agent = "opsroom-cpp";        ///< the program, as the server lists it
    std::string language = "en";              ///< "zh" or "en": of what the server says in one language
    trust whom = {};                          ///< for https
    std::chrono::milliseconds patience = std::chrono::seconds(60);  ///< for which lost connections are tried again
};

/// Of a query, in its order; what is null is left out.
using query = std::vector<std::pair<std::string, json>>;

/// `path` from /api/v1/ on, unless it begins with /; with what is asked of it.
std::string address_of(const std::string& path, const query& asked = {});

/// Belongs to a room and whatever was made of it. Every function may be called from any thread, and answers on it; each
/// request under way has a connection of its own, of which a few are kept. All of them throw `problem`.
class wire {
public:
    /// Nothing is asked yet. Throws `problem` (bad_address).
    explicit wire(connect_options how);
    ~wire();

    /// Asked once, and answered whatever it is.
    http_reply send(const http_request& request);
    http_reply stream(const http_request& request, const http_client::on_bytes& taken);

    /// JSON in, JSON out. Asked again where that is the same as once: reads, what has an idempotency key, and what `again` says.
    json ask(const http_request& request, bool again = false);
    json get(const std::string& path, const query& asked = {});
    json post(const std::string& path, const json& body, const std::string& id = {});

    /// Gives a command: {"position","stream","version","events"}.
    json give(const command& c);
    /// Without another try, for who has one of their own.
    json give_once(const command& c);

    /// A new socket. A login that has ended is told as the problem of 401, or made anew with the password.
    std::unique_ptr<live_client> live();

    /// The token, made with the password where there is none yet.
    std::string token();

    const connect_options& how() const;
    const address& server() const;

    /// Waits so long. Throws `problem` (closed) where it is closed meanwhile.
    void rest(std::chrono::milliseconds time);

    /// Tries until `once` goes through, its problem isn't a passing one or the patience is at its end.
    template <class Once>
    auto patiently(Once&& once) {
        const auto until = std::chrono::steady_clock::now() + how().patience;
        for (unsigned attempt = 0;; ++attempt) {
            try {
                return once();
            } catch (const problem& why) {
                rest_before(attempt, why, until);
            }
        }
    }

    /// Ends the token that was made here, and whatever is under way, with `problem` (closed or unreachable). Not throwing.
    void close();
    bool is_closed() const;

private:
    struct impl;

    /// Throws the problem itself where there is no use in another try.
    void rest_before(unsigned attempt, const problem& why, std::chrono::steady_clock::time_point until);

    std::unique_ptr<impl> impl_;
};

/// Half of it to all of it, so that a thousand clients do not come back in the same instant: a tenth of a second at first, ten at most.
std::chrono::milliseconds pause_before(unsigned attempt);

/// What is no success as `problem`: the server's own, or that it said nothing of the kind.
[[noreturn]] void refuse(const http_reply& reply);

/// JSON's text. Throws `problem` (bad_text) where a text in it is not UTF-8.
std::string sent(const json& body);

}  // namespace opsroom
