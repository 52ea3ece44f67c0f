#include "tests/bench/in_process.hpp"

#include "core/channel/channel.hpp"
#include "core/member/member.hpp"
#include "core/task/task.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/demo/runner.hpp"
#include "server/engine/engine.hpp"
#include "tests/bench/figure.hpp"

#include <atomic>
#include <stdexcept>

namespace bench {
namespace {

using core::channel;
using core::member;
using core::task;
using events::member_id;

constexpr std::size_t people = 16;
constexpr std::size_t tasks_count = 512;

events::instant system_now() { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }

/// Says how many were answered; nobody looks at which.
class counter final : public server::engine::asker {
public:
    void answered(const events::uuid&, const server::engine::answer&) override {}
};

class room {
public:
    explicit room(const std::filesystem::path& folder)
        : log_(std::move(*events::rocksdb_log::open(folder))), keys_(folder / "keys"),
          engine_(*log_, keys_, system_now, {[this](unsigned, auto&& answers) { answer(answers); }, [](const auto&) {}}) {
        engine_.load();
        engine_.start();
        server::demo::runner act(engine_);
        const events::department operations{"operations"};
        for (std::size_t i = 0; i <= people; ++i)
            act.run<member>(events::the_system, std::nullopt, member::join{"专员 Specialist", {}, {}, operations, {{i == 0 ? "OM" : "SP"}}, events::language::zh});
        for (std::size_t i = 0; i < people; ++i) {
            const auto made = act.run<channel>({1}, std::nullopt, channel::create{"频道 channel", {}, channel::visibility::everyone});
            act.run<channel>({2 + i}, made.stream, channel::join{});
        }
        for (std::size_t i = 0; i < tasks_count; ++i) {
            const auto made = act.run<task>({1}, std::nullopt, task::assign{"整理客服高频问题", {}, "每条有答复与负责人。", std::chrono::year(2059) / 12 / 31,
                                                                      {2 + i % people}, {}, {}, {}});
            act.run<task>({2 + i % people}, made.stream, task::start{});
        }
    }

    double run(std::size_t outstanding, double seconds) {
        measuring_ = true;
        const auto before = answered_.load();
        const auto start = clock_type::now();
        std::vector<server::engine::request> some;
        std::uint64_t sent = 0;
        double took = 0;
        while ((took = seconds_since(start)) < seconds) {
            const auto done = answered_.load() - before;
            if (sent - done >= outstanding) {
                answered_.wait(before + done);
                continue;
            }
            for (some.clear(); sent - done < outstanding; ++sent) some.push_back(command(sent));
            if (!engine_.submit(some)) throw std::runtime_error("the engine takes nothing");
        }
        const auto in_time = answered_.load() - before;
        engine_.stop();
        if (refused_ > 0) throw std::runtime_error("the engine refused a command");
        return static_cast<double>(in_time) / took;
    }

private:
    void answer(const std::vector<server::engine::addressed_answer>& answers) {
        for (const auto& a : answers) {
            const auto* yes = std::get_if<server::engine::done>(&a.what);
            if (measuring_ && (!yes || yes->count != 1)) ++refused_;
        }
        answered_ += answers.size();
        answered_.notify_one();
        // The runner, which waits for its answer, goes on after it was counted.
        for (const auto& a : answers) a.to->answered(a.command, a.what);
    }

    server::engine::request command(std::uint64_t n) {
        server::engine::client_command c;
        std::array<std::uint8_t, 10> tail{};
        for (int i = 0; i < 8; ++i) tail[static_cast<std::size_t>(9 - i)] = static_cast<std::uint8_t>(n >> 8 * i);
        tail[0] = 1;
        const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
        c.id = events::make_uuid_v7(static_cast<std::uint64_t>(now.count()), tail);
        c.digest = n + 1;
        const auto half = n / 2;
        if (n % 2 == 0) {
            c.actor = {2 + half % people};
            c.target = stream_of(events::channel_id{1 + half % people});
            c.what = channel::command(channel::post{"渠道数据已更新到昨天，欢迎核对；第三方平台的花费好像少了一天。", {}});
        } else {
            const auto which = half % tasks_count;
            c.actor = {2 + which % people};
            c.target = stream_of(events::task_id{1 + which});
            if (half / tasks_count % 2 == 0) c.what = task::command(task::block{"等待财务确认预算。", {}});
            else c.what = task::command(task::unblock{"budget confirmed"});
        }
        return {std::move(c), nobody_, 0};
    }

    std::unique_ptr<events::rocksdb_log> log_;
    events::file_keyring keys_;
    std::shared_ptr<counter> nobody_ = std::make_shared<counter>();
    std::atomic<bool> measuring_{false};
    std::atomic<std::uint64_t> answered_{0};
    std::atomic<std::uint64_t> refused_{0};
    server::engine::engine engine_;
};

}  // namespace

double commands_without_sockets(const std::filesystem::path& folder, std::size_t outstanding, double seconds) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    double rate = 0;
    {
        room r(folder);
        rate = r.run(outstanding, seconds);
    }
    std::filesystem::remove_all(folder);
    return rate;
}

}  // namespace bench
