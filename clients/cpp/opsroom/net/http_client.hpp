#pragma once
// One connection to the server that is kept open between requests, made anew when it was closed meanwhile.
// Blocking; one thread, but for `cancel`. Every wait has a limit.

#include "opsroom/address.hpp"
#include "opsroom/net/tls.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace opsroom {

/// Beside what is asked: who asks, with what, and in which language the answer is wanted.
struct asker {
    std::string agent;     ///< the program, as the server lists it
    std::string language;  ///< "zh" or "en"
    std::string token;     ///< empty: nobody yet
};

struct http_request {
    std::string method = "GET";
    std::string path;             ///< from / on, with its query
    std::string body;             ///< empty: none
    std::string idempotency_key;  ///< empty: none
    std::string content_type = "application/json";
    std::string range;            ///< the header Range; empty: all of it
};

struct http_reply {
    unsigned status = 0;
    std::string content_type;
    std::string body;
    std::string verifier_key;     ///< the header Opsroom-Verifier-Key
};

class http_client {
public:
    /// Of a body as it comes; the reply has everything else by then.
    using on_bytes = std::function<void(const http_reply& head, std::string_view bytes)>;

    /// Nothing is connected yet.
    http_client(address server, trust whom);
    ~http_client();

    /// Throws `problem` (unreachable and what a link throws) where no answer comes.
    http_reply send(const http_request& request, const asker& by);

    /// The same, with the body handed over as it comes; the reply's own body is then empty. Of a refusal (400 and
    /// above) the body is in the reply instead.
    http_reply stream(const http_request& request, const asker& by, const on_bytes& taken);

    /// From any thread: what is under way, and whatever is sent later, ends as unreachable.
    void cancel();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace opsroom
