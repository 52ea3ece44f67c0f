#pragma once
// Help that begins with examples, in the reader's language, straight in Chinese too.

#include <CLI/CLI.hpp>

#include <string>

namespace cli {

class tree;

class help : public CLI::Formatter {
public:
    explicit help(const tree& commands) : commands_(commands) {}

    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;

private:
    std::string usage(const CLI::App* app) const;
    std::string options(const CLI::App* app, const std::string& group) const;

    const tree& commands_;
};

/// "opsroom task assign"
std::string full_name(const CLI::App* app);

/// What is wrong with the arguments, in one line: also which command was not found, what there is instead, and what may have been
/// meant.
std::string usage_problem(tree& commands, const CLI::ParseError& error);

}  // namespace cli
