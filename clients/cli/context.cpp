#include "clients/cli/context.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/when.hpp"

#include <cstdlib>

namespace cli {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

address address_of(const std::string& typed) {
    return as_failures([&] { return parse_address(typed); });
}

}  // namespace

std::string context::server_url() const {
    if (!with.server.empty()) return address_of(with.server).url();
    if (const auto named = environment("OPSROOM_SERVER"); !named.empty()) return address_of(named).url();
    if (const auto kept = store.find({})) return kept->server;
    return "http://127.0.0.1:8080";
}

trust context::whom(const std::string& stored_ca) const {
    auto ca = with.ca.empty() ? environment("OPSROOM_CA") : with.ca;
    return {ca.empty() ? stored_ca : ca, with.insecure};
}

api context::stranger() const {
    return {address_of(server_url()), whom({}), {}, std::string(with.zh() ? "zh" : "en")};
}

api& context::server() {
    if (server_) return *server_;
    const auto url = server_url();
    auto token = environment("OPSROOM_TOKEN");
    std::string ca;
    if (const auto kept = store.find(url)) {
        if (token.empty()) token = kept->token;
        ca = kept->ca;
    }
    if (token.empty())
        throw failure(exit_code::unauthenticated, "尚未登录 " + url + "：请先运行 opsroom login",
                      "not logged in to " + url + ": run opsroom login first");
    server_ = std::make_unique<api>(address_of(url), whom(ca), token, with.zh() ? "zh" : "en");
    return *server_;
}

names& context::names() {
    if (!names_) names_ = std::make_unique<cli::names>(server());
    return *names_;
}

const json& context::forms() {
    if (!forms_) forms_ = list_at(server().get("/api/v1/forms"), "items");
    return *forms_;
}

std::chrono::year_month_day context::today() {
    if (!today_) {
        const auto told = parse_day(text_at(server().get("/api/v1/calendar"), "today"), {});
        if (!told) throw failure(exit_code::internal, "服务器没有告知今天的日期", "the server does not say what day it is");
        today_ = told;
    }
    return *today_;
}

std::optional<std::chrono::year_month_day> context::day(std::string_view typed) {
    // Only what is counted from today needs to know it; and what is no day at all, none.
    if (!is_counted_from_today(typed)) return parse_day(typed, {});
    return parse_day(typed, today());
}

std::optional<std::chrono::year_month_day> context::day_in_file(std::string_view written) {
    if (const auto plain = day(plain_day(written))) return plain;
    return day(written);
}

std::string context::command_id() const { return with.command_id.empty() ? new_uuid() : with.command_id; }

}  // namespace cli
