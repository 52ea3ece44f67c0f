#include "server/backup/errands.hpp"

#include "events/codec/json_read.hpp"
#include "events/codec/json_write.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/proof/checkpoint.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/backup/create.hpp"
#include "server/backup/restore.hpp"
#include "server/clock/room_clock.hpp"
#include "server/engine/history.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace server::backup {
namespace {

namespace fs = std::filesystem;

events::instant system_now() { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }

std::string shown(events::instant t) {
    std::string out;
    events::codec::write_instant(out, t);
    return out.substr(1, 19) + 'Z';
}

/// Folders as they are from anywhere: what opens a database in one does not ask from where.
ops::errand with_whole_paths(ops::errand asked) {
    for (auto* path : {&asked.folder, &asked.keys})
        if (!path->empty()) *path = fs::absolute(*path).lexically_normal().string();
    return asked;
}
ops::config with_whole_paths(ops::config config) {
    config.data = fs::absolute(config.data).lexically_normal().string();
    return config;
}

class errands {
public:
    errands(const ops::config& config, const ops::errand& asked)
        : config_(with_whole_paths(config)), asked_(with_whole_paths(asked)), zh_(ops::console_language(ops::process_environment()) == events::language::zh) {}

    int run() {
        if (asked_.is == ops::errand::accept_clock) return accept_clock();
        if (asked_.is == ops::errand::backup_create) return create();
        if (asked_.is == ops::errand::backup_list) return list();
        return asked_.is == ops::errand::backup_verify ? verify() : restore();
    }
    bool zh() const { return zh_; }

private:
    const char* pick(const char* zh, const char* en) const { return zh_ ? zh : en; }

    /// A line that redraws itself on a terminal; elsewhere, a line a part.
    pace progress() {
        const bool terminal = ::isatty(STDERR_FILENO) != 0;
        return {0, {}, [this, terminal](std::string_view part, std::uint64_t done) {
                    const bool another = part != part_;
                    part_ = part;
                    if (!terminal && !another) return;
                    std::fprintf(stderr, "%s%.*s  %llu%s", terminal ? "\r\033[K" : "", static_cast<int>(part.size()), part.data(),
                                 static_cast<unsigned long long>(done), terminal ? "" : "\n");
                    std::fflush(stderr);
                    drawn_ = terminal;
                }};
    }
    void end_progress() {
        if (drawn_) std::fputs("\r\033[K", stderr);
        drawn_ = false;
    }

    int create() {
        const fs::path data(config_.data);
        // Before a log is made where there is none.
        if (!fs::exists(data / "log")) throw failure(data.string() + " 中没有日志：用 --data 指明数据目录", "there is no log in " + data.string() + ": name the data folder with --data");
        auto opened = events::rocksdb_log::open(data);
        if (!opened) {
            const auto why = opened.error().ended();
            const bool running = why.code() == events::ending::in_use;
            throw events::cannot_go_on(why.code(), {why.line().zh + (running ? "；服务器运行时请用 opsroom backup create" : ""),
                                                    why.line().en + (running ? "; while the server runs, use opsroom backup create" : "")});
        }
        auto& log = **opened;
        const auto signer = events::proof::open_signing_key(data / "keys" / "checkpoint.key", "opsroom");
        identity::options how;
        const identity::accounts accounts(data / "identity.db", system_now, how);
        const events::file_keyring people(data / "keys" / "people");
        const source from{log, signer, accounts, data, engine::history_of(log), asked_.settings, std::string(ops::version()), &people};
        const auto made = backup::create(from, {asked_.folder, asked_.keys, config_.backup_keep}, progress(), system_now());
        end_progress();
        std::printf(pick("备份 %llu：到位置 %llu，%llu MiB，%llu 个附件，%llu 人的密钥\n", "backup %llu: up to position %llu, %llu MiB, %llu attachments, keys of %llu people\n"),
                    static_cast<unsigned long long>(made.what.number), static_cast<unsigned long long>(made.what.position.value),
                    static_cast<unsigned long long>(made.what.bytes >> 20), static_cast<unsigned long long>(made.what.blobs),
                    static_cast<unsigned long long>(made.what.people.size()));
        for (const auto who : made.keys_destroyed)
            std::printf(pick("成员 %llu 已被抹除：其密钥已从备份中销毁\n", "member %llu was erased: their key was destroyed in the backup\n"), static_cast<unsigned long long>(who.value));
        for (const auto& sha256 : made.damaged)
            std::printf(pick("附件 %s 已损坏，未备份\n", "the attachment %s is damaged, and was left out\n"), sha256.c_str());
        return 0;
    }

    int accept_clock() {
        const fs::path data(config_.data);
        if (!fs::exists(data / "log")) throw failure(data.string() + " 中没有日志：用 --data 指明数据目录", "there is no log in " + data.string() + ": name the data folder with --data");
        clock::say_accepted(data);
        std::printf(pick("本机时钟现为 %s：已确认，服务器一秒内（或下次启动时）照此继续\n", "this machine's clock says %s: accepted; the server goes on by it within a second, or when it starts\n"), shown(system_now()).c_str());
        return 0;
    }

