#pragma once
// For the routes of data: what a query says of days and dimensions, who may see which sets, and how the readers of the warehouse are asked.

#include "server/http/router.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace server::warehouse {
class exported_file;
}

namespace server::http {

using json_value = nlohmann::json;
using conditions = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// `from` and `until`.
std::optional<wire::problem> read_days(const request& asked, std::optional<events::date>& from, std::optional<events::date>& until);
/// `only=region:华东,华北;channel:app`: dimensions, and the values that are wanted of them.
std::optional<wire::problem> read_only(const request& asked, conditions& into);
/// The three of them, as the worker takes them.
std::optional<wire::problem> put_filter(const request& asked, json_value& what);

/// Codes of the sets whose plans they may see: who may see the plans of a set may see its rows.
std::vector<std::string> sets_seen_by(const call& c);
/// By the codes of these: the newest plan that fills the set.
struct filled_by {
    std::uint64_t collection = 0;
    std::string name;
};
std::map<std::string, filled_by> plans_seen_by(const call& c);
bool may_see_set(const call& c, const std::string& set);
/// Codes of the published metrics that they may see.
std::vector<std::string> metrics_seen_by(const call& c);

using said_or_not = std::variant<json_value, wire::problem>;

/// Has a worker asked in a lane; a problem where it is not there, or says no: `as` is what that is. What names a set of which nothing was loaded
/// yet has no figures.
boost::asio::awaitable<said_or_not> in_lane(const call& c, shares::lane which, const core::refusal& as, std::function<json_value()> ask);
boost::asio::awaitable<said_or_not> ask_figures(const call& c, json_value what);

/// Of this moment, and nobody else's.
response fresh(std::string body);

/// What was written for them, as the body of `into`: read as it is sent.
void give(const call& c, std::shared_ptr<warehouse::exported_file> made, response& into);

/// Has a reader of the warehouse write a file, and answers with it: what the worker is asked, but for the file. `name`: what a browser is to
/// call it; empty: as its address.
boost::asio::awaitable<response> written_for(call c, json_value what, std::string name = {});

extern const core::refusal nothing_published;

}  // namespace server::http
