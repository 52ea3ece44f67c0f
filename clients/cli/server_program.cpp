#include "clients/cli/server_program.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace cli {
namespace {

std::string server_beside_this() {
    std::error_code failed;
    const auto me = std::filesystem::read_symlink("/proc/self/exe", failed);
    const auto server = me.parent_path() / "opsroomd";
    if (failed || ::access(server.c_str(), X_OK) != 0)
        throw failure(exit_code::unavailable, "同一目录下没有 opsroomd：请一并安装", "there is no opsroomd beside this program: install it too");
    return server.string();
}

}  // namespace

void become_server(context& about, const std::vector<std::string>& arguments) {
    const auto program = server_beside_this();
    ::setenv("LC_ALL", about.with.zh() ? "zh_CN.UTF-8" : "C.UTF-8", 1);
    about.out << std::flush;
    std::vector<char*> all{const_cast<char*>(program.c_str())};
    for (const auto& a : arguments) all.push_back(const_cast<char*>(a.c_str()));
    all.push_back(nullptr);
    ::execv(program.c_str(), all.data());
    throw failure(exit_code::internal, "无法启动 " + program, "cannot start " + program);
}

}  // namespace cli
