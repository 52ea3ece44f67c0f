#include "tests/bench/history.hpp"

#include "tests/support/every_kind.hpp"
#include "tests/support/every_event.hpp"
#include "events/codec/codec.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "tests/bench/figure.hpp"

#include <deque>
#include <random>
#include <stdexcept>

namespace bench {
namespace {

using namespace events;

constexpr std::uint64_t members = 200;
constexpr std::uint64_t channels = 40;
constexpr std::uint64_t people_a_channel = 50;
constexpr std::size_t batch_events = 4'096;
constexpr std::uint64_t open_tasks = 2'000;
constexpr std::size_t projects_under_way = 60;

constexpr const char* words[] = {
    "收到，", "今天下班前给出初稿。", "渠道数据已更新到昨天，", "欢迎核对；", "预算需要财务确认，", "周一例会上再对一次。",
    "the landing page copy ", "is ready for review. ", "please check the numbers ", "before the meeting. ", "two newsletters, ", "thanks! ",
};

std::unique_ptr<rocksdb_log> open(const std::filesystem::path& folder) {
    auto opened = rocksdb_log::open(folder);
    if (!opened) throw std::runtime_error(opened.error().message(language::en));
    return std::move(*opened);
}

class writer {
public:
    writer(const std::filesystem::path& folder, std::uint64_t events, bool projects)
        : events_(events), with_projects_(projects), keys_(folder / "keys" / "people"), log_(open(folder)) {}

    void write() {
        found();
        while (head_ < events_) {
            if (with_projects_ && below(50) == 0) carry_on();
            else if (below(2) == 0) talk();
            else work();
        }
        flush();
        log_->wait_indexed(log_->head(), std::chrono::hours(1));
    }

private:
    struct channel_state {
        std::uint64_t last = 0;
        std::vector<member_id> people;
    };
    struct task_state {
        std::uint64_t number = 0;
        member_id to;
        int step = 0;
    };

    std::uint64_t below(std::uint64_t n) { return random_() % n; }

    std::string text(std::uint64_t pieces) {
        std::string t;
        for (std::uint64_t i = 0; i <= pieces; ++i) t += words[below(std::size(words))];
        return t;
    }

    template <class Group, class Event>
    void happened(stream_id stream, member_id actor, Event&& event) {
        if (head_ == events_) return;
        auto& versions = versions_[static_cast<std::size_t>(stream.kind)];
        if (stream.number >= versions.size()) versions.resize(stream.number + 1);
        envelope about;
        about.position = {++head_};
        about.stream = stream;
        about.version = {++versions[stream.number]};
        // A few years of it, one event some tens of seconds after the other.
        time_ += std::chrono::microseconds(20'000'000 + below(40'000'000));
        about.time = time_;
        about.actor = actor;
        std::array<std::uint8_t, 10> tail{};
        for (int i = 0; i < 8; ++i) tail[static_cast<std::size_t>(9 - i)] = static_cast<std::uint8_t>(random_());
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time_.time_since_epoch()).count();
        about.causation = about.correlation = make_uuid_v7(static_cast<std::uint64_t>(ms), tail);
        about.digest = random_() | 1;
        bytes_.push_back(encode(about, any(Group(std::forward<Event>(event))), keys_).stored);
        batch_.push_back({about, bytes_.back()});
        if (batch_.size() == batch_events) flush();
    }

