#pragma once
// Flows and forms as versioned definitions (S1.3.2). Version 1 of each is the handbook's, in the program; a change is
// an event, with reason and effect (S2.1.3). What has begun keeps the version that it began with. One stream:
// definitions/1.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::definitions {

/// How one row of a flow reads from this version on. What is left out stays as it was.
struct row_change {
    std::string command;                                ///< "request.withdraw"
    std::optional<std::vector<std::string>> in;         ///< statuses in which it may be given
    std::optional<std::vector<std::string>> may;        ///< relations that may give it
    std::optional<std::vector<events::role>> roles;     ///< roles that may give it besides
    std::optional<std::vector<std::string>> never;      ///< relations that never may, besides those of the handbook
    bool operator==(const row_change&) const = default;
};
BOOST_DESCRIBE_STRUCT(row_change, (), (command, in, may, roles, never))

/// How long a step may take, in working days; 0: no limit.
struct step_limit {
    std::string status;
    std::uint16_t working_days;
    bool operator==(const step_limit&) const = default;
};
BOOST_DESCRIBE_STRUCT(step_limit, (), (status, working_days))

struct flow_amended {
    static constexpr std::string_view type = "definitions.flow_amended.v1";
    static constexpr std::string_view clause = "S2.1.3";
    std::string flow;       ///< "request"
    std::uint32_t version;  ///< from 2
    std::vector<row_change> rows;
    std::vector<step_limit> limits;
    std::string reason;
    std::string effect;
    bool operator==(const flow_amended&) const = default;
};
BOOST_DESCRIBE_STRUCT(flow_amended, (), (flow, version, rows, limits, reason, effect))

/// A change of a flow, as it was proposed.
struct amendment {
    std::string flow;
    std::vector<row_change> rows;
    std::vector<step_limit> limits;
    std::string reason;
    std::string effect;
    bool operator==(const amendment&) const = default;
};
BOOST_DESCRIBE_STRUCT(amendment, (), (flow, rows, limits, reason, effect))

/// Of a flow that judges people: it holds once somebody else has confirmed it (D12).
struct flow_proposed {
    static constexpr std::string_view type = "definitions.flow_proposed.v1";
    static constexpr std::string_view clause = "D12";
    std::uint32_t number;  ///< from 1
    member_id by;
    amendment what;
    std::string sha256;    ///< of what is proposed
    bool operator==(const flow_proposed&) const = default;
};
BOOST_DESCRIBE_STRUCT(flow_proposed, (), (number, by, what, sha256))

/// The amendment that was read. It is in the flow_amended that follows.
struct flow_confirmed {
    static constexpr std::string_view type = "definitions.flow_confirmed.v1";
    static constexpr std::string_view clause = "D12";
    std::uint32_t number;
    std::string sha256;
    bool operator==(const flow_confirmed&) const = default;
};
BOOST_DESCRIBE_STRUCT(flow_confirmed, (), (number, sha256))

/// By who could have confirmed it, or taken back by who proposed it.
struct flow_declined {
    static constexpr std::string_view type = "definitions.flow_declined.v1";
    static constexpr std::string_view clause = "D12";
    std::uint32_t number;
    std::string reason;
    bool operator==(const flow_declined&) const = default;
};
BOOST_DESCRIBE_STRUCT(flow_declined, (), (number, reason))

/// A field of a form that the handbook does not have.
struct added_field {
    std::string name;  ///< a code, unique in the form
    bilingual label;
    bool required;
    bool operator==(const added_field&) const = default;
};
BOOST_DESCRIBE_STRUCT(added_field, (), (name, label, required))

/// The whole of what this version has beyond the program's form.
struct form_amended {
    static constexpr std::string_view type = "definitions.form_amended.v1";
    static constexpr std::string_view clause = "S2.1.3";
    std::string form;       ///< "F1"
    std::uint32_t version;  ///< from 2
    std::vector<added_field> fields;
    std::string reason;
    std::string effect;
    bool operator==(const form_amended&) const = default;
};
BOOST_DESCRIBE_STRUCT(form_amended, (), (form, version, fields, reason, effect))

using any = std::variant<flow_amended, form_amended, flow_proposed, flow_confirmed, flow_declined>;

}  // namespace events::definitions
