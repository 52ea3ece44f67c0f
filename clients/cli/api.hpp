#pragma once
// The server as the commands see it: what the client library asks, with what goes wrong as `failure`. See server/wire/README.md.

#include "clients/cli/client.hpp"
#include "opsroom/wire.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace cli {

/// One thread. Nothing is tried again: a person is told, and decides.
class api {
public:
    api(const address& server, trust whom, std::string token, std::string language);

    json get(const std::string& path);
    std::string get_text(const std::string& path);
    json post(const std::string& path, const json& body);
    json put(const std::string& path, const json& body);
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

    /// The attachment as forms carry it: {"sha256","name","media_type","bytes"}.
    json send_file(const std::string& path);

    /// Hands over what is answered, as it comes.
    void get_stream(const std::string& path, const std::function<void(std::string_view)>& on_bytes);

    /// The same of what is asked with a body. `id`: as of raw().
    void post_for_bytes(const std::string& path, const json& body, const std::string& id, const std::function<void(std::string_view)>& on_bytes);

    /// Every line of an answer of many (ndjson), as it comes.
    void post_stream(const std::string& path, const std::function<void(const json&)>& on_line);

    /// A new socket.
    std::unique_ptr<live_client> live();

    /// Where the server is and as whom, for a connection beside this one.
    const connect_options& how() const { return wire_->how(); }

private:
    json call(const http_request& request);
    http_reply good(const http_request& request);
    void stream(const http_request& request, const std::function<void(std::string_view)>& on_bytes);

    std::shared_ptr<wire> wire_;
};

}  // namespace cli
