#include "clients/cli/tree.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/help.hpp"
#include "clients/cli/terminal.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace cli {

tree::tree(settings& with) : with_(with), root_(std::make_unique<CLI::App>("", "opsroom")) {
    root_->description(say({"运营室的命令行", "the operations room, from the command line"}));
    root_->formatter(std::make_shared<help>(*this));
    // Global options may stand anywhere.
    root_->fallthrough();
    root_->require_subcommand(1);
    root_->set_help_flag("-h,--help", say({"显示帮助", "show this help"}));
    examples_[root_.get()] =
        "opsroom login --server http://127.0.0.1:8080 --login chen.wei\n"
        "opsroom inbox --watch\n"
        "opsroom task assign \"Weekly channel data\" --to @li.na --standard \"All five channels\" --due +3d\n"
        "opsroom channel post general \"Good morning\"\n"
        "opsroom task list --overdue -o json\n"
        "opsroom log verify";
    add_global_options();
}

tree::~tree() = default;

void tree::add_global_options() {
    const auto in_group = [&](CLI::Option* o) { o->group("global"); };
    auto* output = option(root_.get(), "-o,--output", format_, "FORMAT", {"输出格式：table、json、ndjson、csv", "table, json, ndjson or csv"});
    only(output, {"table", "json", "ndjson", "csv"});
    output->each([this](const std::string& v) {
        with_.format = v == "json" ? format::json : v == "ndjson" ? format::ndjson : v == "csv" ? format::csv : format::table;
    });
    in_group(output);
    auto* lang = option(root_.get(), "--lang", lang_, "zh|en", {"界面语言（也可用 OPSROOM_LANG）", "language (also OPSROOM_LANG)"});
    only(lang, {"zh", "en"});
    in_group(lang);
    with_.color = stdout_is_terminal() && colors_wanted();
    auto* color = option(root_.get(), "--color", color_, "WHEN", {"何时着色：auto、always、never（也遵守 NO_COLOR）",
                                                             "auto, always or never (NO_COLOR is respected)"});
    only(color, {"auto", "always", "never"});
    color->each([this](const std::string& v) {
        if (v != "auto") with_.color = v == "always";
    });
    in_group(color);
    in_group(flag(root_.get(), "--bom,!--no-bom", with_.marked,
                  {"CSV 以字节顺序标记开头，Excel 才认得 UTF-8（写入文件时默认）", "begin CSV with a byte order mark, by which Excel knows UTF-8 (as it is when written to a file)"}));
    in_group(flag(root_.get(), "-q,--quiet", with_.quiet, {"不显示确认与进度", "no confirmations and no progress"}));
    in_group(option(root_.get(), "--server", with_.server, "URL", {"服务器地址（也可用 OPSROOM_SERVER）", "the server (also OPSROOM_SERVER)"}));
    in_group(option(root_.get(), "--ca", with_.ca, "FILE", {"信任这个文件中的证书（也可用 OPSROOM_CA）", "trust the certificates of this file (also OPSROOM_CA)"}));
    in_group(flag(root_.get(), "--insecure", with_.insecure, {"不检查服务器的证书", "do not check the server's certificate"}));
    in_group(number(root_.get(), "--expect", with_.expect, "VERSION", any_or_none,
                    {"只在对象仍为此版本时执行", "act only if the target is still at this version"}));
    auto* id = option(root_.get(), "--command-id", with_.command_id, "UUID",
                      {"命令编号：同一编号重试不会重复执行", "the command's id: the same id again does nothing twice"});
    id->check(CLI::Validator([this](std::string& given) {
        return is_uuid(given) ? std::string() : say({"--command-id 不是 UUID：", "--command-id is not a UUID: "}) + given;
    }, ""));
    in_group(id);
    root_->set_version_flag("--version", "opsroom " OPSROOM_VERSION, say({"显示版本", "show the version"}))->group("global");
}

CLI::App* tree::noun(const std::string& name, text about, std::string examples) {
    auto* out = root_->add_subcommand(name, say(about));
    out->require_subcommand(1);
    examples_[out] = std::move(examples);
    return out;
}

CLI::App* tree::verb(CLI::App* under, const std::string& name, text about, std::string examples, action act) {
    auto* out = under->add_subcommand(name, say(about));
    examples_[out] = std::move(examples);
    actions_[out] = std::move(act);
    return out;
}

