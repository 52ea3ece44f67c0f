#pragma once
// What is made of a result (S6.3.4, S6.4): bonus, promotion, salary adjustment, training, award (F16).

#include "events/catalog/sealed_form.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string_view>
#include <tuple>
#include <variant>

namespace events::incentive {

BOOST_DEFINE_ENUM_CLASS(kind, bonus, promotion, salary_adjustment, training, award)

/// Of a bonus: what is paid. Of a salary adjustment: the new salary, a month.
struct money {
    std::uint64_t cents;   ///< hundredths of the currency
    std::string currency;  ///< ISO 4217: "CNY"
    bool operator==(const money&) const = default;
};
BOOST_DESCRIBE_STRUCT(money, (), (cents, currency))

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
BOOST_DESCRIBE_STRUCT(proposal, (), (kind, member, appraisal, election, amount, effective, terms, reason, extras))

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
    member_id by;        ///< the system: from an election
    incentive::proposal proposal;
    std::string sha256;  ///< of the proposal, as it reads in the clear
    std::uint32_t flow;
    std::string_view clause_now() const { return clause_for(proposal); }
    bool operator==(const proposed&) const = default;
};
BOOST_DESCRIBE_STRUCT(proposed, (), (by, proposal, sha256, flow))
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
    member_id by;
    incentive::proposal proposal;
    std::string sha256;
    std::string_view clause_now() const { return clause_for(proposal); }
    bool operator==(const revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(revised, (), (by, proposal, sha256))
inline revised upcast(revised_v1&& old) { return {old.by, upcast(std::move(old.proposal)), std::move(old.sha256)}; }

/// Releases exactly the proposal that has this hash.
struct approved {
    static constexpr std::string_view type = "incentive.approved.v1";
    static constexpr std::string_view clause = "D8";
    std::string sha256;
    std::optional<personal> comment;
    bool operator==(const approved&) const = default;
};
BOOST_DESCRIBE_STRUCT(approved, (), (sha256, comment))

struct returned {
    static constexpr std::string_view type = "incentive.returned.v1";
    static constexpr std::string_view clause = "D8";
    personal reason;
    bool operator==(const returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(returned, (), (reason))

struct clarification_asked {
    static constexpr std::string_view type = "incentive.clarification_asked.v1";
    static constexpr std::string_view clause = "D8";
    personal question;
    bool operator==(const clarification_asked&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarification_asked, (), (question))

struct clarified {
    static constexpr std::string_view type = "incentive.clarified.v1";
    static constexpr std::string_view clause = "D8";
    personal answer;
    bool operator==(const clarified&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarified, (), (answer))

struct rejected {
    static constexpr std::string_view type = "incentive.rejected.v1";
    static constexpr std::string_view clause = "D8";
    personal reason;
    bool operator==(const rejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(rejected, (), (reason))

struct withdrawn {
    static constexpr std::string_view type = "incentive.withdrawn.v1";
    static constexpr std::string_view clause = "S6.3.4";
    personal reason;
    bool operator==(const withdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(withdrawn, (), (reason))

struct took_effect {
    static constexpr std::string_view type = "incentive.took_effect.v1";
    static constexpr std::string_view clause = "S6.3.4";
    std::string sha256;  ///< of what was approved
    bool operator==(const took_effect&) const = default;
};
BOOST_DESCRIBE_STRUCT(took_effect, (), (sha256))

/// Who proposed it has left.
struct handed_over {
    static constexpr std::string_view type = "incentive.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

using any = std::variant<proposed, revised, approved, returned, clarification_asked, clarified, rejected, withdrawn, took_effect, handed_over>;

/// Old shapes that a log may still hold, oldest first.
std::tuple<proposed_v1, revised_v1> retired_shapes(const any*);

}  // namespace events::incentive
