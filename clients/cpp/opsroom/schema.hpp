#pragma once
// What there is, as the server describes it: kinds of documents, their commands with named fields, and what things are called.

#include "opsroom/command.hpp"
#include "opsroom/problem.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace opsroom {

/// Made by room::schema. Does not change once it is made, so any thread may use it.
class schema {
public:
    schema(json said, language in);

    const json& said() const { return said_; }
    /// A kind as the server describes it; null where there is none of the name.
    const json& kind(const std::string& name) const;
    std::vector<std::string> kinds() const;

    /// A command by its name, with its fields: they are checked, and what may be empty is there. Throws `mistake`, with the name that may
    /// have been meant; values are the server's to judge. `target` may be a number: of the kind. Empty: it creates, or there is one alone.
    command named(const std::string& type, const std::string& target, const json& fields) const;

    /// What a status of a list's rows is called: ("tasks", "open").
    std::string status(const std::string& path, const std::string& name) const;
    /// What an event is called, after the name of who did it.
    std::string happened(const json& event) const;
    /// One of the two languages, where a person reads: {"zh","en"}.
    std::string words(const json& both) const { return text_at(both, in_ == language::zh ? "zh" : "en"); }

private:
    json said_;
    language in_;
    std::map<std::string, std::uint64_t> versions_;  ///< of the forms in force
};

}  // namespace opsroom
