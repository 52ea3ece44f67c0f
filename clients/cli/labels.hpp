#pragma once
// The words for codes, in both languages. A code that is not known is shown as it is.

#include "clients/cli/context.hpp"
#include "clients/cli/table.hpp"

#include <string>
#include <string_view>

namespace cli {

/// A task's status, a priority, a reason to be in the inbox, a member's status, a visibility.
std::string label(language l, const std::string& code);

/// The same in a colour that says how it stands.
cell state_cell(language l, const std::string& code);

/// The same of a status of this kind, which may be called otherwise elsewhere.
std::string label(language l, std::string_view kind, const std::string& status);
cell state_cell(language l, std::string_view kind, const std::string& status);

/// "task.submitted.v1" as what somebody did: "提交了成果", "handed in the result".
std::string deed(language l, std::string_view event_type);

/// Who did it; and in whose place, where it was not their own.
std::string doer_of(context& about, const json& event);

/// One line on one event: when, where, who, what.
std::string event_line(context& about, const json& event);

/// A personal text of an event: the text itself, or that it is erased.
std::string personal_text(const json& value, language l);

}  // namespace cli
