#pragma once
// A project, from its charter (F2) through acceptance (F3, F4) and summary (F5) to the sealed archive (F17): S3.1.3, S3.3.

#include "events/catalog/project_forms.hpp"

#include <string_view>
#include <variant>

namespace events::project {

/// A request was passed.
struct initiated {
    static constexpr std::string_view type = "project.initiated.v1";
    static constexpr std::string_view clause = "S3.1.2";
    request_id request;
    std::string name;
    events::department department;  ///< that runs it
    std::uint32_t flow;             ///< the version of the flow that it goes by
    bool operator==(const initiated&) const = default;
};
BOOST_DESCRIBE_STRUCT(initiated, (), (request, name, department, flow))

struct charter_drafted {
    static constexpr std::string_view type = "project.charter_drafted.v1";
    static constexpr std::string_view clause = "S3.1.3";
    project::charter charter;
    bool operator==(const charter_drafted&) const = default;
};
BOOST_DESCRIBE_STRUCT(charter_drafted, (), (charter))

/// `sha256` is of the charter's JSON, as it stands in this event.
struct charter_submitted {
    static constexpr std::string_view type = "project.charter_submitted.v1";
    static constexpr std::string_view clause = "S3.1.3";
    member_id by;
    project::charter charter;
    std::string sha256;
    bool operator==(const charter_submitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(charter_submitted, (), (by, charter, sha256))

/// Releases the charter with this hash and no other.
struct charter_approved {
    static constexpr std::string_view type = "project.charter_approved.v1";
    static constexpr std::string_view clause = "S3.1.3";
    std::string sha256;
    std::string comment;
    bool operator==(const charter_approved&) const = default;
};
BOOST_DESCRIBE_STRUCT(charter_approved, (), (sha256, comment))

struct charter_returned {
    static constexpr std::string_view type = "project.charter_returned.v1";
    static constexpr std::string_view clause = "S3.1.3";
    std::string reason;
    bool operator==(const charter_returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(charter_returned, (), (reason))

struct charter_rejected {
    static constexpr std::string_view type = "project.charter_rejected.v1";
    static constexpr std::string_view clause = "S3.1.3";
    std::string reason;
    bool operator==(const charter_rejected&) const = default;
};
BOOST_DESCRIBE_STRUCT(charter_rejected, (), (reason))

/// About the charter, or about the acceptance: whatever is pending.
/// What a question is about.
BOOST_DEFINE_ENUM_CLASS(matter, charter, acceptance)
constexpr std::string_view clause_for(const std::optional<matter>& about) { return about == matter::acceptance ? "S3.3.1" : "S3.1.3"; }

struct clarification_asked {
    static constexpr std::string_view type = "project.clarification_asked.v1";
    static constexpr std::string_view clause = "S3.1.3";
    std::string question;
    std::optional<matter> about = {};  ///< left out: the charter, or it is an old one
    std::string_view clause_now() const { return clause_for(about); }
    bool operator==(const clarification_asked&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarification_asked, (), (question, about))

struct clarified {
    static constexpr std::string_view type = "project.clarified.v1";
    static constexpr std::string_view clause = "S3.1.3";
    std::string answer;
    std::optional<matter> about = {};
    std::string_view clause_now() const { return clause_for(about); }
    bool operator==(const clarified&) const = default;
};
BOOST_DESCRIBE_STRUCT(clarified, (), (answer, about))

/// Where the project is talked about.
struct channel_linked {
    static constexpr std::string_view type = "project.channel_linked.v1";
    static constexpr std::string_view clause = "S5.3.1";
    channel_id channel;
    bool operator==(const channel_linked&) const = default;
};
BOOST_DESCRIBE_STRUCT(channel_linked, (), (channel))

struct lead_changed {
    static constexpr std::string_view type = "project.lead_changed.v1";
    static constexpr std::string_view clause = "S5.3.1";
    member_id lead;
    std::string reason;
    bool operator==(const lead_changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(lead_changed, (), (lead, reason))

struct member_added {
    static constexpr std::string_view type = "project.member_added.v1";
    static constexpr std::string_view clause = "S5.3.1";
    member_id member;
    bool operator==(const member_added&) const = default;
};
BOOST_DESCRIBE_STRUCT(member_added, (), (member))

struct member_removed {
    static constexpr std::string_view type = "project.member_removed.v1";
    static constexpr std::string_view clause = "S5.3.1";
    member_id member;
    bool operator==(const member_removed&) const = default;
};
BOOST_DESCRIBE_STRUCT(member_removed, (), (member))

/// An assessor, panellist or recipient left, and somebody took their place.
struct handed_over {
    static constexpr std::string_view type = "project.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (from, to))

struct progress_reported {
    static constexpr std::string_view type = "project.progress_reported.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::uint8_t percent;
    project::health health;
    std::string note;
    bool operator==(const progress_reported&) const = default;
};
BOOST_DESCRIBE_STRUCT(progress_reported, (), (percent, health, note))

struct milestone_reached {
    static constexpr std::string_view type = "project.milestone_reached.v1";
    static constexpr std::string_view clause = "S3.2.2";
    std::uint16_t milestone;  ///< its place in the charter, from 1
    std::string evidence;
    std::vector<attachment> attachments;
    bool operator==(const milestone_reached&) const = default;
};
BOOST_DESCRIBE_STRUCT(milestone_reached, (), (milestone, evidence, attachments))

struct acceptance_requested {
    static constexpr std::string_view type = "project.acceptance_requested.v1";
    static constexpr std::string_view clause = "S3.3.1";
    member_id by;
    project::acceptance_request form;
    bool operator==(const acceptance_requested&) const = default;
};
BOOST_DESCRIBE_STRUCT(acceptance_requested, (), (by, form))

struct acceptance_convened {
    static constexpr std::string_view type = "project.acceptance_convened.v1";
    static constexpr std::string_view clause = "S3.3.1";
    std::vector<member_id> panel;
    date on;  ///< when the panel meets; opinions are due by then
    bool operator==(const acceptance_convened&) const = default;
};
BOOST_DESCRIBE_STRUCT(acceptance_convened, (), (panel, on))

/// The panel had no chance to sign for a while: its opinions are due by this day.
struct acceptance_extended {
    static constexpr std::string_view type = "project.acceptance_extended.v1";
    static constexpr std::string_view clause = "S3.3.1";
    date on;
    std::string reason;
    bool operator==(const acceptance_extended&) const = default;
};
BOOST_DESCRIBE_STRUCT(acceptance_extended, (), (on, reason))

/// A panellist's signature under F4; a later one replaces it.
struct acceptance_signed {
    static constexpr std::string_view type = "project.acceptance_signed.v1";
    static constexpr std::string_view clause = "S3.3.1";
    member_id panellist;
    bool agrees;
    std::string comment;
    bool operator==(const acceptance_signed&) const = default;
};
BOOST_DESCRIBE_STRUCT(acceptance_signed, (), (panellist, agrees, comment))

struct accepted {
    static constexpr std::string_view type = "project.accepted.v1";
    static constexpr std::string_view clause = "S3.3.1";
    project::acceptance_report report;
    bool operator==(const accepted&) const = default;
};
BOOST_DESCRIBE_STRUCT(accepted, (), (report))

/// Not yet: what has to be done before it is asked for again.
struct acceptance_failed {
    static constexpr std::string_view type = "project.acceptance_failed.v1";
    static constexpr std::string_view clause = "S3.3.1";
    std::string reason;
    std::vector<std::string> conditions;
    bool operator==(const acceptance_failed&) const = default;
};
BOOST_DESCRIBE_STRUCT(acceptance_failed, (), (reason, conditions))

/// Goes to the recipients, who acknowledge it.
struct summarised {
    static constexpr std::string_view type = "project.summarised.v1";
    static constexpr std::string_view clause = "S3.3.2";
    project::summary summary;
    std::vector<member_id> recipients;
    bool operator==(const summarised&) const = default;
};
BOOST_DESCRIBE_STRUCT(summarised, (), (summary, recipients))

struct summary_acknowledged {
    static constexpr std::string_view type = "project.summary_acknowledged.v1";
    static constexpr std::string_view clause = "S5.3.2";
    member_id member;
    bool operator==(const summary_acknowledged&) const = default;
};
BOOST_DESCRIBE_STRUCT(summary_acknowledged, (), (member))

/// Put into the archive's folder, which is sealed at the end.
struct record_filed {
    static constexpr std::string_view type = "project.record_filed.v1";
    static constexpr std::string_view clause = "S3.3.3";
    project::record record;
    bool operator==(const record_filed&) const = default;
};
BOOST_DESCRIBE_STRUCT(record_filed, (), (record))

/// F17 is handed in.
struct archive_submitted {
    static constexpr std::string_view type = "project.archive_submitted.v1";
    static constexpr std::string_view clause = "S3.3.3";
    member_id by;
    std::string note;
    bool operator==(const archive_submitted&) const = default;
};
BOOST_DESCRIBE_STRUCT(archive_submitted, (), (by, note))

struct archive_returned {
    static constexpr std::string_view type = "project.archive_returned.v1";
    static constexpr std::string_view clause = "S3.3.3";
    std::string reason;
    bool operator==(const archive_returned&) const = default;
};
BOOST_DESCRIBE_STRUCT(archive_returned, (), (reason))

/// Complete, and closed for ever.
struct archived {
    static constexpr std::string_view type = "project.archived.v1";
    static constexpr std::string_view clause = "S3.3.3";
    std::string comment;
    bool operator==(const archived&) const = default;
};
BOOST_DESCRIBE_STRUCT(archived, (), (comment))

struct suspended {
    static constexpr std::string_view type = "project.suspended.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::string reason;
    bool operator==(const suspended&) const = default;
};
BOOST_DESCRIBE_STRUCT(suspended, (), (reason))

/// On from where it was.
struct resumed {
    static constexpr std::string_view type = "project.resumed.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::string reason;
    bool operator==(const resumed&) const = default;
};
BOOST_DESCRIBE_STRUCT(resumed, (), (reason))

struct cancelled {
    static constexpr std::string_view type = "project.cancelled.v1";
    static constexpr std::string_view clause = "S3.2.4";
    std::string reason;
    bool operator==(const cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason))

using any = std::variant<initiated, charter_drafted, charter_submitted, charter_approved, charter_returned, charter_rejected,
                         clarification_asked, clarified, channel_linked, lead_changed, member_added, member_removed, handed_over,
                         progress_reported, milestone_reached, acceptance_requested, acceptance_convened, acceptance_signed, accepted,
                         acceptance_failed, summarised, summary_acknowledged, record_filed, archive_submitted, archive_returned, archived,
                         suspended, resumed, cancelled, acceptance_extended>;

}  // namespace events::project
