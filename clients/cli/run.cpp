#include "clients/cli/run.hpp"

#include "clients/cli/help.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/cli/tree.hpp"
#include "clients/cli/width.hpp"

namespace cli {
namespace {

int tell(std::ostream& err, const settings& with, const std::string& line, exit_code kind) {
    const bool color = stderr_is_terminal() && with.color;
    // "opsroom:" in red finds the line again among others; the rest is one line whatever the server put into it.
    err << (color ? "\x1b[31mopsroom:\x1b[0m " : "opsroom: ") << on_one_line(line) << '\n';
    return static_cast<int>(kind);
}

}  // namespace

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    settings with;
    with.language = choose_language(argc, argv);
    try {
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
        if (const auto* act = commands.chosen()) (*act)(about);
        out.flush();
        return 0;
    } catch (const failure& stopped) {
        out.flush();
        return tell(err, with, stopped.in(with.language), stopped.kind());
    } catch (const std::exception& broken) {
        out.flush();
        return tell(err, with, (with.zh() ? "内部错误：" : "internal error: ") + std::string(broken.what()), exit_code::internal);
    }
}

}  // namespace cli
