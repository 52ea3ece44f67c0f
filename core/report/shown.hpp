#pragma once
// How reports are shown (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "core/recommendation/recommendation.hpp"
#include "core/report/report.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace core {

template <>
struct shown_as<report> : shown_plainly {
    struct also {
        std::string title;
        date acknowledge_by;
        bool filled, settling;
    };
    struct followed {
        recommendation_id recommendation;
        std::uint32_t number;
        std::string text;
        recommendation_status status;
    };
    struct more {
        std::uint64_t position;
        std::vector<followed> recommendations;
    };
    static void put_own(auto& o, const report::state& s, const context&) {
        o.put("title", name_of(s)).put("kind", s.kind).put("period", s.period).put("from", s.from).put("until", s.until).put("department", s.department).put("author", s.author);
        o.put("publish_by", s.publish_by).put("acknowledge_by", s.content.acknowledge_by).put("recipients", s.recipients);
        o.put("sha256", s.sha256).put("written", s.written).put("filled", s.figures.has_value());
        if (s.figures) o.put("settling", std::any_of(s.figures->figures.begin(), s.figures->figures.end(), [](const auto& f) { return f.state != events::report::finality::closed; }));
        if (s.is == report_status::published) o.put("acknowledged", s.acknowledged);
        o.put_if(!s.differences.empty(), "differences", s.differences);
    }
    static constexpr bool more_is_of_today = true;
    /// What came of its recommendations.
    static void put_more(auto& o, const report::state& s, std::uint64_t number, const context& by) {
        if (s.figures) o.put("position", s.figures->position);
        std::vector<followed> all;
        for (std::uint64_t n = 1; n <= by.others->highest(recommendation::category); ++n) {
            const auto* one = by.others->find<recommendation>(n);
            if (one && one->report.value == number && may_see(*one, by)) all.push_back({{n}, one->number, one->advice.text, one->is});
        }
        o.put("recommendations", all);
    }
};
// clang-format off
OPSROOM_DESCRIBE(shown_as<report>::also,
    (title, line("标题", "Title")), (acknowledge_by, day("确认期限", "Acknowledge by")), (filled, yes_no("数值已填入", "Figures are there")), (settling, yes_no("含未定的数值", "Has figures that are not final")))
OPSROOM_DESCRIBE(shown_as<report>::followed,
    (recommendation, reference("建议", "Recommendation")), (number, number("报告中的序号", "Place in the report")), (text, remark("内容", "Recommendation")), (status, choice("状态", "Status")))
OPSROOM_DESCRIBE(shown_as<report>::more,
    (position, number("取数时的日志位置", "Taken at position of the log")), (recommendations, list("由此提出的建议", "Recommendations made")))
// clang-format on

}  // namespace core
