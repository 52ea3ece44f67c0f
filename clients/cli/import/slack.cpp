#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/import/archive.hpp"
#include "clients/cli/import/slack_people.hpp"
#include "clients/cli/import/slack_text.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"
#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cli {
namespace {

namespace fs = std::filesystem;

/// Subtypes that are something said. All others are bookkeeping: who joined, what was renamed.
constexpr std::string_view said[] = {"", "me_message", "thread_broadcast", "bot_message", "file_share", "file_comment",
                                     "slackbot_response", "reply_broadcast"};

/// Where a message stood: "1525279740.000200", whose order is the order of the conversation.
std::optional<instant> parse_ts(std::string_view ts) {
    const auto dot = ts.find('.');
    if (dot == std::string_view::npos || ts.size() - dot - 1 != 6) return std::nullopt;
    std::int64_t seconds = 0;
    std::int64_t micros = 0;
    const auto a = std::from_chars(ts.data(), ts.data() + dot, seconds);
    const auto b = std::from_chars(ts.data() + dot + 1, ts.data() + ts.size(), micros);
    const bool whole = a.ec == std::errc() && a.ptr == ts.data() + dot && b.ec == std::errc() && b.ptr == ts.data() + ts.size();
    if (!whole || seconds <= 0 || seconds > 32'503'680'000) return std::nullopt;
    return instant(std::chrono::seconds(seconds) + std::chrono::microseconds(micros));
}

class slack_reader {
public:
    slack_reader(std::string folder, const chat_options& options) : folder_(std::move(folder)), people_(options) {
        out_.source = options.source;
        out_.times_are_unique = true;
    }

    chat_archive read() {
        const auto users = fs::path(folder_) / "users.json";
        const auto channels = fs::path(folder_) / "channels.json";
        if (!fs::is_regular_file(users) || !fs::is_regular_file(channels))
            throw failure(exit_code::invalid, folder_ + " 不是 Slack 导出目录：缺少 users.json 或 channels.json",
                          folder_ + " is not a Slack export: users.json or channels.json is missing");
        for (const auto& each : fs::directory_iterator(folder_))
            if (each.is_directory()) folders_[composed(each.path().filename().string())] = each.path();
        for (const auto& user : read_array(users)) people_.add_user(user);
        read_channels(channels, false);
        if (const auto groups = fs::path(folder_) / "groups.json"; fs::is_regular_file(groups)) read_channels(groups, true);
        // By now everyone's name is known, also of those who are named before they first speak.
        for (auto& each : read_) out_.channels.push_back(written_out(std::move(each)));
        out_.people = std::move(people_).speakers();
        return std::move(out_);
    }

private:
    void complain(const fs::path& file, std::uint64_t entry, const std::string& zh, const std::string& en) {
        out_.problems.push_back({file.string(), entry, zh, en});
    }

    /// An array; an empty one, and a complaint, where it is not.
    json read_array(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        const auto bytes = with_whole_characters(std::string{std::istreambuf_iterator<char>(in), {}});
        if (is_too_deep(bytes)) {
            complain(file, 0, "嵌套过深", "nested too deep");
            return json::array();
        }
        try {
            auto out = json::parse(bytes);
            if (out.is_array()) return out;
            complain(file, 0, "应为 JSON 数组", "not a JSON array");
        } catch (const json::parse_error& error) {
            const auto upto = std::min<std::size_t>(error.byte, bytes.size());
            const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(upto), '\n');
            complain(file, static_cast<std::uint64_t>(line), "不是 JSON，或不是 UTF-8", "not JSON, or not UTF-8");
        }
        return json::array();
    }

    struct entry {
        instant at;
        std::string ts;
        std::string thread;  ///< ts of the message that it answers; empty: none
        std::string author;  ///< Slack's id
        std::string text;    ///< in Slack's markup
        std::string files;   ///< a line each
    };

    struct channel_entries {
        std::string name;
        std::string purpose;
        bool members_only = false;
        std::vector<entry> entries;
    };

    void read_channels(const fs::path& file, bool members_only) {
        for (const auto& each : read_array(file)) {
            const auto name = text_at(each, "name");
            if (is_blank(name)) continue;
            // A name is a folder's name here: nothing that leads out of the export.
            if (name.find('/') != std::string::npos || name.starts_with('.')) {
                complain(file, 0, "频道名无效：" + name, "not a channel's name: " + name);
                continue;
            }
            channel_entries channel{name, text_at(at_or_null(each, "purpose"), "value"), members_only, {}};
            // Some systems write the folder's name in another Unicode form than the list of channels.
            const auto there = folders_.find(composed(name));
            if (there != folders_.end()) read_messages(there->second, channel.entries);
            else ++out_.skipped["channel without a folder"];
            read_.push_back(std::move(channel));
        }
    }

    void read_messages(const fs::path& folder, std::vector<entry>& into) {
        std::vector<fs::path> days;
        for (const auto& each : fs::directory_iterator(folder))
            if (each.path().extension() == ".json") days.push_back(each.path());
        std::sort(days.begin(), days.end());
        for (const auto& day : days) {
            std::uint64_t number = 0;
            for (const auto& each : read_array(day)) take(day, ++number, each, into);
        }
        // A thread's answers are in the file of the day on which they were given.
        std::stable_sort(into.begin(), into.end(), [](const entry& a, const entry& b) { return a.at < b.at; });
    }

    /// Slack takes longer messages than we do: what is too long is continued in the next one.
    static void append(chat_channel& into, chat_message message) {
        while (message.text.size() > text_bytes_max) {
            auto cut = text_bytes_max;
            while (cut > 0 && (message.text[cut] & 0xC0) == 0x80) --cut;
            auto part = message;
            part.text.resize(cut);
            into.messages.push_back(std::move(part));
            message.text.erase(0, cut);
        }
        if (!is_blank(message.text)) into.messages.push_back(std::move(message));
    }

    void take(const fs::path& file, std::uint64_t number, const json& each, std::vector<entry>& into) {
        if (!each.is_object()) return complain(file, number, "不是消息", "not a message");
        auto author = people_.meet(each);
        const auto subtype = text_at(each, "subtype");
        if (std::find(std::begin(said), std::end(said), subtype) == std::end(said)) {
            ++out_.skipped[subtype];
            return;
        }
        const auto ts = text_at(each, "ts");
        const auto at = parse_ts(ts);
        if (!at) return complain(file, number, "ts 无效：" + ts, "not a ts: " + ts);
        if (*at > now_) return complain(file, number, "ts 晚于现在：" + ts, "ts is later than now: " + ts);
        const auto text = without_controls(slack_words(each));
        std::string files;
        for (const auto& shared : list_at(each, "files")) {
            const auto name = text_at(shared, "title", text_at(shared, "name"));
            if (!name.empty()) files += fmt::format("{}[{}] {}", files.empty() ? "" : "\n", name, text_at(shared, "url_private"));
        }
        if (is_blank(text) && files.empty()) {
            ++out_.skipped["empty"];
            return;
        }
        if (author.empty()) return complain(file, number, "没有作者", "nobody wrote it");
        if (const auto& reactions = list_at(each, "reactions"); !reactions.empty()) out_.skipped["reactions"] += reactions.size();
        into.push_back({*at, ts, text_at(each, "thread_ts"), std::move(author), text, std::move(files)});
    }

    chat_channel written_out(channel_entries from) {
        chat_channel out{as_line(as_name(from.name), name_characters_max), plain_text(from.purpose, people_.names()), from.members_only, {}};
        if (out.description.size() > 4096) out.description = as_line(out.description, 1000);
        std::map<std::string, std::string> topics;
        for (auto& each : from.entries) {
            each.text = plain_text(each.text, people_.names());
            if (!each.files.empty()) each.text += (each.text.empty() ? "" : "\n") + each.files;
            if (!each.thread.empty() && each.thread == each.ts) topics[each.ts] = as_line(as_name(each.text), topic_characters_max);
        }
        for (auto& each : from.entries) {
            std::string topic;
            if (const auto root = topics.find(each.thread); root != topics.end()) topic = root->second;
            else if (!each.thread.empty()) topic = "thread " + each.thread;
            append(out, {written(each.at), people_.spoke(each.author), std::move(each.text), std::move(topic)});
        }
        return out;
    }

    std::string folder_;
    std::map<std::string, fs::path> folders_;  // of channels, by their composed names
    instant now_ = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    slack_people people_;
    std::vector<channel_entries> read_;
    chat_archive out_;
};

}  // namespace

chat_archive read_slack(const std::string& folder, const chat_options& options) { return slack_reader(folder, options).read(); }

}  // namespace cli
