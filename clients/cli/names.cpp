#include "clients/cli/names.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace cli {

std::optional<std::uint64_t> parse_id(std::string_view typed, std::string_view prefix) {
    if (typed.starts_with(prefix)) typed.remove_prefix(prefix.size());
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
    if (typed.empty() || error != std::errc() || end != typed.data() + typed.size() || out == 0) return std::nullopt;
    return out;
}

namespace {

/// By what a name is known again: its letters, small; and apart from them what is no ASCII, as a name is often written both ways.
std::array<std::string, 2> keys_of(std::string_view name) {
    std::array<std::string, 2> keys;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) keys[0] += c;
        else if (std::isalnum(byte)) keys[1] += static_cast<char>(std::tolower(byte));
    }
    return keys;
}

}  // namespace

const json& names::members() {
    if (!members_) {
        members_ = server_.list("/api/v1/members");
        std::map<std::string, int> taken;
        for (const auto& each : *members_)
            for (const auto& key : keys_of(text_at(each, "name"))) ++taken[key];
        for (const auto& each : *members_) {
            const auto id = number_at(each, "id");
            if (!id) continue;
            auto& name = member_names_[*id] = text_at(each, "name");
            // Who is called as somebody else is told apart by what nobody else has.
            const auto keys = keys_of(name);
            if (std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return !key.empty() && taken[key] > 1; })) {
                const auto login = text_at(each, "login");
                name += login.empty() ? fmt::format(" (member/{})", *id) : fmt::format(" (@{})", login);
            }
        }
    }
    return *members_;
}

const json& names::channels() {
    if (!channels_) channels_ = server_.list("/api/v1/channels");
    return *channels_;
}

void names::forget() {
    members_.reset();
    channels_.reset();
    member_names_.clear();
}

std::uint64_t names::me() { return number_at(server_.get("/api/v1/session"), "id").value_or(0); }

std::optional<std::uint64_t> names::with_login(const std::string& login) {
    try {
        return number_at(server_.get("/api/v1/members/" + percent_encoded("@" + login)), "id");
    } catch (const failure& no) {
        if (no.kind() != exit_code::not_found) throw;
        return std::nullopt;
    }
}

std::uint64_t names::person(const std::string& typed) {
    if (const auto id = parse_id(typed, "member/")) {
        // Somebody else may sign in with what looks like a number.
        const auto other = typed.starts_with("member/") ? std::nullopt : with_login(typed);
        if (!other || other == id) return *id;
        throw failure(exit_code::invalid, fmt::format("“{0}”可以指编号 {0}（{1}），也是 {2} 的登录名：请写成 member/{0} 或 @{0}", typed, name_of(*id), name_of(*other)),
                      fmt::format("“{0}” is the number of {1} and the login of {2}: write member/{0} or @{0}", typed, name_of(*id), name_of(*other)));
    }
    if (typed == "me" || typed == "我") return me();
    // Also somebody who is not in what the reader sees of the directory.
    const bool login = typed.starts_with('@') && typed.size() > 1;
    if (const auto known = login ? with_login(small_letters(typed.substr(1))) : std::nullopt) return *known;
    const auto found = login ? std::map<std::uint64_t, std::string>() : meant_by(typed);
    if (found.size() == 1) return found.begin()->first;
    if (found.empty())
        throw failure(exit_code::not_found, fmt::format("找不到“{}”：请用编号、登录名、全名或 me", typed),
                      fmt::format("nobody is called “{}”: use an id, a login, a whole name, or me", typed));
    std::string them;
    for (const auto& [id, written] : found) them += fmt::format("{}{} ({})", them.empty() ? "" : ", ", written, name_of(id));
    throw failure(exit_code::invalid, fmt::format("“{}”可以指不止一个人：请写明是哪一位：{}", typed, them),
                  fmt::format("“{}” can mean more than one person: say which: {}", typed, them));
}

std::map<std::uint64_t, std::string> names::meant_by(const std::string& typed) {
    if (typed == "me" || typed == "我") return {{me(), "me"}};
    const auto id = parse_id(typed, "member/");
    // Said plainly, it means nothing else.
    const bool plainly_id = typed.starts_with("member/"), plainly_login = typed.starts_with('@');
    const auto login = small_letters(plainly_login ? typed.substr(1) : typed), name = as_kept(typed);
    std::map<std::uint64_t, std::string> out;
    for (const auto& each : members()) {
        const auto number = number_at(each, "id").value_or(0);
        if (id == number && !plainly_login) out.emplace(number, fmt::format("member/{}", number));
        if (plainly_id) continue;
        if (!login.empty() && text_at(each, "login") == login) out.emplace(number, "@" + login);
        if (!plainly_login && as_kept(text_at(each, "name")) == name) {
            const auto own = text_at(each, "login");
            out.emplace(number, own.empty() ? fmt::format("member/{}", number) : "@" + own);
        }
    }
    return out;
}

std::uint64_t names::channel(const std::string& typed) {
    if (const auto id = parse_id(typed, "channel/")) return *id;
    const auto bare = typed.starts_with('#') ? typed.substr(1) : typed;
    for (const auto& each : channels())
        if (as_kept(text_at(each, "name")) == as_kept(bare)) return number_at(each, "id").value_or(0);
    throw failure(exit_code::not_found, fmt::format("没有名为“{}”的频道（或者你看不到它）", bare),
                  fmt::format("there is no channel “{}”, or none that you may see", bare));
}

std::uint64_t names::task(const std::string& typed) {
    if (const auto id = parse_id(typed, typed.starts_with('#') ? "#" : "task/")) return *id;
    throw failure(exit_code::usage, fmt::format("“{}”不是任务编号", typed), fmt::format("“{}” is not a task's number", typed));
}

std::uint64_t names::number(std::string_view kind, const std::string& typed) {
    if (const auto id = parse_id(typed, typed.starts_with('#') ? "#" : fmt::format("{}/", kind))) return *id;
    throw failure(exit_code::usage, fmt::format("“{}”不是编号，应写成 17 或 {}/17", typed, kind), fmt::format("“{}” is no number: write 17 or {}/17", typed, kind));
}

std::string names::name_of(std::uint64_t member) {
    if (member == 0) return "—";
    members();
    const auto found = member_names_.find(member);
    return found == member_names_.end() || found->second.empty() ? fmt::format("member/{}", member) : found->second;
}

std::string names::channel_name(std::uint64_t channel) {
    for (const auto& each : channels())
        if (number_at(each, "id") == channel) return "#" + text_at(each, "name");
    return fmt::format("channel/{}", channel);
}

}  // namespace cli
