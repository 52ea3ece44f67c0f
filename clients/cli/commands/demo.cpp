// `opsroom demo`: plays the demo year. The year is the server's to play, so the server's program does it.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/server_program.hpp"

#include <optional>

namespace cli {
namespace {

struct demo_options {
    std::string folder = "./year";
    std::optional<std::uint64_t> seed;
    std::optional<std::string> until;
};

}  // namespace

void add_demo_command(tree& t) {
    auto how = std::make_shared<demo_options>();
    auto* app = t.verb(&t.root(), "demo", {"演练一整年的演示部门，放入一个空目录", "play a year of the demo department into an empty folder"},
                       "opsroom demo --data ./year\nopsroomd --demo --data ./year", [how](context& about) {
                           std::vector<std::string> words{"demo", "--data", how->folder, "--seed", std::to_string(how->seed.value_or(1))};
                           if (how->until) words.insert(words.end(), {"--until", *how->until});
                           become_server(about, std::move(words));
                       });
    t.option(app, "--data", how->folder, "FOLDER", {"目录（默认 ./year）", "the folder (./year)"});
    t.number(app, "--seed", how->seed, "N", any_or_none, {"种子：同一种子得到同一年（默认 1）", "the same seed plays the same year (1)"});
    t.option(app, "--until", how->until, "DATE", {"最后一天（默认今天）", "its last day (today)"});
}

}  // namespace cli
