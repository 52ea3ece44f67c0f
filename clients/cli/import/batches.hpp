#pragma once
// An archive's messages as the commands that bring them over, and what of them is there already.

#include "clients/cli/import/archive.hpp"
#include "clients/cli/json.hpp"

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

/// The messages that a channel has, counted, so that each is found once.
class there_already {
public:
    /// A message as the wire shows it.
    void add(const json& message);

    /// Whether it is there; then it is used up. What was edited, deleted or erased since counts by author and time.
    bool take(const chat_message& message, std::uint64_t author);

private:
    std::unordered_map<std::string, std::uint32_t> counts_;
};

/// `data` of the channel.import that brings messages [first, last) over, without those that `there` has. Null where
/// none is left.
json import_of(const chat_archive& archive, const chat_channel& channel, std::size_t first, std::size_t last,
               const people_ids& people, there_already& there);

}  // namespace cli
