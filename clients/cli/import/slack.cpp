#include "clients/cli/failure.hpp"
#include "clients/cli/import/archive.hpp"
#include "clients/cli/import/slack_text.hpp"
#include "clients/cli/json.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

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
    slack_reader(std::string folder, const chat_options& options) : folder_(std::move(folder)), options_(options) {
        out_.source = options.source;
    }

    chat_archive read() {
        const auto users = fs::path(folder_) / "users.json";
        const auto channels = fs::path(folder_) / "channels.json";
        if (!fs::is_regular_file(users) || !fs::is_regular_file(channels))
            throw failure(exit_code::invalid, folder_ + " 不是 Slack 导出目录：缺少 users.json 或 channels.json",
                          folder_ + " is not a Slack export: users.json or channels.json is missing");
        read_users(users);
        read_channels(channels, false);
        if (const auto groups = fs::path(folder_) / "groups.json"; fs::is_regular_file(groups)) read_channels(groups, true);
        return std::move(out_);
    }

private:
    void complain(const fs::path& file, std::uint64_t entry, const std::string& zh, const std::string& en) {
        out_.problems.push_back({file.string(), entry, zh, en});
    }

    /// An array; an empty one, and a complaint, where it is not.
    json read_array(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
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

    void read_users(const fs::path& file) {
        for (const auto& user : read_array(file)) {
            const auto id = text_at(user, "id");
            if (id.empty()) continue;
            const auto& profile = at_or_null(user, "profile");
            std::string name;
            for (const auto& each : {text_at(profile, "display_name"), text_at(profile, "real_name"), text_at(user, "real_name"),
                                     text_at(user, "name"), id})
                if (name.empty() && !is_blank(each)) name = as_line(each, name_characters_max);
            names_[id] = name;
            if (text_at(user, "locale").starts_with("zh")) chinese_.insert(id);
        }
    }

    void read_channels(const fs::path& file, bool members_only) {
        for (const auto& each : read_array(file)) {
            const auto name = text_at(each, "name");
            if (is_blank(name)) continue;
            // A name is a folder's name here: nothing that leads out of the export.
            if (name.find('/') != std::string::npos || name.starts_with('.')) {
                complain(file, 0, "频道名无效：" + name, "not a channel's name: " + name);
                continue;
            }
            chat_channel channel{as_line(name, name_characters_max), text_at(at_or_null(each, "purpose"), "value"), members_only, {}};
            channel.description = plain_text(channel.description, names_);
            if (channel.description.size() > 4096) channel.description = as_line(channel.description, 1000);
            read_messages(fs::path(folder_) / name, channel);
            out_.channels.push_back(std::move(channel));
        }
    }

    struct entry {
        instant at;
        std::string thread;  ///< ts of the message that it answers; empty: none
        std::string ts;
        chat_message message;
    };

    void read_messages(const fs::path& folder, chat_channel& into) {
        if (!fs::is_directory(folder)) return;
        std::vector<fs::path> days;
        for (const auto& each : fs::directory_iterator(folder))
            if (each.path().extension() == ".json") days.push_back(each.path());
        std::sort(days.begin(), days.end());
        std::vector<entry> entries;
        for (const auto& day : days) {
            std::uint64_t number = 0;
            for (const auto& each : read_array(day)) take(day, ++number, each, entries);
        }
        // A thread's answers are in the file of the day on which they were given.
        std::stable_sort(entries.begin(), entries.end(), [](const entry& a, const entry& b) { return a.at < b.at; });
        std::map<std::string, std::string> topics;
        for (const auto& each : entries)
            if (!each.thread.empty() && each.thread == each.ts) topics[each.ts] = as_line(each.message.text, topic_characters_max);
        for (auto& each : entries) {
            if (!each.thread.empty()) {
                const auto topic = topics.find(each.thread);
                each.message.topic = topic != topics.end() ? topic->second : "thread " + each.thread;
            }
            append(into, std::move(each.message));
        }
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
        const auto subtype = text_at(each, "subtype");
        if (std::find(std::begin(said), std::end(said), subtype) == std::end(said)) {
            ++out_.skipped[subtype];
            return;
        }
        const auto ts = text_at(each, "ts");
        const auto at = parse_ts(ts);
        if (!at) return complain(file, number, "ts 无效：" + ts, "not a ts: " + ts);
        auto text = plain_text(text_at(each, "text"), names_);
        for (const auto& attached : list_at(each, "attachments"))
            if (text.empty()) text = plain_text(text_at(attached, "text", text_at(attached, "fallback")), names_);
        for (const auto& shared : list_at(each, "files")) {
            const auto name = text_at(shared, "title", text_at(shared, "name"));
            if (!name.empty()) text += (text.empty() ? "" : "\n") + fmt::format("[{}] {}", name, text_at(shared, "url_private"));
        }
        if (is_blank(text)) {
            ++out_.skipped["empty"];
            return;
        }
        const auto author = author_of(each);
        if (author.empty()) return complain(file, number, "没有作者", "nobody wrote it");
        if (const auto& reactions = list_at(each, "reactions"); !reactions.empty()) out_.skipped["reactions"] += reactions.size();
        into.push_back({*at, text_at(each, "thread_ts"), ts, {written(*at), author, std::move(text), {}}});
    }

    /// The person's `external`; whoever is met for the first time joins the list.
    std::string author_of(const json& each) {
        auto id = text_at(each, "user");
        if (id.empty()) id = text_at(each, "bot_id");
        if (id.empty() && !text_at(each, "username").empty()) id = text_at(each, "username");
        if (id.empty()) return {};
        if (!names_.contains(id)) {
            const auto said_by = text_at(at_or_null(each, "user_profile"), "real_name", text_at(each, "username", id));
            names_[id] = is_blank(said_by) ? id : as_line(said_by, name_characters_max);
        }
        const auto external = options_.source + ":" + id;
        if (known_.insert(id).second) out_.people.push_back({external, names_[id], chinese_.contains(id) ? "zh" : options_.language});
        return external;
    }

    std::string folder_;
    chat_options options_;
    chat_archive out_;
    slack_names names_;
    std::set<std::string> chinese_;
    std::set<std::string> known_;
};

}  // namespace

chat_archive read_slack(const std::string& folder, const chat_options& options) { return slack_reader(folder, options).read(); }

}  // namespace cli
