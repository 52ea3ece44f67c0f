#include "core/views/waiting.hpp"

namespace core::views {

void waiting_list::forget(events::stream_id which) {
    const auto found = by_entity_.find(which);
    if (found == by_entity_.end()) return;
    for (const auto& step : found->second)
        for (const auto who : step.on) {
            const auto mine = by_person_.find(who.value);
            if (mine == by_person_.end()) continue;
            mine->second.erase(which);
            if (mine->second.empty()) by_person_.erase(mine);
        }
    by_entity_.erase(found);
}

void waiting_list::set(events::stream_id which, std::vector<awaited_step> steps) {
    const auto found = by_entity_.find(which);
    if (found != by_entity_.end() && found->second == steps) return;
    forget(which);
    if (steps.empty()) return;
    for (const auto& step : steps)
        for (const auto who : step.on) by_person_[who.value].insert(which);
    by_entity_.emplace(which, std::move(steps));
}

const std::vector<awaited_step>* waiting_list::of(events::stream_id which) const {
    const auto found = by_entity_.find(which);
    return found == by_entity_.end() ? nullptr : &found->second;
}

std::vector<awaited_step> awaited_steps(std::vector<flow::wait> waits) {
    std::vector<awaited_step> all;
    all.reserve(waits.size());
    for (auto& one : waits) all.push_back({one.command, one.clause, std::move(one.on.who), one.on.passed_up});
    return all;
}

}  // namespace core::views
