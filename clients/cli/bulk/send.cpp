#include "clients/cli/bulk/send.hpp"


#include <fmt/format.h>

#include <algorithm>

namespace cli::bulk {
namespace {

constexpr std::size_t commands_max = 10'000;
constexpr int plans_max = 3;  // of the same; then it was not done at the same time, but once, and is to be done again

/// "due" of "/commands/3/data/due/0".
std::string field_of(const std::string& pointer) {
    constexpr std::string_view data = "/data/";
    const auto at = pointer.find(data);
    if (at == pointer.npos) return pointer.ends_with("/target") ? "id" : "";
    const auto from = at + data.size();
    return pointer.substr(from, std::min(pointer.find('/', from), pointer.size()) - from);
}

std::string column_of(const planned& p, const std::string& field) {
    const auto named = p.columns.find(field);
    return named == p.columns.end() ? field : named->second;
}

void take_refused(plan& what, const json& answer) {
    for (const auto& each : list_at(answer, "refused")) {
        const auto index = number_at(each, "index").value_or(0);
        if (index >= what.commands.size()) continue;
        const auto& from = what.commands[index];
        const auto& problem = at_or_null(each, "problem");
        const auto& errors = list_at(problem, "errors");
        const auto column = errors.empty() ? std::string() : column_of(from, field_of(text_at(errors.front(), "pointer")));
        const auto clause = text_at(problem, "clause");
        const auto where = clause.empty() ? text_at(problem, "code") : clause + " · " + text_at(problem, "code");
        const bool of_field = text_at(problem, "code") == "bad_fields" && !errors.empty();
        const auto words = [&](language l) {
            const auto in = l == language::zh ? "zh" : "en";
            return fmt::format("{}{} [{}]", text_at(problem, in), of_field ? (l == language::zh ? "：" : ": ") + text_at(errors.front(), in) : "", where);
        };
        what.faults.push_back({from.row, column, words(language::zh), words(language::en)});
    }
}

}  // namespace

bool send(context& about, const kind& of, plan& what, bool dry_run, int again) {
    if (what.commands.size() > commands_max)
        throw failure(exit_code::invalid,
                      fmt::format("共 {} 处改动，超过一次的上限 {}：请分成几个文件", what.commands.size(), commands_max),
                      fmt::format("{} changes are more than the {} that go at once: split the file", what.commands.size(), commands_max));
    if (!what.commands.empty()) {
        json commands = json::array();
        for (const auto& p : what.commands) commands.push_back(p.command);
        // With a fault of ours nothing is to be done; what else is wrong is still found.
        const bool only_tried = dry_run || !what.faults.empty();
        const auto id = only_tried || !about.with.command_id.empty() ? about.command_id() : what.id(fmt::format("import {}", of.noun), about.names().me(), again >= plans_max);
        try {
            take_refused(what, about.server().transact({{"dry_run", only_tried}, {"commands", std::move(commands)}}, id));
        } catch (const failure& no) {
            if (no.code() != "command_id_reused" || !about.with.command_id.empty()) throw;
            return false;
        }
    }
    std::stable_sort(what.faults.begin(), what.faults.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
    return true;
}

}  // namespace cli::bulk
