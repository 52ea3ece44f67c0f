#include "clients/cli/import/slack_people.hpp"

#include "clients/cli/written.hpp"

namespace cli {
namespace {

/// The first that says something.
std::string name_among(std::initializer_list<std::string> candidates) {
    for (const auto& each : candidates)
        if (const auto name = as_name(each); !name.empty()) return as_line(name, name_characters_max);
    return {};
}

}  // namespace

void slack_people::add_user(const json& user) {
    const auto id = text_at(user, "id");
    if (id.empty()) return;
    const auto& profile = at_or_null(user, "profile");
    names_[id] = name_among({text_at(profile, "display_name"), text_at(profile, "real_name"), text_at(user, "real_name"),
                             text_at(user, "name"), id});
    if (text_at(user, "locale").starts_with("zh")) chinese_.insert(id);
}

std::string slack_people::meet(const json& message) {
    const auto username = text_at(message, "username");
    auto id = text_at(message, "user");
    if (id.empty()) id = text_at(message, "bot_id");
    if (id.empty()) id = username;
    if (id.empty()) return {};
    if (const auto known = names_.find(id); known != names_.end() && known->second != id) return id;
    const auto& profile = at_or_null(message, "user_profile");
    names_[id] = name_among({text_at(profile, "display_name"), text_at(profile, "real_name"), text_at(profile, "name"), username,
                             text_at(at_or_null(message, "bot_profile"), "name"), id});
    return id;
}

std::string slack_people::spoke(const std::string& id) {
    auto external = options_.source + ":" + id;
    if (known_.insert(id).second) speakers_.push_back({external, names_.at(id), chinese_.contains(id) ? "zh" : options_.language});
    return external;
}

}  // namespace cli
