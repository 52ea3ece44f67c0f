// Figures of metrics, and the rows that they are made of: asked of the warehouse, in a lane of their own.

#include "server/http/data_access.hpp"

#include "core/collection/collection.hpp"
#include "core/delivery/quality.hpp"
#include "core/formula/period.hpp"
#include "events/codec/json_write.hpp"
#include "server/warehouse/asks.hpp"
#include "server/warehouse/keeper.hpp"
#include "server/warehouse/opened_file.hpp"
#include "server/warehouse/values.hpp"
#include "server/wire/attachments.hpp"
#include "server/wire/json_object.hpp"

#include <algorithm>

namespace server::http {
namespace {

using boost::asio::awaitable;
using core::collection;
namespace store = warehouse;

constexpr std::size_t rows_default = 50;
constexpr std::size_t rows_most = 200;
constexpr std::uint64_t weeks_default = 8;
constexpr std::uint64_t weeks_most = 53;

constexpr core::refusal not_a_table{"not_a_table", "S4.1.2", "文件读不出表格。", "No table can be read from the file.", core::obstacle::field, "sha256"};

json_value asks(const char* what) { return {{"do", what}}; }

/// Its values in the order of the columns.
json_value row_of(const json_value& said, const json_value& columns) {
    auto values = json_value::array();
    for (const auto& c : columns) values.push_back(said.at("values").at(c.at("code").get<std::string>()));
    return {{"values", std::move(values)}, {"delivery", std::stoull(said.at("delivery").get<std::string>())}, {"line", said.at("line")}};
}

awaitable<response> values(call c) {
    store::values_query q;
    q.of = {number(c.parts[0]).value_or(0)};
    const auto& query = c.request.query;
    if (const auto g = query.find("grain"); g != query.end()) {
        const auto named = store::grain_named(g->second);
        if (!named) co_return refuse(bad_query("grain", "day, week, month, quarter, year"), c.language());
        q.grain = *named;
    }
    if (const auto no = read_days(c.request, q.from, q.until)) co_return refuse(*no, c.language());
    if (const auto by = query.find("by"); by != query.end()) q.by = by->second;
    if (const auto no = read_only(c.request, q.only)) co_return refuse(*no, c.language());
    catch_views_up(c);
    auto question = store::question_of(c.all().read, c.member(), q);
    if (const auto* no = std::get_if<wire::problem>(&question)) co_return refuse(*no, c.language());
    auto& asked = std::get<store::values_question>(question);
    std::vector<json_value> said;
    for (auto& one : asked.asks) {
        auto some = co_await ask_figures(c, std::move(one));
        if (const auto* no = std::get_if<wire::problem>(&some)) co_return refuse(*no, c.language());
        said.push_back(std::move(std::get<json_value>(some)));
    }
    co_return fresh(store::answer_of(std::move(asked), said, c.all().warehouse->behind()));
}

awaitable<response> sets(call c) {
    catch_views_up(c);
    json_value what = asks("sets");  // named, as g++ 12 takes no list within the expression that waits
    auto said = co_await ask_figures(c, std::move(what));
    if (const auto* no = std::get_if<wire::problem>(&said)) co_return refuse(*no, c.language());
    auto items = json_value::array();
    const auto seen = plans_seen_by(c);
    for (auto& one : std::get<json_value>(said).at("sets")) {
        const auto plan = seen.find(one.at("set").get<std::string>());
        if (plan == seen.end()) continue;
        one["collection"] = plan->second.collection;
        one["name"] = plan->second.name;
        items.push_back(std::move(one));
    }
    json_value all = json_value::object();
    all["behind"] = c.all().warehouse->behind();
    all["items"] = std::move(items);
    co_return fresh(all.dump());
}

/// "12:345", the `next` of the page before: a delivery, and a line of it.
bool read_place(const std::string& text, json_value& into) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) return false;
    const auto delivery = number(std::string_view(text).substr(0, colon)), line = number(std::string_view(text).substr(colon + 1));
    if (!delivery || !line) return false;
    into = {{"delivery", std::to_string(*delivery)}, {"line", *line}};
    return true;
}

