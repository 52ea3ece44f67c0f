// An audit follower: every event, a line each, appended to a file. Stopped and started again it goes on after the last line.
// `audit FILE`, as an auditor.

#include "examples/room.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

/// A line that was cut off while it was written is taken away: it is told again.
std::string last_mark(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) return {};
    std::string whole;
    {
        std::ifstream in(path, std::ios::binary);
        whole.assign(std::istreambuf_iterator<char>(in), {});
    }
    const auto end = whole.rfind('\n');
    whole.resize(end == std::string::npos ? 0 : end + 1);
    std::filesystem::resize_file(path, whole.size());
    if (whole.empty()) return {};
    const auto before = whole.rfind('\n', whole.size() - 2);
    return opsroom::text_at(opsroom::parse_json(std::string_view(whole).substr(before == std::string::npos ? 0 : before + 1)), "mark");
}

void run(const std::filesystem::path& path) {
    const auto since = last_mark(path);
    auto room = from_environment("audit");
    const auto schema = room.schema();
    std::ofstream kept(path, std::ios::binary | std::ios::app);
    // From the very beginning, or after the last line.
    const auto log = room.feed("audit", {.since = since.empty() ? "0" : since});
    for (const auto& change : opsroom::reader(log)) {
        if (change.type == "snapshot" && !since.empty())
            throw opsroom::problem("another_history", "这与文件中的不是同一段历史：请另起一个文件", "this is another history than the file's: begin a new file");
        for (const auto& e : change.events()) {
            const auto position = opsroom::number_at(e, "position").value_or(0);
            // Of a change that was cut off half way, the rest comes again: each event has a mark of its own.
            opsroom::json line{{"mark", change.mark.substr(0, change.mark.rfind(':') + 1) + std::to_string(position)}};
            line.update(e);
            kept << opsroom::as_text(line) << '\n';
            std::cout << position << ' ' << opsroom::text_at(e, "time").substr(0, 19) << ' ' << schema->happened(e) << ' ' << opsroom::text_at(e, "stream") << std::endl;
        }
        if (!kept.flush()) throw opsroom::problem("bad_file", "无法写入 " + path.string(), path.string() + " can't be written");
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "audit FILE\n";
        return 2;
    }
    return told([&] { run(argv[1]); });
}
