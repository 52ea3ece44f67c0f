#pragma once
// What is made of a result (S6.3.4, S6.4): bonus, promotion, salary adjustment, training, award (F16).

#include "events/catalog/sealed_form.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string_view>
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

struct proposed {
    static constexpr std::string_view type = "incentive.proposed.v1";
    static constexpr std::string_view clause = "S6.3.4";
    member_id by;        ///< the system: from an election
    incentive::proposal proposal;
    std::string sha256;  ///< of the proposal, as it reads in the clear
    std::uint32_t flow;
    bool operator==(const proposed&) const = default;
};
BOOST_DESCRIBE_STRUCT(proposed, (), (by, proposal, sha256, flow))

/// Changed after it was returned, and proposed again.
struct revised {
    static constexpr std::string_view type = "incentive.revised.v1";
    static constexpr std::string_view clause = "S6.3.4";
    member_id by;
    incentive::proposal proposal;
    std::string sha256;
    bool operator==(const revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(revised, (), (by, proposal, sha256))

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

}  // namespace events::incentive
