#pragma once
// One connection to the server that is kept open between requests, made anew when it was closed meanwhile.
// Blocking; one thread. Every wait has a limit.

#include "clients/cli/address.hpp"
#include "clients/cli/net/tls.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cli {

struct http_request {
    std::string method = "GET";
    std::string path;
    std::string body;             ///< JSON; empty: none
    std::string idempotency_key;  ///< empty: none
};

struct http_reply {
    unsigned status = 0;
    std::string content_type;
    std::string body;
    std::string verifier_key;     ///< the header Opsroom-Verifier-Key
};

class http_client {
public:
    /// `token` may be empty. Nothing is connected yet.
    http_client(address server, trust whom, std::string token, std::string language);
    ~http_client();

    /// Throws `failure` (unavailable) where no answer comes.
    http_reply send(const http_request& request);

    /// The same, with the body handed over as it comes; the reply's own body is then empty. Of a refusal (400 and
    /// above) the body is in the reply instead.
    http_reply stream(const http_request& request, const std::function<void(std::string_view)>& on_bytes);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace cli
