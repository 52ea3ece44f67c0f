// GET /api/openapi.json names all that there is, and nothing else.

#include "core/definitions/written.hpp"
#include "core/kind.hpp"
#include "server/http/api.hpp"
#include "server/http/router.hpp"
#include "server/wire/given.hpp"
#include "server/wire/feed.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

namespace sim::api_tests {

namespace {

using json = nlohmann::json;
using names = std::set<std::string>;
namespace http = server::http;

const json& document() {
    static const json all = json::parse(http::openapi_text(events::language::en));
    return all;
}

constexpr std::string_view commands = "/api/v1/commands/";

std::string method_of(http::method m) { return m == http::method::get ? "get" : m == http::method::post ? "post" : m == http::method::put ? "put" : "delete"; }

}  // namespace

TEST_CASE("api: each route is in the document, and the other way round", "[sim][api]") {
    names routed, told;
    for (const auto& of : http::subjects())
        for (const auto& one : of.routes)
            if (!one.address.starts_with(commands)) routed.insert(method_of(one.method) + ' ' + one.address);
    for (const auto& [path, methods] : document()["paths"].items())
        for (const auto& [method, one] : methods.items())
            if (!path.starts_with(commands)) told.insert(method + ' ' + path);
    CHECK(told == routed);
}

TEST_CASE("api: each command that anybody may give is in the document, with its data", "[sim][api]") {
    names there, told;
    core::each_kind([&](const core::kind& kind) {
        for (const auto& row : kind.flow_as_written().rows)
            if (row.may != 0 && server::wire::takes_command(row.command)) there.emplace(row.command);
    });
    for (const auto& [path, methods] : document()["paths"].items())
        if (path.starts_with(commands)) told.insert(path.substr(commands.size()));
    CHECK(told == there);
    for (const auto& type : told) CHECK(document()["components"]["schemas"].contains(type));
}

TEST_CASE("api: each feed and each event is in the document of the live connection", "[sim][api]") {
    const auto live = json::parse(http::asyncapi_text(events::language::en));
    for (const auto name : server::wire::all_feeds().plain) CHECK(live["channels"].contains("feed_" + std::string(name)));
    for (const auto name : server::wire::all_feeds().numbered) CHECK(live["channels"].contains("feed_one_" + std::string(name)));
    std::size_t events = 0;
    for (const auto& [name, one] : live["components"]["schemas"].items()) {
        if (!one.contains("properties") || !one["properties"].contains("type") || !one["properties"].contains("clause")) continue;
        if (name == "Problem" || name == "HiddenEvent") continue;
        CHECK(live["components"]["messages"].contains(name));
        ++events;
    }
    CHECK(events > 100);
}

}  // namespace sim::api_tests
