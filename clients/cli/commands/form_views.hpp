#pragma once
// Parts of dossiers, as a person reads them.

#include "clients/cli/context.hpp"

#include <string>

namespace cli {

/// Added fields by what their form calls them, and attachments by their names; empty where there are none.
std::string added_to_form(context& about, const json& form);

/// A line of its own above a section.
std::string section_heading(const context& about, const std::string& title, const std::string& rest);

std::string indented(const std::string& lines, int by);

/// "Li Na · 2026-11-29 13:00"
std::string who_and_when(context& about, const json& event);

}  // namespace cli
