#pragma once
// A proposal of something new or better, from anyone (S1.3.5): the verdict with its reason, what came of it, and to whose credit.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::proposal {

BOOST_DEFINE_ENUM_CLASS(kind, process, product, campaign, technology, cost, other)

struct form {
    std::string title;
    proposal::kind kind;
    std::string situation;  ///< as it is
    std::string idea;
    std::string benefit;
    std::optional<std::string> effort;
    std::vector<member_id> with;  ///< whose idea it is as well
    form_extras extras;
    bool operator==(const form&) const = default;
};
BOOST_DESCRIBE_STRUCT(form, (), (title, kind, situation, idea, benefit, effort, with, extras))

struct filed {
    static constexpr std::string_view type = "proposal.filed.v1";
    static constexpr std::string_view clause = "S1.3.5";
    member_id proposer;
    events::department department;  ///< of the proposer, then
    proposal::form form;
    std::uint32_t flow;
    std::optional<events::department> to = {};  ///< whose OM decides on it (D16); not in old ones
    bool operator==(const filed&) const = default;
};
BOOST_DESCRIBE_STRUCT(filed, (), (proposer, department, form, flow, to))

/// After it was returned, and filed again.
struct revised {
    static constexpr std::string_view type = "proposal.revised.v1";
    static constexpr std::string_view clause = "S1.3.5";
    proposal::form form;
    bool operator==(const revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(revised, (), (form))

struct adopted {
    static constexpr std::string_view type = "proposal.adopted.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string reason;
    std::vector<member_id> credited;  ///< the proposer and whose idea it is as well
    bool operator==(const adopted&) const = default;
};
BOOST_DESCRIBE_STRUCT(adopted, (), (reason, credited))

struct returned {
    static constexpr std::string_view type = "proposal.returned.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string reason;
    bool operator==(const returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(returned, (), (reason))

struct clarification_asked {
    static constexpr std::string_view type = "proposal.clarification_asked.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string question;
    bool operator==(const clarification_asked&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarification_asked, (), (question))

struct clarified {
    static constexpr std::string_view type = "proposal.clarified.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string answer;
    bool operator==(const clarified&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarified, (), (answer))

struct rejected {
    static constexpr std::string_view type = "proposal.rejected.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string reason;
    bool operator==(const rejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(rejected, (), (reason))

struct withdrawn {
    static constexpr std::string_view type = "proposal.withdrawn.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string reason;
    bool operator==(const withdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(withdrawn, (), (reason))

/// What it has come to.
struct carried_out {
    static constexpr std::string_view type = "proposal.carried_out.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string effect;
    bool operator==(const carried_out&) const = default;
};
BOOST_DESCRIBE_STRUCT(carried_out, (), (effect))

/// Adopted, and not carried out after all.
struct dropped {
    static constexpr std::string_view type = "proposal.dropped.v1";
    static constexpr std::string_view clause = "S1.3.5";
    std::string reason;
    bool operator==(const dropped&) const = default;
};
BOOST_DESCRIBE_STRUCT(dropped, (), (reason))

struct handed_over {
    static constexpr std::string_view type = "proposal.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

using any = std::variant<filed, revised, adopted, returned, clarification_asked, clarified, rejected, withdrawn, carried_out, dropped, handed_over>;

}  // namespace events::proposal
