#pragma once
// The server that cases are carried out against, and their words as the client takes them.

#include "tests/clients/child.hpp"
#include "tests/clients/kept.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace clients_test {

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    check(bool(in), path.string() + " can't be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The order of fields is no part of a row.
inline nlohmann::json unordered(const json& value) { return nlohmann::json::parse(opsroom::as_text(value)); }

inline std::string day_in(int days) {
    const std::chrono::year_month_day day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(days);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(day.year()), unsigned(day.month()), unsigned(day.day()));
    return text;
}

inline std::uint64_t number_of(const std::string& stream) { return std::stoull(stream.substr(stream.find('/') + 1)); }

inline opsroom::query query_of(const json& asked) {
    opsroom::query out;
    for (const auto& [name, value] : asked.items()) out.emplace_back(name, value);
    return out;
}

/// The server behind its network: stage.mjs, told in lines.
class stage {
public:
    stage(const std::string& binary, const std::filesystem::path& here)
        : process_({std::getenv("NODE") ? std::getenv("NODE") : "node", (here / "stage.mjs").string(), binary}) {
        url = opsroom::text_at(opsroom::parse_json(process_.hear(60s).value_or("")), "url");
    }
    ~stage() { process_.finish(); }

    void tell(const json& said) {
        process_.say(opsroom::as_text(said));
        check(process_.hear(60s).has_value(), "the stage has ended");
    }

    std::string url;

private:
    child process_;
};

}  // namespace clients_test
