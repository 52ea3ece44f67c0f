#pragma once
// What went wrong, for a program and for people in both languages. Whoever asked gets it as the answer's error.

#include <stdexcept>
#include <string>
#include <utility>

namespace data_worker {

/// The same in both languages.
struct said {
    std::string zh, en;
    bool operator==(const said&) const = default;
};

class trouble : public std::runtime_error {
public:
    /// `code` is stable, for programs: bad_request, bad_plan, unreadable, too_large, not_found, engine, refused, limit.
    trouble(std::string code, std::string zh, std::string en) : std::runtime_error(en), code(std::move(code)), text{std::move(zh), std::move(en)} {}

    std::string code;
    said text;
};

}  // namespace data_worker
