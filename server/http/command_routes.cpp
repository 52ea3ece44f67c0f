// Commands over HTTP.

#include "server/http/framing.hpp"
#include "server/http/router.hpp"

#include "server/engine/refusals.hpp"
#include "server/wire/messages.hpp"
#include "server/wire/transactions.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <openssl/rand.h>

#include <algorithm>

namespace server::http {
namespace {

using boost::asio::awaitable;

/// Waits for the one answer; lives on the shard's thread.
class waiting final : public engine::asker {
public:
    explicit waiting(boost::asio::io_context& on) : woken_(on, boost::asio::steady_timer::time_point::max()) {}

    void answered(const events::uuid&, const engine::answer& what) override {
        got_ = what;
        woken_.cancel();
    }

    awaitable<engine::answer> wait() {
        while (!got_) {
            boost::system::error_code cancelled;
            co_await woken_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
        }
        co_return *got_;
    }

private:
    boost::asio::steady_timer woken_;
    std::optional<engine::answer> got_;
};

events::uuid new_command_id(events::instant now) {
    std::array<std::uint8_t, 10> random;
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) throw std::runtime_error("no randomness");
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    return events::make_uuid_v7(static_cast<std::uint64_t>(ms), random);
}

std::variant<simdjson::dom::element, wire::problem> body_of(const call& c) {
    if (!c.request.body.empty() && !is_media_type(c.request.content_type, "application/json")) return wire::make(415, wire::problems::not_json);
    const auto root = c.on.bodies.parse(c.request.body.empty() ? std::string_view("{}") : std::string_view(c.request.body));
    if (!root) return wire::make(400, wire::problems::malformed_json);
    return *root;
}

std::optional<wire::problem> submit(const call& c, engine::request&& request) {
    if (c.all().engine.submit(std::move(request))) return std::nullopt;
    return wire::make(503, c.all().engine.stopping() ? wire::problems::draining : wire::problems::busy);
}

}  // namespace

std::optional<events::uuid> id_of(const call& c) {
    if (c.request.idempotency_key.empty()) return new_command_id(c.all().now());
    return wire::parse_command_id(c.request.idempotency_key);
}

awaitable<std::variant<engine::done, wire::problem>> carry_out(const call& c, engine::client_command whole) {
    const auto asker = std::make_shared<waiting>(c.on.io);
    if (const auto no = submit(c, {std::move(whole), asker, c.on.index})) co_return *no;
    const auto told = co_await asker->wait();
    if (const auto* no = std::get_if<engine::refused>(&told)) co_return wire::from_refused(*no);
    co_return std::get<engine::done>(told);
}

awaitable<std::variant<engine::done, wire::problem>> carry_out(const call& c, events::stream_id target, core::any_command what) {
    engine::client_command asked;
    asked.id = new_command_id(c.all().now());
    asked.actor = c.member();
    asked.target = target;
    asked.what = std::move(what);
    asked.digest = 1;  // its id is new: nobody asks again
    co_return co_await carry_out(c, std::move(asked));
}

