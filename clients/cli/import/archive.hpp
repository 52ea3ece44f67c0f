#pragma once
// What was said elsewhere, read and checked, before any of it goes to the server.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

struct chat_person {
    std::string external;  ///< who they are at the source: "irc:Hixie"
    std::string name;
    std::string language;  ///< "zh" or "en"
};

struct chat_message {
    std::string at;      ///< as the wire writes times
    std::string author;  ///< `external` of a person
    std::string text;
    std::string topic;   ///< empty: none
};

struct chat_channel {
    std::string name;  ///< may have changed since an earlier run, where times are unique
    std::string description;
    bool members_only = false;
    std::vector<chat_message> messages;  ///< in the order in which they are to stand
};

/// Something that cannot be brought over as it is.
struct bad_line {
    std::string file;
    std::uint64_t line = 0;  ///< 0: the file as a whole
    std::string zh;
    std::string en;
};

struct chat_archive {
    std::string source;  ///< "irc", "slack": it names people and commands
    std::vector<chat_person> people;
    std::vector<chat_channel> channels;
    std::map<std::string, std::uint64_t> skipped;  ///< left out knowingly, by kind
    std::vector<bad_line> problems;                ///< nothing is imported while there are any
    /// No two messages of a channel have the same time: that is what they are known by, whatever has become of their words and
    /// of the channel's name. Without it they are known by all that they say.
    bool times_are_unique = false;

    std::uint64_t messages() const {
        std::uint64_t out = 0;
        for (const auto& each : channels) out += each.messages.size();
        return out;
    }
};

struct chat_options {
    std::string source = "irc";
    std::string language = "en";  ///< of people that the source does not say it of
};

/// {"channel","at","from","text","topic"?}, one message a line.
chat_archive read_chat(std::string_view ndjson, const std::string& file, const chat_options& options);

/// A Slack export: users.json, channels.json, groups.json if there are private ones, CHANNEL/YYYY-MM-DD.json.
/// Throws `failure` where the folder is not one.
chat_archive read_slack(const std::string& folder, const chat_options& options);

/// What the server takes (server/wire/README.md, Bounds).
inline constexpr std::size_t text_bytes_max = 16UL * 1024;
inline constexpr std::size_t name_characters_max = 80;
inline constexpr std::size_t topic_characters_max = 60;

/// Whether it says nothing.
bool is_blank(std::string_view text);

/// JSON text in which half a character ("\ud83d" alone) is one that stands for what is lost, so that the rest can be read.
std::string with_whole_characters(std::string_view json_text);

/// One line of at most so many characters, cut with "…" where it is longer.
std::string as_line(std::string_view text, std::size_t characters_max);

}  // namespace cli
