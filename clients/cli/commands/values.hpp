#pragma once
// What was typed for a field, as the wire wants it.

#include "clients/cli/commands/rows.hpp"
#include "clients/cli/context.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// What a file holds; of "-" what stands on standard input. Throws `failure`.
std::string text_of_file(const std::string& path);
/// The JSON of that.
json json_of(const std::string& path);

/// Whether a field of this kind may be given more than once.
bool takes_many(value kind);

/// Whether what was typed is a file that says the whole of what the field is a part of.
bool gives_whole(const field& f, const std::vector<std::string>& given);

/// Puts it where the field's key says. `given` is not empty. Throws `failure`.
void put_value(context& about, const field& f, const std::vector<std::string>& given, json& data);

}  // namespace cli
