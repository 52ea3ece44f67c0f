// `opsroom demo`: plays the demo year. The year is the server's to play, so the server's program does it.

#include "clients/cli/commands/commands.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

namespace cli {
namespace {

struct demo_options {
    std::string folder = "./year";
    std::optional<std::uint64_t> seed;
};

std::string server_beside_this() {
    std::error_code failed;
    const auto me = std::filesystem::read_symlink("/proc/self/exe", failed);
    const auto server = me.parent_path() / "opsroomd";
    if (failed || ::access(server.c_str(), X_OK) != 0)
        throw failure(exit_code::unavailable, "同一目录下没有 opsroomd：请一并安装", "there is no opsroomd beside this program: install it too");
    return server.string();
}

[[noreturn]] void play(context& about, const demo_options& how) {
    const auto program = server_beside_this();
    const auto seed = std::to_string(how.seed.value_or(1));
    // It speaks the language that was asked for.
    ::setenv("LC_ALL", about.with.zh() ? "zh_CN.UTF-8" : "C.UTF-8", 1);
    about.out << std::flush;
    const char* arguments[] = {program.c_str(), "demo", "--data", how.folder.c_str(), "--seed", seed.c_str(), nullptr};
    ::execv(program.c_str(), const_cast<char* const*>(arguments));
    throw failure(exit_code::internal, "无法启动 " + program, "cannot start " + program);
}

}  // namespace

void add_demo_command(tree& t) {
    auto how = std::make_shared<demo_options>();
    auto* app = t.verb(&t.root(), "demo", {"演练一整年的演示部门，放入一个空目录", "play a year of the demo department into an empty folder"},
                       "opsroom demo --data ./year\nopsroomd --demo --data ./year", [how](context& about) { play(about, *how); });
    t.option(app, "--data", how->folder, "FOLDER", {"目录（默认 ./year）", "the folder (./year)"});
    t.option(app, "--seed", how->seed, "N", {"种子：同一种子得到同一年（默认 1）", "the same seed plays the same year (1)"});
}

}  // namespace cli
