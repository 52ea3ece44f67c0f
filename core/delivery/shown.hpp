#pragma once
// How deliveries are shown (core/kernel/shown.hpp).

#include "core/delivery/delivery.hpp"
#include "core/kernel/shown.hpp"

namespace core {

template <>
struct shown_as<delivery> : shown_plainly {
    static void put_own(auto& o, const delivery::state& s, const context&) {
        o.put("collection", s.collection).put("name", s.name).put("department", s.department).put("owner", s.owner).put("from", s.from).put("until", s.until);
        if (s.due) o.put("due", *s.due);
        if (s.late_from) o.put("late_from", *s.late_from);
        if (s.received_at) o.put("received_at", *s.received_at);
        o.put_if(bool(s.by), "by", s.by).put_if(bool(s.replaces), "replaces", s.replaces).put_if(bool(s.superseded_by), "superseded_by", s.superseded_by);
        if (s.verdict) {
            o.put("verdict", *s.verdict).put("rows", s.rows).put("taken", s.taken).put("rejected", s.rejected).put("faulty", s.faulty).put("failed", s.failed);
            if (s.replaces) o.put("restated", s.restated);
            if (s.superseded_by) o.put("corrected", s.corrected);
            if (!s.schema_sha256.empty()) o.put("schema_sha256", s.schema_sha256);
            if (!s.rows_sha256.empty()) o.put("rows_sha256", s.rows_sha256);
        }
        o.put("explained", s.explained).put("escalated", s.escalated);
        if (s.is == delivery_status::waived) o.put("counts", s.counts);
    }
};

}  // namespace core
