#pragma once
// Why a data folder could not be opened as a log, and what a person can do about it. Nothing on the disk has
// been changed then.

#include "events/catalog/value.hpp"
#include "events/ending/ending.hpp"

#include <boost/system/error_code.hpp>

#include <string>

namespace events {

enum class open_error {
    locked = 1,     ///< another process has it open
    damaged,        ///< what had been acknowledged is not there, or not what it was
    newer_version,  ///< written by an opsroom that knows more than this one
    no_access,      ///< the operating system refuses: rights, a path that is no folder
    no_room,        ///< the disk is full
    copied,         ///< a copy of a folder that a running process was writing to: it may hold half of what happened
};

const boost::system::error_category& open_category();
inline boost::system::error_code make_error_code(open_error e) { return {static_cast<int>(e), open_category()}; }

struct open_failure {
    open_error code;
    std::string folder;
    std::string detail;  ///< what exactly was found, in English: for whoever repairs it

    /// One line: what is the matter, what to do, the detail.
    std::string message(language in) const;

    /// The same in both languages, with its exit code.
    cannot_go_on ended() const;
};

}  // namespace events

template <>
struct boost::system::is_error_code_enum<events::open_error> : std::true_type {};
