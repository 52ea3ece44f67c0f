// Search over everything that one may see.

#include "server/http/router.hpp"
#include "server/search/search.hpp"
#include "server/search/texts.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;

constexpr std::size_t items_default = 20;
constexpr std::size_t items_max = 100;

std::optional<wire::problem> read_query(const call& c, search::query& q) {
    const auto& query = c.request.query;
    if (const auto words = query.find("q"); words != query.end()) q.words = words->second;
    if (const auto of = query.find("kind"); of != query.end()) {
        q.only = search::parse_kind(of->second);
        if (!q.only) return bad_query("kind", search::all_names());
    }
    const auto limit = number(c.request, "limit", items_default, 1, items_max);
    if (!limit) return bad_query("limit", "1 – 100");
    const auto before = number(c.request, "cursor", INT64_MAX, 1, INT64_MAX);
    if (!before) return bad_query("cursor", "next");
    q.limit = *limit;
    q.before = *before;
    return std::nullopt;
}

awaitable<response> find(call c) {
    search::query q;
    if (const auto no = read_query(c, q)) co_return refuse(*no, c.language());
    catch_views_up(c);
    std::optional<wire::reading> found;
    co_await on_lane(c, shares::lane::search,
                     [&] { found = search::find(c.all().read, c.all().texts.in, c.all().texts.follower.position(), c.member(), q); });
    if (const auto* no = std::get_if<wire::problem>(&*found)) co_return refuse(*no, c.language());
    auto r = json(std::move(std::get<wire::document>(*found).body));
    r.headers.emplace_back("Cache-Control", "private, no-store");
    co_return r;
}

}  // namespace

std::vector<route> search_routes() {
    return {{method::get, "/api/v1/search", find,
             openapi::operation("搜索可见的全部内容", "Search all that one may see")
                 .more("最新的在前。q 中的词须全部出现；双引号之间的须相连；#17 或 task/17 先找到它本身。complete 为 false 时索引仍落后 behind 个事件。",
                       "The newest first. All words of q have to be there, what is between double quotes next to each other; #17 or task/17 finds that one first. While `complete` is false the index is `behind` the log by so many events.")
                 .answers("{ position: count, complete: yes_no, behind: count, items: Hit[], next: text | null }").asks("q", "text", "要找的词", "The words").asks("kind", "text", "只找这一类", "Of this kind alone")
                 .asks("limit", "1..100", "每页条数，默认 20", "How many a page has; 20 where it is left out").asks("cursor", "text", "上一页的 next", "The `next` of the page before").refuses(422, search::nothing_to_find)}};
}

}  // namespace server::http
