#include "clients/cli/api.hpp"

#include "clients/cli/failure.hpp"
#include "opsroom/files.hpp"
#include "opsroom/list.hpp"

namespace cli {
namespace {

std::string dumped(const json& body) {
    return as_failures([&] { return sent(body); });
}

connect_options options_of(const address& server, trust whom, std::string token, std::string language) {
    connect_options out{.url = server.url()};
    out.token = std::move(token);
    out.agent = "opsroom-cli";
    out.language = std::move(language);
    out.whom = std::move(whom);
    out.patience = std::chrono::milliseconds(0);
    return out;
}

}  // namespace

api::api(const address& server, trust whom, std::string token, std::string language)
    : wire_(std::make_shared<wire>(options_of(server, std::move(whom), std::move(token), std::move(language)))) {}

json api::call(const http_request& request) {
    return as_failures([&] { return wire_->ask(request); });
}

http_reply api::good(const http_request& request) {
    return as_failures([&] {
        auto reply = wire_->send(request);
        if (reply.status >= 400 || reply.status < 200) refuse(reply);
        return reply;
    });
}

json api::get(const std::string& path) { return call({"GET", path, {}, {}}); }
json api::post(const std::string& path, const json& body) { return call({"POST", path, dumped(body), {}}); }
json api::put(const std::string& path, const json& body) { return call({"PUT", path, dumped(body), {}}); }
void api::remove(const std::string& path) { call({"DELETE", path, {}, {}}); }

std::string api::get_text(const std::string& path) { return good({"GET", path, {}, {}}).body; }

std::string api::raw(const std::string& method, const std::string& path, const std::string& body, const std::string& id) {
    return good({method, path, body, id}).body;
}

json api::list(const std::string& path, std::uint64_t limit, bool* more) {
    const auto found = as_failures([&] { return opsroom::list(wire_, path, {}).first(limit); });
    if (more) *more = found.more;
    return json(found.rows);
}

json api::command(const cli::command& c) {
    return as_failures([&] { return wire_->give(c); });
}

json api::transact(const json& body, const std::string& id) {
    const auto text = dumped(body);
    return as_failures([&] {
        const auto reply = wire_->send({"POST", "/api/v1/transactions", text, id});
        auto said = parse_json(reply.body);
        const bool says_of_each = said.is_object() && (reply.status < 400 || said.contains("refused"));
        if (!says_of_each) refuse(reply);
        return said;
    });
}

std::string api::log_key() { return good({"GET", "/api/v1/log/checkpoint", {}, {}}).verifier_key; }

json api::send_file(const std::string& path) {
    return as_failures([&] { return files(wire_).send(path); });
}

void api::stream(const http_request& request, const std::function<void(std::string_view)>& on_bytes) {
    as_failures([&] {
        const auto reply = wire_->stream(request, [&](const http_reply&, std::string_view bytes) { on_bytes(bytes); });
        if (reply.status >= 400) refuse(reply);
    });
}

void api::get_stream(const std::string& path, const std::function<void(std::string_view)>& on_bytes) { stream({"GET", path, {}, {}}, on_bytes); }

void api::post_for_bytes(const std::string& path, const json& body, const std::string& id, const std::function<void(std::string_view)>& on_bytes) {
    stream({"POST", path, dumped(body), id}, on_bytes);
}

void api::post_stream(const std::string& path, const std::function<void(const json&)>& on_line) {
    std::string rest;
    stream({"POST", path, "{}", {}}, [&](std::string_view bytes) {
        rest += bytes;
        std::size_t from = 0;
        for (std::size_t end; (end = rest.find('\n', from)) != std::string::npos; from = end + 1) {
            const auto line = parse_json(std::string_view(rest).substr(from, end - from));
            if (!line.is_discarded()) on_line(line);
        }
        rest.erase(0, from);
    });
    if (const auto line = parse_json(rest); !line.is_discarded()) on_line(line);
}

std::unique_ptr<live_client> api::live() {
    return as_failures([&] { return wire_->live(); });
}

}  // namespace cli
