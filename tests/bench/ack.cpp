// One command alone, from the socket and back, beside one bare fdatasync of as many bytes appended to a file in the same
// folder. In turns, as the disk is not the same all the time.

#include "tests/bench/bench.hpp"
#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace {

using bench::clock_type;

constexpr int commands = 8'000;
constexpr int at_a_time = 50;
constexpr std::size_t event_bytes = 450;  // what such a command's event takes in the write-ahead log
constexpr double goal_ratio = 2;

double milliseconds_since(clock_type::time_point start) { return bench::seconds_since(start) * 1000; }

class bare_file {
public:
    explicit bare_file(const std::filesystem::path& path) : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {
        if (file_ < 0) throw std::runtime_error("cannot write to " + path.string());
    }
    ~bare_file() { ::close(file_); }
    bare_file(const bare_file&) = delete;
    bare_file& operator=(const bare_file&) = delete;

    double append_once() {
        const std::string bytes(event_bytes, 'x');
        const auto start = clock_type::now();
        if (::write(file_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) || ::fdatasync(file_) != 0)
            throw std::runtime_error("the disk refused a write");
        return milliseconds_since(start);
    }

private:
    int file_;
};

}  // namespace

void bench::ack(const std::filesystem::path& in) {
    const auto folder = in / "ack";
    std::vector<double> alone, bare;
    {
        department room(folder, 1, 1);
        auto socket = support::ws_client::connect(room.server.port(), room.desks[0].token);
        const auto channel = "channel/" + std::to_string(room.desks[0].channel);
        const auto post = asking("channel.post", channel, {{"text", "渠道数据已更新到昨天，欢迎核对；第三方平台的花费好像少了一天。"}});
        bare_file file(folder / "bare");
        run_all(socket, {post});
        for (int n = 0; n < commands; n += at_a_time) {
            for (int i = 0; i < at_a_time; ++i) {
                auto line = post;
                line["id"] = fresh_id();
                const auto text = line.dump();
                const auto start = clock_type::now();
                socket.send(text);
                const auto message = socket.receive(std::chrono::seconds(30));
                alone.push_back(milliseconds_since(start));
                if (!message || message->text.find("\"ack\"") == std::string::npos)
                    throw std::runtime_error("not acknowledged: " + (message ? message->text : "nothing came"));
            }
            for (int i = 0; i < at_a_time; ++i) bare.push_back(file.append_once());
        }
        room.server.stop();
    }
    std::filesystem::remove_all(folder);
    const auto median = percentile(alone, 0.5);
    const auto sync = percentile(bare, 0.5);
    figure("ack").value(median, "ms").beside("one fdatasync", sync).at_most(median / sync, goal_ratio)
        .with("p10", percentile(alone, 0.1)).with("p99", percentile(alone, 0.99))
        .with("baseline_p10", percentile(bare, 0.1)).with("baseline_p99", percentile(bare, 0.99));
}
