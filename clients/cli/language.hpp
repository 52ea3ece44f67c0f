#pragma once
// Everything that a person reads is there in Chinese and in English.

#include <optional>
#include <string>
#include <string_view>

namespace cli {

enum class language { zh, en };

/// Static text in both languages.
struct text {
    std::string_view zh;
    std::string_view en;

    constexpr std::string_view in(language l) const { return l == language::zh ? zh : en; }
};

/// "zh" and "en", or a locale's name such as "zh_CN.UTF-8". Nothing for other languages.
std::optional<language> parse_language(std::string_view name);

/// The first that says one wins: `--lang` among the arguments, OPSROOM_LANG, LC_ALL, LANG. English otherwise.
/// Read before the arguments are parsed, for the help text itself depends on it.
language choose_language(int argc, const char* const* argv);

}  // namespace cli