template <class T>
CLI::Option* tree::option(CLI::App* app, const std::string& name, T& into, const std::string& value, text about) {
    auto* out = app->add_option(name, into, say(about));
    values_[out] = value;
    return out;
}

template CLI::Option* tree::option(CLI::App*, const std::string&, std::string&, const std::string&, text);
template CLI::Option* tree::option(CLI::App*, const std::string&, std::optional<std::string>&, const std::string&, text);
template CLI::Option* tree::option(CLI::App*, const std::string&, std::vector<std::string>&, const std::string&, text);

template <class T>
CLI::Option* tree::number(CLI::App* app, const std::string& name, T& into, const std::string& value, range which, text about) {
    auto* out = option(app, name, into, value, about);
    within(out, which);
    return out;
}

template CLI::Option* tree::number(CLI::App*, const std::string&, std::uint64_t&, const std::string&, range, text);
template CLI::Option* tree::number(CLI::App*, const std::string&, std::optional<std::uint64_t>&, const std::string&, range, text);

void tree::within(CLI::Option* option, range which) {
    ranges_[option] = which;
    option->check(CLI::Validator([this, which, option](std::string& given) -> std::string {
        const auto n = whole_number(given, which);
        if (!n) return out_of_range(option->get_name(), which, given).in(with_.language);
        given = std::to_string(*n);  // "010" is ten
        return {};
    }, ""));
}

std::optional<range> tree::range_of(const CLI::Option* option) const {
    const auto found = ranges_.find(option);
    return found == ranges_.end() ? std::nullopt : std::optional(found->second);
}

CLI::Option* tree::flag(CLI::App* app, const std::string& name, bool& into, text about) { return app->add_flag(name, into, say(about)); }

CLI::Option* tree::required(CLI::Option* option) { return option->required(); }

void tree::needed(CLI::Option* option) { needed_.insert(option); }

bool tree::is_needed(const CLI::Option* option) const { return option->get_required() || needed_.contains(option); }

void tree::one_each(CLI::Option* option, bool many) {
    option->expected(1)->allow_extra_args(false);
    if (many) option->take_all();
}

void tree::excludes(CLI::Option* one, CLI::Option* other) { one->excludes(other); }

void tree::only(CLI::Option* option, std::vector<std::string> choices) {
    option->check(CLI::Validator([this, choices, option](std::string& given) -> std::string {
        std::string all;
        for (const auto& each : choices) {
            if (each == given) return {};
            all += (all.empty() ? "" : ", ") + each;
        }
        return option->get_name() + say({" 只能是 ", " is one of "}) + all + say({"，而不是 ", ", not "}) + given;
    }, ""));
    choices_[option] = std::move(choices);
}

void tree::offer(CLI::Option* option, std::vector<std::string> choices) { choices_[option] = std::move(choices); }

void tree::watchable(CLI::App* app, bool& into) {
    flag(app, "-w,--watch", into, {"停留，有变化就重新显示", "stay, and show it again at every change"});
}

void tree::dated(CLI::App* app, std::string& into) {
    option(app, "--as-of", into, "WHEN", {"当时：日期、RFC 3339 时间或日志位置", "as it was: a day, an RFC 3339 time or a log position"});
}

const CLI::App* tree::innermost() const {
    const CLI::App* at = root_.get();
    for (auto below = at->get_subcommands(); !below.empty(); below = at->get_subcommands()) at = below.front();
    return at;
}

const action* tree::chosen() const {
    const auto found = actions_.find(innermost());
    return found == actions_.end() ? nullptr : &found->second;
}

const std::string& tree::examples_of(const CLI::App* app) const {
    static const std::string none;
    const auto found = examples_.find(app);
    return found == examples_.end() ? none : found->second;
}

std::string tree::value_of(const CLI::Option* option) const {
    const auto found = values_.find(option);
    return found == values_.end() ? std::string() : found->second;
}

const std::vector<std::string>& tree::choices_of(const CLI::Option* option) const {
    static const std::vector<std::string> none;
    const auto found = choices_.find(option);
    return found == choices_.end() ? none : found->second;
}

}  // namespace cli
