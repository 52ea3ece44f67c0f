// One channel and many who listen: how many deliveries of a message the server makes in a second of its CPU, with one message
// on the way and with many. Beside it a bare send() of the same bytes to as many sockets, one after another.

#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/listeners.hpp"

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

namespace {

using bench::clock_type;

constexpr std::size_t subscribers = 2'000;
constexpr std::size_t desks = 16;
constexpr std::size_t message_bytes = 200;
constexpr std::size_t many = 32;
constexpr double seconds = 5;
constexpr double goal_one = 70'000, goal_many = 500'000;
constexpr std::string_view delivered = R"("channel.posted.)";

double thread_cpu() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    const auto in_seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return in_seconds(used.ru_utime) + in_seconds(used.ru_stime);
}

int connect_to(std::uint16_t port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s < 0 || ::connect(s, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) throw std::runtime_error("cannot connect");
    return s;
}

/// Sends a second of CPU of them.
double bare_sends(const std::string& frame) {
    const int acceptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (::bind(acceptor, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || ::listen(acceptor, 1024) != 0) throw std::runtime_error("cannot listen");
    ::getsockname(acceptor, reinterpret_cast<sockaddr*>(&at), &size);
    std::vector<int> near, far;
    for (std::size_t i = 0; i < subscribers; ++i) {
        far.push_back(connect_to(ntohs(at.sin_port)));
        near.push_back(::accept(acceptor, nullptr, nullptr));
    }
    ::close(acceptor);
    double rate = 0;
    {
        bench::listeners all(far, std::string(delivered));
        const auto cpu = thread_cpu();
        const auto start = clock_type::now();
        std::uint64_t sent = 0;
        while (bench::seconds_since(start) < seconds / 2) {
            for (const int s : near) sent += ::send(s, frame.data(), frame.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(frame.size());
            all.wait_for_words(sent, 30);
        }
        rate = static_cast<double>(sent) / (thread_cpu() - cpu);
    }
    for (const int s : near) ::close(s);
    return rate;
}

/// Deliveries a second of the server's CPU, with so many posts on the way.
double deliveries(bench::department& room, const bench::listeners& all, std::size_t on_the_way) {
    auto poster = support::ws_client::connect(room.server.port(), room.desks[0].token);
    const auto post = bench::asking("channel.post", "channel/" + std::to_string(room.desks[0].channel), {{"text", std::string(message_bytes, 'm')}});
    const auto before = all.words();
    const auto cpu = room.cpu_seconds();
    const auto start = clock_type::now();
    std::uint64_t posted = 0;
    while (bench::seconds_since(start) < seconds) {
        bench::run_all(poster, std::vector<nlohmann::json>(on_the_way, post));
        posted += on_the_way;
        // With one on the way it is everywhere before the next is sent.
        if (on_the_way == 1) all.wait_for_words(before + posted * subscribers, 30);
    }
    all.wait_for_words(before + posted * subscribers, 60);
    return static_cast<double>(posted * subscribers) / (room.cpu_seconds() - cpu);
}

}  // namespace

void bench::fanout(const std::filesystem::path& in) {
    const auto folder = in / "fanout";
    double one = 0, lots = 0;
    std::string frame;
    {
        department room(folder, desks, 1);
        const auto feed = R"({"type":"subscribe","feed":"channel/)" + std::to_string(room.desks[0].channel) + R"("})";
        std::vector<support::ws_client> sockets;
        std::vector<int> handles;
        for (std::size_t i = 0; i < subscribers; ++i) {
            sockets.push_back(support::ws_client::connect(room.server.port(), room.desks[i % desks].token));
            sockets.back().send(feed);
            for (bool there = false; !there;) {
                const auto said = sockets.back().receive(std::chrono::seconds(30));
                if (!said || said->closed) throw std::runtime_error("the server does not answer");
                there = said->text.find("snapshot") != std::string::npos;
            }
            handles.push_back(::dup(sockets.back().connection().handle()));
        }
        {
            auto poster = support::ws_client::connect(room.server.port(), room.desks[0].token);
            run_all(poster, {asking("channel.post", "channel/" + std::to_string(room.desks[0].channel), {{"text", std::string(message_bytes, 'm')}})});
            frame = sockets[0].receive(std::chrono::seconds(10)).value().text;
            for (std::size_t i = 1; i < subscribers; ++i) (void)sockets[i].receive(std::chrono::seconds(10));
        }
        listeners all(handles, std::string(delivered));
        one = deliveries(room, all, 1);
        lots = deliveries(room, all, many);
        room.server.stop();
    }
    std::filesystem::remove_all(folder);
    const auto bare = bare_sends(std::string("\x81\x7e\x01\x00", 4) + frame);
    figure("fanout").value(one, "deliveries/CPU-s").beside("a bare send of the same bytes", bare).at_least(one, goal_one)
        .with("subscribers", static_cast<double>(subscribers)).with("frame_bytes", static_cast<double>(frame.size()));
    figure("fanout.many").value(lots, "deliveries/CPU-s").beside("a bare send of the same bytes", bare).at_least(lots, goal_many)
        .with("on_the_way", static_cast<double>(many));
}
