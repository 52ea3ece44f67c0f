#include "clients/cli/run.hpp"

#include "clients/cli/client.hpp"
#include "clients/cli/help.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/tree.hpp"
#include "clients/cli/width.hpp"

#include <cerrno>
#include <iostream>

namespace cli {
namespace {

int tell(std::ostream& err, const settings& with, const std::string& line, exit_code kind) {
    const bool color = stderr_is_terminal() && with.color;
    // "opsroom:" in red finds the line again among others; the rest is one line whatever the server put into it.
    err << (color ? "\x1b[31mopsroom:\x1b[0m " : "opsroom: ") << on_one_line(line) << '\n';
    return static_cast<int>(kind);
}

}  // namespace

namespace {

int act(int argc, const char* const* argv, settings& with, std::ostream& out, std::ostream& err) {
    tree commands(with);
    add_commands(commands);
    try {
        commands.root().parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        out << commands.innermost()->help();
        return 0;
    } catch (const CLI::CallForVersion& version) {
        out << version.what() << '\n';
        return 0;
    } catch (const CLI::ParseError& error) {
        return tell(err, with, usage_problem(commands, error), exit_code::usage);
    }
    context about(with, out);
    if (const auto* chosen = commands.chosen()) (*chosen)(about);
    return 0;
}

/// What cannot be written is a failure wherever it is noticed, not only at the end: whoever follows a feed into a full disk
/// would follow it for ever.
class loud {
public:
    explicit loud(std::ostream& out) : out_(out) { out.exceptions(std::ios::badbit); }
    ~loud() { no_more(); }

    /// Before anything is said of what went wrong: whatever is written to stderr flushes stdout first.
    void no_more() { out_.exceptions(std::ios::goodbit); }

private:
    std::ostream& out_;
};

}  // namespace

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    settings with;
    with.language = choose_language(argc, argv);
    with.marked = &out == &std::cout && stdout_is_new_file();
    // Or whatever is said on stderr, by a destructor too, would write stdout first.
    if (&err == &std::cerr) std::cerr.tie(nullptr);
    loud writing(out);
    try {
        const int code = act(argc, argv, with, out, err);
        errno = 0;
        out.flush();
        return code;
    } catch (const failure& stopped) {
        writing.no_more();
        out.flush();  // what there was before is shown too
        return tell(err, with, stopped.in(with.language), stopped.kind());
    } catch (const std::ios_base::failure&) {
        const auto why = errno != 0 ? in_words(errno, with.language) : std::string("?");
        writing.no_more();
        return tell(err, with, (with.zh() ? "无法写出结果：" : "the output can't be written: ") + why, exit_code::internal);
    } catch (const std::exception& broken) {
        writing.no_more();
        out.flush();
        return tell(err, with, (with.zh() ? "内部错误：" : "internal error: ") + std::string(broken.what()), exit_code::internal);
    }
}

}  // namespace cli
