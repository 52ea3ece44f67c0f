// What a newer server has and this program does not know: asked of it as it is.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/values.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/width.hpp"

#include <algorithm>
#include <cctype>

namespace cli {
namespace {

struct asked_request {
    std::string method;
    std::string path;
    std::string data;
};

std::string body_of(const std::string& data) {
    if (data.empty()) return {};
    const bool in_file = data == "-" || data.front() == '@';
    const auto body = in_file ? json_of(data == "-" ? data : data.substr(1)) : parse_json(data);
    if (body.is_discarded()) throw failure(exit_code::invalid, "--data 不是 JSON", "--data is not JSON");
    return as_text(body);
}

std::string path_of(const std::string& typed) {
    if (!typed.starts_with("/") || typed.find_first_of(" \r\n\t") != typed.npos)
        throw failure(exit_code::usage, "PATH 以 / 开头，不含空格，例如 /api/v1/session", "PATH begins with / and has no spaces: /api/v1/session");
    return typed;
}

void ask(context& about, const asked_request& asked) {
    const auto path = path_of(asked.path);
    const auto body = body_of(asked.data);
    // Whatever changes something has an id, by which it is done once.
    const auto reply = about.server().raw(asked.method, path, body, asked.method == "GET" ? "" : about.command_id());
    const auto said = parse_json(reply);
    if (said.is_discarded()) about.out << shown_safely(reply);
    else about.out << as_text(said, about.with.format == format::ndjson ? -1 : 2) << '\n';
}

}  // namespace

void add_api_command(tree& t) {
    auto asked = std::make_shared<asked_request>();
    auto* app = t.verb(&t.root(), "api", {"直接请求服务器的接口（server/wire/README.md），输出 JSON", "ask the server's API as it is (server/wire/README.md); prints JSON"},
                       "opsroom api GET /api/v1/schema\n"
                       "opsroom api GET \"/api/v1/tasks?status=blocked\"\n"
                       "opsroom api POST /api/v1/commands/task.start --data '{\"target\":\"task/17\",\"data\":{}}'",
                       [asked](context& about) { ask(about, *asked); });
    auto* method = t.option(app, "METHOD", asked->method, "", {"方法", "the method"});
    t.required(method);
    t.only(method, {"GET", "POST", "PUT", "DELETE"});
    t.required(t.option(app, "PATH", asked->path, "", {"路径，以 / 开头，可带查询", "the path from / on, with its query"}));
    t.option(app, "--data", asked->data, "JSON|@FILE|-", {"请求的内容：JSON、@文件，或“-”表示从标准输入读", "the body: JSON, @ and a file, or - for stdin"});
}

}  // namespace cli
