#pragma once
// Why a request is not answered with data, as OData says it: a status, a code for programs, words for people, and what is at fault.

#include "server/data_worker/trouble.hpp"

#include <exception>
#include <string>
#include <utility>

namespace data_worker::odata {

class refusal : public std::exception {
public:
    /// `target`: the property or the option at fault; empty: none in particular.
    refusal(int status, std::string code, said text, std::string target = {}) : status(status), code(std::move(code)), text(std::move(text)), target(std::move(target)) {}

    const char* what() const noexcept override { return text.en.c_str(); }

    int status;
    std::string code;
    said text;
    std::string target;
};

/// Not as it should be (400).
[[noreturn]] inline void wrong(const std::string& target, std::string zh, std::string en) { throw refusal(400, "bad_request", {std::move(zh), std::move(en)}, target); }
/// Not there, or not for this reader (404).
[[noreturn]] inline void missing(const std::string& target, std::string zh, std::string en) { throw refusal(404, "not_found", {std::move(zh), std::move(en)}, target); }
/// OData has it, this service has not (501): clients then do it themselves.
/// An address of OData that this has nothing at.
[[noreturn]] inline void no_such_path(const std::string& path) { throw refusal(404, "not_found", {"这里没有 " + path, "there is nothing at " + path}, "path"); }
[[noreturn]] inline void not_here(const std::string& target, const std::string& zh, const std::string& en) { throw refusal(501, "not_implemented", {"本服务不支持" + zh, en + " is not implemented here"}, target); }
[[noreturn]] inline void not_here(const std::string& target, const std::string& name) { not_here(target, " " + name, name); }

}  // namespace data_worker::odata
