#pragma once
// What is made of a result (S6.3.4, S6.4): bonus, promotion, salary adjustment, training, award (F16).

#include "events/catalog/describe.hpp"
#include "events/catalog/sealed_form.hpp"

#include <optional>
#include <string_view>
#include <tuple>
#include <variant>

namespace events::incentive {

OPSROOM_DEFINE_ENUM(kind, (bonus, "绩效奖金", "Bonus"), (promotion, "晋升", "Promotion"), (salary_adjustment, "调薪", "Salary adjustment"),
                    (training, "培训", "Training"), (award, "奖励", "Award"))

/// Of a bonus: what is paid. Of a salary adjustment: the new salary, a month.
struct money {
    std::uint64_t cents;   ///< hundredths of the currency
    std::string currency;  ///< ISO 4217: "CNY"
    bool operator==(const money&) const = default;
};
OPSROOM_DESCRIBE(incentive::money, (cents, money("金额", "Amount").least(1).most(1'000'000'000'000'000).code("bad_amount")), (currency, code("货币", "Currency").most(3).code("bad_amount").hint("三个字母的代码", "A code of three letters").begins_with("CNY").example("CNY", "CNY")))

/// F16 before the names of its files were sealed.
struct proposal_v1 {
    incentive::kind kind;
    member_id member;
    appraisal_id appraisal;
    election_id election;
    std::optional<money> amount;
    date effective;
    personal terms;
    personal reason;
    sealed_extras_v1 extras;
    bool operator==(const proposal_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(proposal_v1, (), (kind, member, appraisal, election, amount, effective, terms, reason, extras))

/// F16: what is approved, and so what happens. It rests on a finalised appraisal, or an award on an announced election.
struct proposal {
    incentive::kind kind;
    member_id member;        ///< who gets it
    appraisal_id appraisal;  ///< 0: none
    election_id election;    ///< 0: none
    std::optional<money> amount;
    date effective;
    personal terms;          ///< what is granted; the member's, as all text here
    personal reason;
    sealed_extras extras;
    bool operator==(const proposal&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(proposal,
    (kind, choice("种类", "Kind").begins_with("bonus").example("bonus", "bonus")),
    (member, person("激励对象", "Beneficiary").example("@emma", "@emma")),
    (appraisal, reference("依据的考核", "Appraisal").hint("依据哪份已定稿的考核", "The finalised appraisal that it rests on").may_be_empty().code("no_such_appraisal")),
    (election, reference("依据的评选", "Election").hint("奖励可改为依据一次已公布的评选", "An award may rest on an announced election instead").may_be_empty().code("no_such_election")),
    (amount, group("金额", "Amount").hint("奖金为发放金额，调薪为新的月薪；晋升不填", "Of a bonus what is paid, of a salary adjustment the new salary a month; none for a promotion")),
    (effective, day("生效日期", "Effective date").code("bad_day").begins_with("today").example("+5d", "+5d")),
    (terms, prose("激励内容", "Terms").hint("发放或给予的具体内容", "What exactly is granted").example("季度奖金", "Quarterly bonus")),
    (reason, prose("原因", "Reason").example("执行力强", "Reliable execution")),
    (extras, extras("F16")))
// clang-format on

inline proposal upcast(proposal_v1&& old) {
    const auto of = old.member;
    return {old.kind, old.member, old.appraisal, old.election, std::move(old.amount), old.effective, std::move(old.terms), std::move(old.reason),
            upcast(std::move(old.extras), of)};
}

/// S6.4 says what each is; a salary, and an award for a result, apply it (S6.3.4).
constexpr std::string_view clause_for(const proposal& p) {
    switch (p.kind) {
        case kind::bonus: return "S6.4.1";
        case kind::promotion: return "S6.4.2";
        case kind::training: return "S6.4.4";
        case kind::award: return p.appraisal ? "S6.3.4" : "S6.4.3";
        case kind::salary_adjustment: break;
    }
    return "S6.3.4";
}

struct proposed_v1 {
    static constexpr std::string_view type = "incentive.proposed.v1";
    static constexpr std::string_view clause = "S6.3.4";
    member_id by;        ///< the system: from an election
    proposal_v1 proposal;
    std::string sha256;  ///< of the proposal, as it reads in the clear
    std::uint32_t flow;
    bool operator==(const proposed_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(proposed_v1, (), (by, proposal, sha256, flow))

struct proposed {
    static constexpr std::string_view type = "incentive.proposed.v2";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"发起了激励", "proposed the incentive"}};
    member_id by;        ///< the system: from an election
    incentive::proposal proposal;
    std::string sha256;  ///< of the proposal, as it reads in the clear
    std::uint32_t flow;
    std::string_view clause_now() const { return clause_for(proposal); }
    bool operator==(const proposed&) const = default;
};
OPSROOM_DESCRIBE(proposed, (by, person("提出人", "Proposer")), (proposal, group("激励决定", "Incentive")), (sha256, hash("内容哈希", "Content hash")), (flow, hidden()))
inline proposed upcast(proposed_v1&& old) { return {old.by, upcast(std::move(old.proposal)), std::move(old.sha256), old.flow}; }

struct revised_v1 {
    static constexpr std::string_view type = "incentive.revised.v1";
    static constexpr std::string_view clause = "S6.3.4";
    member_id by;
    proposal_v1 proposal;
    std::string sha256;
    bool operator==(const revised_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(revised_v1, (), (by, proposal, sha256))

/// Changed after it was returned, and proposed again.
struct revised {
    static constexpr std::string_view type = "incentive.revised.v2";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"修改后再次提出了激励", "revised the incentive and proposed it again"}};
    member_id by;
    incentive::proposal proposal;
    std::string sha256;
    std::string_view clause_now() const { return clause_for(proposal); }
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (by, person("提出人", "Proposer")), (proposal, group("激励决定", "Incentive")), (sha256, hash("内容哈希", "Content hash")))
inline revised upcast(revised_v1&& old) { return {old.by, upcast(std::move(old.proposal)), std::move(old.sha256)}; }

/// Releases exactly the proposal that has this hash.
struct approved {
    static constexpr std::string_view type = "incentive.approved.v1";
    static constexpr std::string_view clause = "D8";
    static constexpr event_words says{{"批准了激励", "approved the incentive"}};
    std::string sha256;
    std::optional<personal> comment;
    bool operator==(const approved&) const = default;
};
OPSROOM_DESCRIBE(approved, (sha256, hash("内容哈希", "Content hash")), (comment, remark("意见", "Comment")))

struct returned {
    static constexpr std::string_view type = "incentive.returned.v1";
    static constexpr std::string_view clause = "D8";
    static constexpr event_words says{{"退回了激励", "returned the incentive"}};
    personal reason;
    bool operator==(const returned&) const = default;
};
OPSROOM_DESCRIBE(returned, (reason, reason()))

struct clarification_asked {
    static constexpr std::string_view type = "incentive.clarification_asked.v1";
    static constexpr std::string_view clause = "D8";
    static constexpr event_words says{{"要求澄清", "asked for clarification"}};
    personal question;
    bool operator==(const clarification_asked&) const = default;
};
OPSROOM_DESCRIBE(clarification_asked, (question, remark("问题", "Question")))

struct clarified {
    static constexpr std::string_view type = "incentive.clarified.v1";
    static constexpr std::string_view clause = "D8";
    static constexpr event_words says{{"作了答复", "answered the question"}};
    personal answer;
    bool operator==(const clarified&) const = default;
};
OPSROOM_DESCRIBE(clarified, (answer, prose("答复", "Answer")))

struct rejected {
    static constexpr std::string_view type = "incentive.rejected.v1";
    static constexpr std::string_view clause = "D8";
    static constexpr event_words says{{"驳回了激励", "rejected the incentive"}};
    personal reason;
    bool operator==(const rejected&) const = default;
};
OPSROOM_DESCRIBE(rejected, (reason, reason()))

struct withdrawn {
    static constexpr std::string_view type = "incentive.withdrawn.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"撤回了激励", "withdrew the incentive"}};
    personal reason;
    bool operator==(const withdrawn&) const = default;
};
OPSROOM_DESCRIBE(withdrawn, (reason, reason()))

struct took_effect {
    static constexpr std::string_view type = "incentive.took_effect.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"使激励生效", "put the incentive into effect"}};
    std::string sha256;  ///< of what was approved
    bool operator==(const took_effect&) const = default;
};
OPSROOM_DESCRIBE(took_effect, (sha256, hash("内容哈希", "Content hash")))

/// Who proposed it has left.
struct handed_over {
    static constexpr std::string_view type = "incentive.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了激励", "handed the incentive over"}, {"把激励从 {from} 移交给 {to}", "handed the incentive over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<proposed, revised, approved, returned, clarification_asked, clarified, rejected, withdrawn, took_effect, handed_over>;

/// Old shapes that a log may still hold, oldest first.
std::tuple<proposed_v1, revised_v1> retired_shapes(const any*);

}  // namespace events::incentive
