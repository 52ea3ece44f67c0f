#pragma once
// How recommendations are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/recommendation/recommendation.hpp"

#include <string>

namespace core {

template <>
struct shown_as<recommendation> : shown_plainly {
    struct also {
        std::string title;
    };
    static void put_own(auto& o, const recommendation::state& s, const context&) {
        o.put("title", name_of(s)).put("report", s.report).put_if(s.number != 0, "number", s.number).put("department", s.department).put("proposer", s.proposer);
        o.put("advice", s.advice);
        if (s.adopter) o.put("adopter", s.adopter).put("assignee", s.assignee).put("due", s.due).put("standard", s.standard);
        if (s.baseline) o.put("baseline", *s.baseline);
        if (s.target) o.put("target", *s.target);
        o.put_if(bool(s.task), "task", s.task);
        if (s.effect) o.put("effect", *s.effect);
    }
};
OPSROOM_DESCRIBE(shown_as<recommendation>::also, (title, line("标题", "Title")))

}  // namespace core
