#pragma once
// Many sockets that only listen, read by one thread as cheaply as can be: they count what comes and understand none of it.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

class listeners {
public:
    /// Connected already; they are closed with this. Counts the bytes that come, and how often `word` is among them.
    listeners(std::vector<int> sockets, std::string word);
    ~listeners();
    listeners(const listeners&) = delete;
    listeners& operator=(const listeners&) = delete;

    std::uint64_t words() const { return words_.load(std::memory_order_acquire); }
    std::uint64_t bytes() const { return bytes_.load(std::memory_order_acquire); }

    /// Until so many came. Throws std::runtime_error where that takes over `seconds`, or a socket was closed.
    void wait_for_words(std::uint64_t count, double seconds) const;

private:
    struct impl;
    void read_all();

    std::string word_;
    std::unique_ptr<impl> impl_;
    std::atomic<std::uint64_t> words_{0}, bytes_{0};
    std::atomic<bool> closed_{false};
};

}  // namespace bench
