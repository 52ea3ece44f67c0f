#pragma once
// The server as the commands see it: JSON in, JSON out, refusals as `failure`. See server/wire/README.md.

#include "clients/cli/json.hpp"
#include "clients/cli/net/http_client.hpp"
#include "clients/cli/net/live_client.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace cli {

struct command {
    std::string type;    ///< "task.start"
    std::string target;  ///< "task/17"; empty: it creates
    std::optional<std::uint64_t> expect;
    json data = json::object();
    std::string id;      ///< UUID; never empty
};

/// What `POST /api/v1/commands/{type}` and the socket's `command` carry.
json body_of(const command& c);

class api {
public:
    api(address server, trust whom, std::string token, std::string language);

    json get(const std::string& path);
    std::string get_text(const std::string& path);
    json post(const std::string& path, const json& body);
    json put(const std::string& path, const json& body);
    /// The body goes as it is.
    json put_bytes(const std::string& path, const std::string& body);
    void remove(const std::string& path);

    /// Whatever is asked, and the body as it is answered. `id`: of a command; may be empty.
    std::string raw(const std::string& method, const std::string& path, const std::string& body, const std::string& id);

    /// Items of a list, over as many pages as it takes; at most `limit` of them where that is not 0, and then `more` says
    /// whether there are others. `path` may have a query.
    json list(const std::string& path, std::uint64_t limit = 0, bool* more = nullptr);

    /// The ack.
    json command(const cli::command& c);

    /// Commands that go together: what the server says of them, done or refused. Throws where it says nothing of each.
    json transact(const json& body, const std::string& id);

    /// The public key that the log's checkpoints are signed with.
    std::string log_key();

    /// Hands over what is answered, as it comes.
    void get_stream(const std::string& path, const std::function<void(std::string_view)>& on_bytes);

    /// Every line of an answer of many (ndjson), as it comes.
    void post_stream(const std::string& path, const std::function<void(const json&)>& on_line);

    /// A new socket.
    std::unique_ptr<live_client> live();

    const address& server() const { return server_; }

private:
    json call(const http_request& request);

    address server_;
    trust whom_;
    std::string token_;
    std::string language_;
    http_client http_;
};

}  // namespace cli
