#include "server/openapi/problems.hpp"

#include "server/engine/refusals.hpp"
#include "server/openapi/described.hpp"
#include "server/openapi/kind_words.hpp"
#include "server/wire/given.hpp"
#include "server/wire/problem.hpp"

#include <map>
#include <set>

namespace server::openapi {
namespace {

namespace wire_says = wire::problems;

struct by_status {
    int status;
    std::vector<const core::refusal*> all;
};

/// What any address, and any command, may be refused with.
const std::vector<by_status>& of_any() {
    static const std::vector<by_status> all{
        {400, {&wire_says::malformed_json, &wire_says::bad_query, &wire_says::present_only, &wire_says::malformed_request, &wire_says::doubled_header, &wire_says::ambiguous_length, &wire_says::no_host}},
        {401, {&wire_says::unauthenticated, &wire_says::token_expired, &wire_says::session_ended}},
        {403, {&wire_says::foreign_origin, &wire_says::forbidden}},
        {404, {&wire_says::not_found}},
        {409, {&engine::command_id_reused}},
        {412, {&engine::stale_version, &wire_says::changed_meanwhile}},
        {413, {&wire_says::too_large}},
        {415, {&wire_says::not_json}},
        {416, {&wire_says::beyond_the_end}},
        {421, {}},
        {422, {&wire_says::bad_fields, &wire_says::bad_command_id, &wire::bad_moment}},
        {426, {&wire_says::bad_handshake}},
        {429, {&wire_says::rate_limited, &wire_says::share_taken}},
        {500, {&engine::unreadable, &engine::key_lost}},
        {503, {&wire_says::busy, &wire_says::starting, &wire_says::draining, &engine::short_of_means, &engine::being_mended}},
        {507, {&engine::disk_full}},
    };
    return all;
}

/// The statuses that a command can be refused with by the rules of its kind.
constexpr int by_rules[] = {403, 404, 409, 422};

void list_any(std::string& out, int status, events::language reader) {
    for (const auto& some : of_any())
        if (some.status == status)
            for (const auto* why : some.all) out += one_refusal(*why, reader);
    if (status == 404) out += one_refusal(wire_says::unknown_command, reader);
    if (status == 422) out += one_refusal(engine::wrong_target, reader);
}

/// Refusals of a command's fields, as they are described; of parts of them too.
void list_fields(std::map<std::string, std::string>& lines, const json& fields, events::language reader) {
    for (const auto& f : fields) {
        const auto code = f.at("code").get<std::string>();
        lines.try_emplace(code, "- `" + code + "` " + words(f, "label", reader) + (reader == events::language::zh ? "：" : ": ") + words(f, "needs", reader) + "\n");
        if (f.contains("fields")) list_fields(lines, f.at("fields"), reader);
    }
}

std::string title(int status, events::language reader) { return std::string(wire::title_of(status, reader)); }

}  // namespace

std::string one_refusal(const core::refusal& why, events::language reader) {
    std::string line = "- `";
    line += why.code;
    line += '`';
    if (!why.clause.empty()) (line += ' ') += why.clause;
    return ((line += ' ') += why.in(reader)) + '\n';
}

std::vector<refused> refusals_of_the_wire(events::language reader) {
    std::vector<refused> all;
    for (const auto& some : of_any()) {
        refused one{std::to_string(some.status), title(some.status, reader) + '\n'};
        for (const auto* why : some.all) one.says += one_refusal(*why, reader);
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<refused> refusals_of(const json& kind, events::language reader) {
    const auto name = kind.at("name").get<std::string>();
    const auto rules = words_of(*events::category_of(name)).refusals();
    std::vector<refused> all;
    for (const int status : by_rules) {
        refused one{name + '.' + std::to_string(status), title(status, reader) + '\n'};
        list_any(one.says, status, reader);
        for (const auto& why : rules)
            if (wire::status_of(why) == status) one.says += one_refusal(why, reader);
        if (status == 422) {
            std::map<std::string, std::string> lines;
            for (const auto& command : kind.at("commands")) list_fields(lines, command.at("fields"), reader);
            for (const auto& [code, line] : lines) one.says += line;
        }
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace server::openapi