    int list() {
        for (const auto& m : read_all(asked_.folder))
            std::printf(pick("%llu  %s  位置 %llu（%s）  %llu MiB  密钥 %s\n", "%llu  %s  position %llu (%s)  %llu MiB  keys in %s\n"),
                        static_cast<unsigned long long>(m.number), shown(m.made).c_str(), static_cast<unsigned long long>(m.position.value), shown(m.time).c_str(),
                        static_cast<unsigned long long>(m.bytes >> 20), keys_of(asked_.folder, m).c_str());
        return 0;
    }

    int verify() {
        const auto all = read_all(asked_.folder);
        const auto by = verifier_of(asked_.folder);
        int code = 0;
        bool found = false;
        for (const auto& m : all) {
            if (asked_.number ? m.number != *asked_.number : m.number != all.back().number) continue;
            found = true;
            auto known = known_roots(asked_.folder, m);
            for (const auto& file : asked_.checkpoints) known.push_back(read_checkpoint(file, by));
            const auto result = backup::verify(asked_.folder, m, known, progress());
            end_progress();
            if (result.wrong.empty())
                std::printf(pick("备份 %llu 完好：%llu 个事件，%llu 个文件\n", "backup %llu is whole: %llu events, %llu files\n"), static_cast<unsigned long long>(m.number),
                            static_cast<unsigned long long>(result.events), static_cast<unsigned long long>(result.files));
            for (const auto& w : result.wrong) {
                std::printf(pick("备份 %llu：%s\n", "backup %llu: %s\n"), static_cast<unsigned long long>(m.number), (zh_ ? w.zh : w.en).c_str());
                code = 1;
            }
        }
        if (!found) throw failure("没有这个备份：见 opsroomd backup list", "there is no such backup: see opsroomd backup list");
        return code;
    }

    std::optional<events::instant> moment() const {
        if (asked_.to_time.empty()) return std::nullopt;
        events::instant t{};
        events::date day{};
        if (events::codec::parse_instant(asked_.to_time, t)) return t;
        if (events::codec::parse_date(asked_.to_time, day))  // all of that day, where the department is
            return std::chrono::sys_days(day) + std::chrono::days(1) - std::chrono::minutes(config_.utc_offset_minutes) - std::chrono::microseconds(1);
        throw failure("--to-time 须为日期或 RFC 3339 时间（UTC），如 2026-11-28T09:30:00Z", "--to-time takes a day or an RFC 3339 time in UTC, like 2026-11-28T09:30:00Z");
    }

    int restore() {
        wanted what;
        what.folder = asked_.folder;
        what.data = config_.data;
        what.number = asked_.number;
        if (asked_.to_position) what.position = events::position{*asked_.to_position};
        what.time = moment();
        what.keys = asked_.keys;
        what.without_keys = asked_.without_keys;
        what.quick = asked_.quick;
        for (const auto& c : asked_.checkpoints) what.checkpoints.emplace_back(c);
        const auto done = backup::restore(what, progress());
        end_progress();
        std::printf(pick("已恢复到 %s：备份 %llu，位置 %llu（%s），%llu 人的密钥\n", "restored to %s: backup %llu, position %llu (%s), keys of %llu people\n"),
                    config_.data.c_str(), static_cast<unsigned long long>(done.from.number), static_cast<unsigned long long>(done.at.value), shown(done.time).c_str(),
                    static_cast<unsigned long long>(done.people));
        std::printf(what.quick ? pick("文件校验和相符；%zu 个检查点相符（未重算事件哈希）\n", "the files have their checksums; %zu checkpoints hold (the events were not hashed again)\n")
                               : pick("已逐个事件验证；%zu 个检查点相符\n", "proven event by event; %zu checkpoints hold\n"),
                    done.held.size());
        for (const auto& c : done.beyond)
            std::printf(pick("检查点 %s 在恢复的位置之后，无从对照\n", "the checkpoint %s is of later events than were restored\n"), c.c_str());
        if (what.without_keys) std::printf("%s\n", pick("没有恢复密钥：个人内容与附件无法读取，日志改用新的签名密钥", "no keys were restored: nothing personal and no attachment can be read, and the log gets a new signing key"));
        for (const auto e : done.uncountable)
            std::printf(pick("选举 %llu 的密钥不在任何备份中：其选票不能再计，请取消后重新举行\n", "the key of election %llu is in no backup: its ballots can't be counted any more; cancel it and hold it again\n"),
                        static_cast<unsigned long long>(e.value));
        if (system_now() - done.time > std::chrono::hours(24))
            std::printf(pick("最后一个事件是一天以前的：服务器会先核实时钟；若本机时钟正确，运行 opsroomd accept-clock --data %s\n",
                             "its last event is more than a day old, so the server makes sure of the clock first; where this machine's is right, run opsroomd accept-clock --data %s\n"),
                        config_.data.c_str());
        std::printf(pick("历史 %s；当时的设置：%s\n启动：opsroomd --data %s\n", "history %s; the settings of then: %s\nserve it: opsroomd --data %s\n"), done.history.c_str(),
                    file_of(asked_.folder, done.from.number, ".settings.json").c_str(), config_.data.c_str());
        return 0;
    }

    const ops::config config_;
    const ops::errand asked_;
    bool zh_;
    std::string part_;
    bool drawn_ = false;
};

}  // namespace

int run(const ops::config& config, const ops::errand& asked) {
    errands work(config, asked);
    try {
        return work.run();
    } catch (const failure& e) {
        std::fprintf(stderr, "opsroomd: %s\n", (work.zh() ? e.zh : e.en).c_str());
        return 1;
    }
}

}  // namespace server::backup
