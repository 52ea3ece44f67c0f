// What a person is told when the rules of queries say no.

#include "core/query/query.hpp"

namespace core {
namespace {

using r = query_rejection;
using enum obstacle;

constexpr auto table = refusal_table<query_rejection>({
    {r::not_found, missing, "S4.2.2", "没有这次查询。请核对编号。", "There is no such query. Check its number."},
    {r::already_exists, status, "S4.2.2", "这次查询已有记录。请另行查询。", "This query is recorded already. Ask another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_here, who, "S4.2.2", "查询在执行时记录，不能单独下达。请在数据查询处提交语句（POST /api/v1/data/sql，或 opsroom data sql）。",
     "A query is recorded as it is run, and not by itself. Send the statement to where data are queried (POST /api/v1/data/sql, or opsroom data sql)."},
    {r::not_runner, who, "S4.2.2", "查询的结果由系统记录。请等待其完成。", "What comes of a query is recorded by the system. Wait for it."},
    {r::no_sets, who, "S4.2.2", "没有您可以查看的数据集。请在有收集计划之后再查询；来宾请联系系统管理员。",
     "There is no set of data that you may see. Ask again once there is a collection plan; a guest asks the system administrator."},
    {r::closed, status, "S4.2.2", "这次查询已结束，记录不再变动。如需要，请再次查询。", "This query is over, and its record does not change any more. Ask again where that is needed."},
});

}  // namespace

refusal query::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
