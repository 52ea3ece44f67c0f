#pragma once
// A collection plan (F14, S4.1.2): what is collected, from which source, how, how often, how it is read and checked, whose it is, and when
// it is due. A version holds until the next of its line takes its place.

#include "events/catalog/describe.hpp"
#include "events/catalog/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::collection {

/// How the data comes.
OPSROOM_DEFINE_ENUM(way, (upload, "上传文件", "Uploaded file"), (folder, "监视文件夹", "Watched folder"), (http, "网址拉取", "Fetched from a web address"), (query, "SQL 查询", "SQL query"))

/// What a column's values are. A percentage is kept as it is said: "12.5%" is 12.5.
OPSROOM_DEFINE_ENUM(column_type, (text, "文本", "Text"), (whole, "整数", "Whole number"), (decimal, "小数", "Decimal"), (percent, "百分比", "Percentage"), (day, "日期", "Day"),
                    (moment, "日期和时间", "Day and time"), (yes_no, "是否", "Yes or no"))

/// What a column is to the figures.
OPSROOM_DEFINE_ENUM(column_role, (day, "数据日期", "Day of the data"), (field, "可计算的字段", "Field to compute with"), (dimension, "维度", "Dimension"), (label, "说明", "Label"),
                    (ignored, "不读取", "Not read"))

/// How its values add up over days: money spent does, members there are do not, rates never do.
OPSROOM_DEFINE_ENUM(nature, (flow, "流量", "Flow"), (stock, "存量", "Stock"), (ratio, "比率", "Ratio"))

/// What is done to values that say something of a person, before they are kept.
OPSROOM_DEFINE_ENUM(treatment, (keep, "原样保留", "Kept as it is"), (hash, "只保留散列值", "Kept as a hash"), (drop, "不保留", "Not kept"))

OPSROOM_DEFINE_ENUM(file_type, (csv, "CSV", "CSV"), (xlsx, "XLSX", "XLSX"))
OPSROOM_DEFINE_ENUM(encoding, (utf8, "UTF-8", "UTF-8"), (gb18030, "GB18030", "GB18030"), (utf16le, "UTF-16 LE", "UTF-16 LE"), (utf16be, "UTF-16 BE", "UTF-16 BE"))
OPSROOM_DEFINE_ENUM(separator, (comma, "逗号", "Comma"), (semicolon, "分号", "Semicolon"), (tab, "制表符", "Tab"), (bar, "竖线", "Vertical bar"))

OPSROOM_DEFINE_ENUM(rhythm, (daily, "每日", "Every day"), (working_days, "每个工作日", "Every working day"), (weekly, "每周", "Every week"), (monthly, "每月", "Every month"))

/// What is looked at in every delivery (S2.3.5).
OPSROOM_DEFINE_ENUM(check_kind, (freshness, "按时", "On time"), (completeness, "完整", "Complete"), (schema, "列与约定一致", "Columns as agreed"), (key, "键不重复", "Keys once each"),
                    (repeated, "没有重复交付", "Not delivered before"), (range, "数值在范围内", "Values in range"), (values, "取值已知", "Values known"),
                    (references, "引用存在", "References exist"), (volume, "行数正常", "Usual number of rows"), (reconciliation, "与另一来源一致", "Reconciled with another source"))

/// What becomes of a delivery that fails a check.
OPSROOM_DEFINE_ENUM(severity, (off, "不检查", "Not checked"), (warn, "提醒", "Warn", caution), (block, "拦截", "Block", bad))

