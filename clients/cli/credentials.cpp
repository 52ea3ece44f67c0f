#include "clients/cli/credentials.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cli {
namespace {

std::string usual_file() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config == '/') return std::string(config) + "/opsroom/credentials.json";
    const char* home = std::getenv("HOME");
    if (home != nullptr && *home != '\0') return std::string(home) + "/.config/opsroom/credentials.json";
    return {};
}

json read(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        if (errno == ENOENT || errno == ENOTDIR || file.empty()) return json::object();
        const int why = errno;
        throw failure(exit_code::internal, fmt::format("无法读取 {}：{}", file, in_words(why, language::zh)), fmt::format("cannot read {}: {}", file, in_words(why, language::en)));
    }
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    auto out = parse_json(bytes);
    if (!out.is_object())
        throw failure(exit_code::internal, fmt::format("{} 已损坏：请删除后重新登录", file),
                      fmt::format("{} is damaged: delete it and log in again", file));
    return out;
}

void write(const std::string& file, const json& whole) {
    if (file.empty())
        throw failure(exit_code::internal, "不知道登录信息该存在哪里：请设置 HOME 或 XDG_CONFIG_HOME",
                      "nowhere to keep the login: set HOME or XDG_CONFIG_HOME");
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path(), error);
    output_file out(file, output_file::secret{});
    out.write(as_text(whole, 2) + "\n");
    out.finish();
}

}  // namespace

credential_store::credential_store() : file_(usual_file()) {}

std::optional<credential> credential_store::find(const std::string& server) const {
    const auto whole = read(file_);
    const auto wanted = server.empty() ? text_at(whole, "current") : server;
    const auto& one = at_or_null(at_or_null(whole, "servers"), wanted.c_str());
    if (!one.is_object()) return std::nullopt;
    return credential{wanted, text_at(one, "login"), text_at(one, "token"), number_at(one, "token_id").value_or(0),
                      text_at(one, "ca"), text_at(one, "device")};
}

void credential_store::keep(const credential& c) const {
    auto whole = read(file_);
    whole["current"] = c.server;
    json one{{"login", c.login}, {"token", c.token}, {"token_id", c.token_id}};
    if (!c.ca.empty()) one["ca"] = c.ca;
    if (!c.device.empty()) one["device"] = c.device;
    whole["servers"][c.server] = one;
    write(file_, whole);
}

std::string credential_store::keep_log_key(const std::string& server, const std::string& key) const {
    auto whole = read(file_);
    auto before = text_at(at_or_null(whole, "log_keys"), server.c_str());
    if (before == key) return before;
    whole["log_keys"][server] = key;
    write(file_, whole);
    return before;
}

std::vector<std::string> credential_store::log_keys() const {
    std::vector<std::string> all;
    const auto whole = read(file_);
    for (const auto& [server, key] : at_or_null(whole, "log_keys").items())
        if (key.is_string()) all.push_back(key.get<std::string>());
    return all;
}

void credential_store::forget(const std::string& server) const {
    auto whole = read(file_);
    if (whole.contains("servers")) whole["servers"].erase(server);
    if (text_at(whole, "current") == server) whole.erase("current");
    write(file_, whole);
}

}  // namespace cli
