// For whoever operates the server.

#include "server/http/router.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;

awaitable<response> livez(call c) {
    const auto a = c.all().health.livez();
    co_return json(a.body, a.status);
}

awaitable<response> readyz(call c) {
    const auto a = c.all().health.readyz();
    co_return json(a.body, a.status);
}

awaitable<response> metrics(call c) {
    auto r = json(c.all().metrics.text());
    r.content_type = ops::metrics::content_type;
    co_return r;
}

}  // namespace

std::vector<route> operation_routes() {
    return {
        {method::get, "/livez", livez, needs::nobody},
        {method::get, "/readyz", readyz, needs::nobody},
        {method::get, "/metrics", metrics, needs::nobody},
    };
}

}  // namespace server::http