/// A column of the file, and what it is in the set of rows.
struct column {
    std::string name;  ///< its heading in the file
    std::string code;  ///< in formulas
    column_type type;
    column_role role;
    std::optional<std::string> unit;
    collection::nature nature;
    std::uint8_t places;  ///< decimal ones that are kept
    bool key;             ///< the keys of a row are those of no other of the same delivery
    bool required;
    bool personal;
    collection::treatment treatment;
    std::optional<std::string> least, most;            ///< decimal numbers; beyond them one is warned
    std::optional<std::string> hard_least, hard_most;  ///< beyond them a row is rejected
    std::vector<std::string> values;                   ///< that there can be; none: any
    std::optional<std::string> meaning;
    bool operator==(const column&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(column,
    (name, line("列名", "Heading").hint("与文件中的表头一致", "As it stands in the file").example("下单日期", "Order date")),
    (code, code("代码", "Code").most(63).hint("公式中使用：小写字母开头，只含小写字母、数字和下划线", "Used in formulas: begins with a lower-case letter, and has only those, digits and underscores").example("ordered_on", "ordered_on")),
    (type, choice("类型", "Type").example("day", "day")),
    (role, choice("用途", "Role").hint("有且只有一列为数据日期", "Exactly one column is the day of the data").example("day", "day")),
    (unit, line("单位", "Unit").example("元", "CNY")),
    (nature, choice("累加方式", "How it adds up").example("flow", "flow").begins_with("flow")),
    (places, number("小数位数", "Decimal places").most(6)),
    (key, yes_no("属于键", "Part of the key")),
    (required, yes_no("必填", "Required")),
    (personal, yes_no("个人信息", "Personal data")),
    (treatment, choice("个人信息的处理", "Treatment of personal data").example("keep", "keep").begins_with("keep")),
    (least, line("常见下限", "Usual least").hint("低于此值时提醒", "Below it one is warned").example("0", "0")),
    (most, line("常见上限", "Usual most").hint("高于此值时提醒", "Above it one is warned").example("100000", "100000")),
    (hard_least, line("绝对下限", "Hard least").hint("低于此值的行不收", "A row below it is rejected").example("-1000000", "-1000000")),
    (hard_most, line("绝对上限", "Hard most").hint("高于此值的行不收", "A row above it is rejected").example("1000000", "1000000")),
    (values, lines("允许的取值", "Values there can be").most(500).hint("留空表示不限", "Empty: any").example("北京", "Beijing")),
    (meaning, remark("含义", "Meaning").example("含税，扣除退货", "With tax, less returns")))
// clang-format on

/// How a file is read.
struct reading {
    file_type type;
    collection::encoding encoding;
    collection::separator separator;
    std::uint8_t skip;      ///< lines before the heading
    std::uint8_t skip_end;  ///< total rows after the last row
    std::optional<std::string> sheet;
    bool operator==(const reading&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(reading,
    (type, choice("文件类型", "File type").example("csv", "csv").begins_with("csv")),
    (encoding, choice("编码", "Encoding").example("utf8", "utf8").begins_with("utf8")),
    (separator, choice("分隔符", "Separator").example("comma", "comma").begins_with("comma")),
    (skip, number("表头前的行数", "Lines before the heading").most(100)),
    (skip_end, number("末尾合计行数", "Total rows at the end").most(10)),
    (sheet, line("工作表", "Sheet").hint("仅用于 XLSX；留空为第一张", "For XLSX only; empty: the first")))
// clang-format on

/// When each delivery is due, of which days, and for how long it may still be waited for.
struct schedule {
    collection::rhythm rhythm;
    std::optional<std::uint8_t> weekday;       ///< of a weekly one: 1 is Monday
    std::optional<std::uint8_t> day_of_month;  ///< of a monthly one; the last day where the month is shorter
    std::uint16_t due_minutes;                 ///< of the day that it is due on
    std::uint16_t grace_minutes;
    std::uint8_t settling_days;                ///< working days after which its figures are not expected to change any more
    bool operator==(const schedule&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(schedule,
    (rhythm, choice("频率", "How often").hint("每日的含前一日；每个工作日的含上一工作日起的各日；每周的含上一周；每月的含上一月", "A daily one covers the day before; one of every working day the days since the last; a weekly one the week before; a monthly one the month before").example("daily", "daily")),
    (weekday, number("星期几到期", "Due on weekday").least(1).most(7).hint("仅每周：1 为周一", "Weekly only: 1 is Monday").example("1", "1")),
    (day_of_month, number("每月几号到期", "Due on day of the month").least(1).most(31).hint("仅每月；当月不足则为月末", "Monthly only; the last day where the month is shorter").example("5", "5")),
    (due_minutes, number("到期时刻", "Due at").unit("分钟", "minutes").most(1439).hint("自当日零点起的分钟数：600 为 10:00", "Minutes since midnight: 600 is 10:00").example("600", "600")),
    (grace_minutes, number("宽限", "Grace").unit("分钟", "minutes").most(2880).hint("到期后再等多久才算缺失", "How long after that before it counts as missing").example("120", "120").begins_with("120")),
    (settling_days, number("数据稳定期", "Settling time").unit("工作日", "working days").most(31).hint("此后数据不再变动", "After that its figures change no more").example("2", "2").begins_with("2")))
// clang-format on

/// A check that differs from the usual.
struct check {
    check_kind check;
    collection::severity severity;
    std::optional<std::uint32_t> limit;   ///< hundredths of a percent, or of deviations
    std::optional<std::string> against;   ///< the code of the other set
    bool operator==(const collection::check&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(check,
    (check, choice("检查项", "Check").example("volume", "volume")),
    (severity, choice("不合格时", "Where it fails").example("warn", "warn").begins_with("warn")),
    (limit, number("界限", "Limit").most(1'000'000).hint("百分数或偏离倍数的百分之一：50 为 0.5", "In hundredths of a percent or of deviations: 50 is 0.5").example("50", "50")),
    (against, line("对照的数据集", "Other set").hint("引用与对账检查需要：另一数据集的代码", "For references and reconciliation: the code of the other set").example("members", "members")))
// clang-format on

/// F14.
struct form {
    std::string name;
    source_id source;
    events::source::content holds;
    std::string purpose;
    std::string set;       ///< the code of the set that its rows go to
    std::string row_unit;  ///< what one row is
    collection::way way;
    std::optional<std::string> place;  ///< below the watched folder; the address; the connection
    std::optional<std::string> query;
    collection::reading reading;
    std::vector<column> columns;
    collection::schedule schedule;
    std::vector<collection::check> checks;
    member_id owner;
    std::optional<std::string> when_late;
    std::optional<std::string> when_bad;
    std::optional<collection_id> replaces;
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (name, line("名称", "Name").example("每日订单", "Orders of each day")),
    (source, reference("数据渠道", "Data source").code("no_such_source").example("2", "2")),
    (holds, choice("数据类别", "Data").example("business", "business")),
    (purpose, prose("用途", "Purpose").hint("这些数据用来回答什么问题", "Which questions the data answers").example("日报与渠道对比", "The daily report, and how channels compare")),
    (set, code("数据集代码", "Code of the set").most(63).hint("收到的行存入其中；小写字母开头", "Its rows go there; begins with a lower-case letter").example("orders", "orders")),
    (row_unit, line("每行是一", "One row is a").hint("一行代表的对象", "What one row stands for").example("单", "order")),
    (way, choice("获取方式", "How it comes").example("upload", "upload").begins_with("upload")),
    (place, line("位置", "Place").hint("监视文件夹下的文件名模式、网址或连接名", "A pattern below the watched folder, a web address, or the name of a connection").example("orders-*.csv", "orders-*.csv")),
    (query, prose("查询语句", "Query").hint("仅用于 SQL 查询", "For SQL queries only").example("select * from orders", "select * from orders")),
    (reading, group("文件格式", "File format")),
    (columns, list("列", "Columns").least(1).most(200).hint("有且只有一列为数据日期", "Exactly one of them is the day of the data")),
    (schedule, group("到期安排", "When it is due")),
    (checks, list("检查", "Checks").most(10).hint("未列出的按默认标准检查", "Those not listed hold by default")),
    (owner, person("负责人", "Owner").code("bad_owner").hint("缺失或有误时由其处理", "Who deals with what is missing or wrong")),
    (when_late, prose("迟到或缺失时", "Where it is late or missing").example("先联系技术部值班，再手工导出", "Call the technology desk, then export by hand")),
    (when_bad, prose("数据有误时", "Where it is bad").example("退回渠道更正，当日报表注明", "Sent back to the source, and said in the day's report")),
    (replaces, reference("取代的版本", "Replaces").hint("启用后取代该版本", "The version that it replaces once it is active").code("bad_replaces")),
    (extras, extras("F14")))
// clang-format on

struct drafted {
    static constexpr std::string_view type = "collection.drafted.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"起草了收集计划", "drafted the collection plan"}};
    member_id by;
    events::department department;  ///< of who drafted it, then
    collection::form form;
    std::string sha256;  ///< of the form
    std::uint32_t flow;
    bool operator==(const drafted&) const = default;
};
OPSROOM_DESCRIBE(drafted, (by, person("起草人", "Author")), (department, department("所属部门", "Department")), (form, group("收集计划", "Collection plan")), (sha256, hash("内容哈希", "Content hash")), (flow, hidden()))

struct revised {
    static constexpr std::string_view type = "collection.revised.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"修改了草稿", "revised the draft"}};
    collection::form form;
    std::string sha256;
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (form, group("收集计划", "Collection plan")), (sha256, hash("内容哈希", "Content hash")))

struct submitted {
    static constexpr std::string_view type = "collection.submitted.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"把收集计划提交给运营经理", "submitted the collection plan to the operations manager"}};
    bool operator==(const submitted&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(submitted)

struct returned {
    static constexpr std::string_view type = "collection.returned.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"退回了收集计划", "returned the collection plan"}};
    std::string reason;
    bool operator==(const returned&) const = default;
};
OPSROOM_DESCRIBE(returned, (reason, reason()))

/// From then on deliveries are expected.
struct activated {
    static constexpr std::string_view type = "collection.activated.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"启用了收集计划", "activated the collection plan"}, {"启用为第 {number} 版", "activated it as version {number}"}};
    std::string sha256;    ///< of the form that was read, and holds from here on
    std::uint32_t number;  ///< of the version in its line, from 1
    date from;             ///< the first day on which a delivery is due
    std::optional<std::string> note;
    bool operator==(const activated&) const = default;
};
OPSROOM_DESCRIBE(activated, (sha256, hash("内容哈希", "Content hash")), (number, number("版本", "Version")), (from, day("起始日期", "From")), (note, remark("说明", "Note")))

struct paused {
    static constexpr std::string_view type = "collection.paused.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"暂停了收集", "paused the collection"}};
    std::string reason;
    bool operator==(const paused&) const = default;
};
OPSROOM_DESCRIBE(paused, (reason, reason()))

/// What was due in between is not expected.
struct resumed {
    static constexpr std::string_view type = "collection.resumed.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"恢复了收集", "resumed the collection"}};
    std::string note;
    date from;
    bool operator==(const resumed&) const = default;
};
OPSROOM_DESCRIBE(resumed, (note, remark("说明", "Note")), (from, day("起始日期", "From")))

struct retired {
    static constexpr std::string_view type = "collection.retired.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"停用了收集计划", "retired the collection plan"}};
    std::string reason;
    bool operator==(const retired&) const = default;
};
OPSROOM_DESCRIBE(retired, (reason, reason()))

/// The next version has been activated.
struct superseded {
    static constexpr std::string_view type = "collection.superseded.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"以新版本取代了此版", "replaced this version with a new one"}, {"以 {by} 取代了此版", "replaced this version with {by}"}};
    collection_id by;
    bool operator==(const superseded&) const = default;
};
OPSROOM_DESCRIBE(superseded, (by, reference("新版本", "New version")))

/// Before it was activated.
struct discarded {
    static constexpr std::string_view type = "collection.discarded.v1";
    static constexpr std::string_view clause = "S4.1.2";
    static constexpr event_words says{{"作废了收集计划草稿", "discarded the draft of the collection plan"}};
    std::string reason;
    bool operator==(const discarded&) const = default;
};
OPSROOM_DESCRIBE(discarded, (reason, reason()))

struct handed_over {
    static constexpr std::string_view type = "collection.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了收集计划", "handed the collection plan over"}, {"把收集计划从 {from} 移交给 {to}", "handed the collection plan over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<drafted, revised, submitted, returned, activated, paused, resumed, retired, superseded, discarded, handed_over>;

}  // namespace events::collection
