// What the API is, for programs: as OpenAPI and as AsyncAPI. They say nothing of anybody or anything here, so nobody has to log in.

#include "server/http/router.hpp"

#include "core/kernel/text.hpp"
#include "server/http/api.hpp"
#include "server/http/compression.hpp"
#include "server/openapi/asyncapi.hpp"
#include "server/openapi/openapi.hpp"
#include "server/ops/command_line.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;

std::string_view name_of(method m) {
    switch (m) {
        case method::get: return "get";
        case method::post: return "post";
        case method::put: return "put";
        default: return "delete";
    }
}

/// Made once, when it is first asked for.
struct made {
    std::string body;
    std::string packed;
    std::string tag;
    explicit made(std::string text) : body(std::move(text)), packed(gzip(body)), tag('"' + std::to_string(core::text::digest(body)) + '"') {}
};

template <std::string (*make)(events::language)>
const made& in(events::language reader) {
    static const made zh(make(events::language::zh));
    static const made en(make(events::language::en));
    return reader == events::language::zh ? zh : en;
}

template <std::string (*make)(events::language)>
awaitable<response> tell(call c) {
    auto reader = c.preferred;
    if (const auto lang = c.request.query.find("lang"); lang != c.request.query.end()) {
        if (lang->second != "zh" && lang->second != "en") co_return refuse(bad_query("lang", "zh, en"), reader);
        reader = lang->second == "zh" ? events::language::zh : events::language::en;
    }
    const auto& what = in<make>(reader);
    response r;
    r.still = what.body;
    r.packed = what.packed;
    r.headers.emplace_back("ETag", what.tag);
    r.headers.emplace_back("Vary", "Accept-Language");
    r.headers.emplace_back("Cache-Control", "no-cache");
    co_return r;
}

}  // namespace

std::string openapi_text(events::language reader) {
    std::vector<openapi::address> all;
    for (const auto& subject : subjects())
        for (const auto& one : subject.routes)
            all.push_back({name_of(one.method), one.address, subject.says, one.who == needs::nobody, one.when == tense::any, one.is});
    return openapi::openapi_document(all, ops::version(), reader);
}

std::string asyncapi_text(events::language reader) { return openapi::asyncapi_document(ops::version(), reader); }

std::vector<route> api_routes() {
    using openapi::operation;
    const auto told = [](operation is) { return std::move(is).answers("{ [part]: any }").asks("lang", "'zh' | 'en'", "语言", "The language").tagged(); };
    return {
        {method::get, "/api/openapi.json", tell<openapi_text>, told(operation("本说明", "This document")), needs::nobody},
        {method::get, "/api/asyncapi.json", tell<asyncapi_text>, told(operation("实时连接与订阅的说明", "The same of the live connection and of feeds")), needs::nobody},
    };
}

}  // namespace server::http