awaitable<response> rows(call c) {
    const std::string set(c.parts[0]);
    const auto limit = number(c.request, "limit", rows_default, 1, rows_most);
    if (!limit) co_return refuse(bad_query("limit", "1 – 200"), c.language());
    auto what = asks("rows");
    if (const auto no = put_filter(c.request, what)) co_return refuse(*no, c.language());
    what["set"] = set;
    what["limit"] = *limit;
    const auto& query = c.request.query;
    if (const auto cursor = query.find("cursor"); cursor != query.end() && !read_place(cursor->second, what["after"])) co_return refuse(bad_query("cursor", "next"), c.language());
    catch_views_up(c);
    if (!may_see_set(c, set)) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    auto said = co_await ask_figures(c, std::move(what));
    if (const auto* no = std::get_if<wire::problem>(&said)) co_return refuse(*no, c.language());
    auto& found = std::get<json_value>(said);
    auto items = json_value::array();
    for (auto& one : found.at("rows"))
        items.push_back(row_of(one, found.at("columns")));
    json_value all = json_value::object();
    all["columns"] = std::move(found.at("columns"));
    all["items"] = std::move(items);
    all["next"] = nullptr;
    if (const auto after = found.find("after"); after != found.end())
        all["next"] = after->at("delivery").get<std::string>() + ':' + std::to_string(after->at("line").get<std::uint64_t>());
    co_return fresh(all.dump());
}

