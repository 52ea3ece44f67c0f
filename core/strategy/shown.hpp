#pragma once
// How strategies and plans are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/strategy/strategy.hpp"

#include <vector>

namespace core {

template <>
struct shown_as<strategy> : shown_plainly {
    struct more {
        std::vector<strategy_id> line;
    };
    static void put_own(auto& o, const strategy::state& s, const context&) {
        o.put("title", s.title).put("kind", s.kind).put("department", s.department).put("author", s.author).put("effective", s.effective);
        o.put("acknowledge_by", s.acknowledge_by).put("check_on", s.check_on).put("concerned", s.concerned).put("sha256", s.sha256);
        o.put_if(bool(s.replaces), "replaces", s.replaces).put_if(bool(s.superseded_by), "superseded_by", s.superseded_by);
        o.put_if(bool(s.project), "project", s.project);
        if (s.number) o.put("number", s.number).put("acknowledged", s.acknowledged).put("checks", s.checks);
        if (s.checks) o.put("standing", s.standing);
    }
    /// The versions before it, newest first: each as far as the reader may see it.
    static void put_more(auto& o, const strategy::state& s, std::uint64_t, const context& by) {
        constexpr std::size_t most = 100;
        std::vector<strategy_id> line;
        for (auto at = s.replaces; at && line.size() < most;) {
            const auto* before = by.others->find<strategy>(at.value);
            if (!before) break;
            if (may_see(*before, by)) line.push_back(at);
            at = before->replaces;
        }
        if (!line.empty()) o.put("line", line);
    }
};
OPSROOM_DESCRIBE(shown_as<strategy>::more, (line, references("此前的版本", "Earlier versions").hint("由新到旧", "Newest first")))

}  // namespace core
