#pragma once
// Which of the two languages a person reads.

#include "clients/cli/client.hpp"

#include <optional>
#include <string_view>

namespace cli {

/// "zh" and "en", or a locale's name such as "zh_CN.UTF-8". Nothing for other languages.
std::optional<language> parse_language(std::string_view name);

/// The first that says one wins: `--lang` among the arguments, OPSROOM_LANG, LC_ALL, LANG. English otherwise.
/// Read before the arguments are parsed, for the help text itself depends on it.
language choose_language(int argc, const char* const* argv);

}  // namespace cli
