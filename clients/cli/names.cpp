#include "clients/cli/names.hpp"

#include "clients/cli/address.hpp"
#include "clients/cli/failure.hpp"

#include <fmt/format.h>

#include <charconv>

namespace cli {

std::optional<std::uint64_t> parse_id(std::string_view typed, std::string_view prefix) {
    if (typed.starts_with(prefix)) typed.remove_prefix(prefix.size());
    std::uint64_t out = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
    if (typed.empty() || error != std::errc() || end != typed.data() + typed.size() || out == 0) return std::nullopt;
    return out;
}

const json& names::members() {
    if (!members_) {
        members_ = server_.list("/api/v1/members");
        for (const auto& each : *members_)
            if (const auto id = number_at(each, "id")) member_names_[*id] = text_at(each, "name");
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

std::uint64_t names::person(const std::string& typed) {
    if (const auto id = parse_id(typed, "member/")) return *id;
    if (typed == "me" || typed == "我") return me();
    if (typed.starts_with('@') && typed.size() > 1)
        return number_at(server_.get("/api/v1/members/" + percent_encoded(typed)), "id").value_or(0);
    std::uint64_t found = 0;
    for (const auto& each : members()) {
        if (text_at(each, "name") != typed) continue;
        if (found != 0)
            throw failure(exit_code::invalid, fmt::format("不止一个人叫“{}”：请用编号或 @登录名", typed),
                          fmt::format("more than one person is called “{}”: use the id or @login", typed));
        found = number_at(each, "id").value_or(0);
    }
    if (found == 0)
        throw failure(exit_code::not_found, fmt::format("找不到“{}”：请用编号、@登录名、全名或 me", typed),
                      fmt::format("nobody is called “{}”: use an id, @login, a whole name, or me", typed));
    return found;
}

std::uint64_t names::channel(const std::string& typed) {
    if (const auto id = parse_id(typed, "channel/")) return *id;
    const auto bare = typed.starts_with('#') ? typed.substr(1) : typed;
    for (const auto& each : channels())
        if (text_at(each, "name") == bare) return number_at(each, "id").value_or(0);
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
