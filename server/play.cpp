#include "server/play.hpp"

#include "events/codec/json_read.hpp"
#include "events/ending/ending.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/blobs/store.hpp"
#include "server/calendar/official.hpp"
#include "server/demo/demo.hpp"
#include "server/demo/year/year.hpp"
#include "server/ops/command_line.hpp"
#include "server/ops/privacy.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = ".opsroom-demo";

/// How far it is: a bar that redraws itself on a terminal, a line a month elsewhere.
class bar {
public:
    bar(std::pair<events::instant, events::instant> span, bool chinese, std::chrono::minutes offset)
        : span_(span), chinese_(chinese), offset_(offset), on_terminal_(::isatty(STDERR_FILENO) != 0) {}

    void show(events::instant now, std::uint64_t events) {
        const auto day = core::date_in(now, offset_);
        if (!on_terminal_ && day.month() == month_) return;
        month_ = day.month();
        constexpr int width = 32;
        const auto whole = (span_.second - span_.first).count();
        const auto done = static_cast<int>((now - span_.first).count() * width / whole);
        char date[16];
        std::snprintf(date, sizeof date, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
        std::string line = on_terminal_ ? "\r" : "";
        for (int i = 0; on_terminal_ && i < width; ++i) line += i < done ? "█" : "░";
        line += std::string(on_terminal_ ? "  " : "") + date + "  " + std::to_string(events) + (chinese_ ? " 个事件" : " events");
        std::fprintf(stderr, "%s%s", line.c_str(), on_terminal_ ? "" : "\n");
        std::fflush(stderr);
    }
    ~bar() {
        if (on_terminal_) std::fputc('\n', stderr);
    }

private:
    std::pair<events::instant, events::instant> span_;
    bool chinese_;
    std::chrono::minutes offset_;
    bool on_terminal_;
    std::chrono::month month_{};
};

[[noreturn]] void refuse(const std::string& zh, const std::string& en) { throw events::cannot_go_on(events::ending::failed, {zh, en}); }

/// Beside `into`; empty.
fs::path prepare(const fs::path& into) {
    if (fs::exists(into) && (!fs::is_directory(into) || !fs::is_empty(into)))
        refuse(into.string() + " 不为空：请用 --data 指定一个空目录", into.string() + " is not empty: name an empty folder with --data");
    auto beside = into;
    beside += ".playing";
    if (fs::exists(beside) && !fs::exists(beside / mark))
        refuse(beside.string() + " 已存在：请先移走", beside.string() + " is in the way: move it elsewhere");
    fs::remove_all(beside);  // left over from a run that was cut off
    fs::create_directories(beside);
    if (std::FILE* f = std::fopen((beside / mark).c_str(), "w")) std::fclose(f);
    return beside;
}

/// The year that ends on the day asked for: a day that has been, or today.
demo::year::script script_of(const ops::config& config, const ops::played_year& asked) {
    demo::year::script script;
    script.seed = asked.seed;
    script.utc_offset = std::chrono::minutes(config.utc_offset_minutes);
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const auto today = core::date_in(now, script.utc_offset);
    events::date last = today;
    if (!asked.until.empty() && !events::codec::parse_date(asked.until, last)) refuse("--until 须为日期，如 2026-02-06", "--until takes a day, as 2026-02-06");
    const auto years = calendar::official_years();
    const auto [first_known, last_known] = std::minmax_element(years.begin(), years.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
    script.year = std::min<int>(demo::year::year_that_ends(last), last_known->year);
    if (last > today || script.year < first_known->year) {
        const auto from = std::to_string(first_known->year) + "-04-01";
        refuse("--until 须在 " + from + " 至今天之间", "--until has to be between " + from + " and today");
    }
    // At the end of a working day, or as far as today has come.
    script.until = std::min(now, events::instant(std::chrono::sys_days(last) + std::chrono::hours(20) - script.utc_offset));
    return script;
}

std::uint64_t play_into(const fs::path& folder, const ops::config& config, const demo::year::script& script, bool chinese) {
    auto opened = events::rocksdb_log::open(folder);
    if (!opened) throw opened.error().ended();
    auto& log = **opened;
    events::file_keyring keys(folder / "keys" / "people");
    identity::options how;
    how.hash_passes = config.password_hash_passes;
    how.hash_memory_kib = config.password_hash_memory_kib;
    blobs::store files(folder / "blobs", folder / "keys" / "files", keys);
    demo::year::played_clock clock;
    identity::accounts accounts(folder / "identity.db", [] { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }, how);
    clock.set(demo::year::span_of(script).first);
    engine::engine room(log, keys, [&] { return clock.now(); },
                        {[](unsigned, std::vector<engine::addressed_answer>&& all) {
                             for (const auto& a : all) a.to->answered(a.command, a.what);
                         },
                         [](const engine::committed_batch&) {}},
                        {.in_order = true, .utc_offset = script.utc_offset});
    const wire::documents read(room.views(), log, keys, [&] { return clock.now(); }, script.utc_offset);
    ballots::returning_officer polls(folder / "keys" / "elections", ops::election_keys_of(config.data, config.election_keys), read, demo::year::random_of(script));
    room.load();
    room.start();
    {
        bar progress(demo::year::span_of(script), chinese, script.utc_offset);
        demo::year::play(room, clock, polls, script, calendar::official_years(),
                         [&](const std::string& login, events::member_id who) {
                             if (const auto set = accounts.set_password(who, login, demo::password, {.published = true}); !set)
                                 throw std::runtime_error("demo account: " + std::string(identity::explain(set.error()).en));
                         },
                         [&](events::instant now, std::uint64_t events) { progress.show(now, events); },
                         [&](events::member_id who, const events::attachment& file, std::string_view content) {
                             if (files.begin(who, file.sha256, file.bytes, file.media_type, file.bytes).complete) return;
                             if (!files.append(who, file.sha256, 0, content).complete) throw std::runtime_error("demo file: " + file.name);
                         });
    }
    polls.tidy();
    room.stop();
    log.wait_indexed(log.head(), std::chrono::seconds(60));
    return log.head().value;
}

}  // namespace

int play_year(const ops::config& config, const ops::played_year& which) {
    const bool chinese = ops::console_language(ops::process_environment()) == events::language::zh;
    auto into = fs::absolute(config.data).lexically_normal();
    if (!into.has_filename()) into = into.parent_path();  // it was given with a slash at its end
    const auto script = script_of(config, which);
    const auto began = std::chrono::steady_clock::now();
    const auto beside = prepare(into);
    const auto events = play_into(beside, config, script, chinese);
    fs::remove(beside / mark);
    if (fs::exists(into)) fs::remove(into);
    fs::rename(beside, into);
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::printf(chinese ? "演练完成：%llu 个事件，用时 %.1f 秒，种子 %llu。启动：opsroomd --demo --data %s（密码 %.*s）\n"
                        : "played: %llu events in %.1f s, seed %llu. Serve it: opsroomd --demo --data %s (password %.*s)\n",
                static_cast<unsigned long long>(events), seconds, static_cast<unsigned long long>(script.seed), into.string().c_str(),
                static_cast<int>(demo::password.size()), demo::password.data());
    return 0;
}

}  // namespace server
