#pragma once
// Who waits for whom: for every open entity of a flow, the steps that it waits for and the people whose turn they are.
// From here come the inbox, "on whom it waits" (S1.3.3) and what is late.
//
// Kept by entity and by person. What depends on the day (a guard that lets a verdict pass once opinions are overdue) is
// looked at when it is asked for, so what is kept is who it would be.

#include "core/kernel/flow.hpp"
#include "events/catalog/stream.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <string_view>
#include <vector>

namespace core::views {

/// A step that an entity waits for.
struct awaited_step {
    std::string_view command;
    std::string_view clause;
    std::vector<member_id> on;
    bool passed_up = false;  ///< whose turn it would be may not (D1)
    bool operator==(const awaited_step&) const = default;
};

class waiting_list {
public:
    /// What `which` waits for from here on; nothing: it is over.
    void set(events::stream_id which, std::vector<awaited_step> steps);

    /// Null where it waits for nobody.
    const std::vector<awaited_step>* of(events::stream_id which) const;

    /// Calls `visit(stream, awaited_step)` with everything that waits on `who` in person, in no order, until false.
    template <class Visit>
    void each(member_id who, Visit visit) const {
        const auto found = by_person_.find(who.value);
        if (found == by_person_.end()) return;
        for (const auto& which : found->second)
            for (const auto& one : *of(which))
                if (std::find(one.on.begin(), one.on.end(), who) != one.on.end() && !visit(which, one)) return;
    }
    /// Everything that waits.
    template <class Visit>
    void each(Visit visit) const {
        for (const auto& [which, steps] : by_entity_)
            for (const auto& one : steps)
                if (!visit(which, one)) return;
    }
    std::size_t size() const { return by_entity_.size(); }

private:
    void forget(events::stream_id which);

    boost::unordered_flat_map<events::stream_id, std::vector<awaited_step>, std::hash<events::stream_id>> by_entity_;
    boost::unordered_flat_map<std::uint64_t, boost::unordered_flat_set<events::stream_id, std::hash<events::stream_id>>> by_person_;
};

std::vector<awaited_step> awaited_steps(std::vector<flow::wait> waits);

}  // namespace core::views
