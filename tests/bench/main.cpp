// What the table asks for, measured: one JSON line a figure on standard output.
//
//   opsroom_bench [--folder FOLDER] [FIGURE …]
//
// Without a figure it is all of them. The server, where one is needed, is opsroomd beside this program.

#include "tests/bench/alerts.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/data.hpp"
#include "tests/bench/figure.hpp"

#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

namespace {

struct entry {
    std::string_view name;
    void (*measure)(const std::filesystem::path&);
};

constexpr entry all[] = {{"append", bench::append}, {"command", bench::command}, {"ack", bench::ack},
                         {"replay", bench::replay}, {"start", bench::start},     {"idle", bench::idle},
                         {"reads", bench::reads},   {"page", bench::page},       {"demo", bench::demo},
                         {"fanout", bench::fanout}, {"storm", bench::storm},     {"attack", bench::attack},
                         {"backup", bench::backup}, {"pages", bench::pages},     {"search", bench::search},
                         {"nab", bench::nab},       {"data", bench::data},
                         {"alerts", bench::alerts}};

void allow_many_connections() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int unknown(std::string_view name) {
    std::fprintf(stderr, "没有这个指标 / no such figure: %.*s. 可选 / there are:", static_cast<int>(name.size()), name.data());
    for (const auto& e : all) std::fprintf(stderr, " %.*s", static_cast<int>(e.name.size()), e.name.data());
    std::fputc('\n', stderr);
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    allow_many_connections();
    auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bench-data";
    std::vector<const entry*> asked;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--folder" && i + 1 < argc) {
            folder = argv[++i];
            continue;
        }
        const auto before = asked.size();
        for (const auto& e : all)
            if (e.name == word) asked.push_back(&e);
        if (asked.size() == before) return unknown(word);
    }
    if (asked.empty())
        for (const auto& e : all) asked.push_back(&e);
    int status = 0;
    for (const auto* e : asked) {
        try {
            bench::progress(std::string(e->name) + " …");
            std::filesystem::create_directories(folder);
            e->measure(folder);
        } catch (const std::exception& failed) {
            std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(e->name.size()), e->name.data(), failed.what());
            status = 1;
        }
    }
    return status;
}
