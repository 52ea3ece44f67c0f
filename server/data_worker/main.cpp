// opsroom-data: the only process that has the data engine. It is spoken to on stdin and stdout, and keeps nothing that can't be made again.

#include "server/data_worker/framing.hpp"
#include "server/data_worker/reader.hpp"
#include "server/data_worker/worker.hpp"

#include <sys/resource.h>

#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>

namespace {

constexpr int usage_code = 2, broken_code = 1;

int usage() {
    std::fputs("用法：opsroom-data serve --database FILE [--memory-mb N] [--threads N] [--snapshots FOLDER] [--only-reads 1]\n"
               "usage: opsroom-data serve --database FILE [--memory-mb N] [--threads N] [--snapshots FOLDER] [--only-reads 1]\n"
               "With --only-reads it answers from the newest snapshot. It reads requests on stdin and answers on stdout, each a 4-byte length, the least byte first, and JSON.\n",
               stderr);
    return usage_code;
}

/// 0 where it is no number.
unsigned number(const std::string& text) {
    unsigned n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc() && end == text.data() + text.size() ? n : 0;
}

std::string own_path() {
    char path[4096];
    const auto n = ::readlink("/proc/self/exe", path, sizeof path);
    return n > 0 ? std::string(path, static_cast<std::size_t>(n)) : std::string("opsroom-data");
}

/// The engine answers nothing any more, whatever it is asked, until its database is opened again: a checkpoint failed, as the disk was full.
bool has_given_up(const data_worker::json& answer) {
    const auto error = answer.find("error");
    return error != answer.end() && error->value("code", "") == "engine" && error->value("en", "").find("FATAL Error") != std::string::npos;
}

int serve(data_worker::worker_options how) {
    using data_worker::json;
    // So that nothing that a library prints goes between the answers.
    const int answers = ::dup(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    how.program = own_path();
    data_worker::worker all(std::move(how));
    if (!all.moved_to().empty()) std::fprintf(stderr, "数据库无法打开，已移到 %s / the database could not be opened and was moved to %s\n", all.moved_to().c_str(), all.moved_to().c_str());
    while (const auto frame = data_worker::read_frame(STDIN_FILENO)) {
        const auto asked = json::parse(*frame, nullptr, false);
        auto made = all.answer(asked);
        auto text = made.dump(-1, ' ', false, json::error_handler_t::replace);
        if (text.size() > data_worker::frame_bytes_max)
            text = json{{"id", made.value("id", json())}, {"error", {{"code", "too_large"}, {"zh", "答复过大：请少要一些"}, {"en", "the answer is too large: ask for less"}}}}.dump();
        if (!data_worker::write_frame(answers, text)) break;
        if (has_given_up(made)) return broken_code;  // and is started anew
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    if (argc < 2) return usage();
    if (std::strcmp(argv[1], "read") == 0) return data_worker::read_snapshot();
    if (std::strcmp(argv[1], "serve") != 0) return usage();
    std::map<std::string, std::string> given;
    for (int i = 2; i + 1 < argc; i += 2) given[argv[i]] = argv[i + 1];
    data_worker::worker_options how;
    how.database = given["--database"];
    how.snapshots = given["--snapshots"];
    how.reads = given["--only-reads"] == "1";
    if (given.contains("--memory-mb")) how.memory_mb = number(given["--memory-mb"]);
    if (given.contains("--threads")) how.threads = number(given["--threads"]);
    if (argc % 2 != 0 || how.database.empty() || how.memory_mb < 64 || how.threads == 0 || how.threads > 64) return usage();
    try {
        return serve(std::move(how));
    } catch (const std::exception& e) {
        std::fprintf(stderr, "opsroom-data：无法继续 / can't go on: %s\n", e.what());
        return broken_code;
    }
}
