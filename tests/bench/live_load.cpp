#include "tests/bench/live_load.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::size_t id_size = 36;
constexpr std::string_view command_head = R"({"type":"command","id":")";
constexpr std::string_view ack_head = R"({"type":"ack","id":")";
constexpr std::string_view reject_head = R"({"type":"reject","id":")";
constexpr std::string_view one_event = R"("events":1})";
constexpr std::size_t read_at_once = 64 * 1024;
constexpr int events_at_once = 64;

// As long as people write: one line to three.
constexpr const char* sayings[] = {
    "收到，今天下班前给出初稿。",
    "Morning! The landing page copy is ready for review.",
    "渠道数据已更新到昨天，欢迎核对；第三方平台的花费好像少了一天，接口昨晚延迟，正在补采。",
    "Marketing can support the push with two newsletters, one before and one after the campaign. Who has the list of segments?",
    "好的。",
    "预算需要财务确认，先标记受阻；我下午再去问一次，预计五点前有回复。",
    "Done. The export works again with more than 50,000 rows, please try it and tell me if it takes over a minute.",
    "推广节奏请市场部和运营部对齐，周一例会上确认。",
};

// v7: 48 bits of milliseconds, then the connection, then its count.
void write_id(char* to, std::uint64_t ms, std::uint64_t connection, std::uint64_t count) {
    static constexpr char hex[] = "0123456789abcdef";
    const auto digits = [&](std::size_t at, int many, std::uint64_t n) {
        for (int i = many - 1; i >= 0; --i, n >>= 4) to[at + static_cast<std::size_t>(i)] = hex[n & 15];
    };
    digits(0, 8, ms >> 16);
    digits(9, 4, ms);
    digits(14, 4, 0x7000 | (connection & 0xfff));
    digits(19, 4, 0x8000);
    digits(24, 12, count);
    to[8] = to[13] = to[18] = to[23] = '-';
}

double own_cpu() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string line_of(std::string_view command, const std::string& target, nlohmann::json data) {
    return std::string(command_head) + std::string(id_size, '0') + R"(","command":")" + std::string(command) + R"(","target":")" + target +
           R"(","data":)" + data.dump() + "}\n";
}

}  // namespace

class live_load::connection {
public:
    connection(std::uint16_t port, const desk& at, std::uint64_t number, std::size_t outstanding)
        : socket_(support::ws_client::connect(port, at.token)), number_(number), sent_at_(outstanding) {
        // The hello is all that comes unasked: behind it the socket is read without the client.
        if (!socket_.receive(std::chrono::seconds(10))) throw std::runtime_error("the server says no hello");
        ::fcntl(handle(), F_SETFL, ::fcntl(handle(), F_GETFL) | O_NONBLOCK);
        const auto channel = "channel/" + std::to_string(at.channel);
        for (const char* text : sayings) posts_.push_back(line_of("channel.post", channel, {{"text", text}}));
        for (const auto n : at.tasks) {
            const auto target = "task/" + std::to_string(n);
            starts_.push_back(line_of("task.start", target, nlohmann::json::object()));
            blocks_.push_back(line_of("task.block", target, {{"reason", "等待财务确认预算。"}}));
            unblocks_.push_back(line_of("task.unblock", target, {{"note", "budget confirmed"}}));
        }
        in_.resize(read_at_once);
    }

    int handle() { return socket_.connection().handle(); }
    bool idle() const { return sent_ == answered_; }

    /// One message with as many commands as may be on the way.
    void refill(clock_type::time_point now, std::uint64_t now_ms) {
        if (sent_ - answered_ >= sent_at_.size()) return;
        out_.assign(8, '\0');  // for the frame's head
        while (sent_ - answered_ < sent_at_.size()) {
            const auto& line = next_line();
            const auto at = out_.size();
            out_ += line;
            sent_at_[sent_ % sent_at_.size()] = now;
            write_id(out_.data() + at + command_head.size(), now_ms, number_, sent_++);
        }
        out_.pop_back();
        send();
    }

    /// Everything that has come.
    void receive(load_result& into) {
        for (;;) {
            if (in_.size() - filled_ < read_at_once / 2) in_.resize(in_.size() * 2);
            const auto got = ::recv(handle(), in_.data() + filled_, in_.size() - filled_, 0);
            if (got == 0) throw std::runtime_error("the server closed a connection, without a word");
            if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
            if (got < 0) throw std::runtime_error("a connection was lost");
            const bool more = static_cast<std::size_t>(got) == in_.size() - filled_;
            filled_ += static_cast<std::size_t>(got);
            frames(into);
            if (!more) return;
        }
    }

private:
    const std::string& next_line() {
        const auto n = sent_ / 2;
        if (sent_ % 2 == 0) return posts_[n % posts_.size()];
        const auto which = n % blocks_.size();
        const auto round = n / blocks_.size();
        if (round == 0) return starts_[which];
        return round % 2 == 1 ? blocks_[which] : unblocks_[which];
    }

