// What a person is told when an election's rules say no.

#include "core/election/election.hpp"

namespace core {
namespace {

using r = election_rejection;
using enum obstacle;

constexpr auto table = refusal_table<election_rejection>({
    {r::not_found, missing, "S6.4.3", "没有这次评选。请核对编号。", "There is no such election. Check its number."},
    {r::already_exists, status, "S6.4.3", "评选已存在。", "This election already exists."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_opener, who, "S6.4.3", "评选由该部门的运营经理、人力资源或上级领导发起。请联系他们。",
     "The operations manager of the department that votes, human resources or a superior leader open an election. Ask one of them."},
    {r::not_organiser, who, "S6.4.3", "由组织者进行。请联系组织者。", "This is for the organiser. Ask them."},
    {r::not_member, who, "D7", "提名须由成员本人提出。", "A nomination is made by a member, in person."},
    {r::not_voter, who, "D7", "只有评选范围内的在职成员本人可以投票。", "Only active members of the electorate vote, in person."},
    {r::not_manager, who, "D7", "仅运营经理可决定。", "This is for the operations manager. Ask them."},
    {r::not_counter, who, "D7", "计票由系统进行，任何人都可以核验。", "The system counts; anyone can check the proof."},
    {r::nominated_self, who, "D1", "您已被提名，不能主持或裁决这次评选：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "You are nominated, so you neither run nor decide this election: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::over, status, "S6.4.3", "评选已结束，不能再变动。请另行发起。", "The election is over and can no longer be changed. Open another."},
    {r::not_nominating, status, "D7", "提名已截止。", "Nominations are closed."},
    {r::not_nominated, status, "D7", "须先截止提名，才能开始投票。", "Nominations have to be closed before voting opens."},
    {r::not_voting, status, "D7", "不在投票期间。请等待投票开始；已截止的不能再投。", "There is no voting now. Wait until it opens; once closed it takes no more ballots."},
    {r::not_voted, status, "D7", "须先截止投票，才能计票。", "Voting has to be closed before the count."},
    {r::not_counted, status, "D7", "须先计票，才能决定。", "The ballots have to be counted before the decision."},
    {r::not_decided, status, "D7", "须先决定，才能公布。", "It has to be decided before it is announced."},
    {r::no_nominees, status, "D7", "还没有人被提名。请推迟截止日，或取消评选。", "Nobody is nominated yet. Put off the day, or cancel the election."},
    {r::bad_electorate, field, "S6.4.3", "须给出已定义的部门代码，或留空表示全体在职成员。",
     "Give the code of a department that is defined, or leave it out for all active members.", "electorate"},
    {r::bad_schedule, field, "S6.4.3", "日期须依次为提名截止、投票开始、投票截止；投票至少一天，未到的日期不得早于今天。",
     "The days are in order: nominations close, voting opens, voting closes; voting takes a day at least, and no day to come is before today.", "schedule"},
    {r::bad_key, field, "D7", "须给出封存选票的公钥，不超过 4096 字节。", "Give the public key that ballots are sealed with, in at most 4096 bytes.", "key"},
    {r::own_nomination, field, "D7", "不能提名自己。请提名他人。", "Nobody nominates themselves. Nominate somebody else.", "nominee"},
    {r::bad_nominee, field, "D7", "被提名人须为评选范围内的成员；提名总数最多 1000 条。",
     "The nominee has to be a member of the electorate; there are at most 1000 nominations.", "nominee"},
    {r::nominated_before, field, "D7", "您已提名过此人。", "You have nominated them already.", "nominee"},
    {r::too_many_nominees, field, "D7", "已有 60 位被提名人，一张选票容不下更多。请从中提名。", "There are 60 nominees, as many as a ballot has room for. Nominate one of them.",
     "nominee"},
    {r::bad_ballot, field, "D7", "请投给一位被提名人。", "Vote for one of the nominees.", "nominee"},
    {r::bad_count, field, "D7", "每位被提名人须有一个票数，票数与无效票合计等于投票人数，并附证明。",
     "Each nominee has one total, the votes and the invalid ballots are as many as voted, and there is a proof.", "totals"},
    {r::bad_winners, field, "D7", "当选者须为被提名人，人数不超过名额。", "Those elected are nominees, and no more than there are seats.", "winners"},
});

}  // namespace

refusal election::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
