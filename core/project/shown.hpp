#pragma once
// How projects are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/project/project.hpp"

#include <vector>

namespace core {

template <>
struct shown_as<project> : shown_plainly {
    struct also {
        std::vector<events::project::record_kind> missing_records;
    };
    static void put_own(auto& o, const project::state& s, const context&) {
        o.put("name", s.name).put("department", s.department).put("request", s.request).put("health", s.health).put("percent", s.percent);
        o.put_if(bool(s.channel), "channel", s.channel);
        if (s.was_chartered()) {
            o.put("lead", s.lead).put("team", s.team).put("starts", s.starts).put("ends", s.ends).put("charter", s.charter);
            o.put("milestones", s.milestones);
        }
        if (!s.panel.empty()) o.put("panel", s.panel).put("signed", s.signed_by).put("panel_on", s.panel_on);
        if (!s.recipients.empty()) o.put("recipients", s.recipients).put("acknowledged", s.acknowledged);
        o.put("missing_records", missing_records(s));
    }
};
OPSROOM_DESCRIBE(shown_as<project>::also, (missing_records, choices("尚缺的归档材料", "Records still missing")))

}  // namespace core
