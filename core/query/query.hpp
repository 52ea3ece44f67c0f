#pragma once
// A query: what somebody ran on the data in SQL, for the record (S4.2.2, S1.3.3). It is asked at its own address, with the rights of who asks,
// and the system records it: before it runs, and what came of it.
//
//   absent -ask-> running -answer-> answered, -fail-> failed
//
// Who may see the plans of a set may read its rows; who sees none has nothing to ask. One that runs when the server is killed is lost, and
// recorded so once it is known.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/query.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(query_status, (absent, "尚未提交", "Not asked"), (running, "执行中", "Running", active), (answered, "已完成", "Answered", good), (failed, "未完成", "Failed", bad))

BOOST_DEFINE_ENUM_CLASS(query_rejection, not_found, already_exists, inactive, not_here, not_runner, no_sets, closed)

struct query {
    static constexpr auto category = events::category::query;
    static constexpr events::kind_words says{{"数据查询", "Query"}, {"数据查询", "Queries"}, "S4.2.2",
                                             {"谁在何时对哪些数据执行了什么 SQL 语句，结果多少行。", "Who ran which SQL statement on which data, when, and how many rows came of it."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array sections{events::section_words{"statement", {"查询语句", "Statement"}}, events::section_words{"outcome", {"结果", "Outcome"}}};
    static constexpr std::array usual_path{query_status::running, query_status::answered};
    using status = query_status;
    using rejection = query_rejection;
    using event = events::query::any;
    using format = events::query::format;

    struct state {
        query_status is = query_status::absent;
        std::uint32_t flow = 1;
        std::string title;                ///< the beginning of the statement, in one line
        events::department department;
        member_id by;
        std::vector<std::string> sets;    ///< that might be read; none once it is over
        query::format format = query::format::json;
        std::uint64_t rows_most = 0;
        instant at{};
        std::uint64_t rows = 0;
        std::uint64_t bytes = 0;
        std::uint64_t milliseconds = 0;
        bool cut = false;
        std::vector<std::string> read;    ///< the sets that it names
        std::string code;                 ///< of why it failed
        bool operator==(const state&) const = default;
    };

    /// Creates. By the system, for whoever asks at the address of statements.
    struct ask {
        static constexpr std::string_view type = "query.ask";
        static constexpr events::command_words says{.label = {"执行查询", "Run a query"}};
        static constexpr bool creates = true;
        member_id by;
        std::string statement;
        std::optional<std::string> parameters;
        query::format format;
        std::uint64_t rows_most;
    };
    /// By the system, once it has run.
    struct answer {
        static constexpr std::string_view type = "query.answer";
        static constexpr events::command_words says{.label = {"记录结果", "Record the outcome"}};
        events::query::answered outcome;
    };
    /// By the system, where it did not.
    struct fail {
        static constexpr std::string_view type = "query.fail";
        static constexpr events::command_words says{.label = {"记录失败", "Record the failure"}};
        events::query::failed outcome;
    };
    using command = std::variant<ask, answer, fail>;

    static decision<query> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations asker = 1;
    static constexpr flow::relations manager = 2;  ///< OM of the asker's department
    static constexpr flow::relations leader = 4;   ///< SL
    static constexpr flow::relations auditor = 8;  ///< AU
    static constexpr std::array<std::string_view, 4> relation_names{"asker", "manager", "leader", "auditor"};
    static constexpr std::array<events::wording, 4> relation_words{{{"查询人", "Who asked"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"}, {"审计", "Auditor"}}};

    using row = flow::row<query_status, query_rejection>;
    static const std::array<row, 3> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row&, status) { return rejection::closed; }
    static section section_of(const event& happened);
    static std::string text_of(const event& happened);
    static void open_due(const context& by, follow_ups& all);
};

// clang-format off
OPSROOM_DESCRIBE(query::state,
    (is, hidden()), (flow, hidden()),
    (title, line("查询语句", "Statement")),
    (department, department("部门", "Department")),
    (by, person("查询人", "Asked by")),
    (sets, hidden()),
    (format, choice("格式", "Format")),
    (rows_most, number("行数上限", "Rows at most")),
    (at, moment("查询时间", "Asked at")),
    (rows, number("行数", "Rows")),
    (bytes, number("字节数", "Bytes")),
    (milliseconds, number("用时", "Took").unit("毫秒", "ms")),
    (cut, yes_no("超出上限被截断", "Cut at the limit")),
    (read, codes("读取的数据集", "Sets read")),
    (code, code("原因代码", "Code")))
OPSROOM_DESCRIBE(query::ask,
    (by, person("查询人", "Asked by").may_have_left()),
    (statement, prose("查询语句", "Statement")),
    (parameters, prose("参数", "Parameters")),
    (format, choice("格式", "Format")),
    (rows_most, number("行数上限", "Rows at most").least(1).most(100'000)))
// clang-format on
OPSROOM_DESCRIBE(query::answer, (outcome, group("结果", "Outcome")))
OPSROOM_DESCRIBE(query::fail, (outcome, group("原因", "Why it failed")))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Who asked; the operations manager of their department, the superior leaders, and audit.
bool may_see(const query::state& of, const context& by);
/// The beginning of the statement.
std::string name_of(const query::state& of);
bool is_own(const query::state& of, member_id who);

/// The codes of the sets whose rows somebody may read: those whose plans they may see, in order. What is asked in SQL reads nothing else.
std::vector<std::string> sets_read_by(const person& who, const context& by);

}  // namespace core
