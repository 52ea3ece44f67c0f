// The operation odata: a request of OData 4.0 and its answer, whatever it asks.

#include "server/data_worker/ingest.hpp"
#include "server/data_worker/odata/metadata.hpp"
#include "server/data_worker/odata/page.hpp"
#include "server/data_worker/odata/reading.hpp"
#include "server/data_worker/odata/refusal.hpp"
#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker {
namespace {

using namespace odata;

struct answer {
    std::string type, body;
};

/// "sales", with what was selected of it.
std::string context(const std::string& base, const entity_set& set, const options& how, bool one) {
    auto made = base + "/$metadata#" + encoded(set.name);
    for (std::size_t i = 0; i < how.select.size(); ++i) made += (i > 0 ? "," : "(") + encoded(how.select[i]->name);
    return made + (how.select.empty() ? "" : ")") + (one ? "/$entity" : "");
}

/// The same request for the page behind this one.
std::string next_link(const std::string& base, const entity_set& set, const json& query, const options& how, const page& shown) {
    auto made = base + "/" + encoded(set.name);
    char between = '?';
    const auto add = [&](const std::string& name, const std::string& text) {
        made += between;
        made += name.starts_with('$') ? "$" + encoded(name.substr(1)) : encoded(name);
        made += "=" + encoded(text);
        between = '&';
    };
    for (const auto& [name, text] : query.items())
        if (name != "$skip" && name != "$top" && name != "$skiptoken" && text.is_string()) add(name, text.get<std::string>());
    if (how.top) add("$top", std::to_string(*how.top - shown.count));
    add("$skiptoken", *shown.after);
    return made;
}

answer answered(database& in, store& known, const request& r, const std::string& json_type) {
    const auto at = place_of(r.text("path"));
    auto base = r.text("base");
    while (base.ends_with('/')) base.pop_back();
    const auto sets = entity_sets(in, known, r, at.set);
    const auto* query = r.find("query");
    const auto asked = query ? *query : json::object();
    if (at.set.empty()) {
        options_of(asked, at, nullptr);
        return at.is == resource::metadata ? answer{"application/xml;charset=utf-8", metadata_document(sets)} : answer{json_type, service_document(sets, base)};
    }
    const auto set = std::find_if(sets.begin(), sets.end(), [&](const entity_set& s) { return s.name == at.set; });
    if (set == sets.end()) {
        const auto name = shortened(at.set, 100);
        missing(name, "没有数据集 " + name + "，或无权查看", "there is no entity set " + name + ", or it is not yours to see");
    }
    const auto how = options_of(asked, at, &*set);
    if (at.is == resource::count) return {"text/plain;charset=utf-8", std::to_string(count_rows(in, *set, how))};
    const bool as_text = r.flag("ieee754");
    std::string body = "{\"@odata.context\":";
    add_text(body, context(base, *set, how, at.is == resource::one));
    if (at.is == resource::one) {
        const auto row = read_one(in, *set, at, how, as_text);
        if (!row) missing(set->name, "没有这个键的行", "no row has this key");
        return {json_type, body + "," + row->substr(1)};
    }
    if (how.count) body += as_text ? fmt::format(",\"@odata.count\":\"{}\"", count_rows(in, *set, how)) : fmt::format(",\"@odata.count\":{}", count_rows(in, *set, how));
    const auto rows = r.number_if("page").value_or(static_cast<std::int64_t>(page_rows_max));
    if (rows < 1) request::wrong("page", "应不小于 1", "1 at least is expected");
    const auto shown = read_page(in, *set, how, as_text, static_cast<std::size_t>(std::min<std::int64_t>(rows, page_rows_max)));
    body += ",\"value\":[" + shown.rows + "]";
    if (shown.after) {
        body += ",\"@odata.nextLink\":";
        add_text(body, next_link(base, *set, asked, how, shown));
    }
    return {json_type, body + "}"};
}

}  // namespace

json odata_of(database& in, store& known, const request& r) {
    const std::string type = std::string("application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=") + (r.flag("ieee754") ? "true" : "false");
    try {
        auto made = answered(in, known, r, type);
        return {{"status", 200}, {"type", std::move(made.type)}, {"body", std::move(made.body)}};
    } catch (const refusal& no) {
        json error{{"code", no.code}, {"message", no.text.en + " / " + no.text.zh}};
        if (!no.target.empty()) error["target"] = no.target;
        return {{"status", no.status}, {"type", type}, {"body", json{{"error", std::move(error)}}.dump(-1, ' ', false, json::error_handler_t::replace)}};
    }
}

}  // namespace data_worker
