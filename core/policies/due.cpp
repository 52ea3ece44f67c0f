#include "core/policies/due.hpp"

#include "core/cycle/cycle.hpp"
#include "core/election/election.hpp"
#include "core/incentive/incentive.hpp"

namespace core::policies {
namespace {

template <class A>
follow_ups due_of(const typename A::state& of, std::uint64_t number, const context& by) {
    follow_ups all;
    for (auto& one : core::due_commands(of, by)) all.push_back({typename A::command(std::move(one)), events::stream_id{A::category, number}});
    return all;
}

template <class A>
void add_due(const context& by, follow_ups& all) {
    const auto highest = by.others->highest(A::category);
    for (std::uint64_t n = 1; n <= highest; ++n)
        if (const auto* one = by.others->find<A>(n))
            for (auto& due : due_of<A>(*one, n, by)) all.push_back(std::move(due));
}

}  // namespace

follow_ups due_commands(const cycle::state& of, std::uint64_t number, const context& by) { return due_of<cycle>(of, number, by); }
follow_ups due_commands(const election::state& of, std::uint64_t number, const context& by) { return due_of<election>(of, number, by); }
follow_ups due_commands(const incentive::state& of, std::uint64_t number, const context& by) { return due_of<incentive>(of, number, by); }

follow_ups due(const context& by) {
    follow_ups all;
    add_due<cycle>(by, all);
    add_due<election>(by, all);
    add_due<incentive>(by, all);
    return all;
}

follow_ups evidence_due(const context& by, const evidence_ledger& from) {
    follow_ups all;
    const auto highest = by.others->highest(events::category::appraisal);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<appraisal>(n);
        if (!one || !(appraisal::pending & flow::from(one->is))) continue;
        auto found = suggestions_for(*one, from);
        if (!found.found.empty()) all.push_back({appraisal::command(std::move(found)), stream_of(appraisal_id{n})});
    }
    return all;
}

}  // namespace core::policies
