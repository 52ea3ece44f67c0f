#pragma once
// Rows of read models as JSON, appended to a string. The forms are in README.md beside this file.

#include "core/views/views.hpp"
#include "events/catalog/value.hpp"

#include <string>
#include <vector>

namespace server::wire {

void write_row(std::string& out, const core::views::member_row& row);
void write_row(std::string& out, const core::views::task_row& row, events::date today);
/// `joined` and `unread` are the reader's.
void write_row(std::string& out, const core::views::channel_row& row, events::member_id reader);
void write_row(std::string& out, const core::views::inbox_item& item, events::date today, events::member_id reader);

/// A step of a flow: `{"kind":"flow","why":"to_decide","flow":{…}}`.
void write_row(std::string& out, const core::views::flow_wait& wait);
void write_row(std::string& out, const core::views::shown_notice& n);

/// A message with what the log holds of it.
struct message {
    events::message_no number;
    events::member_id author;
    events::position position;
    std::string topic;
    bool edited = false;
    bool deleted = false;
    bool pinned = false;
    std::vector<core::views::reaction> reactions;
    events::position text_at;
    events::instant at{};
    events::personal text;
    bool gone = false;  ///< its text stood before an edit, and is not this reader's
    struct origin {
        events::member_id by;
        std::string source;
    };
    std::optional<origin> imported = {};  ///< who brought it over, and where from: its author did not say it here
};
void write_row(std::string& out, const message& m);

}  // namespace server::wire
