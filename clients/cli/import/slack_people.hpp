#pragma once
// Who is who in a Slack export: users.json, and those who are only met in the messages themselves.

#include "clients/cli/client.hpp"
#include "clients/cli/import/archive.hpp"
#include "clients/cli/import/slack_text.hpp"

#include <set>
#include <string>
#include <vector>

namespace cli {

class slack_people {
public:
    explicit slack_people(const chat_options& options) : options_(options) {}

    /// An entry of users.json.
    void add_user(const json& user);

    /// Whoever wrote the message: a person, a bot, or empty. What the message says of them counts where users.json is
    /// silent.
    std::string meet(const json& message);

    /// Their `external`; from now on they are among `speakers`.
    std::string spoke(const std::string& id);

    const slack_names& names() const { return names_; }
    std::vector<chat_person> speakers() && { return std::move(speakers_); }

private:
    chat_options options_;
    slack_names names_;
    std::set<std::string> chinese_;
    std::set<std::string> known_;
    std::vector<chat_person> speakers_;
};

}  // namespace cli
