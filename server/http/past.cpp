// What was, for lists: documents are folded from their own streams instead.

#include "server/http/router.hpp"

#include "server/wire/json_object.hpp"

namespace server::http {
namespace {

/// That it is the past, and can't be changed, right after the position that every list begins with.
void say_when(std::string& body, const wire::moment& when) {
    const auto after = body.find_first_of(",}", body.find(':'));
    std::string past = R"(,"as_of":)";
    wire::json_object(past).put("position", when.position).put("time", when.time).put("read_only", true);
    body.insert(after, past);
}

}  // namespace

boost::asio::awaitable<response> respond_as_of(call c, reads read) {
    std::optional<wire::moment> when;
    if (const auto no = read_moment(c, when)) co_return refuse(*no, c.language());
    catch_views_up(c);
    if (!when) co_return respond(c, read(c.all().read));
    wire::reading found = wire::document{};
    // Named, as g++ 12 would free the frame of one within the expression twice.
    const std::function<void()> slow = [&] {
        const auto then = c.all().read.as_of(c.all().past.at(when->position), *when);
        found = read(then);
        if (auto* d = std::get_if<wire::document>(&found)) say_when(d->body, *when);
    };
    co_await on_lane(c, shares::lane::past, slow);
    co_return respond(c, std::move(found));
}

}  // namespace server::http
