#include "clients/cli/commands/typed_as.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cli {
namespace {

// clang-format off
constexpr typed_as all[] = {
    {"compliance/findings", "compliance"}, {"compliance/checked", ""},
    {"main_content", "content"}, {"required_by", "by"}, {"expected_benefit", "benefit"}, {"recommends", "recommend"},
    {"acknowledge_by", "by"}, {"next_on", "next"}, {"checklist", "check"}, {"recipients", "to"}, {"attachments", "attach"},
    // Given once for each.
    {"deliverables", "deliverable"}, {"conditions", "condition"}, {"departments", "department"}, {"adjustments", "score"}, {"limits", "limit"},
    {"figures", "figure", value::figures}, {"results", "result", value::results},
};

constexpr std::pair<std::string_view, std::string_view> defaults[] = {{"priority", "normal"}, {"visibility", "everyone"}};

struct given_as_arguments {
    std::string_view command;
    std::vector<std::string> keys;
};
const given_as_arguments arguments[] = {
    {"appraisal.add_evidence", {"indicator", "evidence/at", "evidence/note"}},
    {"channel.describe", {"description"}},
    {"channel.set_topic", {"message", "topic"}},
    {"member.set_roles", {"roles"}},
    {"project.accept", {}},
    {"project.request_acceptance", {}},
    {"project.sign_acceptance", {"agrees"}},
    {"project.summarise", {}},
    {"request.assess", {"opinion/reasonableness/points", "opinion/feasibility/points", "opinion/business_impact/points"}},
};
// clang-format on

bool ends_at_a_name(std::string_view key, std::string_view end) {
    return key.ends_with(end) && (key.size() == end.size() || key[key.size() - end.size() - 1] == '/');
}

}  // namespace

const typed_as* typed_as_of(std::string_view key) {
    const auto found = std::find_if(std::begin(all), std::end(all), [&](const auto& one) { return ends_at_a_name(key, one.key); });
    return found == std::end(all) ? nullptr : found;
}

std::optional<std::string> default_of(const described_field& f) {
    const auto found = std::find_if(std::begin(defaults), std::end(defaults), [&](const auto& one) { return f.name == one.first; });
    return found == std::end(defaults) ? std::nullopt : std::optional(std::string(found->second));
}

std::optional<std::vector<std::string>> arguments_of(std::string_view command) {
    const auto found = std::find_if(std::begin(arguments), std::end(arguments), [&](const auto& one) { return one.command == command; });
    return found == std::end(arguments) ? std::nullopt : std::optional(found->keys);
}

}  // namespace cli
