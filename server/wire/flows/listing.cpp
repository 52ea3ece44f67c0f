#include "server/wire/flows/listing.hpp"

#include "core/appraisal/visibility.hpp"

namespace server::wire {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

bool is_listed(const core::appraisal::state& of, const core::context& by) { return core::may_see_scores(of, *by.actor, by); }

bool mentions(std::string_view text, std::string_view words) {
    const auto found = std::search(text.begin(), text.end(), words.begin(), words.end(), [](char a, char b) { return lower(a) == lower(b); });
    return words.empty() || found != text.end();
}

}  // namespace server::wire
