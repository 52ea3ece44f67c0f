#pragma once
// A delivery of data by a collection plan (S4.1.2): expected on its day, received as a file, checked, and loaded or kept out. What is in
// the file is not in the log: its content is kept beside it under its hash, and its rows are made of it by the plan that it came by (S4.1.3).

#include "events/catalog/collection.hpp"
#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::delivery {

/// What the checks come to.
OPSROOM_DEFINE_ENUM(verdict, (accepted, "合格", "Accepted", good), (warned, "合格，有提醒", "Accepted with warnings", caution), (quarantined, "隔离", "Quarantined", bad),
                    (refused, "拒收", "Refused", bad))

/// Which plan it is by, whose it is, and which days it covers: by the plan as it was then.
struct delivered {
    collection_id collection;
    std::string name;              ///< of the plan
    events::department department;
    member_id owner;
    date from;
    date until;
    bool operator==(const delivered&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(delivered,
    (collection, reference("收集计划", "Collection plan")), (name, line("计划名称", "Plan")), (department, department("部门", "Department")),
    (owner, person("负责人", "Owner")), (from, day("数据自", "Data from")), (until, day("数据至", "Data until")))
// clang-format on

/// What was promised of it.
struct promise {
    instant due;
    instant late_from;  ///< with the grace that the plan has: it is missing from then on
    bool operator==(const promise&) const = default;
};
OPSROOM_DESCRIBE(promise, (due, moment("到期", "Due")), (late_from, moment("宽限至", "Grace until")))

/// What one check found.
struct result {
    collection::check_kind check;
    collection::severity severity;
    bool passed;
    std::uint64_t rows;  ///< that fail it
    bilingual found;     ///< in figures
    bool operator==(const result&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(result,
    (check, choice("检查项", "Check")), (severity, choice("不合格时", "Where it fails")), (passed, yes_no("通过", "Passed")), (rows, number("不合格行数", "Rows that fail it")),
    (found, bilingual("结果", "Found")))
// clang-format on

/// A row that is not taken, and why.
struct fault {
    std::uint64_t line;   ///< of the file; 0: the whole file
    std::string column;   ///< its heading; empty: the row
    bilingual reason;
    std::string value;    ///< as it stands in the file; never of a column that is personal
    bool operator==(const fault&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(fault,
    (line, number("行号", "Line")), (column, line("列", "Column").may_be_empty()), (reason, bilingual("原因", "Reason")),
    (value, prose("值", "Value").most(400).may_be_empty()))
// clang-format on

/// By the day, by the plan's calendar.
struct expected {
    static constexpr std::string_view type = "delivery.expected.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"等待交付", "expects the delivery"}};
    delivery::delivered of;
    delivery::promise promise;
    std::uint32_t flow;
    bool operator==(const expected&) const = default;
};
OPSROOM_DESCRIBE(expected, (of, group("交付", "Delivery")), (promise, group("到期", "Due")), (flow, hidden()))

/// The file that was expected is there.
struct received {
    static constexpr std::string_view type = "delivery.received.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"收到了交付", "received the delivery"}};
    std::vector<attachment> files;  ///< one
    instant at;
    member_id by;                   ///< 0: it came by itself
    std::optional<std::string> note;
    bool operator==(const received&) const = default;
};
OPSROOM_DESCRIBE(received, (files, files("文件", "File")), (at, moment("收到时间", "Received at")), (by, person("交付人", "Delivered by").may_be_empty().may_have_left()), (note, remark("说明", "Note")))

/// Received without having been expected: early, or a correction of another.
struct entered {
    static constexpr std::string_view type = "delivery.entered.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"收到了交付", "received the delivery"}};
    delivery::delivered of;
    std::optional<delivery::promise> promise;  ///< where the plan has one for these days
    std::optional<delivery_id> replaces;       ///< what it corrects
    delivery::received received;
    std::uint32_t flow;
    bool operator==(const entered&) const = default;
};
OPSROOM_DESCRIBE(entered, (of, group("交付", "Delivery")), (promise, group("到期", "Due")), (replaces, reference("更正的交付", "Corrects")), (received, group("收到", "Received")), (flow, hidden()))

/// It was due, and so was its grace, and it did not come.
struct missed {
    static constexpr std::string_view type = "delivery.missed.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"未按时收到", "was not received in time"}};
    instant since;
    bool operator==(const missed&) const = default;
};
OPSROOM_DESCRIBE(missed, (since, moment("自", "Since")))

/// A working day later it is still missing: the operations manager is told.
struct escalated {
    static constexpr std::string_view type = "delivery.escalated.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"仍未收到，已告知运营经理", "is still missing, and the operations manager is told"}};
    bool operator==(const escalated&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(escalated)

/// What the checks of the plan found in the file.
struct checked {
    static constexpr std::string_view type = "delivery.checked.v1";
    static constexpr std::string_view clause = "S4.1.3";
    static constexpr event_words says{{"检查了交付", "checked the delivery"}, {"检查了交付：共 {rows} 行，可用 {taken} 行，不可用 {rejected} 行", "checked the delivery: {rows} rows, {taken} good, {rejected} rejected"}};
    delivery::verdict verdict;
    std::uint64_t rows;
    std::uint64_t taken;
    std::uint64_t rejected;
    std::uint64_t faulty;    ///< rows that were rejected, or fail a check of their values: each counted once
    std::uint64_t restated;  ///< rows that say something else than those of the delivery that it corrects
    std::vector<delivery::result> results;
    std::vector<delivery::fault> faults;  ///< the first of them
    std::vector<attachment> rejects;      ///< at most one: all rows that were rejected
    std::optional<std::string> schema_sha256;  ///< none of what can't be read
    std::optional<std::string> rows_sha256;    ///< of the good rows in the order of their keys
    std::string engine;                        ///< by which version
    bool operator==(const checked&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(checked,
    (verdict, choice("结论", "Verdict").example("accepted", "accepted")),
    (rows, number("行数", "Rows")), (taken, number("可用行数", "Good rows")), (rejected, number("不可用行数", "Rejected rows")),
    (faulty, number("有误行数", "Faulty rows")), (restated, number("改动行数", "Restated rows")),
    (results, list("检查结果", "Checks").most(10)), (faults, list("问题", "Faults").most(100)), (rejects, files("不可用的行", "Rejected rows").most(1)),
    (schema_sha256, hash("列结构哈希", "Hash of the columns")), (rows_sha256, hash("数据行哈希", "Hash of the rows")), (engine, line("检查程序", "Checked by")))
// clang-format on

/// Out of quarantine: its good rows are loaded.
struct released {
    static constexpr std::string_view type = "delivery.released.v1";
    static constexpr std::string_view clause = "S2.3.5";
    static constexpr event_words says{{"解除了隔离", "released the delivery from quarantine"}};
    std::string reason;
    bool operator==(const released&) const = default;
};
OPSROOM_DESCRIBE(released, (reason, reason()))

/// Out of quarantine: none of its rows are loaded.
struct rejected {
    static constexpr std::string_view type = "delivery.rejected.v1";
    static constexpr std::string_view clause = "S2.3.5";
    static constexpr event_words says{{"拒收了隔离的交付", "refused the quarantined delivery"}};
    std::string reason;
    bool operator==(const rejected&) const = default;
};
OPSROOM_DESCRIBE(rejected, (reason, reason()))

/// A correction of it was loaded.
struct superseded {
    static constexpr std::string_view type = "delivery.superseded.v1";
    static constexpr std::string_view clause = "S4.1.3";
    static constexpr event_words says{{"以更正取代了此次交付", "replaced this delivery with a correction"}, {"以 {by} 取代了此次交付", "replaced this delivery with {by}"}};
    delivery_id by;
    std::uint64_t restated;  ///< rows of which the correction says something else
    bool operator==(const superseded&) const = default;
};
OPSROOM_DESCRIBE(superseded, (by, reference("更正", "Correction")), (restated, number("改动行数", "Restated rows")))

/// Why it was late, or is missing.
struct explained {
    static constexpr std::string_view type = "delivery.explained.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"说明了迟到或缺失的原因", "explained why it is late or missing"}};
    std::string reason;
    bool operator==(const explained&) const = default;
};
OPSROOM_DESCRIBE(explained, (reason, reason()))

/// It is not waited for any more.
struct waived {
    static constexpr std::string_view type = "delivery.waived.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"不再等待此次交付", "does not wait for the delivery any more"}};
    std::string reason;
    bool counts;  ///< as missing; not where the plan that it was expected by is in force no more
    bool operator==(const waived&) const = default;
};
OPSROOM_DESCRIBE(waived, (reason, reason()), (counts, yes_no("计为缺失", "Counts as missing")))

struct handed_over {
    static constexpr std::string_view type = "delivery.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了交付", "handed the delivery over"}, {"把交付从 {from} 移交给 {to}", "handed the delivery over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<expected, received, entered, missed, escalated, checked, released, rejected, superseded, explained, waived, handed_over>;

}  // namespace events::delivery
