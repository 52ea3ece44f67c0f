#pragma once
// What must hold. On in production: where it doesn't, going on would make things worse.

#include <boost/assert/source_location.hpp>
#include <cstdio>
#include <cstdlib>

namespace core {

/// Ends the process where `holds` is false, saying what was broken and where.
inline void verify(bool holds, const char* invariant,
                   const boost::source_location& where = BOOST_CURRENT_LOCATION) {
    if (holds) [[likely]]
        return;
    std::fprintf(stderr, "broken invariant: %s (%s:%u)\n", invariant, where.file_name(), static_cast<unsigned>(where.line()));
    std::abort();
}

}  // namespace core
