// What collection plans fetch by themselves, and could not (S4.1.2): for those who answer for it, without the server's log.

#include "server/http/data_access.hpp"

#include "core/delivery/delivery.hpp"
#include "events/codec/json_write.hpp"
#include "server/warehouse/pulls.hpp"

namespace server::http {
namespace {

std::string moment_text(events::instant t) {
    std::string quoted;
    events::codec::write_instant(quoted, t);
    return quoted.substr(1, quoted.size() - 2);
}

boost::asio::awaitable<response> failing_pulls(call c) {
    const auto failures = c.all().pulls->failures();
    auto items = json_value::array();
    c.all().read.with_reader(c.member(), [&](const core::views::views& v, events::position, const core::context& by) -> wire::reading {
        for (const auto& one : failures) {
            const auto* row = v.of<core::delivery>().row(one.delivery);
            if (!row || !may_see(row->state, by)) continue;
            items.push_back({{"delivery", one.delivery}, {"collection", row->state.collection.value}, {"name", name_of(row->state)}, {"tries", one.tries}, {"last", moment_text(one.last)},
                             {"next", moment_text(one.next)}, {"why", {{"zh", one.why.zh}, {"en", one.why.en}}}});
        }
        return wire::document{};
    });
    co_return fresh(json_value{{"items", std::move(items)}}.dump());
}

}  // namespace

std::vector<route> data_pull_routes() {
    using openapi::operation;
    return {
        {method::get, "/api/v1/data/pulls", failing_pulls,
         operation("未能获取的数据", "Data that could not be fetched")
             .more("按收集计划应自动获取（网址拉取、SQL 查询）而最近一次未成的交付，及其原因与下次尝试的时间。", "Deliveries that are fetched by their plans (over HTTP, by SQL), the last attempt of which failed: why, and when the next one is made.")
             .answers("{ items: { delivery: id, collection: id, name: text, tries: count, last: moment, next: moment, why: { zh: text, en: text } }[] }")},
    };
}

}  // namespace server::http
