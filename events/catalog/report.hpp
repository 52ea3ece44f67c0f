#pragma once
// A periodic report (F11): S4.3.1, S2.3.3. It drafts itself from the figures of its period, its analyst draws the conclusions, and those
// who are to know it acknowledge it. What was published stays as it was; where its figures are others later, it says so.

#include "events/catalog/report_forms.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::report {

/// By the day: it is due.
struct opened {
    static constexpr std::string_view type = "report.opened.v1";
    static constexpr std::string_view clause = "S4.3.1";
    static constexpr event_words says{{"按期开始了报告", "began the report, as it is due"}};
    member_id author;               ///< an analyst of the department
    events::department department;  ///< whose figures it shows
    report::kind kind;
    date from;                      ///< the days that it is about, both included
    date until;
    date publish_by;
    report::form form;              ///< as it begins
    std::string sha256;             ///< of the content
    std::uint32_t flow;
    bool operator==(const opened&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(opened,
    (author, person("撰写人", "Author")), (department, department("部门", "Department")), (kind, choice("种类", "Kind")), (from, day("自", "From")), (until, day("至", "Until")),
    (publish_by, day("发布期限", "Publish by")), (form, group("报告", "Report")), (sha256, hash("内容哈希", "Content hash")), (flow, hidden()))
// clang-format on

/// The same, by somebody, of a period that has none.
struct drafted {
    static constexpr std::string_view type = "report.drafted.v1";
    static constexpr std::string_view clause = "S4.3.1";
    static constexpr event_words says{{"起草了报告", "drafted the report"}};
    member_id author;
    events::department department;
    report::kind kind;
    date from;
    date until;
    date publish_by;
    report::form form;
    std::string sha256;
    std::uint32_t flow;
    bool operator==(const drafted&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(drafted,
    (author, person("撰写人", "Author")), (department, department("部门", "Department")), (kind, choice("种类", "Kind")), (from, day("自", "From")), (until, day("至", "Until")),
    (publish_by, day("发布期限", "Publish by")), (form, group("报告", "Report")), (sha256, hash("内容哈希", "Content hash")), (flow, hidden()))
// clang-format on

/// Its figures were taken from the warehouse: for the first time, or as they have changed.
struct filled {
    static constexpr std::string_view type = "report.filled.v1";
    static constexpr std::string_view clause = "S4.3.1";
    static constexpr event_words says{{"填入了本期数值", "took the figures of the period"}};
    report::snapshot snapshot;
    std::string sha256;
    bool operator==(const filled&) const = default;
};
OPSROOM_DESCRIBE(filled, (snapshot, group("本期数值", "Figures of the period")), (sha256, hash("内容哈希", "Content hash")))

struct revised {
    static constexpr std::string_view type = "report.revised.v1";
    static constexpr std::string_view clause = "S4.3.1";
    static constexpr event_words says{{"修改了报告", "revised the report"}};
    report::form form;
    std::string sha256;
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (form, group("报告", "Report")), (sha256, hash("内容哈希", "Content hash")))

/// Figures and words stay as they are from here on.
struct published {
    static constexpr std::string_view type = "report.published.v1";
    static constexpr std::string_view clause = "S4.3.1";
    static constexpr event_words says{{"发布了报告", "published the report"}};
    std::string sha256;  ///< of what was read
    bool operator==(const published&) const = default;
};
OPSROOM_DESCRIBE(published, (sha256, hash("内容哈希", "Content hash")))

struct acknowledged {
    static constexpr std::string_view type = "report.acknowledged.v1";
    static constexpr std::string_view clause = "S4.3.3";
    static constexpr event_words says{{"确认已阅报告", "acknowledged the report"}};
    member_id member;
    bool operator==(const acknowledged&) const = default;
};
OPSROOM_DESCRIBE(acknowledged, (member, person("确认人", "Acknowledged by")))

/// Late or corrected data, or another version of a formula: these figures are not what it says any more. Replaces what was said before;
/// none: they are as published again.
struct restated {
    static constexpr std::string_view type = "report.restated.v1";
    static constexpr std::string_view clause = "S4.1.3";
    static constexpr event_words says{{"标明了变动的数值", "marked figures that have changed"}};
    std::vector<difference> differences;
    bool operator==(const restated&) const = default;
};
OPSROOM_DESCRIBE(restated, (differences, list("变动的数值", "Figures that have changed")))

/// Before it was published.
struct discarded {
    static constexpr std::string_view type = "report.discarded.v1";
    static constexpr std::string_view clause = "S4.3.1";
    static constexpr event_words says{{"作废了报告草稿", "discarded the draft of the report"}};
    std::string reason;
    bool counts;  ///< the period had its report; not where it was begun before the period was over
    bool operator==(const discarded&) const = default;
};
OPSROOM_DESCRIBE(discarded, (reason, reason()), (counts, yes_no("本期不再自动起草", "None begins by itself for the period")))

struct handed_over {
    static constexpr std::string_view type = "report.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了报告", "handed the report over"}, {"把报告从 {from} 移交给 {to}", "handed the report over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<opened, drafted, filled, revised, published, acknowledged, restated, discarded, handed_over>;

}  // namespace events::report
