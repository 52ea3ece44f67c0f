#pragma once
// Slack's markup as plain text that reads well.

#include "clients/cli/client.hpp"

#include <map>
#include <string>
#include <string_view>

namespace cli {

/// Ids of people to their names.
using slack_names = std::map<std::string, std::string>;

/// "<@U1> see <https://a.example|the plan> &amp; <#C1|general>" is "@Li Na see the plan (https://a.example) & #general".
std::string plain_text(std::string_view slack, const slack_names& people);

/// All that a message says, in Slack's markup: its text, or where that is empty its blocks; then what is attached to it.
std::string slack_words(const json& message);

}  // namespace cli
