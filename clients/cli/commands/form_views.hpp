#pragma once
// Forms as a person reads them: a label and what it says, lists as rows, people by their names.

#include "clients/cli/context.hpp"

#include <string>

namespace cli {

/// What the forms of this dossier say, a section for each, in the order in which they come about.
std::string forms_of(context& about, const json& dossier);

/// Added fields by what their form calls them, and attachments by their names; empty where there are none.
std::string added_to_form(context& about, const json& form);

/// A line of its own above a section.
std::string section_heading(const context& about, const std::string& title, const std::string& rest);

std::string indented(const std::string& lines, int by);

/// "Li Na · 2026-11-29 13:00"
std::string who_and_when(context& about, const json& event);

}  // namespace cli
