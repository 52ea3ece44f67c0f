// The data as other programs take them (S4.2.2): whole sets as files, and OData for what opens tables by address (Excel, Power BI, Tableau).
// All of them read what was published last, and so the same figures.

#include "server/http/data_access.hpp"

#include "server/warehouse/asks.hpp"
#include "server/warehouse/keeper.hpp"
#include "server/warehouse/values.hpp"

#include <algorithm>
#include <array>

namespace server::http {
namespace {

using boost::asio::awaitable;

constexpr std::string_view figures_name = "figures";
constexpr std::array<std::string_view, 3> formats{"csv", "parquet", "xlsx"};

const std::string odata_error = "{ error: { code: text, message: text, target?: text } }";

/// "orders.csv": a set, and a format; nothing where it is neither.
std::optional<std::pair<std::string, std::string>> set_and_format(std::string_view file) {
    const auto dot = file.rfind('.');
    if (dot == file.npos || std::find(formats.begin(), formats.end(), file.substr(dot + 1)) == formats.end()) return std::nullopt;
    return std::pair(std::string(file.substr(0, dot)), std::string(file.substr(dot + 1)));
}

/// Those of the metrics named in `metric=` that they may see; all of these where none is named.
std::vector<std::string> wanted_metrics(const call& c) {
    auto seen = metrics_seen_by(c);
    const auto named = c.request.query.find("metric");
    if (named == c.request.query.end()) return seen;
    const auto list = ',' + named->second + ',';
    std::erase_if(seen, [&](const std::string& code) { return list.find(',' + code + ',') == list.npos; });
    return seen;
}

awaitable<response> export_set(call c) {
    const auto file = set_and_format(c.parts[0]);
    if (!file) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    const auto& [set, format] = *file;
    json_value what{{"do", "export"}, {"set", set}, {"format", format}};
    if (const auto no = put_filter(c.request, what)) co_return refuse(*no, c.language());
    catch_views_up(c);
    if (set == figures_name) {
        what["metrics"] = wanted_metrics(c);
        if (const auto grain = c.request.query.find("grain"); grain != c.request.query.end()) {
            if (!warehouse::grain_named(grain->second)) co_return refuse(bad_query("grain", "day, week, month, quarter, year"), c.language());
            what["grain"] = grain->second;
        }
    } else if (!may_see_set(c, set)) {
        co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    }
    co_return co_await written_for(c, std::move(what));
}

awaitable<response> odata(call c) {
    std::string path = "/";
    for (const auto& part : c.parts) path += (path == "/" ? "" : "/") + std::string(part);
    catch_views_up(c);
    json_value what{{"do", "odata"}, {"path", path}, {"query", c.request.query}, {"sets", sets_seen_by(c)}, {"metrics", metrics_seen_by(c)}};
    what["base"] = (c.request.secure ? "https://" : "http://") + c.request.host + "/api/v1/odata";
    std::function<json_value()> how = [&] { return c.all().warehouse->exports().ask(what); };
    auto said = co_await in_lane(c, shares::lane::exports, wire::problems::bad_query, std::move(how));
    if (const auto* no = std::get_if<wire::problem>(&said)) co_return refuse(*no, c.language());
    auto& answer = std::get<json_value>(said);
    if (!answer.contains("status")) co_return refuse(wire::make(409, nothing_published), c.language());
    auto r = fresh(std::move(answer.at("body").get_ref<std::string&>()));
    r.status = answer.at("status").get<int>();
    r.content_type = answer.at("type").get<std::string>();
    r.packs_well = true;
    r.headers.emplace_back("OData-Version", "4.0");
    co_return r;
}

}  // namespace

std::vector<route> data_export_routes() {
    using openapi::operation;
    const auto of_odata = [](operation o) {
        return std::move(o)
            .more("OData 4.0，供 Excel、Power BI、Tableau 使用；可用 HTTP 基本认证（登录名与令牌），仅限 TLS 或本机。实体集为各数据集与 figures（指标数值）；支持 $filter、$select、$orderby、$top、$skip、$count，每页 5000 行，续页见 @odata.nextLink。",
                  "OData 4.0, for Excel, Power BI and Tableau; HTTP Basic (login and token) is taken here too, over TLS or from this machine. Entity sets are the sets of rows, and `figures` of metrics. $filter, $select, $orderby, $top, $skip, $count; 5,000 rows a page, the next by @odata.nextLink.")
            .answers_as("*/*", "bytes")
            .answers(odata_error, 400)
            .answers(odata_error, 404)
            .answers(odata_error, 501)
            .basic().refuses(403, needs_tls)
            .refuses(409, nothing_published)
            .refuses(503, warehouse::problems::worker_gone);
    };
    return {
        {method::get, "/api/v1/data/sets/{file}", export_set,
         operation("下载整个数据集", "A whole set as a file")
             .more("名称为数据集代码加 .csv、.parquet 或 .xlsx，如 orders.csv；figures 为各指标按期与维度的数值。CSV 为 UTF-8（带 BOM），Excel 可直接打开。可用 HTTP 基本认证（登录名与令牌），仅限 TLS 或本机。",
                   "The set's code and .csv, .parquet or .xlsx, as in orders.csv; `figures` has each metric by period and dimension. CSV is UTF-8 with a BOM, as Excel opens it. HTTP Basic (login and token) is taken here too, over TLS or from this machine.")
             .part("file", "text", "如 orders.csv", "As in orders.csv")
             .asks("from", "day", "自", "From").asks("until", "day", "至", "Until").asks("only", "text", "只要这些：维度:值,值;维度:值", "Of these alone: dimension:value,value;dimension:value")
             .asks("metric", "text", "figures：只要这些指标（代码，逗号分隔）", "Of figures: these metrics alone, by code, with commas")
             .asks("grain", "'day' | 'week' | 'month' | 'quarter' | 'year'", "figures：只要此周期", "Of figures: of this period alone")
             .answers_as("*/*", "bytes").basic().refuses(403, needs_tls).refuses(409, nothing_published).refuses(416, wire::problems::beyond_the_end).refuses(503, warehouse::problems::worker_gone)},
        {method::get, "/api/v1/odata", odata, of_odata(operation("OData：服务文档", "OData: the service document"))},
        {method::get, "/api/v1/odata/{entity}", odata, of_odata(operation("OData：$metadata，或一个实体集", "OData: $metadata, or an entity set").part("entity", "text", "$metadata，数据集代码，或 figures", "$metadata, a set's code, or figures"))},
        {method::get, "/api/v1/odata/{entity}/{part}", odata,
         of_odata(operation("OData：实体集的行数", "OData: how many an entity set has").part("entity", "text", "数据集代码", "A set's code").part("part", "text", "$count", "$count"))},
    };
}

}  // namespace server::http