    void send() {
        static constexpr std::array<unsigned char, 4> mask{0x5a, 0xc3, 0x17, 0x8e};
        const auto size = out_.size() - 8;
        // Less than 64 KiB, as `outstanding` is small; and a length is written as short as it can be (RFC 6455, 5.2).
        const std::size_t from = size < 126 ? 2 : 0;
        auto* const head = reinterpret_cast<unsigned char*>(out_.data()) + from;
        head[0] = 0x81;
        head[1] = static_cast<unsigned char>(0x80 | (size < 126 ? size : 126));
        if (size >= 126) {
            head[2] = static_cast<unsigned char>(size >> 8);
            head[3] = static_cast<unsigned char>(size);
        }
        std::memcpy(out_.data() + 4, mask.data(), 4);
        std::uint64_t wide;
        std::memcpy(&wide, mask.data(), 4);
        std::memcpy(reinterpret_cast<char*>(&wide) + 4, mask.data(), 4);
        std::size_t i = 8;
        for (; i + 8 <= out_.size(); i += 8) {
            std::uint64_t eight;
            std::memcpy(&eight, out_.data() + i, 8);
            eight ^= wide;
            std::memcpy(out_.data() + i, &eight, 8);
        }
        for (std::size_t k = 0; i < out_.size(); ++i, ++k) out_[i] = static_cast<char>(out_[i] ^ mask[k & 3]);
        for (std::size_t done = from; done < out_.size();) {
            const auto wrote = ::send(handle(), out_.data() + done, out_.size() - done, MSG_NOSIGNAL);
            if (wrote > 0) {
                done += static_cast<std::size_t>(wrote);
            } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
                pollfd until{handle(), POLLOUT, 0};
                ::poll(&until, 1, 1000);
            } else {
                throw std::runtime_error("a connection was lost");
            }
        }
    }

    void frames(load_result& into) {
        std::size_t at = 0;
        for (;;) {
            const auto left = filled_ - at;
            if (left < 2) break;
            const auto* const head = reinterpret_cast<const unsigned char*>(in_.data()) + at;
            std::size_t size = head[1] & 127;
            std::size_t head_size = 2;
            if (size == 126) {
                if (left < 4) break;
                size = std::size_t{head[2]} << 8 | head[3];
                head_size = 4;
            } else if (size == 127) {
                if (left < 10) break;
                size = 0;
                for (int i = 2; i < 10; ++i) size = size << 8 | head[i];
                head_size = 10;
            }
            if (left < head_size + size) break;
            if ((head[0] & 15) == 8) throw std::runtime_error("the server closed a connection: " + std::to_string(size < 2 ? 0 : head[head_size] << 8 | head[head_size + 1]));
            if ((head[0] & 15) == 1) lines({in_.data() + at + head_size, size}, into);
            at += head_size + size;
        }
        std::memmove(in_.data(), in_.data() + at, filled_ - at);
        filled_ -= at;
    }

    void lines(std::string_view message, load_result& into) {
        const auto now = clock_type::now();
        while (!message.empty()) {
            const auto end = std::min(message.find('\n'), message.size());
            const auto line = message.substr(0, end);
            message.remove_prefix(std::min(end + 1, message.size()));
            const bool ack = line.starts_with(ack_head) && line.ends_with(one_event);
            if (!ack && !line.starts_with(ack_head) && !line.starts_with(reject_head)) continue;  // hello
            // The count is enough: the rest is this connection's.
            char due[id_size];
            write_id(due, 0, number_, answered_);
            const auto id = line.substr(ack ? ack_head.size() : line.find(R"("id":")") + 6, id_size);
            if (id.substr(14) != std::string_view(due + 14, id_size - 14)) throw std::runtime_error("an answer that is not due: " + std::string(line));
            if (ack) {
                ++into.acknowledged;
            } else {
                if (into.rejected++ == 0) into.first_rejection = line;
            }
            into.latencies_ms.push_back(std::chrono::duration<double, std::milli>(now - sent_at_[answered_ % sent_at_.size()]).count());
            ++answered_;
        }
    }

    support::ws_client socket_;
    std::uint64_t number_;
    std::vector<clock_type::time_point> sent_at_;  ///< of those on the way, a ring
    std::uint64_t sent_ = 0;
    std::uint64_t answered_ = 0;
    std::vector<std::string> posts_, starts_, blocks_, unblocks_;
    std::string out_;
    std::vector<char> in_;
    std::size_t filled_ = 0;
};

live_load::live_load(std::uint16_t port, const std::vector<desk>& desks, std::size_t outstanding) : epoll_(::epoll_create1(0)) {
    for (const auto& d : desks) {
        auto& made = *connections_.emplace_back(std::make_unique<connection>(port, d, connections_.size(), outstanding));
        epoll_event about{};
        about.events = EPOLLIN;
        about.data.ptr = &made;
        if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, made.handle(), &about) != 0) throw std::runtime_error("cannot watch a connection");
    }
}

live_load::~live_load() { ::close(epoll_); }

void live_load::pump(clock_type::time_point until, bool refill, load_result& into) {
    std::array<epoll_event, events_at_once> ready;
    while (clock_type::now() < until) {
        const int count = ::epoll_wait(epoll_, ready.data(), events_at_once, 100);
        for (int i = 0; i < count; ++i) {
            auto& c = *static_cast<connection*>(ready[static_cast<std::size_t>(i)].data.ptr);
            c.receive(into);
            if (!refill) continue;
            const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
            c.refill(clock_type::now(), static_cast<std::uint64_t>(ms.count()));
        }
        if (!refill && std::all_of(connections_.begin(), connections_.end(), [](const auto& c) { return c->idle(); })) return;
    }
}

load_result live_load::run(double seconds) {
    load_result r;
    r.latencies_ms.reserve(2'000'000);
    const auto cpu = own_cpu();
    const auto start = clock_type::now();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    for (auto& c : connections_) c->refill(start, static_cast<std::uint64_t>(ms.count()));
    pump(start + std::chrono::duration_cast<clock_type::duration>(std::chrono::duration<double>(seconds)), true, r);
    r.seconds = seconds_since(start);
    r.own_cpu_seconds = own_cpu() - cpu;
    return r;
}

void live_load::finish() {
    load_result rest;
    pump(clock_type::now() + std::chrono::seconds(30), false, rest);
    if (rest.rejected > 0) throw std::runtime_error("refused: " + rest.first_rejection);
}

}  // namespace bench
