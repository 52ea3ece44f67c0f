#include "server/openapi/openapi.hpp"

#include "server/openapi/components.hpp"
#include "server/openapi/described.hpp"
#include "server/openapi/problems.hpp"
#include "server/openapi/shape.hpp"
#include "server/wire/given.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace server::openapi {
namespace {

constexpr std::string_view problem_media = "application/problem+json";

class writer {
public:
    explicit writer(events::language reader) : reader_(reader) {}

    json document(std::span<const address> all, std::string_view version) const {
        json d;
        d["openapi"] = "3.1.0";
        d["info"] = {{"title", "opsroom"},
                     {"version", version},
                     {"description", say("运营部的实时工作室。每条命令只发生一次，落盘后才答复；凡是能读的都能订阅（/api/asyncapi.json）。写明原样：修改过的流程与表单见 GET /api/v1/schema。",
                                         "A live room for a company's operations department. A command happens once, and is answered when it is on disk; whatever can be read can be followed "
                                         "(/api/asyncapi.json). This is as written: flows and forms as they are amended are in GET /api/v1/schema.")},
                     {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}};
        d["servers"] = json::array({{{"url", "/"}}});
        d["tags"] = tags(all);
        auto& paths = d["paths"] = json::object();
        for (const auto& one : all) {
            if (one.is.is_of_commands) put_commands(paths, one);
            else paths[std::string(one.path)][std::string(one.method)] = operation_of(one);
        }
        d["components"] = {{"schemas", schemas(reader_)}, {"responses", responses()}, {"parameters", parameters()}, {"headers", headers()},
                           {"securitySchemes",
                            {{"basic", {{"type", "http"}, {"scheme", "basic"}, {"description", say("登录名，以及以访问令牌作密码；仅限 TLS 或本机", "A login, and a token as the password; over TLS or from this machine")}}},
                             {"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"description", say("访问令牌（POST /api/v1/tokens）", "A personal access token (POST /api/v1/tokens)")}}},
                             {"cookie", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "opsroom_session"}, {"description", say("网页登录（POST /api/v1/session）", "A session (POST /api/v1/session)")}}}}}};
        return d;
    }

private:
    std::string say(std::string_view zh, std::string_view en) const { return std::string(reader_ == events::language::zh ? zh : en); }
    std::string say(const events::wording& both) const { return std::string(both.in(reader_)); }

    json tags(std::span<const address> all) const {
        auto found = json::array();
        const auto add = [&](const std::string& name, const std::string& about = {}) {
            for (const auto& known : found)
                if (known["name"] == name) return;
            json one = {{"name", name}};
            if (!about.empty()) one["description"] = about;
            found.push_back(std::move(one));
        };
        for (const auto& one : all)
            if (!one.is.is_of_commands) add(say(one.subject));
        for (const auto& kind : kinds()) add(words(kind, "label", reader_), words(kind, "hint", reader_));
        return found;
    }

    json parameter_of(const parameter& p, std::string_view where) const {
        return {{"name", p.name}, {"in", where}, {"required", where == "path"}, {"description", say(p.says)}, {"schema", shape(p.shape)}};
    }

    /// What stands in its path, by its order there.
    void put_parts(json& list, const address& a) const {
        for (auto at = a.path.find('{'); at != a.path.npos; at = a.path.find('{', at + 1)) {
            const auto name = a.path.substr(at + 1, a.path.find('}', at) - at - 1);
            const auto said = std::find_if(a.is.parts.begin(), a.is.parts.end(), [&](const parameter& p) { return p.name == name; });
            list.push_back(parameter_of(said != a.is.parts.end() ? *said : parameter{name, "id", {"编号", "Its number"}}, "path"));
        }
    }

