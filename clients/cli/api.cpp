#include "clients/cli/api.hpp"

#include "clients/cli/failure.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

failure refusal_of(const http_reply& reply) {
    const auto problem = parse_json(reply.body);
    if (problem.is_object() && problem.contains("code")) return failure::from_problem(problem);
    const auto kind = reply.status < 400 ? exit_code::internal : exit_code_of(reply.status);
    return {kind, fmt::format("服务器回答了 HTTP {}，但没有说明原因（地址是否正确？）", reply.status),
            fmt::format("the server answers HTTP {} without saying why (is the address right?)", reply.status)};
}

json parsed(const http_reply& reply) {
    if (reply.status >= 400 || reply.status < 200) throw refusal_of(reply);
    if (reply.body.empty()) return json::object();
    auto out = parse_json(reply.body);
    if (out.is_discarded()) throw refusal_of(reply);
    return out;
}

/// What a person typed may not be UTF-8; JSON has to be.
std::string dumped(const json& body) {
    try {
        return as_text(body);
    } catch (const json::exception&) {
        throw failure(exit_code::invalid, "输入的文字不是有效的 UTF-8", "what was typed is not valid UTF-8");
    }
}

}  // namespace

json body_of(const command& c) {
    json out{{"data", c.data}};
    if (!c.target.empty()) out["target"] = c.target;
    if (c.expect) out["expect"] = *c.expect;
    return out;
}

api::api(address server, trust whom, std::string token, std::string language)
    : server_(std::move(server)), whom_(std::move(whom)), token_(std::move(token)), language_(std::move(language)),
      http_(server_, whom_, token_, language_) {}

json api::call(const http_request& request) { return parsed(http_.send(request)); }

json api::get(const std::string& path) { return call({"GET", path, {}, {}}); }
json api::post(const std::string& path, const json& body) { return call({"POST", path, dumped(body), {}}); }
json api::put(const std::string& path, const json& body) { return call({"PUT", path, dumped(body), {}}); }
json api::put_bytes(const std::string& path, const std::string& body) { return call({"PUT", path, body, {}}); }
void api::remove(const std::string& path) { call({"DELETE", path, {}, {}}); }

std::string api::get_text(const std::string& path) {
    auto reply = http_.send({"GET", path, {}, {}});
    if (reply.status >= 400) throw refusal_of(reply);
    return std::move(reply.body);
}

std::string api::raw(const std::string& method, const std::string& path, const std::string& body, const std::string& id) {
    auto reply = http_.send({method, path, body, id});
    if (reply.status >= 400 || reply.status < 200) throw refusal_of(reply);
    return std::move(reply.body);
}

json api::list(const std::string& path, std::uint64_t limit, bool* more) {
    constexpr std::uint64_t page = 200;
    const auto joint = path.find('?') == std::string::npos ? '?' : '&';
    json out = json::array();
    std::string cursor;
    do {
        const auto wanted = limit == 0 ? page : std::min<std::uint64_t>(page, limit - out.size());
        auto url = fmt::format("{}{}limit={}", path, joint, wanted);
        if (!cursor.empty()) url += "&cursor=" + percent_encoded(cursor);
        const auto reply = get(url);
        for (const auto& item : list_at(reply, "items")) out.push_back(item);
        const auto next = text_at(reply, "next");
        // The same cursor again would never end.
        cursor = next == cursor ? std::string() : next;
    } while (!cursor.empty() && (limit == 0 || out.size() < limit));
    if (more) *more = !cursor.empty();
    return out;
}

json api::command(const cli::command& c) {
    return call({"POST", "/api/v1/commands/" + percent_encoded(c.type), dumped(body_of(c)), c.id});
}

json api::transact(const json& body, const std::string& id) {
    const auto reply = http_.send({"POST", "/api/v1/transactions", dumped(body), id});
    if (auto said = parse_json(reply.body); said.is_object() && said.contains("refused")) return said;
    return parsed(reply);
}

std::string api::log_key() {
    auto reply = http_.send({"GET", "/api/v1/log/checkpoint", {}, {}});
    if (reply.status >= 400) throw refusal_of(reply);
    return std::move(reply.verifier_key);
}

void api::get_stream(const std::string& path, const std::function<void(std::string_view)>& on_bytes) {
    const auto reply = http_.stream({"GET", path, {}, {}}, on_bytes);
    if (reply.status >= 400) throw refusal_of(reply);
}

void api::post_stream(const std::string& path, const std::function<void(const json&)>& on_line) {
    std::string rest;
    const auto reply = http_.stream({"POST", path, "{}", {}}, [&](std::string_view bytes) {
        rest += bytes;
        std::size_t from = 0;
        for (std::size_t end; (end = rest.find('\n', from)) != std::string::npos; from = end + 1) {
            const auto line = parse_json(std::string_view(rest).substr(from, end - from));
            if (!line.is_discarded()) on_line(line);
        }
        rest.erase(0, from);
    });
    if (reply.status >= 400) throw refusal_of(reply);
    if (const auto line = parse_json(rest); !line.is_discarded()) on_line(line);
}

std::unique_ptr<live_client> api::live() {
    return std::make_unique<live_client>(server_, whom_, token_, language_);
}

}  // namespace cli
