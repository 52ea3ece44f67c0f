#pragma once
// Why a data folder could not be opened as a log, and what a person can do about it. Nothing on the disk has
// been changed then.

#include "events/catalog/value.hpp"

#include <boost/system/error_code.hpp>

#include <string>

namespace events {

enum class open_error {
    locked = 1,     ///< another process has it open
    damaged,        ///< what had been acknowledged is not there, or not what it was
    newer_version,  ///< written by an opsroom that knows more than this one
    no_access,      ///< the operating system refuses: rights, space, a path that is no folder
};

const boost::system::error_category& open_category();
inline boost::system::error_code make_error_code(open_error e) { return {static_cast<int>(e), open_category()}; }

struct open_failure {
    open_error code;
    std::string folder;
    std::string detail;  ///< what exactly was found, in English: for whoever repairs it

    /// One line: what is the matter, what to do, the detail.
    std::string message(language in) const;
};

}  // namespace events

template <>
struct boost::system::is_error_code_enum<events::open_error> : std::true_type {};
