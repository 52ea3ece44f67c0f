#include "tests/bench/department.hpp"

#include "events/catalog/uuid.hpp"
#include "tests/bench/figure.hpp"
#include "tests/support/demo.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace bench {
namespace {

constexpr std::size_t desks_a_member = 1;
constexpr std::size_t desks_a_channel = 4;
constexpr std::size_t sent_at_once = 128;

std::filesystem::path emptied(const std::filesystem::path& folder) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder / "data";
}

std::vector<std::string> joined(std::vector<std::string> a, const std::vector<std::string>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

std::uint64_t number_of(const nlohmann::json& ack) {
    const std::string stream = ack.at("stream");
    return std::stoull(stream.substr(stream.find('/') + 1));
}

/// An acknowledged command shows in the views a moment later.
void wait_seen(const support::server_process& server, std::string_view token, std::uint64_t member) {
    for (int i = 0; i < 1000; ++i) {
        if (server.get("/api/v1/members/" + std::to_string(member), token).status == 200) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("a member who joined is not seen");
}

}  // namespace

std::string fresh_id() {
    static std::atomic<std::uint64_t> made{0};
    const auto count = ++made;
    std::array<std::uint8_t, 10> tail{};
    for (int i = 0; i < 8; ++i) tail[static_cast<std::size_t>(9 - i)] = static_cast<std::uint8_t>(count >> 8 * i);
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    return events::to_string(events::make_uuid_v7(static_cast<std::uint64_t>(now.count()), tail));
}

nlohmann::json asking(std::string_view command, std::string_view target, nlohmann::json data) {
    nlohmann::json line{{"type", "command"}, {"command", command}, {"data", std::move(data)}};
    if (!target.empty()) line["target"] = target;
    return line;
}

std::vector<nlohmann::json> run_all(support::ws_client& by, const std::vector<nlohmann::json>& commands) {
    std::vector<nlohmann::json> answers(commands.size());
    for (std::size_t from = 0; from < commands.size(); from += sent_at_once) {
        std::map<std::string, std::size_t> waiting;
        std::string lines;
        for (auto i = from; i < std::min(commands.size(), from + sent_at_once); ++i) {
            auto line = commands[i];
            line["id"] = fresh_id();
            waiting.emplace(line["id"], i);
            lines += line.dump() + '\n';
        }
        by.send(lines);
        while (!waiting.empty()) {
            const auto message = by.receive(std::chrono::seconds(30));
            if (!message || message->closed) throw std::runtime_error("the server does not answer");
            std::istringstream all(message->text);
            for (std::string line; std::getline(all, line);) {
                const auto said = nlohmann::json::parse(line);
                const auto type = said.at("type");
                if (type == "error" || type == "reject") throw std::runtime_error("refused: " + line);
                if (type != "ack") continue;
                const auto at = waiting.find(said.at("id"));
                if (at == waiting.end()) continue;
                answers[at->second] = said;
                waiting.erase(at);
            }
        }
    }
    return answers;
}

const std::vector<std::string> department::unlimited{"--person-commands", "0", "--person-requests", "0", "--person-log-kib", "0",
                                                     "--person-subscriptions", "0", "--address-requests", "0"};

department::department(const std::filesystem::path& folder, std::size_t count, std::size_t tasks, const std::vector<std::string>& flags)
    : server(emptied(folder), support::free_port(), joined(support::quick, flags)), desks(count) {
    server.wait_ready();
    const auto admin = server.sign_in(support::administrator.name, support::administrator.password);
    auto administrator = support::ws_client::connect(server.port(), admin);
    auto manager = support::ws_client::connect(server.port(), server.sign_in("li.na", support::administrator.password));

    std::vector<nlohmann::json> joins;
    for (std::size_t i = 0; i * desks_a_member < count; ++i) {
        const auto login = "load." + std::to_string(i + 1);
        joins.push_back(asking("member.join", {}, {{"name", "专员 Specialist " + std::to_string(i + 1)}, {"login", login},
                                                   {"department", "operations"}, {"roles", {"SP"}}, {"language", i % 2 ? "en" : "zh"}}));
    }
    std::vector<std::uint64_t> members;
    for (const auto& ack : run_all(administrator, joins)) members.push_back(number_of(ack));
    wait_seen(server, admin, members.back());
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const std::string password = "load-password-" + std::to_string(i);
        const auto link = server.post("/api/v1/members/" + std::to_string(members[i]) + "/password-link", {{"reason", "load"}}, admin);
        if (link.status >= 300) throw std::runtime_error("no one-time link: " + link.body);
        const auto set = server.post("/api/v1/password", {{"secret", nlohmann::json::parse(link.body).at("secret")}, {"password", password}});
        if (set.status >= 300) throw std::runtime_error("cannot set a password: " + set.body);
        tokens.push_back(server.sign_in("load." + std::to_string(i + 1), password));
    }

    std::vector<nlohmann::json> creates;
    for (std::size_t i = 0; i * desks_a_channel < count; ++i)
        creates.push_back(asking("channel.create", {}, {{"name", "频道 channel " + std::to_string(i + 1)}, {"visibility", "everyone"}}));
    std::vector<std::uint64_t> channels;
    for (const auto& ack : run_all(manager, creates)) channels.push_back(number_of(ack));

    std::vector<nlohmann::json> assigns;
    for (std::size_t i = 0; i < count; ++i) {
        auto& d = desks[i];
        d.token = tokens[i / desks_a_member];
        d.channel = channels[i % channels.size()];
        auto own = support::ws_client::connect(server.port(), d.token);
        run_all(own, {asking("channel.join", "channel/" + std::to_string(d.channel), nlohmann::json::object())});
        for (std::size_t t = 0; t < tasks; ++t)
            assigns.push_back(asking("task.assign", {}, {{"title", "整理客服高频问题 " + std::to_string(t + 1)}, {"standard", "每条有答复与负责人。"},
                                                         {"due", "2059-12-31"}, {"to", members[i / desks_a_member]}}));
    }
    const auto assigned = run_all(manager, assigns);
    for (std::size_t i = 0; i < assigned.size(); ++i) desks[i / tasks].tasks.push_back(number_of(assigned[i]));
}

department::totals department::counted() const {
    totals t;
    std::istringstream all(server.get("/metrics").body);
    for (std::string line; std::getline(all, line);) {
        const auto is = [&](std::string_view name) { return line.starts_with(name) && line[name.size()] == ' '; };
        if (is("opsroom_events_total")) t.events = std::stod(line.substr(line.find(' ')));
        if (is("opsroom_batches_total")) t.batches = std::stod(line.substr(line.find(' ')));
    }
    return t;
}

double department::cpu_seconds() const {
    std::ifstream in("/proc/" + std::to_string(server.process()) + "/stat");
    std::string all;
    std::getline(in, all);
    std::istringstream fields(all.substr(all.rfind(')') + 2));
    std::string field;
    for (int i = 3; i < 14; ++i) fields >> field;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double department::memory_kib(const std::string& name) const {
    std::ifstream in("/proc/" + std::to_string(server.process()) + "/smaps_rollup");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1));
    throw std::runtime_error("/proc does not say how much memory the server takes");
}

}  // namespace bench
