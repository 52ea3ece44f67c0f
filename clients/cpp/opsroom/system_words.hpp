#pragma once
// What the system says of what went wrong, in the reader's language: a line is in one.

#include "opsroom/words.hpp"

#include <string>

namespace opsroom {

/// Of an errno. What has no words here is told by its number in Chinese, and as the system has it in English.
std::string in_words(int error, language l);

}  // namespace opsroom
