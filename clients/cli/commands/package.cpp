// Sealed packages of archived projects: fetched, and then checked and searched without the server.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/output_file.hpp"
#include "clients/cli/package/search.hpp"
#include "clients/cli/package/verify.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

namespace cli {

void save_parts(context& about, const std::string& file, text what, const std::function<void(const std::function<void(std::string_view)>&)>& fetch) {
    output_file out(file, about.out);
    progress bar(about.say(what), 0, about.with.quiet || !stderr_is_terminal());
    std::uint64_t bytes = 0;
    fetch([&](std::string_view piece) {
        out.write(piece);
        bar.show(bytes += piece.size(), 0);
    });
    out.finish();
    bar.finish();
    if (out.is_stdout() || (about.with.quiet && about.with.format == format::table)) return;
    about.out << shown_thing(about, {{"file", file}, {"bytes", bytes}},
                             {{{"文件", "file"}, {file, paint::green}}, {{"字节", "bytes"}, {std::to_string(bytes)}}});
}

void save_stream(context& about, const std::string& path, const std::string& file, text what) {
    save_parts(about, file, what, [&](const std::function<void(std::string_view)>& part) { about.server().get_stream(path, part); });
}

namespace {

struct export_options {
    std::string project;
    std::string file;
};

void fetch(context& about, export_options given) {
    const auto number = names::number("project", given.project);
    if (given.file.empty()) given.file = fmt::format("project-{}.zip", number);
    save_stream(about, fmt::format("/api/v1/projects/{}/package", number), given.file, {"归档包", "package"});
}

/// The one that was given, or that was kept when somebody logged in to the server that sealed it.
std::string key_for(const context& about, const std::string& file, const std::string& given) {
    if (!given.empty()) return given;
    const auto name = package::sealer_of(file);
    std::string of_that_name;
    for (const auto& key : about.store.log_keys()) {
        if (!key.starts_with(name + "+")) continue;
        if (package::is_sealed_by(file, key)) return key;
        of_that_name = key;
    }
    // None of them sealed it: checking with any says so.
    if (!of_that_name.empty()) return of_that_name;
    throw failure(exit_code::usage, fmt::format("没有“{}”的公钥：请用 --key 给出，或先登录那台服务器", name),
                  fmt::format("there is no key of “{}”: give it with --key, or log in to that server once", name));
}

void check(context& about, const std::string& file, const std::string& given_key) {
    const auto key = key_for(about, file, given_key);
    progress bar(about.say({"验证归档包", "verifying the package"}), 0, about.with.quiet || !stderr_is_terminal());
    const auto done = package::verify(file, key, [&](std::uint64_t at, std::uint64_t of) { bar.show(at, of); });
    bar.finish();
    if (about.with.quiet && about.with.format == format::table) return;
    const auto& m = done.manifest;
    const json report{{"ok", true},
                      {"project", at_or_null(m, "project")},
                      {"name", at_or_null(m, "name")},
                      {"sealed_at", at_or_null(m, "sealed_at")},
                      {"events", done.events},
                      {"vouched", done.vouched},
                      {"attachments", done.files},
                      {"checkpoint", {{"origin", done.origin}, {"size", done.size}}},
                      {"key", key}};
    about.out << shown_thing(
        about, report,
        {{{"结果", "result"},
          {about.say({"已在本机验证：归档包完好，每个事件都在日志中", "checked here: the package is whole, and every event is in the log"}),
           paint::green}},
         {{"项目", "project"}, {fmt::format("{} {}", raw(at_or_null(m, "project")), text_at(m, "name"))}},
         {{"封存", "sealed"}, {shown_time(text_at(m, "sealed_at"))}},
         {{"事件", "events"},
          {done.vouched == 0 ? std::to_string(done.events)
                             : about.say({fmt::format("{}（其中 {} 个早期事件的文字仅由封条担保）", done.events, done.vouched),
                                          fmt::format("{} ({} of them early ones, whose words the seal alone vouches for)", done.events, done.vouched)})}},
         {{"附件", "attachments"}, {std::to_string(done.files)}},
         {{"检查点", "checkpoint"}, {fmt::format("{} · {}", done.origin, done.size)}},
         {{"密钥", "key"}, {key}}});
}

void look_for(context& about, const std::string& file, const std::vector<std::string>& words) {
    const auto l = about.with.language;
    const auto plain = [](const char* key) { return [key](const json& r) { return cell{raw(at_or_null(r, key))}; }; };
    about.out << shown_list(
        about, package::search(file, words),
        {{{"位置", "POSITION"}, "position", plain("position"), true, false},
         {{"对象", "WHAT"}, "stream", [](const json& r) { return cell{text_at(r, "stream", text_at(r, "part"))}; }},
         {{"事件", "EVENT"}, "type", [l](const json& r) { return cell{text_at(r, "type").empty() ? "" : deed(l, text_at(r, "type"))}; }},
         {{"字段", "FIELD"}, "field", plain("field"), false, false},
         {{"内容", "TEXT"}, "excerpt", plain("excerpt")}});
}

}  // namespace

void add_package_commands(tree& t, const nouns& n) {
    auto* noun = n.at("project");
    auto given = std::make_shared<export_options>();
    auto* fetched = t.verb(
        noun, "export",
        {"取得已归档项目的归档包：一个文件，可离线验证", "fetch an archived project's sealed package: one file that verifies offline"},
        "opsroom project export 3\nopsroom project export 3 -f points.zip", [given](context& about) { fetch(about, *given); });
    t.required(t.option(fetched, "PROJECT", given->project, "", {"项目编号", "the project's number"}));
    t.option(fetched, "-f,--file", given->file, "FILE", {"写到哪里（默认 project-N.zip；“-”为标准输出）", "where to (project-N.zip); - is stdout"});

    struct verify_options {
        std::string file, key;
    };
    auto checked = std::make_shared<verify_options>();
    auto* app = t.verb(noun, "verify", {"离线验证归档包", "verify a sealed package, without the server"},
                       "opsroom project verify points.zip\nopsroom project verify points.zip --key \"$(cat log.pub)\"",
                       [checked](context& about) { check(about, checked->file, checked->key); });
    t.required(t.option(app, "FILE", checked->file, "", {"归档包", "the package"}));
    t.option(
        app, "--key", checked->key, "KEY",
        {"日志的公钥（名称+编号+base64）；默认用登录时保存的", "the log's public key (name+id+base64); by default the one kept at login"});

    struct search_options {
        std::string file;
        std::vector<std::string> words;
    };
    auto sought = std::make_shared<search_options>();
    auto* search = t.verb(noun, "search", {"在归档包中检索", "search a sealed package"},
                          "opsroom project search points.zip 兑换率\nopsroom project search points.zip interface delay -o json",
                          [sought](context& about) { look_for(about, sought->file, sought->words); });
    t.required(t.option(search, "FILE", sought->file, "", {"归档包", "the package"}));
    t.required(t.option(search, "WORDS", sought->words, "", {"词，须同时出现", "words, all of which have to be there"}));
}

}  // namespace cli
