// A log's format is raised with every type of event that an older build would not know (events/codec/format.hpp).

#include "tests/support/tests_folder.hpp"
#include "events/codec/format.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace {

const std::filesystem::path golden = support::tests_folder() / "golden";

std::map<std::string, std::uint64_t> formats() {
    std::map<std::string, std::uint64_t> all;
    std::ifstream in(golden / "formats.txt");
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::istringstream words(line);
        std::string type;
        std::uint64_t format = 0;
        REQUIRE(words >> type >> format);
        CHECK(all.emplace(type, format).second);
    }
    return all;
}

}  // namespace

TEST_CASE("formats: every type of event says which format of a log it came with", "[events][codec]") {
    const auto all = formats();
    // Every type there ever was has its sample; another test sees to that.
    for (const auto& entry : std::filesystem::directory_iterator(golden)) {
        if (entry.path().extension() != ".json") continue;
        const auto type = entry.path().stem().string();
        INFO("add a line to tests/golden/formats.txt: " << type << ' ' << events::log_format
                                                        << " (with log_format raised, if a release has had this one)");
        CHECK(all.contains(type));
    }
    for (const auto& [type, format] : all) {
        INFO(type);
        CHECK(format >= 1);
        CHECK(format <= events::log_format);
    }
}
