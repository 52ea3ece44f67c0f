#pragma once
// How appraisal cycles are shown (core/kernel/shown.hpp).

#include "core/appraisal/appraisal.hpp"
#include "core/appraisal/left_out.hpp"
#include "core/cycle/cycle.hpp"
#include "core/kernel/shown.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace core {

/// How many there are in each status, by its name; of none, nothing is said.
struct appraisals_by_status {
    std::optional<std::uint32_t> appealed, applied, cancelled, evaluated, finalised, opened, reopened, self_draft, self_submitted, talk_held, talk_recorded;
};

namespace detail {
/// The count of those with that status; it is called as that is.
constexpr events::field so_many(appraisal_status is) {
    const auto label = events::label_of(is);
    return events::describe::number(label.zh, label.en);
}
}  // namespace detail

// clang-format off
OPSROOM_DESCRIBE(appraisals_by_status,
    (appealed, detail::so_many(appraisal_status::appealed)),
    (applied, detail::so_many(appraisal_status::applied)),
    (cancelled, detail::so_many(appraisal_status::cancelled)),
    (evaluated, detail::so_many(appraisal_status::evaluated)),
    (finalised, detail::so_many(appraisal_status::finalised)),
    (opened, detail::so_many(appraisal_status::opened)),
    (reopened, detail::so_many(appraisal_status::reopened)),
    (self_draft, detail::so_many(appraisal_status::self_draft)),
    (self_submitted, detail::so_many(appraisal_status::self_submitted)),
    (talk_held, detail::so_many(appraisal_status::talk_held)),
    (talk_recorded, detail::so_many(appraisal_status::talk_recorded)))
// clang-format on
static_assert([] {
    std::size_t named = 0;
    for (const auto& f : events::fields<appraisals_by_status>)
        for (const auto& c : events::choices<appraisal_status>) named += f.name == c.name;
    return named + 1 == events::choices<appraisal_status>.size();
}(), "each status but `absent` has its count");

template <>
struct shown_as<cycle> : shown_plainly {
    struct also {
        std::string name;
    };
    struct more {
        std::vector<core::left_out> left_out;
        appraisals_by_status appraisals;
    };

    static void put_own(auto& o, const cycle::state& s, const context&) {
        o.put("name", name_of(s)).put("kind", s.kind).put("year", s.year).put("quarter", s.quarter).put("schedule", s.schedule);
    }
    /// How far its appraisals are, of those that the reader may see: a count tells as much as a list (D5).
    static void put_more(auto& o, const cycle::state& s, std::uint64_t, const context& by) {
        appraisals_by_status so_many;
        for (std::uint64_t n = 1; n <= by.others->highest(appraisal::category); ++n) {
            const auto* a = by.others->find<appraisal>(n);
            if (!a || a->kind != s.kind || a->year != s.year || a->quarter != s.quarter || !may_see(*a, by)) continue;
            count_one(so_many, boost::describe::enum_to_string(a->is, "?"));
        }
        put_left_out(o, s, by);
        o.put("appraisals", so_many);
    }

private:
    static void count_one(appraisals_by_status& all, std::string_view status) {
        boost::mp11::mp_for_each<boost::describe::describe_members<appraisals_by_status, boost::describe::mod_public>>([&](auto d) {
            if (d.name != status) return;
            auto& many = all.*d.pointer;
            many = many.value_or(0) + 1;
        });
    }
    /// Who is left out is told to who can do something about it, and to themselves.
    static void put_left_out(auto& o, const cycle::state& s, const context& by) {
        auto left_out = left_out_of(s, by);
        const auto& reader = *by.actor;
        if (!reader.has("HR") && !reader.has("OM") && !reader.has("SL"))
            std::erase_if(left_out, [&](const core::left_out& one) { return one.member != reader.id; });
        o.put("left_out", left_out).put("excused", s.excused);
    }
};
OPSROOM_DESCRIBE(shown_as<cycle>::also, (name, line("名称", "Name")))
OPSROOM_DESCRIBE(shown_as<cycle>::more, (left_out, list("未纳入考核的成员", "Left out")), (appraisals, group("各状态的考核数", "Appraisals by status")))

}  // namespace core
