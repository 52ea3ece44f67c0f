#pragma once
// What the departments ask for in the year, and the words that their forms are filled in with.

#include <cstdint>
#include <span>

namespace server::demo::year {

/// A request, and the project that it may become.
struct subject {
    const char* login;  ///< who asks; each writes in their own language
    const char* title;
    const char* background;
    const char* objective;
    const char* content;
    const char* result;  ///< what is expected, and accepted in the end
};

/// In the order in which they are asked for.
std::span<const subject> subjects();

}  // namespace server::demo::year
