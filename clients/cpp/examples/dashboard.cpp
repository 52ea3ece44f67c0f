// A dashboard in a terminal: how the work stands, what waits on you, what has just happened. `dashboard [--once]`

#include "examples/room.hpp"

#include <deque>
#include <map>
#include <sstream>

using namespace std::chrono_literals;

namespace {

constexpr std::size_t latest_most = 8;

std::string screen(opsroom::room& room, const opsroom::feed& board, const opsroom::feed& inbox, const std::deque<std::string>& latest) {
    std::map<std::string, unsigned> counts;
    for (const auto& row : board.rows()) ++counts[opsroom::text_at(row, "status")];
    const auto waits = inbox.data();
    std::ostringstream out;
    out << opsroom::text_at(room.me(), "name") << " · " << (room.is_connected() ? "live" : "…") << " · "
        << opsroom::number_at(waits, "total").value_or(0) + opsroom::number_at(waits, "tasks").value_or(0) << " ←\n\n";
    for (const auto& [status, n] : counts) out << n << '\t' << room.schema()->status("tasks", status) << '\n';
    out << '\n';
    for (const auto& line : latest) out << line << '\n';
    return out.str();
}

void run(bool once) {
    auto room = from_environment("li.na");
    const auto board = room.feed("board").ready(), people = room.feed("directory").ready(), inbox = room.feed("inbox").ready();
    std::deque<std::string> latest;
    const auto draw = [&] { std::cout << (once ? "" : "\x1b[H\x1b[2J") << screen(room, board, inbox, latest) << std::flush; };
    draw();
    if (once) return;
    opsroom::reader news({board, inbox});
    for (auto change = news.next(); change;) {
        for (const auto& e : change->events()) {
            if (change->feed != "board") continue;
            const auto who = people.row(opsroom::number_at(e, "actor").value_or(0));
            latest.push_back(opsroom::text_at(e, "time").substr(11, 8) + ' ' + (who ? opsroom::text_at(*who, "name", "—") : "—") + ' ' +
                             room.schema()->happened(e) + ' ' + opsroom::text_at(e, "stream"));
            if (latest.size() > latest_most) latest.pop_front();
        }
        // What changes together is drawn once.
        change = news.next(100ms);
        if (change) continue;
        draw();
        change = news.next();
    }
}

}  // namespace

int main(int argc, char** argv) {
    return told([&] { run(argc > 1 && std::string(argv[1]) == "--once"); });
}
