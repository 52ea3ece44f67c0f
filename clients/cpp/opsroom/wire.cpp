#include "opsroom/wire.hpp"

#include "opsroom/ids.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>

namespace opsroom {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr auto pause_first = 100ms;
constexpr auto pause_longest = 10000ms;
/// Connections that lie idle; beyond that they are closed.
constexpr std::size_t idle_most = 8;

problem closed() { return {"closed", "已关闭", "it is closed"}; }

json parsed(const http_reply& reply) {
    if (reply.status >= 400 || reply.status < 200) refuse(reply);
    if (reply.body.empty()) return json::object();
    auto out = parse_json(reply.body);
    if (out.is_discarded()) refuse(reply);
    return out;
}

}  // namespace

json body_of(const command& c) {
    json out{{"data", c.data}};
    if (!c.target.empty()) out["target"] = c.target;
    if (c.expect) out["expect"] = *c.expect;
    return out;
}

std::chrono::milliseconds pause_before(unsigned attempt) {
    std::uint32_t random = 0;
    fill_random(&random, sizeof random);
    const auto whole = std::min<std::chrono::milliseconds>(pause_longest, pause_first * (1U << std::min(attempt, 10U)));
    return whole / 2 + whole / 2 * (random % 1000) / 1000;
}

void refuse(const http_reply& reply) {
    const auto said = parse_json(reply.body);
    if (said.is_object() && said.contains("code")) throw problem(said);
    const auto status = "HTTP " + std::to_string(reply.status);
    throw problem("odd_answer", "服务器回答了 " + status + "，但没有说明原因（地址是否正确？）",
                  "the server answers " + status + " without saying why (is the address right?)", reply.status);
}

std::string sent(const json& body) {
    try {
        return as_text(body);
    } catch (const json::exception&) {
        throw problem("bad_text", "要发送的文字不是有效的 UTF-8", "a text to be sent is not valid UTF-8");
    }
}

std::string address_of(const std::string& path, const query& asked) {
    auto out = path.starts_with('/') ? path : "/api/v1/" + path;
    auto joint = out.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : asked) {
        if (value.is_null()) continue;
        out += joint + percent_encoded(name) + '=' + percent_encoded(value.is_string() ? value.get<std::string>() : as_text(value));
        joint = '&';
    }
    return out;
}

struct wire::impl {
    connect_options how;
    address server;
    mutable std::mutex mutex;  ///< of all below
    std::condition_variable ended;
    bool is_closed = false;
    std::vector<std::unique_ptr<http_client>> idle;
    std::set<http_client*> busy;
    std::string token;
    std::uint64_t token_id = 0;  ///< of one that was made here; 0: none
    std::string device;
    std::mutex logging_in;

    explicit impl(connect_options given) : how(std::move(given)), server(parse_address(how.url)), token(how.token) {}

    std::unique_ptr<http_client> take() {
        const std::lock_guard lock(mutex);
        if (is_closed) throw closed();
        std::unique_ptr<http_client> out;
        if (idle.empty()) {
            out = std::make_unique<http_client>(server, how.whom);
        } else {
            out = std::move(idle.back());
            idle.pop_back();
        }
        busy.insert(out.get());
        return out;
    }

    void give_back(std::unique_ptr<http_client> used, bool is_good) {
        const std::lock_guard lock(mutex);
        busy.erase(used.get());
        if (is_good && !is_closed && idle.size() < idle_most) idle.push_back(std::move(used));
    }

    template <class Exchange>
    http_reply with_connection(Exchange&& exchange) {
        auto connection = take();
        try {
            auto reply = exchange(*connection);
            give_back(std::move(connection), true);
            return reply;
        } catch (...) {
            give_back(std::move(connection), false);
            throw;
        }
    }

    asker by(std::string with_token) const { return {how.agent, how.language, std::move(with_token)}; }

    /// Once; 401 is an answer like any other.
    http_reply exchange(const http_request& request, const http_client::on_bytes* taken, const std::string& with_token) {
        return with_connection([&](http_client& http) { return taken ? http.stream(request, by(with_token), *taken) : http.send(request, by(with_token)); });
    }

    /// It is refused. True where another can be had, with the password.
    bool forget(const std::string& refused) {
        const std::lock_guard lock(mutex);
        if (how.login.empty()) return false;
        if (token == refused) token.clear();
        return true;
    }