    json asked_with(const address& a) const {
        auto list = json::array();
        if (!a.is.is_of_commands) put_parts(list, a);
        for (const auto& p : a.is.query) list.push_back(parameter_of(p, "query"));
        const auto add = [&](bool is, const char* name) {
            if (is) list.push_back({{"$ref", std::string("#/components/parameters/") + name}});
        };
        add(a.of_any_moment, "as_of");
        add(a.is.has_key, "Idempotency-Key");
        add(a.is.has_tag, "If-None-Match");
        return list;
    }

    json content(const answer& a) const {
        const auto what = shape(a.shape);
        return {{std::string(a.media), {{"schema", what}}}};
    }

    static std::set<int> refused_as_any(const address& a) {
        std::set<int> all{400, 421, 429, 503};
        if (!a.for_anybody) all.insert(401);
        if (a.path.find('{') != a.path.npos) all.insert(404);
        if (a.method != "get") all.insert({403, 413, 507});
        if (!a.is.body.shape.empty()) all.insert({415, 422});
        if (a.of_any_moment) all.insert(422);
        if (!a.for_anybody) all.insert(500);
        return all;
    }

    json answered(const address& a) const {
        auto all = json::object();
        for (const auto& good : a.is.good) {
            auto& one = all[std::to_string(good.status)];
            if (one.is_null()) one = {{"description", say(a.is.says)}};
            if (a.is.has_tag) one["headers"]["ETag"] = {{"$ref", "#/components/headers/ETag"}};
            if (!good.shape.empty()) one["content"].update(content(good));
        }
        if (a.is.has_tag) all["304"] = {{"description", say("与 If-None-Match 所指的相同", "It is still what If-None-Match names")}};
        for (const auto status : refused_as_any(a)) {
            auto& one = all[std::to_string(status)];
            if (one.is_null()) one = {{"$ref", "#/components/responses/" + std::to_string(status)}};
            else one["content"][std::string(problem_media)]["schema"] = reference("Problem");  // beside what it says of itself
        }
        std::map<int, std::string> own;
        for (const auto& no : a.is.bad) own[no.status] += one_refusal(no.why, reader_);
        for (const auto& [status, says] : own) all[std::to_string(status)] = response_of({std::to_string(status), says});
        return all;
    }

    json secured(const address& a) const {
        if (a.for_anybody) return json::array();
        auto ways = json::array({{{"bearer", json::array()}}, {{"cookie", json::array()}}});
        if (a.is.takes_basic) ways.push_back({{"basic", json::array()}});
        return ways;
    }

    json operation_of(const address& a) const {
        json one;
        one["operationId"] = id_of(a);
        one["tags"] = json::array({say(a.subject)});
        one["summary"] = say(a.is.says);
        if (const auto more = say(a.is.more_to_say); !more.empty()) one["description"] = more;
        if (auto list = asked_with(a); !list.empty()) one["parameters"] = std::move(list);
        if (!a.is.body.shape.empty()) one["requestBody"] = {{"required", true}, {"content", content(a.is.body)}};
        one["responses"] = answered(a);
        one["security"] = secured(a);
        return one;
    }

    static std::string id_of(const address& a) {
        std::string id(a.method);
        for (const char c : a.path.substr(a.path.starts_with("/api/v1") ? 7 : 0)) {
            if (c == '/' || c == '.' || c == '-') id += '_';
            else if (c != '{' && c != '}') id += c;
        }
        return id;
    }

    // One path a command, as its type is part of it.
    void put_commands(json& paths, const address& a) const {
        const auto from = a.path.substr(0, a.path.find('{'));
        for (const auto& kind : kinds())
            for (const auto& command : kind.at("commands")) {
                const auto type = command.at("type").get<std::string>();
                if (command.value("by_system", false) || !wire::takes_command(type)) continue;
                paths[std::string(from) + type]["post"] = command_of(a, kind, command, type);
            }
    }