    void flush() {
        if (!batch_.empty() && !log_->append(batch_)) throw std::runtime_error("the log refused an append");
        batch_.clear();
        bytes_.clear();
        if (head_ % 250'000 < batch_events) progress("  " + std::to_string(head_) + " events");
    }

    void found() {
        const char* roles[] = {"SP", "SP", "SP", "DA", "RQ", "OM"};
        const char* departments[] = {"operations", "operations", "operations", "operations", "business", "operations"};
        for (std::uint64_t m = 1; m <= members; ++m) {
            keys_.create({m});
            happened<member::any>(stream_of(member_id{m}), the_system,
                                  member::joined{{{m}, "成员 Member " + std::to_string(m)}, personal{{m}, "member." + std::to_string(m)}, {},
                                                 {departments[m % 6]}, {{roles[m % 6]}}, m % 3 ? language::zh : language::en});
        }
        for (std::uint64_t c = 1; c <= channels; ++c) {
            auto& state = channels_.emplace_back();
            const auto at = stream_of(channel_id{c});
            happened<channel::any>(at, {1}, channel::created{"频道 channel " + std::to_string(c), text(3), channel::visibility::everyone});
            for (std::uint64_t i = 0; i < people_a_channel; ++i) {
                const member_id who{1 + (c * 7 + i) % members};
                state.people.push_back(who);
                happened<channel::any>(at, who, channel::joined{who});
            }
        }
    }

    // Mostly posts, and what people do with them.
    void talk() {
        const auto number = 1 + below(channels);
        auto& c = channels_[number - 1];
        const auto at = stream_of(channel_id{number});
        const auto who = c.people[below(c.people.size())];
        const auto dice = below(100);
        const message_no recent{c.last - std::min<std::uint64_t>(c.last ? c.last - 1 : 0, below(30))};
        if (c.last == 0 || dice < 75) {
            happened<channel::any>(at, who, channel::posted{{++c.last}, {who, text(below(8))}, below(4) ? "" : "预算"});
        } else if (dice < 90) {
            happened<channel::any>(at, who, channel::read{{c.last}, who});
        } else if (dice < 98) {
            happened<channel::any>(at, who, channel::reacted{recent, who, below(2) ? "👍" : "🎉"});
        } else {
            happened<channel::any>(at, who, channel::pinned{recent});
        }
    }

    // Each task goes its way, some over a block, a few back to their assignee.
    void work() {
        if (tasks_.size() < open_tasks) {
            task_state made{++tasks_made_, {1 + below(members)}, 0};
            happened<task::any>(stream_of(task_id{made.number}), {5},
                                task::assigned{"整理客服高频问题", text(2), "每条有答复与负责人。", std::chrono::year(2027) / 1 / 15, made.to, {"operations"},
                                               priority::normal, {}});
            tasks_.push_back(made);
            return;
        }
        const auto which = below(tasks_.size());
        auto& t = tasks_[which];
        const auto at = stream_of(task_id{t.number});
        switch (t.step++) {
            case 0: return happened<task::any>(at, t.to, task::started{});
            case 1: return happened<task::any>(at, t.to, task::progress_reported{40, text(2)});
            case 2: return happened<task::any>(at, t.to, task::blocked{text(1), {}});
            case 3: return happened<task::any>(at, t.to, task::unblocked{text(1)});
            case 4: return happened<task::any>(at, t.to, task::progress_reported{90, ""});
            case 5: return happened<task::any>(at, t.to, task::submitted{text(3)});
            default: break;
        }
        if (below(5) == 0) {
            t.step = 0;
            return happened<task::any>(at, {5}, task::returned{text(1)});
        }
        happened<task::any>(at, {5}, task::accepted{text(1)});
        t = tasks_.back();
        tasks_.pop_back();
    }

    // A project from its request to its end; or a request that comes to nothing.
    void carry_on() {
        if (under_way_.size() < projects_under_way) under_way_.emplace_back();
        const auto which = below(under_way_.size());
        auto& p = under_way_[which];
        if (p.step == 0) p.request = ++requests_made_;
        const member_id by{1 + p.request % members};
        const char* const of[] = {"operations", "business", "marketing"};
        const events::department department{of[p.request % 3]};
        const auto day = [&](std::uint64_t days) { return date(std::chrono::floor<std::chrono::days>(time_) + std::chrono::days(days)); };
        const auto name = "会员积分改版 points redesign " + std::to_string(p.request * 7919 % 10'007);
        const auto at = stream_of(request_id{p.request}), here = stream_of(project_id{p.project});
        switch (p.step++) {
            case 0:
                return happened<request::any>(at, by, request::drafted{by, department, {name, text(6), text(6), text(6), day(60), {}, priority::normal, {true, "合规"}, {}}, 1});
            case 1: return happened<request::any>(at, by, request::submitted{});
            case 2:
                if (p.request % 4) return happened<request::any>(at, {5}, request::passed{text(2)});
                happened<request::any>(at, {5}, request::rejected{text(2)});
                break;
            case 3:
                p.project = ++projects_made_;
                return happened<project::any>(stream_of(project_id{p.project}), {5}, project::initiated{{p.request}, name, department, 1});
            case 4: {
                project::charter c{};
                c.name = name;
                c.lead = by;
                c.team = {by, {1 + (p.request + 3) % members}};
                c.starts = day(1);
                c.ends = day(90 + below(60));
                c.milestones = {{"方案", day(30), "方案文档"}, {"上线", day(60), "上线版本"}};
                c.budget = {5'000'000, "CNY", "开发与推广"};
                c.objectives = {"兑换率提升 20%", "投诉减少一半"};
                return happened<project::any>(here, by, project::charter_submitted{{7}, c, "sha"});
            }
            case 5: return happened<project::any>(here, {5}, project::charter_approved{"sha", ""});
            default:
                if (p.step < 18) return happened<project::any>(here, by, project::progress_reported{static_cast<std::uint8_t>(p.step * 5), project::health::on_track, text(4)});
                happened<project::any>(here, {5}, project::cancelled{text(2)});
        }
        p = under_way_.back();
        under_way_.pop_back();
    }

    struct project_state {
        std::uint64_t request = 0, project = 0;
        int step = 0;
    };
    std::uint64_t events_;
    bool with_projects_;
    std::vector<project_state> under_way_;
    std::uint64_t requests_made_ = 0, projects_made_ = 0;
    std::mt19937_64 random_{2026};
    file_keyring keys_;
    std::unique_ptr<rocksdb_log> log_;
    std::uint64_t head_ = 0;
    instant time_ = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
    std::array<std::vector<std::uint64_t>, events::category_count> versions_;
    std::vector<channel_state> channels_;
    std::vector<task_state> tasks_;
    std::uint64_t tasks_made_ = 0;
    std::deque<std::string> bytes_;
    std::vector<entry> batch_;
};

bool whole(const std::filesystem::path& folder, std::uint64_t events) {
    if (!std::filesystem::exists(folder)) return false;
    // Without its keys the members' names can't be read.
    auto log = rocksdb_log::open(folder);
    return log && (*log)->head().value == events && file_keyring(folder / "keys" / "people").has({members});
}

std::filesystem::path made(const std::filesystem::path& folder, std::uint64_t events, bool projects) {
    if (whole(folder, events)) return folder;
    progress("making a history of " + std::to_string(events) + " events");
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    writer(folder, events, projects).write();
    return folder;
}

}  // namespace

std::filesystem::path history(const std::filesystem::path& in) {
    return made(in / ("history-" + std::to_string(history_events)), history_events, false);
}

std::filesystem::path history_with_projects(const std::filesystem::path& in, std::uint64_t events) {
    return made(in / ("projects-" + std::to_string(events)), events, true);
}

}  // namespace bench