    std::string token_now() const {
        const std::lock_guard lock(mutex);
        return token;
    }

    void log_in() {
        json asked{{"login", how.login}, {"password", how.password}, {"label", how.label}, {"days", 1}};
        if (!device.empty()) asked["device"] = device;
        const auto told = parsed(exchange({"POST", "/api/v1/session/token", sent(asked), {}}, nullptr, {}));
        const std::lock_guard lock(mutex);
        token = text_at(told, "token");
        if (token.empty()) throw odd_answer(0, "session/token");
        token_id = number_at(told, "id").value_or(0);
        device = text_at(told, "device", device);
    }

    http_reply known(const http_request& request, const http_client::on_bytes* taken, wire& all) {
        for (bool again = false;; again = true) {
            const auto with = all.token();
            auto reply = exchange(request, taken, with);
            // A token of a day, in a program that runs for longer.
            if (reply.status != 401 || again || !forget(with)) return reply;
        }
    }
};

wire::wire(connect_options how) : impl_(std::make_unique<impl>(std::move(how))) {}
wire::~wire() { close(); }

const connect_options& wire::how() const { return impl_->how; }
const address& wire::server() const { return impl_->server; }

std::string wire::token() {
    auto& me = *impl_;
    if (auto known = me.token_now(); !known.empty() || me.how.login.empty()) return known;
    const std::lock_guard one(me.logging_in);
    if (auto known = me.token_now(); !known.empty()) return known;
    me.log_in();
    return me.token_now();
}

http_reply wire::send(const http_request& request) { return impl_->known(request, nullptr, *this); }

http_reply wire::stream(const http_request& request, const http_client::on_bytes& taken) { return impl_->known(request, &taken, *this); }

json wire::ask(const http_request& request, bool again) {
    const auto once = [&] { return parsed(send(request)); };
    return again || request.method == "GET" || !request.idempotency_key.empty() ? patiently(once) : once();
}

json wire::get(const std::string& path, const query& asked) { return ask({"GET", address_of(path, asked)}); }

json wire::post(const std::string& path, const json& body, const std::string& id) {
    return ask({"POST", address_of(path), sent(body), id});
}

json wire::give(const command& c) {
    auto named = c;
    if (named.id.empty()) named.id = new_uuid();
    return patiently([&] { return give_once(named); });
}

json wire::give_once(const command& c) {
    return parsed(send({"POST", address_of("commands/" + percent_encoded(c.type)), sent(body_of(c)), c.id.empty() ? new_uuid() : c.id}));
}

std::unique_ptr<live_client> wire::live() {
    auto& me = *impl_;
    const auto with = token();
    try {
        return std::make_unique<live_client>(me.server, me.how.whom, me.by(with));
    } catch (const problem& why) {
        if (why.status() != 401 || !me.forget(with)) throw;
    }
    return std::make_unique<live_client>(me.server, me.how.whom, me.by(token()));
}

void wire::rest(std::chrono::milliseconds time) {
    std::unique_lock lock(impl_->mutex);
    if (impl_->ended.wait_for(lock, time, [&] { return impl_->is_closed; })) throw closed();
}

void wire::rest_before(unsigned attempt, const problem& why, clock::time_point until) {
    const auto pause = std::max<std::chrono::milliseconds>(pause_before(attempt), why.retry_after());
    if (!why.is_passing() || clock::now() + pause > until) throw why;
    rest(pause);
}

bool wire::is_closed() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->is_closed;
}

void wire::close() {
    auto& me = *impl_;
    std::string ending;
    std::uint64_t id = 0;
    {
        const std::lock_guard lock(me.mutex);
        if (me.is_closed) return;
        me.is_closed = true;
        for (auto* each : me.busy) each->cancel();
        me.idle.clear();
        ending = me.token;
        id = std::exchange(me.token_id, 0);
    }
    me.ended.notify_all();
    if (id == 0 || ending.empty()) return;
    try {
        http_client http(me.server, me.how.whom);
        http.send({"DELETE", "/api/v1/tokens/" + std::to_string(id)}, me.by(ending));
    } catch (const problem&) {
        // It ends by itself within the day.
    }
}

}  // namespace opsroom
