#include "tests/bench/listeners.hpp"

#include "tests/bench/figure.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <thread>

namespace bench {

struct listeners::impl {
    struct one {
        int socket;
        std::string end;  // of what came last: a word may be cut
    };
    int epoll = ::epoll_create1(0);
    std::vector<one> all;
    std::atomic<bool> stop{false};
    std::jthread reader;
};

listeners::listeners(std::vector<int> sockets, std::string word) : word_(std::move(word)), impl_(std::make_unique<impl>()) {
    impl_->all.reserve(sockets.size());
    for (const int s : sockets) {
        ::fcntl(s, F_SETFL, ::fcntl(s, F_GETFL) | O_NONBLOCK);
        auto& made = impl_->all.emplace_back(impl::one{s, {}});
        epoll_event about{};
        about.events = EPOLLIN;
        about.data.ptr = &made;
        ::epoll_ctl(impl_->epoll, EPOLL_CTL_ADD, s, &about);
    }
    impl_->reader = std::jthread([this] { read_all(); });
}

listeners::~listeners() {
    impl_->stop = true;
    impl_->reader.join();
    for (const auto& o : impl_->all) ::close(o.socket);
    ::close(impl_->epoll);
}

void listeners::read_all() {
    std::array<epoll_event, 256> ready;
    std::string buffer;
    std::array<char, 256 * 1024> part;
    while (!impl_->stop) {
        const int count = ::epoll_wait(impl_->epoll, ready.data(), static_cast<int>(ready.size()), 20);
        for (int i = 0; i < count; ++i) {
            auto& from = *static_cast<impl::one*>(ready[static_cast<std::size_t>(i)].data.ptr);
            const auto got = ::recv(from.socket, part.data(), part.size(), 0);
            if (got == 0) closed_ = true;
            if (got <= 0) continue;
            buffer = from.end;
            buffer.append(part.data(), static_cast<std::size_t>(got));
            std::uint64_t found = 0;
            for (auto at = buffer.find(word_); at != buffer.npos; at = buffer.find(word_, at + word_.size())) ++found;
            const auto last = buffer.rfind(word_);
            const auto rest = last == buffer.npos ? buffer.size() : buffer.size() - last - word_.size();
            from.end = buffer.substr(buffer.size() - std::min(rest, word_.size() - 1));
            bytes_.fetch_add(static_cast<std::uint64_t>(got), std::memory_order_release);
            if (found > 0) words_.fetch_add(found, std::memory_order_release);
        }
    }
}

void listeners::wait_for_words(std::uint64_t count, double seconds) const {
    const auto start = clock_type::now();
    while (words() < count) {
        if (closed_) throw std::runtime_error("the server closed a connection");
        if (seconds_since(start) > seconds) throw std::runtime_error("only " + std::to_string(words()) + " of " + std::to_string(count) + " came");
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

}  // namespace bench