namespace {

/// What it would make the log grow by is a person's share, too; one that waits for it holds up nobody else.
awaitable<std::optional<response>> slow_down_writer(const call& c) {
    constexpr std::chrono::seconds patience{5};
    if (auto no = co_await slow_down(c.on, shares::rates::commands, c.member().value, c.language(), 1, patience)) co_return no;
    co_return co_await slow_down(c.on, shares::rates::log_bytes, c.member().value, c.language(), static_cast<double>(c.request.body.size()), patience);
}

awaitable<response> command(call c) {
    const auto language = c.language();
    if (auto no = co_await slow_down_writer(c)) co_return std::move(*no);
    const auto id = id_of(c);
    if (!id) co_return refuse(wire::make(422, wire::problems::bad_command_id), language);
    const auto body = body_of(c);
    if (const auto* no = std::get_if<wire::problem>(&body)) co_return refuse(*no, language);
    auto raw = wire::read_command_body(std::get<simdjson::dom::element>(body), c.parts[0]);
    if (const auto* no = std::get_if<wire::problem>(&raw)) co_return refuse(*no, language);
    auto read = wire::read_command(std::get<wire::raw_command>(raw), *id, c.member(), wire::elections::here);
    if (const auto* no = std::get_if<wire::problem>(&read)) co_return refuse(*no, language);

    const auto asker = std::make_shared<waiting>(c.on.io);
    if (const auto no = submit(c, {std::get<engine::client_command>(std::move(read)), asker, c.on.index})) co_return refuse(*no, language);
    const auto what = co_await asker->wait();
    if (const auto* no = std::get_if<engine::refused>(&what)) co_return refuse(wire::from_refused(*no), language);
    co_return json(wire::answer_line(*id, what, language));
}

/// Each person's key is a file of its own that has to be safe on disk before they join. Of many people they are made here,
/// so that the writer finds them there and nobody waits; what comes in between costs it a few. A key that is made in vain
/// is the next newcomer's.
awaitable<void> prepare_keys(const call& c, const engine::transaction& t) {
    const auto joins = std::count_if(t.parts.begin(), t.parts.end(), [](const auto& part) {
        const auto* group = part.skipped ? nullptr : part.what.template get_if<core::member::command>();
        return group && std::holds_alternative<core::member::join>(*group);
    });
    const auto who = c.all().read.person(t.actor);
    if (t.dry_run || joins == 0 || !who || !who->active || !who->has("AD")) co_return;
    co_await on_lane(c, shares::lane::files, [&all = c.all(), joins] {
        const auto highest = all.engine.log().highest(events::category::member);
        for (std::int64_t i = 1; i <= joins; ++i) all.engine.keys().create({highest + static_cast<std::uint64_t>(i)});
    });
}

awaitable<response> transaction(call c) {
    const auto language = c.language();
    if (auto no = co_await slow_down_writer(c)) co_return std::move(*no);
    const auto id = id_of(c);
    if (!id) co_return refuse(wire::make(422, wire::problems::bad_command_id), language);
    const auto body = body_of(c);
    if (const auto* no = std::get_if<wire::problem>(&body)) co_return refuse(*no, language);
    auto read = wire::read_transaction_body(std::get<simdjson::dom::element>(body), *id, c.member());
    if (const auto* no = std::get_if<wire::problem>(&read)) co_return refuse(*no, language);

    auto& asked = std::get<wire::read_transaction>(read);
    const auto count = asked.what->parts.size();
    // Each is a command; they hold up the writer together.
    if (auto no = co_await slow_down(c.on, shares::rates::commands, c.member().value, language, static_cast<double>(count), std::chrono::seconds(5)))
        co_return std::move(*no);
    co_await prepare_keys(c, *asked.what);
    const auto asker = std::make_shared<waiting>(c.on.io);
    if (const auto no = submit(c, {{}, asker, c.on.index, std::move(asked.what)})) co_return refuse(*no, language);
    const auto what = co_await asker->wait();
    auto told = wire::answer_transaction(asked, count, *id, what, language);
    auto r = json(std::move(told.body), told.status);
    if (told.status >= 400) r.content_type = "application/problem+json";
    co_return r;
}

}  // namespace

std::vector<route> command_routes() {
    using openapi::operation;
    return {
        {method::post, "/api/v1/commands/{type}", command,
         operation("下达命令", "Give a command").takes("{ target?: text, expect?: count, data?: { [field]: any } }").answers("Ack").once().for_each_command().refuses(412, engine::stale_version)},
        {method::post, "/api/v1/transactions", transaction,
         operation("多条命令，全有或全无", "Many commands: all or none").takes("Batch").answers("BatchDone | BatchTried").once()
             .more("每条命令以其前各条所建为准作出决定；dry_run 只作决定，不执行。", "Each is decided on what the ones before it have made; with dry_run they are decided and not carried out.")
             .refuses(403, wire::problems::forbidden).refuses(404, wire::problems::unknown_command).refuses(409, engine::command_id_reused).refuses(409, engine::bad_reference).refuses(409, engine::transaction_too_large)
             .refuses(412, engine::stale_version)},
    };
}

}  // namespace server::http
