#pragma once
// Slack's markup as plain text that reads well.

#include <map>
#include <string>
#include <string_view>

namespace cli {

/// Ids of people to their names.
using slack_names = std::map<std::string, std::string>;

/// "<@U1> see <https://a.example|the plan> &amp; <#C1|general>" is "@Li Na see the plan (https://a.example) & #general".
std::string plain_text(std::string_view slack, const slack_names& people);

}  // namespace cli
