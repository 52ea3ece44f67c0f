#pragma once
// The words for codes, in both languages: those of the schema, and of what it does not hold. A code that is not known is shown as it is.

#include "clients/cli/context.hpp"
#include "clients/cli/table.hpp"

#include <string>
#include <string_view>

namespace cli {

/// Of what the schema does not hold: a reason to be in the inbox, who sees a channel, a kind of day.
std::string label(language l, const std::string& code);

/// The same in a colour that says how it stands.
cell state_cell(language l, const std::string& code);

/// The same of a status of this kind, which may be called otherwise elsewhere.
std::string label(language l, std::string_view kind, const std::string& status);
cell state_cell(language l, std::string_view kind, const std::string& status);

/// What somebody chose in a field of this kind, wherever it stands there.
cell choice_cell(language l, std::string_view kind, std::string_view field, const std::string& code);

/// "task.submitted.v1" as what somebody did: "提交了成果", "submitted the result"; "task.submit" as what is to be done.
std::string deed(language l, std::string_view type);

/// Who did it; and in whose place, where it was not their own.
std::string doer_of(context& about, const json& event);

/// One line on one event: when, where, who, what.
std::string event_line(context& about, const json& event);

/// A personal text of an event: the text itself, or that it is erased.
std::string personal_text(const json& value, language l);

}  // namespace cli
