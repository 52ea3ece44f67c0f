#pragma once
// How appraisal cycles are shown (core/kernel/shown.hpp).

#include "core/appraisal/appraisal.hpp"
#include "core/appraisal/left_out.hpp"
#include "core/cycle/cycle.hpp"
#include "core/kernel/shown.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <map>

namespace core {

template <>
struct shown_as<cycle> : shown_plainly {
    static void put_own(auto& o, const cycle::state& s, const context&) {
        o.put("name", name_of(s)).put("kind", s.kind).put("year", s.year).put("quarter", s.quarter).put("schedule", s.schedule);
    }
    /// How far its appraisals are, of those that the reader may see: a count tells as much as a list (D5).
    static void put_more(auto& o, const cycle::state& s, std::uint64_t, const context& by) {
        std::map<std::string_view, std::uint32_t> count;
        for (std::uint64_t n = 1; n <= by.others->highest(appraisal::category); ++n) {
            const auto* a = by.others->find<appraisal>(n);
            if (!a || a->kind != s.kind || a->year != s.year || a->quarter != s.quarter || !may_see(*a, by)) continue;
            ++count[boost::describe::enum_to_string(a->is, "?")];
        }
        put_left_out(o, s, by);
        o.put_object("appraisals", [&](auto& all) {
            for (const auto& [status, many] : count) all.put(status, many);
        });
    }

private:
    /// Who is left out is told to who can do something about it, and to themselves.
    static void put_left_out(auto& o, const cycle::state& s, const context& by) {
        auto left_out = left_out_of(s, by);
        const auto& reader = *by.actor;
        if (!reader.has("HR") && !reader.has("OM") && !reader.has("SL"))
            std::erase_if(left_out, [&](const core::left_out& one) { return one.member != reader.id; });
        o.put("left_out", left_out).put("excused", s.excused);
    }
};

}  // namespace core
