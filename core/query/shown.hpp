#pragma once
// How queries are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/query/query.hpp"

namespace core {

template <>
struct shown_as<query> : shown_plainly {
    static void put_own(auto& o, const query::state& s, const context&) {
        o.put("title", s.title).put("by", s.by).put("department", s.department).put("format", s.format).put("rows_most", s.rows_most).put("at", s.at);
        if (s.is == query_status::answered) o.put("rows", s.rows).put("bytes", s.bytes).put("cut", s.cut).put("read", s.read);
        if (s.is == query_status::failed) o.put("code", s.code);
        if (s.is != query_status::running) o.put("milliseconds", s.milliseconds);
    }
};

}  // namespace core
