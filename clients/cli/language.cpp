#include "clients/cli/language.hpp"

#include <cstdlib>

namespace cli {

std::optional<language> parse_language(std::string_view name) {
    const auto is = [&](std::string_view code) {
        return name.starts_with(code) &&
               (name.size() == code.size() || std::string_view("_-.@").find(name[code.size()]) != std::string_view::npos);
    };
    if (is("zh")) return language::zh;
    if (is("en")) return language::en;
    return std::nullopt;
}

language choose_language(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view given = argv[i];
        if (given == "--") break;
        std::optional<language> found;
        if (given == "--lang" && i + 1 < argc) found = parse_language(argv[i + 1]);
        if (given.starts_with("--lang=")) found = parse_language(given.substr(7));
        if (found) return *found;
    }
    for (const char* name : {"OPSROOM_LANG", "LC_ALL", "LANG"}) {
        const char* value = std::getenv(name);
        // An empty variable counts as not set; a set one decides, even for a language that we do not speak.
        if (value == nullptr || *value == '\0') continue;
        return parse_language(value).value_or(language::en);
    }
    return language::en;
}

}  // namespace cli