    json command_of(const address& a, const json& kind, const json& command, const std::string& type) const {
        auto one = operation_of(a);
        const auto name = kind.at("name").get<std::string>();
        one["operationId"] = type;
        one["tags"] = json::array({words(kind, "label", reader_)});
        one["summary"] = words(command, "label", reader_);
        std::string more = command.at("clause").get<std::string>();
        for (const auto* key : {"hint", "grave"})
            if (const auto said = words(command, key, reader_); !said.empty()) more += (more.empty() ? "" : " · ") + said;
        one["description"] = more;
        one["requestBody"] = {{"required", true}, {"content", {{"application/json", {{"schema", given(kind, command, type)}}}}}};
        for (const auto* status : {"403", "404", "409", "422"}) one["responses"][status] = {{"$ref", "#/components/responses/" + name + '.' + status}};
        return one;
    }

    json given(const json& kind, const json& command, const std::string& type) const {
        json body = {{"type", "object"}};
        auto required = json::array();
        // Of what there is one of nothing creates one, and it need not be named.
        const auto creates = [](const json& c) { return c.value("creates", false); };
        if (!creates(command)) {
            body["properties"]["target"] = {{"type", "string"}, {"pattern", "^" + kind.at("name").get<std::string>() + "/[1-9][0-9]*$"}, {"description", say("对哪一个", "Which one")}};
            body["properties"]["expect"] = {{"type", json::array({"integer", "null"})}, {"minimum", 0}, {"description", say("所见的版本；已变则答 412", "The version that one saw: 412 where it is another by now")}};
            if (std::any_of(kind.at("commands").begin(), kind.at("commands").end(), creates)) required.push_back("target");
        }
        body["properties"]["data"] = reference(type);
        const bool is_needed = std::any_of(command.at("fields").begin(), command.at("fields").end(), has_to_be_there);
        if (is_needed) required.push_back("data");
        if (!required.empty()) body["required"] = std::move(required);
        body["additionalProperties"] = false;
        return body;
    }

    json responses() const {
        auto all = json::object();
        for (const auto& one : refusals_of_the_wire(reader_)) all[one.name] = response_of(one);
        for (const auto& kind : kinds())
            for (const auto& one : refusals_of(kind, reader_)) all[one.name] = response_of(one);
        return all;
    }

    json response_of(const refused& one) const {
        json r = {{"description", one.says}};
        const auto status = one.name.substr(one.name.rfind('.') + 1);  // "task.409" too
        if (status == "429" || status == "503" || status == "507") r["headers"]["Retry-After"] = {{"$ref", "#/components/headers/Retry-After"}};
        r["content"][std::string(problem_media)]["schema"] = reference("Problem");
        return r;
    }

    json parameters() const {
        return {{"as_of",
                 {{"name", "as_of"}, {"in", "query"}, {"required", false}, {"schema", {{"type", "string"}}},
                  {"description", say("历史时刻：位置、日期或 RFC 3339 时间", "A moment of the past: a position, a day, or a time as in RFC 3339")}}},
                {"Idempotency-Key",
                 {{"name", "Idempotency-Key"}, {"in", "header"}, {"required", false}, {"schema", shape("uuid")},
                  {"description", say("命令的编号（最好是 UUID 版本 7）；同号同内容的重试得到同样的答复", "The command's id, best a UUID of version 7; a retry with the same id and content is answered the same")}}},
                {"If-None-Match",
                 {{"name", "If-None-Match"}, {"in", "header"}, {"required", false}, {"schema", {{"type", "string"}}},
                  {"description", say("已有内容的 ETag", "The ETag of what one has")}}}};
    }

    json headers() const {
        return {{"ETag", {{"description", say("内容的标识", "What it is known by")}, {"schema", {{"type", "string"}}}}},
                {"Retry-After", {{"description", say("几秒后再试", "After how many seconds to try again")}, {"schema", {{"type", "integer"}, {"minimum", 1}}}}}};
    }

    events::language reader_;
};

}  // namespace

std::string openapi_document(std::span<const address> all, std::string_view version, events::language reader) {
    return writer(reader).document(all, version).dump();
}

}  // namespace server::openapi
