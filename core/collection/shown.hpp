#pragma once
// How collection plans are shown (core/kernel/shown.hpp).

#include "core/collection/collection.hpp"
#include "core/kernel/shown.hpp"

#include <vector>

namespace core {

template <>
struct shown_as<collection> : shown_plainly {
    struct more {
        std::vector<collection_id> line;
    };
    static void put_own(auto& o, const collection::state& s, const context&) {
        o.put("name", s.name).put("source", s.source).put("holds", s.holds).put("set", s.set).put("rhythm", s.rhythm);
        o.put("department", s.department).put("owner", s.owner).put("author", s.author).put("sha256", s.sha256);
        if (s.from) o.put("from", *s.from);
        if (s.number) o.put("number", s.number);
        o.put_if(bool(s.replaces), "replaces", s.replaces).put_if(bool(s.superseded_by), "superseded_by", s.superseded_by);
    }
    /// The versions before it, newest first.
    static void put_more(auto& o, const collection::state& s, std::uint64_t, const context& by) {
        constexpr std::size_t most = 100;
        std::vector<collection_id> line;
        for (auto at = s.replaces; at && line.size() < most;) {
            const auto* before = by.others->find<collection>(at.value);
            if (!before) break;
            line.push_back(at);
            at = before->replaces;
        }
        if (!line.empty()) o.put("line", line);
    }
};
OPSROOM_DESCRIBE(shown_as<collection>::more, (line, references("此前的版本", "Earlier versions").hint("由新到旧", "Newest first")))

}  // namespace core
