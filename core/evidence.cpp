#include "core/evidence.hpp"

#include "core/kind.hpp"

#include <algorithm>

namespace core {

void evidence_ledger::apply(const events::recorded& happened, const entities& after, std::chrono::minutes zone_offset) {
    const auto& at = happened.envelope;
    if (const auto* of = kind_of(at.stream.kind)) of->find_evidence(happened, after, date_in(at.time, zone_offset), *this);
}

void evidence_ledger::not_after(date day) {
    std::erase_if(findings, [&](const finding& f) { return f.on > day && f.source == source::tasks_late; });
    for (auto& f : findings) f.on = std::min(f.on, day);
    for (auto& h : submitted) h.on = std::min(h.on, day);
}

std::vector<evidence_ledger::finding> evidence_ledger::of(member_id who, source from, date first, date last) const {
    std::vector<finding> found;
    const auto before = [](const finding& f, date day) { return f.on < day; };
    const auto begin = std::lower_bound(findings.begin(), findings.end(), first, before);  // time goes forward in the log
    for (auto at = begin; at != findings.end() && at->on <= last; ++at)
        if (at->of == who && at->source == from) found.push_back(*at);
    return found;
}

follow_ups evidence_due(const context& by, const evidence_ledger& from) {
    follow_ups all;
    each_kind([&](const kind& one) { one.suggest(from, by, all); });
    return all;
}

}  // namespace core
