#pragma once
// A page of a list of entities: filtered, sorted, from the views.

#include "core/access/entities.hpp"
#include "core/views/views.hpp"
#include "server/wire/documents.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace server::wire {

/// What is left out narrows nothing.
struct flow_query {
    std::optional<std::string> status;
    std::optional<events::department> department;
    std::optional<events::member_id> person;      ///< whose it is: requester, lead or in the team, employee or evaluator
    std::optional<events::cycle_id> cycle;        ///< of appraisals
    std::optional<events::member_id> waits_on;    ///< whose turn it is
    std::optional<bool> late;
    std::string text;                             ///< in its name, any case of ASCII
    std::string sort = "changed";                 ///< a field; a leading '-' turns the order round
    std::size_t limit = 50;
    std::size_t offset = 0;
};

/// Whether a list shows the entity to `by.actor`. While its cycle calibrates, that is more of an appraisal than its dossier.
bool is_listed(const auto& of, const core::context& by) { return core::access::may_see(of, by); }
bool is_listed(const core::appraisal::state& of, const core::context& by);

/// Whether `text` contains `words`, letters of ASCII in any case.
bool mentions(std::string_view text, std::string_view words);

/// The rows from `offset` on, at most `limit` of them, in the order of `less`; how many there are in all.
template <class Row, class Less>
std::vector<const Row*> sorted_page(std::vector<const Row*>& found, const flow_query& q, Less less) {
    const auto from = std::min(q.offset, found.size());
    const auto to = std::min(found.size(), from + q.limit);
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(to), found.end(), less);
    return {found.begin() + static_cast<std::ptrdiff_t>(from), found.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace server::wire
