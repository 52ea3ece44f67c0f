// For whoever operates the server.

#include "server/http/router.hpp"
#include "server/search/texts.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;

awaitable<response> livez(call c) {
    const auto a = c.all().health.livez();
    co_return json(a.body, a.status);
}

awaitable<response> readyz(call c) {
    auto a = c.all().health.readyz();
    // Search is behind without anybody being turned away for it.
    if (c.request.query.contains("full")) {
        const auto& search = c.all().texts.follower;
        a.body.insert(a.body.size() - 1, R"(,"search":{"position":)" + std::to_string(search.position().value) + R"(,"behind":)" + std::to_string(search.behind()) + '}');
    }
    co_return json(a.body, a.status);
}

awaitable<response> metrics(call c) {
    auto r = json(c.all().metrics.text());
    r.content_type = ops::metrics::content_type;
    co_return r;
}

}  // namespace

std::vector<route> operation_routes() {
    using openapi::operation;
    return {
        {method::get, "/livez", livez, operation("进程在运行", "The process is alive").answers("{ status: text }"), needs::nobody},
        {method::get, "/readyz", readyz,
         operation("可以提供服务", "It can serve").answers("Ready").answers("Ready", 503).asks("full", "text", "也说明搜索索引的进度", "Says how far the index of search is, too"), needs::nobody},
        {method::get, "/metrics", metrics, operation("Prometheus 指标", "Figures for Prometheus").answers_as(ops::metrics::content_type, "text"), needs::nobody},
    };
}

}  // namespace server::http
