#pragma once
// The commands there are: CLI11's tree, with what help and completion need beside it. CLI11 itself takes long to compile,
// so that only tree.cpp and those who read the tree see it.

#include "clients/cli/context.hpp"
#include "clients/cli/range.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace cli {

using action = std::function<void(context&)>;

class tree {
public:
    /// `with` is filled in while the arguments are parsed.
    tree(settings& with);
    ~tree();

    CLI::App& root() { return *root_; }
    language lang() const { return with_.language; }
    std::string say(text t) const { return std::string(t.in(with_.language)); }

    CLI::App* noun(const std::string& name, text about, std::string examples);

    /// `examples`: a line each.
    CLI::App* verb(CLI::App* under, const std::string& name, text about, std::string examples, action act);

    /// An option (`--due`) or, without dashes, an argument. `value` names what it takes in the help. `T`: text, text that may
    /// be absent, or a list of texts.
    template <class T>
    CLI::Option* option(CLI::App* app, const std::string& name, T& into, const std::string& value, text about);

    /// The same of a number, or one that may be absent: none is taken without saying which.
    template <class T>
    CLI::Option* number(CLI::App* app, const std::string& name, T& into, const std::string& value, range within, text about);

    /// Takes whole numbers of this range alone.
    void within(CLI::Option* option, range which);

    CLI::Option* flag(CLI::App* app, const std::string& name, bool& into, text about);

    CLI::Option* required(CLI::Option* option);

    /// Shown as required; the command itself sees whether it may be left out.
    void needed(CLI::Option* option);

    /// Takes one value each time that it is given; `many`: all of them count. A list would otherwise swallow the arguments
    /// after it.
    void one_each(CLI::Option* option, bool many);

    /// Not together.
    void excludes(CLI::Option* one, CLI::Option* other);

    /// Only these are taken; completion offers them.
    void only(CLI::Option* option, std::vector<std::string> choices);

    /// The same, but others are taken as well.
    void offer(CLI::Option* option, std::vector<std::string> choices);

    /// `-w,--watch`: stay, and draw again at every change.
    void watchable(CLI::App* app, bool& into);

    /// `--as-of WHEN`: what is read as it was then, by at_moment().
    void dated(CLI::App* app, std::string& into);

    /// What to do, after parsing.
    const action* chosen() const;

    /// The innermost command that was named.
    const CLI::App* innermost() const;

    const std::string& examples_of(const CLI::App* app) const;
    bool is_needed(const CLI::Option* option) const;
    std::string value_of(const CLI::Option* option) const;
    const std::vector<std::string>& choices_of(const CLI::Option* option) const;
    /// Of an option that takes numbers.
    std::optional<range> range_of(const CLI::Option* option) const;

private:
    void add_global_options();

    settings& with_;
    std::unique_ptr<CLI::App> root_;
    std::map<const CLI::App*, action> actions_;
    std::map<const CLI::App*, std::string> examples_;
    std::map<const CLI::Option*, std::string> values_;
    std::map<const CLI::Option*, std::vector<std::string>> choices_;
    std::map<const CLI::Option*, range> ranges_;
    std::set<const CLI::Option*> needed_;
    std::string format_;
    std::string color_;
    std::string lang_;
};

/// The whole of it.
void add_commands(tree& t);

}  // namespace cli
