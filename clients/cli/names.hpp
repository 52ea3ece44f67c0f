#pragma once
// People and channels by the names that people use for them.

#include "clients/cli/api.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace cli {

class names {
public:
    explicit names(api& server) : server_(server) {}

    /// "3", "member/3", "@chen.wei", "chen.wei", "me", or a whole name that only one person has. Throws `failure`, also where it
    /// could be two people: with how each of them is written.
    std::uint64_t person(const std::string& typed);

    /// Whoever it may mean of those that are seen, and how each is written so that it means nobody else.
    std::map<std::uint64_t, std::string> meant_by(const std::string& typed);

    /// Their rows.
    const json& everybody() { return members(); }

    /// "5", "channel/5", "#general" or "general". Throws `failure`.
    std::uint64_t channel(const std::string& typed);

    /// "17", "#17" or "task/17". Throws `failure`.
    static std::uint64_t task(const std::string& typed);

    /// "17" or "project/17", of this kind. Throws `failure`.
    static std::uint64_t number(std::string_view kind, const std::string& typed);

    /// Whose token it is.
    std::uint64_t me();

    /// A name for the screen: "—" for nobody, "member/3" for one that is not known.
    std::string name_of(std::uint64_t member);

    /// "#general"
    std::string channel_name(std::uint64_t channel);

    /// What has been read is read anew when it is next asked for.
    void forget();

private:
    std::optional<std::uint64_t> with_login(const std::string& login);
    const json& members();
    const json& channels();

    api& server_;
    std::optional<json> members_;
    std::optional<json> channels_;
    std::map<std::uint64_t, std::string> member_names_;
};

/// The digits of `typed`, with or without `prefix` before them.
std::optional<std::uint64_t> parse_id(std::string_view typed, std::string_view prefix);

}  // namespace cli
