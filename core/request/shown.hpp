#pragma once
// How requests are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"

namespace core {

template <>
struct shown_as<request> : shown_plainly {
    struct more {
        project_id project;
    };
    static void put_own(auto& o, const request::state& s, const context&) {
        o.put("title", s.title).put("priority", s.priority).put("requester", s.requester).put("department", s.department);
        o.put("required_by", s.required_by).put("compliance_checked", s.compliance_checked);
        if (!s.assessors.empty()) o.put("assessors", s.assessors).put("assessed", s.assessed).put("until", s.until);
    }
    /// The project that it has become (S3.1.3).
    static void put_more(auto& o, const request::state& s, std::uint64_t number, const context& by) {
        if (s.is != request_status::approved) return;
        for (auto n = by.others->highest(project::category); n >= 1; --n) {
            const auto* p = by.others->find<project>(n);
            if (!p || p->request.value != number) continue;
            if (may_see(*p, by)) o.put("project", project_id{n});
            return;
        }
    }
};
OPSROOM_DESCRIBE(shown_as<request>::more, (project, reference("由此立项的项目", "The project that it has become")))

}  // namespace core