struct profile_order {
    std::string sha256;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(profile_order, (), (sha256, name))

/// A file as it seems to be: for a person to confirm, before a plan reads the next ones by what was confirmed.
awaitable<response> profile(call c) {
    profile_order order;
    if (const auto no = read_body(c, order)) co_return refuse(*no, c.language());
    catch_views_up(c);
    const auto found = c.all().files.find(order.sha256);
    const bool allowed = found && (c.all().files.is_from(c.member(), order.sha256) || wire::may_read_file(c.all().read, c.member(), order.sha256));
    if (!allowed) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    std::function<json_value()> how = [&] {
        const store::opened_file file(c.all().files, {order.sha256, order.name, found->media_type, found->bytes}, c.all().warehouse->folder());
        return c.all().warehouse->exports().ask({{"do", "profile"}, {"file", file.path().string()}, {"name", order.name}});
    };
    const auto said = co_await in_lane(c, shares::lane::exports, not_a_table, std::move(how));
    if (const auto* no = std::get_if<wire::problem>(&said)) co_return refuse(*no, c.language());
    co_return fresh(std::get<json_value>(said).dump());
}

/// "0.9987"; nothing of none.
std::optional<std::string> as_text(const core::delivering::share& s) {
    const auto shown = s.shown();
    if (!shown) return std::nullopt;
    auto digits = std::to_string(*shown);
    digits.insert(0, 5 - std::min<std::size_t>(5, digits.size()), '0');
    return digits.insert(digits.size() - 4, 1, '.');
}

/// Hours with one digit.
std::string hours(std::chrono::minutes m) {
    const auto tenths = (m.count() + 3) / 6;
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

void put_quality(wire::json_object& o, const core::delivering::quality& q) {
    o.put_object("completeness", [&](wire::json_object& one) {
        one.put("received", q.completeness.part).put("expected", q.completeness.whole);
        if (const auto share = as_text(q.completeness)) one.put("share", *share);
    });
    o.put_object("timeliness", [&](wire::json_object& one) {
        one.put("on_time", q.timeliness.part).put("due", q.timeliness.whole);
        if (const auto share = as_text(q.timeliness)) one.put("share", *share);
        if (const auto median = q.late_at(50)) one.put("median_hours", hours(*median));
        if (const auto p90 = q.late_at(90)) one.put("p90_hours", hours(*p90));
    });
    o.put_object("accuracy", [&](wire::json_object& one) {
        one.put("rows", q.accuracy.whole).put("faulty", q.accuracy.whole - q.accuracy.part);
        if (const auto share = as_text(q.accuracy)) one.put("share", *share);
    });
    o.put("deliveries", q.behind);
}

/// Of one plan, with the versions of its line, week by week (S2.3.5).
awaitable<response> quality(call c) {
    const auto weeks = number(c.request, "weeks", weeks_default, 1, weeks_most);
    if (!weeks) co_return refuse(bad_query("weeks", "1 – 53"), c.language());
    catch_views_up(c);
    const events::collection_id which{number(c.parts[0]).value_or(0)};
    co_return respond(c, c.all().read.with_reader(c.member(), [&](const core::views::views& v, events::position at, const core::context& by) -> wire::reading {
        const auto* row = v.of<collection>().row(which.value);
        if (!row || !may_see(row->state, by)) return wire::make(404, wire::problems::not_found);
        auto line = which;
        for (const auto* s = &row->state; s->replaces; s = by.others->find<collection>(s->replaces.value)) line = s->replaces;
        wire::document d{{}, at};
        const auto from = std::chrono::sys_days(by.today) - std::chrono::days(7 * (*weeks - 1));
        const auto all = core::delivering::quality_by_week(from, by.today, by);
        std::vector<core::delivering::week_quality> own;
        for (const auto& one : all)
            if (one.line == line) own.push_back(one);
        wire::json_object(d.body).put("position", at).put_each("weeks", own, [](wire::json_object& w, const core::delivering::week_quality& one) {
            w.put("week", core::formula::period::of(core::formula::grain::week, one.monday).label());
            w.put("from", one.monday).put("until", events::date(std::chrono::sys_days(one.monday) + std::chrono::days(6)));
            put_quality(w, one.quality);
        });
        return d;
    }));
}

}  // namespace

std::vector<route> data_routes() {
    using openapi::operation;
    constexpr auto a_day = "day";
    return {
        {method::get, "/api/v1/metrics/{id}/values", values,
         operation("指标的数值", "The figures of a metric")
             .more("按整期计算，由公式与已载入的数据精确得出；没有数值时 value 为 null，why 为原因。未结束的期为 open，仍可能变动的为 settling。behind 为尚未载入的交付数。",
                   "In whole periods, exactly, of its formula and the data that are loaded; where there is no value `value` is null and `why` says so. A period that is not over is `open`, one that may still change is `settling`. `behind`: deliveries that are not loaded yet.")
             .asks("grain", "'day' | 'week' | 'month' | 'quarter' | 'year'", "周期，默认 day", "The period; day where it is left out")
             .asks("from", a_day, "自；默认最近 30 期", "From; the last 30 periods where it is left out").asks("until", a_day, "至；默认今日", "Until; today where it is left out")
             .asks("by", "text", "按此维度分列", "A dimension, whose members are told apart").asks("only", "text", "只计这些：维度:值,值;维度:值", "Of these alone: dimension:value,value;dimension:value")
             .answers("MetricValues").refuses(409, store::problems::not_published).refuses(409, store::problems::formula_broken)
             .refuses(422, store::problems::too_many_periods).refuses(503, store::problems::worker_gone)},
        {method::get, "/api/v1/collections/{id}/quality", quality,
         operation("收集计划的数据质量", "How good the data of a collection plan are")
             .more("按周：完整、及时、准确；不到期的周没有数值。", "By week: complete, in time, right; a week in which nothing was due has none.")
             .asks("weeks", "1..53", "最近几周，默认 8", "How many weeks; 8 where it is left out")
             .answers("{ position: count, weeks: WeekQuality[] }")},
        {method::get, "/api/v1/data/sets", sets,
         operation("数据集", "The sets of rows").more("已载入的数据，各列的代码可在公式中使用。", "What is loaded; the codes of the columns are those of formulas.")
             .answers("{ behind: count, items: DataSet[] }").refuses(503, store::problems::worker_gone)},
        {method::get, "/api/v1/data/sets/{set}/rows", rows,
         operation("数据集的行", "Rows of a set").more("每行都注明来自哪次交付的哪一行（S4.1.3）。", "Each says which delivery it is from, and which line of its file (S4.1.3).")
             .part("set", "text", "数据集的代码", "The set's code")
             .asks("from", a_day, "自", "From").asks("until", a_day, "至", "Until").asks("only", "text", "只要这些：维度:值,值;维度:值", "Of these alone: dimension:value,value;dimension:value")
             .asks("limit", "1..200", "每页条数，默认 50", "How many a page has; 50 where it is left out").asks("cursor", "text", "上一页的 next", "The `next` of the page before")
             .answers("{ columns: DataColumn[], items: { values: (text | null)[], delivery: id, line: count }[], next: text | null }").refuses(503, store::problems::worker_gone)},
        {method::post, "/api/v1/data/profile", profile,
         operation("查看文件的结构", "What a file looks like")
             .more("对已上传的文件给出编码、分隔符、列与类型的推测，由人确认后填入收集计划；此后按计划读取，不再推测。",
                   "Of a file that was uploaded: what its encoding, separator, columns and types seem to be, for a person to confirm in a collection plan. From then on files are read by the plan, and nothing is guessed.")
             .takes("{ sha256: hash, name: text }").answers("DataProfile").refuses(404, wire::problems::not_found).refuses(422, not_a_table).refuses(503, store::problems::worker_gone)},
    };
}

}  // namespace server::http
