#include "server/data_worker/framing.hpp"

#include "server/data_worker/trouble.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace data_worker {
namespace {

/// How many came before the end.
std::size_t read_all(int from, char* to, std::size_t count) {
    std::size_t done = 0;
    while (done < count) {
        const auto n = ::read(from, to + done, count - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

}  // namespace

std::optional<std::string> read_frame(int from, std::size_t bytes_max) {
    unsigned char head[4];
    const auto got = read_all(from, reinterpret_cast<char*>(head), sizeof head);
    if (got == 0) return std::nullopt;
    if (got < sizeof head) throw trouble("unreadable", "消息在长度处中断", "a message breaks off within its length");
    const std::size_t size = head[0] | head[1] << 8 | head[2] << 16 | static_cast<std::uint32_t>(head[3]) << 24;
    if (size > bytes_max) throw trouble("too_large", "消息超过 " + std::to_string(bytes_max) + " 字节", "a message of more than " + std::to_string(bytes_max) + " bytes");
    // What it says of its size is believed as it comes.
    std::string bytes;
    constexpr std::size_t step = 1u << 20;
    while (bytes.size() < size) {
        const auto before = bytes.size(), wanted = std::min(step, size - before);
        bytes.resize(before + wanted);
        if (read_all(from, bytes.data() + before, wanted) < wanted) throw trouble("unreadable", "消息中断", "a message breaks off");
    }
    return bytes;
}

bool write_frame(int to, const std::string& bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    std::string all{static_cast<char>(size & 0xff), static_cast<char>(size >> 8 & 0xff), static_cast<char>(size >> 16 & 0xff), static_cast<char>(size >> 24 & 0xff)};
    all += bytes;
    for (std::size_t done = 0; done < all.size();) {
        const auto n = ::write(to, all.data() + done, all.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        done += static_cast<std::size_t>(n);
    }
    return true;
}

}  // namespace data_worker
