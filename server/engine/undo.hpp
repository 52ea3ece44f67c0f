#pragma once
// What a transaction has touched, as it was before: so that it never was.
//
// An entity is copied before it first changes, once. A channel with all its messages is a few megabytes at most; what is not
// touched costs nothing.

#include "core/appraisal/evidence.hpp"
#include "core/views/directory.hpp"
#include "server/engine/aggregates.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <optional>

namespace server::engine {

class undo {
public:
    /// Before entity `number` of `in` changes or is made.
    template <core::decider A>
    void keep(const table<A>& in, std::uint64_t number) {
        auto& k = std::get<boost::mp11::mp_find<aggregate_list, A>::value>(kept_);
        if (!k.size) k.size = in.highest();
        if (number <= *k.size) k.slots.try_emplace(number, *in.find(number));
    }

    /// Before a member event changes the roster.
    void keep(const core::views::directory& people) {
        if (!people_) people_ = people;
    }

    /// Before anything is found; what is found is only ever added.
    void keep(const core::evidence_ledger& evidence) {
        findings_ = evidence.findings.size();
        submitted_ = evidence.submitted;
    }

    template <core::decider A>
    bool touched() const {
        return std::get<boost::mp11::mp_find<aggregate_list, A>::value>(kept_).size.has_value();
    }

    void restore(aggregates& entities, core::views::directory& people, core::evidence_ledger& evidence) {
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, aggregate_list>>(
            [&](auto a) { restore(entities.of<typename decltype(a)::type>()); });
        if (people_) people = std::move(*people_);
        evidence.findings.resize(findings_);
        evidence.submitted = std::move(submitted_);
    }

private:
    template <core::decider A>
    struct kept {
        std::optional<std::uint64_t> size;  // nothing: untouched
        boost::unordered_flat_map<std::uint64_t, slot<A>> slots;
    };

    template <core::decider A>
    void restore(table<A>& into) {
        auto& k = std::get<boost::mp11::mp_find<aggregate_list, A>::value>(kept_);
        if (!k.size) return;
        into.shrink_to(*k.size);
        for (auto& [number, before] : k.slots) *into.find(number) = std::move(before);
    }

    boost::mp11::mp_rename<boost::mp11::mp_transform<kept, aggregate_list>, std::tuple> kept_;
    std::optional<core::views::directory> people_;
    std::size_t findings_ = 0;
    std::vector<core::evidence_ledger::handed_in> submitted_;
};

}  // namespace server::engine
