#include "clients/cli/help.hpp"

#include "clients/cli/client.hpp"
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
            out += commands_.is_needed(each) ? " " + each->get_name(true, false) : " [" + each->get_name(true, false) + "]";
        } else if (commands_.is_needed(each)) {
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
        if (commands_.is_needed(each) && !positional) right += commands_.say({"（必填）", " (required)"});
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
        out += "\n" + say({"退出码：0 成功 · 1 内部错误 · 2 用法 · 3 未登录 · 4 无权 · 5 找不到 · 6 冲突、时候未到或版本已旧 · 7 输入无效 · 8 连不上\n",
                           "Exit codes: 0 ok · 1 internal · 2 usage · 3 not logged in · 4 forbidden · 5 not found · "
                           "6 conflict, too early or stale · 7 invalid input · 8 unreachable\n"});
        out += say({"人可以写成：编号、登录名、全名、me。日期可以写成：2026-12-01、今天、明天、+3d、+2w。文件里也一样。\n",
                    "People: an id, a login, a whole name, or me. Days: 2026-12-01, today, tomorrow, +3d, +2w. In files too.\n"});
    } else {
        out += "\n" + say({"全局选项见 opsroom --help。\n", "Global options: opsroom --help.\n"});
    }
    return out;
}

namespace {

std::vector<const CLI::App*> below(const CLI::App* app) { return app->get_subcommands([](const CLI::App*) { return true; }); }

std::string did_you_mean(const tree& commands, const std::string& meant) {
    if (meant.empty()) return {};
    return commands.say({"：是否想写 ", ": did you mean "}) + meant + commands.say({"？", "?"});
}

/// The commands of this level.
std::string there_are(const tree& commands, const CLI::App* app) {
    std::string all;
    for (const auto* each : below(app)) all += (all.empty() ? "" : commands.say({"、", ", "})) + each->get_name();
    return all;
}

std::string no_such_command(const tree& commands, const CLI::App* app, const std::string& typed) {
    std::vector<std::string> names;
    for (const auto* each : below(app)) names.push_back(each->get_name());
    const auto path = full_name(app) + " ";
    const auto meant = nearest(typed, names);
    return commands.say({"没有命令 ", "there is no command "}) + path + typed + did_you_mean(commands, meant.empty() ? "" : path + meant) +
           commands.say({meant.empty() ? "；" : "", meant.empty() ? "; " : " "}) + commands.say({"可用：", "There are: "}) + there_are(commands, app);
}

std::string no_such_option(const tree& commands, const CLI::App* app, const std::string& typed) {
    const auto name = typed.substr(0, typed.find('='));
    std::vector<std::string> names;
    for (const auto* at = app; at; at = at->get_parent())
        for (const auto* each : at->get_options())
            for (const auto& n : each->get_lnames()) names.push_back("--" + n);
    return commands.say({"没有选项 ", "there is no option "}) + name + did_you_mean(commands, nearest(name, names));
}

/// What nothing could be made of; empty where all was understood.
std::string not_understood(tree& commands) {
    const auto left = commands.root().remaining(true);
    const auto* app = commands.innermost();
    std::string words;
    for (const auto& each : left) {
        const bool option = each.size() > 1 && each.front() == '-' && (each[1] < '0' || each[1] > '9');
        if (option) return no_such_option(commands, app, each);
        if (!below(app).empty()) return no_such_command(commands, app, each);
        words += " " + each;
    }
    return words.empty() ? words : commands.say({"多出的参数：", "more arguments than it takes:"}) + (commands.lang() == language::zh ? words.substr(1) : words);
}

}  // namespace

std::string usage_problem(tree& commands, const CLI::ParseError& error) {
    const std::string what = error.what();
    const auto name = error.get_name();
    const auto up_to = [&](std::string_view end) { return what.substr(0, what.find(end)); };
    const auto behind = [&](std::string_view begin) {
        const auto at = what.find(begin);
        return at == what.npos ? what : what.substr(at + begin.size());
    };
    auto out = not_understood(commands);
    if (!out.empty()) {
    } else if (name == "RequiredError") {
        const auto missing = what.substr(0, what.find(" is required"));
        out = missing.empty() || missing == "A subcommand"
                  ? commands.say({"缺少命令，可用：", "a command is missing. There are: "}) + there_are(commands, commands.innermost())
                  : commands.say({"缺少 ", "missing: "}) + missing;
    } else if (name == "ValidationError") {
        out = behind(": ");
    } else if (name == "ArgumentMismatch") {
        const bool many = what.find("At Most") != what.npos || what.find("exactly") != what.npos;
        out = (many ? commands.say({"给出了多次：", "given more than once: "}) : commands.say({"选项缺少值：", "an option lacks its value: "})) + up_to(": ");
    } else if (name == "ConversionError") {
        out = what.find(" = ") != what.npos ? commands.say({"值不对：", "a value is wrong: "}) + behind(": ") : commands.say({"不带值的选项：", "an option that takes no value: "}) + up_to(": ");
    } else if (name == "ExcludesError") {
        out = commands.say({"不能同时给出：", "not both of these: "}) + up_to(" excludes ") + commands.say({"、", ", "}) + behind(" excludes ");
    } else {
        out = commands.say({"参数有误：", "wrong arguments: "}) + what;
    }
    return out + commands.say({"（参见 ", " (see "}) + full_name(commands.innermost()) + commands.say({" --help）", " --help)"});
}

}  // namespace cli
