#pragma once
// What can be asked of a project.

#include "core/kernel/context.hpp"
#include "events/catalog/project.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace core {

struct project_commands {
    /// Creates. By the system, when a request is passed.
    struct initiate {
        static constexpr std::string_view type = "project.initiate";
        static constexpr bool creates = true;
        request_id request;
        std::string name;
        events::department department;
    };
    /// Keeps a charter that is not finished.
    struct draft_charter {
        static constexpr std::string_view type = "project.draft_charter";
        events::project::charter charter;
    };
    struct submit_charter {
        static constexpr std::string_view type = "project.submit_charter";
        events::project::charter charter;
    };
    struct approve_charter {
        static constexpr std::string_view type = "project.approve_charter";
        std::string sha256;  ///< of the charter that was read
        std::optional<std::string> comment;
    };
    struct return_charter {
        static constexpr std::string_view type = "project.return_charter";
        std::string reason;
    };
    struct reject_charter {
        static constexpr std::string_view type = "project.reject_charter";
        std::string reason;
    };
    struct clarify {
        static constexpr std::string_view type = "project.clarify";
        std::string question;
    };
    struct answer {
        static constexpr std::string_view type = "project.answer";
        std::string answer;
    };
    struct link_channel {
        static constexpr std::string_view type = "project.link_channel";
        channel_id channel;
    };
    struct change_lead {
        static constexpr std::string_view type = "project.change_lead";
        member_id lead;
        std::string reason;
    };
    struct add_member {
        static constexpr std::string_view type = "project.add_member";
        member_id member;
    };
    struct remove_member {
        static constexpr std::string_view type = "project.remove_member";
        member_id member;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "project.hand_over";
        member_id from;
        member_id to;
    };
    struct report_progress {
        static constexpr std::string_view type = "project.report_progress";
        std::uint8_t percent;
        events::project::health health;
        std::string note;
    };
    struct reach_milestone {
        static constexpr std::string_view type = "project.reach_milestone";
        std::uint16_t milestone;  ///< its place in the charter, from 1
        std::string evidence;
        std::optional<std::vector<events::attachment>> attachments;
    };
    struct request_acceptance {
        static constexpr std::string_view type = "project.request_acceptance";
        events::project::acceptance_request form;
    };
    struct convene_acceptance {
        static constexpr std::string_view type = "project.convene_acceptance";
        std::vector<member_id> panel;
        date on;
    };
    struct sign_acceptance {
        static constexpr std::string_view type = "project.sign_acceptance";
        bool agrees;
        std::optional<std::string> comment;
    };
    struct accept {
        static constexpr std::string_view type = "project.accept";
        events::project::acceptance_report report;
    };
    struct fail_acceptance {
        static constexpr std::string_view type = "project.fail_acceptance";
        std::string reason;
        std::vector<std::string> conditions;
    };
    struct summarise {
        static constexpr std::string_view type = "project.summarise";
        events::project::summary summary;
        std::vector<member_id> recipients;
    };
    struct acknowledge_summary {
        static constexpr std::string_view type = "project.acknowledge_summary";
    };
    struct file_record {
        static constexpr std::string_view type = "project.file_record";
        events::project::record record;
    };
    struct submit_archive {
        static constexpr std::string_view type = "project.submit_archive";
        std::optional<std::string> note;
    };
    struct return_archive {
        static constexpr std::string_view type = "project.return_archive";
        std::string reason;
    };
    struct seal {
        static constexpr std::string_view type = "project.seal";
        std::optional<std::string> comment;
    };
    struct suspend {
        static constexpr std::string_view type = "project.suspend";
        std::string reason;
    };
    struct resume {
        static constexpr std::string_view type = "project.resume";
        std::string reason;
    };
    struct cancel {
        static constexpr std::string_view type = "project.cancel";
        std::string reason;
    };
    /// By the system, for the time that people lost (core/policies/made_up.hpp).
    struct extend_acceptance {
        static constexpr std::string_view type = "project.extend_acceptance";
        date on;
        std::string reason;
    };
    using command = std::variant<initiate, draft_charter, submit_charter, approve_charter, return_charter, reject_charter, clarify, answer,
                                 link_channel, change_lead, add_member, remove_member, hand_over, report_progress, reach_milestone,
                                 request_acceptance, convene_acceptance, sign_acceptance, accept, fail_acceptance, summarise,
                                 acknowledge_summary, file_record, submit_archive, return_archive, seal, suspend, resume, cancel,
                                 extend_acceptance>;
};

BOOST_DESCRIBE_STRUCT(project_commands::initiate, (), (request, name, department))
BOOST_DESCRIBE_STRUCT(project_commands::draft_charter, (), (charter))
BOOST_DESCRIBE_STRUCT(project_commands::submit_charter, (), (charter))
BOOST_DESCRIBE_STRUCT(project_commands::approve_charter, (), (sha256, comment))
BOOST_DESCRIBE_STRUCT(project_commands::return_charter, (), (reason))
BOOST_DESCRIBE_STRUCT(project_commands::reject_charter, (), (reason))
BOOST_DESCRIBE_STRUCT(project_commands::clarify, (), (question))
BOOST_DESCRIBE_STRUCT(project_commands::answer, (), (answer))
BOOST_DESCRIBE_STRUCT(project_commands::link_channel, (), (channel))
BOOST_DESCRIBE_STRUCT(project_commands::change_lead, (), (lead, reason))
BOOST_DESCRIBE_STRUCT(project_commands::add_member, (), (member))
BOOST_DESCRIBE_STRUCT(project_commands::remove_member, (), (member))
BOOST_DESCRIBE_STRUCT(project_commands::hand_over, (), (from, to))
BOOST_DESCRIBE_STRUCT(project_commands::report_progress, (), (percent, health, note))
BOOST_DESCRIBE_STRUCT(project_commands::reach_milestone, (), (milestone, evidence, attachments))
BOOST_DESCRIBE_STRUCT(project_commands::request_acceptance, (), (form))
BOOST_DESCRIBE_STRUCT(project_commands::convene_acceptance, (), (panel, on))
BOOST_DESCRIBE_STRUCT(project_commands::sign_acceptance, (), (agrees, comment))
BOOST_DESCRIBE_STRUCT(project_commands::accept, (), (report))
BOOST_DESCRIBE_STRUCT(project_commands::fail_acceptance, (), (reason, conditions))
BOOST_DESCRIBE_STRUCT(project_commands::summarise, (), (summary, recipients))
BOOST_DESCRIBE_STRUCT(project_commands::acknowledge_summary, (), ())
BOOST_DESCRIBE_STRUCT(project_commands::file_record, (), (record))
BOOST_DESCRIBE_STRUCT(project_commands::submit_archive, (), (note))
BOOST_DESCRIBE_STRUCT(project_commands::return_archive, (), (reason))
BOOST_DESCRIBE_STRUCT(project_commands::seal, (), (comment))
BOOST_DESCRIBE_STRUCT(project_commands::suspend, (), (reason))
BOOST_DESCRIBE_STRUCT(project_commands::resume, (), (reason))
BOOST_DESCRIBE_STRUCT(project_commands::cancel, (), (reason))
BOOST_DESCRIBE_STRUCT(project_commands::extend_acceptance, (), (on, reason))

}  // namespace core
