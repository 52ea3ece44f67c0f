#pragma once
// An archive's messages as the commands that bring them over, and what of them is there already.

#include "clients/cli/client.hpp"
#include "clients/cli/import/archive.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace cli {

/// Ids of people, by `external`.
using people_ids = std::map<std::string, std::uint64_t>;

inline constexpr std::size_t batch_messages_max = 200;
inline constexpr std::size_t batch_bytes_max = 40UL * 1024;  ///< so that a batch fits one message of the socket

/// First and one past the last of every batch. Depends on the messages alone: a later run cuts the same.
std::vector<std::pair<std::size_t, std::size_t>> cut(const std::vector<chat_message>& messages);

/// The messages that a channel has, so that each is found once.
class there_already {
public:
    explicit there_already(bool times_are_unique = false) : by_time_(times_are_unique) {}

    /// A message as the wire shows it.
    void add(const json& message);

    struct found {
        bool there = false;
        std::uint64_t reworded = 0;  ///< the number of the one that says something else now; 0: it says the same, or is gone
        std::string before;          ///< what that says
    };
    /// Whether it is there; then it is used up. What was edited, deleted or erased since counts by author and time.
    found take(const chat_message& message, std::uint64_t author);

    /// How many of these messages it has, of the first so many: whether it is their channel.
    std::size_t shares(const std::vector<chat_message>& messages, const std::map<std::string, std::uint64_t>& people) const;

private:
    struct known {
        std::uint64_t message = 0;
        std::string text;
        bool gone = false;
        bool used = false;
    };
    bool by_time_;
    std::unordered_map<std::string, std::uint32_t> counts_;
    std::unordered_map<std::string, std::vector<known>> times_;  // by author and time
};

struct batch {
    json data;                   ///< of the channel.import; null where nothing is left to bring over
    std::size_t fresh = 0;
    std::size_t reworded = 0;
    std::string before;          ///< what those said: the same change made twice is two
};

/// The channel.import that brings messages [first, last) over, without those that `there` has.
batch import_of(const chat_archive& archive, const chat_channel& channel, std::size_t first, std::size_t last,
                const people_ids& people, there_already& there);

}  // namespace cli
