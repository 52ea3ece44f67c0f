#pragma once
// The XML of workbooks. Nothing here goes deeper with every element of the input: a file may nest as it likes.

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace cli::bulk {

using xml = pugi::xml_document;
using node = pugi::xml_node;

/// False where it is none. No document types are read, so nothing expands.
bool parse(const std::string& text, xml& into);

/// The name without its prefix: "x:row" is a row.
std::string_view local(const node& n);
node child(const node& of, std::string_view name);
/// Empty where it is not there.
std::string_view attribute(const node& of, std::string_view name);
/// "1" or "true".
bool is_set(const node& of, std::string_view name);
unsigned number_in(std::string_view text, unsigned otherwise);

/// All text in it, but what is only a reading aid (furigana), with its escapes undone.
std::string text_in(const node& of);

}  // namespace cli::bulk
