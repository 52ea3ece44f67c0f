// A bot: who says "!open" is told what of theirs is open. `bot channel/1`
//
// Each answer has an id made of the message that it answers, so that a bot that is started again answers nothing twice.

#include "examples/room.hpp"

#include "opsroom/ids.hpp"

namespace {

constexpr std::size_t rows_most = 10;

std::string open_of(opsroom::room& room, std::uint64_t member) {
    std::string out;
    for (const auto& row : room.list("tasks", {{"assignee", member}, {"sort", "due"}, {"open", true}}).first(rows_most).rows)
        out += (out.empty() ? "" : "\n") + opsroom::text_at(row, "due") + " #" + std::to_string(opsroom::number_at(row, "id").value_or(0)) + ' ' + opsroom::text_at(row, "title");
    return out.empty() ? "—" : out;
}

void run(const std::string& where) {
    auto room = from_environment("li.na");
    const auto me = opsroom::number_at(room.me(), "id");
    const auto talk = room.feed(where);
    for (const auto& change : opsroom::reader(talk)) {
        if (change.type == "snapshot") std::cout << "listening in " << where << std::endl;
        for (const auto& e : change.events()) {
            const auto by = opsroom::number_at(e, "actor");
            if (opsroom::text_at(e, "type").find(".posted.") == std::string::npos || by == me || !by) continue;
            if (opsroom::text_at(opsroom::at_or_null(e, "data"), "text") != "!open") continue;
            room.give({.type = where.substr(0, where.find('/')) + ".post",
                       .target = where,
                       .data = {{"text", open_of(room, *by)}},
                       .id = opsroom::uuid_of(talk.history(), std::to_string(opsroom::number_at(e, "position").value_or(0)))});
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "bot channel/1\n";
        return 2;
    }
    return told([&] { run(argv[1]); });
}
