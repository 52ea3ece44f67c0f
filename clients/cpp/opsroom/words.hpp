#pragma once
// Everything that a person reads is there in Chinese and in English.

#include <string_view>

namespace opsroom {

enum class language { zh, en };

/// Static text in both languages.
struct text {
    std::string_view zh;
    std::string_view en;

    constexpr std::string_view in(language l) const { return l == language::zh ? zh : en; }
};

}  // namespace opsroom
