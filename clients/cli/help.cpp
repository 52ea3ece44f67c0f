#include "clients/cli/help.hpp"

#include "clients/cli/tree.hpp"
#include "clients/cli/width.hpp"

#include <algorithm>

namespace cli {
namespace {

/// "  left        right", the right one starting at the same column in every line.
std::string two_columns(const std::vector<std::pair<std::string, std::string>>& lines) {
    int widest = 0;
    for (const auto& [left, right] : lines) widest = std::max(widest, std::min(width_of(left), 34));
    std::string out;
    for (const auto& [left, right] : lines) {
        out += "  " + left;
        if (width_of(left) > widest) out += "\n  " + std::string(static_cast<std::size_t>(widest), ' ');
        else out.append(static_cast<std::size_t>(widest - width_of(left)), ' ');
        out += "  " + right + "\n";
    }
    return out;
}

}  // namespace

std::string full_name(const CLI::App* app) {
    const auto* parent = app->get_parent();
    return parent == nullptr ? app->get_name() : full_name(parent) + " " + app->get_name();
}

std::string help::usage(const CLI::App* app) const {
    auto out = full_name(app);
    if (!app->get_subcommands([](const CLI::App*) { return true; }).empty()) return out + commands_.say({" 命令 …", " COMMAND …"});
    std::string optional;
    for (const auto* each : app->get_options()) {
        const bool positional = each->get_positional();
        const auto value = commands_.value_of(each);
        if (positional) {
            out += each->get_required() ? " " + each->get_name(true, false) : " [" + each->get_name(true, false) + "]";
        } else if (each->get_required()) {
            out += " " + each->get_name() + " " + value;
        } else {
            optional = commands_.say({" [选项]", " [options]"});
        }
    }
    return out + optional;
}

std::string help::options(const CLI::App* app, const std::string& group) const {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const auto* each : app->get_options()) {
        const bool positional = each->get_positional();
        if (group == "arguments" ? !positional : positional || (each->get_group() == "global") != (group == "global")) continue;
        auto left = positional ? each->get_name(true, false) : each->get_name(false, true);
        // What a flag's negation gives is no part of its name.
        if (const auto given = left.find("{false}"); given != left.npos) left.erase(given, std::string_view("{false}").size());
        std::replace(left.begin(), left.end(), ',', ' ');
        const auto value = commands_.value_of(each);
        if (!positional && !value.empty()) left += " " + value;
        auto right = each->get_description();
        if (each->get_required() && !positional) right += commands_.say({"（必填）", " (required)"});
        lines.emplace_back(left, right);
    }
    return two_columns(lines);
}

std::string help::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
    const auto say = [&](text t) { return commands_.say(t); };
    std::string out = say({"示例：\n", "Examples:\n"});
    const auto& examples = commands_.examples_of(app);
    for (std::size_t from = 0; from < examples.size();) {
        const auto end = std::min(examples.find('\n', from), examples.size());
        out += "  " + examples.substr(from, end - from) + "\n";
        from = end + 1;
    }
    out += "\n" + app->get_description() + "\n\n" + say({"用法：", "Usage: "}) + usage(app) + "\n";

    std::vector<std::pair<std::string, std::string>> commands;
    for (const auto* each : app->get_subcommands([](const CLI::App*) { return true; }))
        commands.emplace_back(each->get_name(), each->get_description());
    if (!commands.empty()) out += "\n" + say({"命令：\n", "Commands:\n"}) + two_columns(commands);
    if (const auto lines = options(app, "arguments"); !lines.empty()) out += "\n" + say({"参数：\n", "Arguments:\n"}) + lines;
    if (const auto lines = options(app, "own"); !lines.empty()) out += "\n" + say({"选项：\n", "Options:\n"}) + lines;
    if (app->get_parent() == nullptr) {
        out += "\n" + say({"全局选项（可放在任何位置）：\n", "Global options (anywhere):\n"}) + options(app, "global");
        out += "\n" + say({"退出码：0 成功 · 1 内部错误 · 2 用法 · 3 未登录 · 4 无权 · 5 找不到 · 6 冲突或版本已旧 · 7 输入无效 · 8 连不上\n",
                           "Exit codes: 0 ok · 1 internal · 2 usage · 3 not logged in · 4 forbidden · 5 not found · "
                           "6 conflict or stale · 7 invalid input · 8 unreachable\n"});
        out += say({"人可以写成：编号、@登录名、全名、me。日期可以写成：2026-12-01、今天、明天、+3d、+2w。\n",
                    "People: an id, @login, a whole name, or me. Days: 2026-12-01, today, tomorrow, +3d, +2w.\n"});
    } else {
        out += "\n" + say({"全局选项见 opsroom --help。\n", "Global options: opsroom --help.\n"});
    }
    return out;
}

std::string usage_problem(const tree& commands, const CLI::ParseError& error) {
    const std::string what = error.what();
    const auto name = error.get_name();
    const auto after_colon = [&] {
        const auto colon = what.find(": ");
        return colon == std::string::npos ? what : what.substr(colon + 2);
    };
    std::string out;
    if (name == "RequiredError") {
        const auto is = what.find(" is required");
        const auto missing = what.substr(0, is);
        out = missing.empty() || missing == "A subcommand" ? commands.say({"缺少命令", "a command is missing"})
                                                           : commands.say({"缺少 ", "missing: "}) + missing;
    } else if (name == "ExtrasError") {
        out = commands.say({"无法识别：", "not understood: "}) + after_colon();
    } else if (name == "ValidationError") {
        out = after_colon();
    } else if (name == "ArgumentMismatch") {
        out = commands.say({"选项缺少值或值太多：", "an option lacks its value or has too many: "}) + what;
    } else if (name == "ConversionError") {
        out = commands.say({"不是数字：", "not a number: "}) + after_colon();
    } else {
        out = commands.say({"参数有误：", "wrong arguments: "}) + what;
    }
    return out + commands.say({"（参见 ", " (see "}) + full_name(commands.innermost()) + commands.say({" --help）", " --help)"});
}

}  // namespace cli
