// What goes out: to a file, to what is no file, and into a place that is full.

#include "clients/cli/client.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/output_file.hpp"
#include "clients/cli/run.hpp"
#include "clients/cli/written.hpp"
#include "core/kernel/text.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <streambuf>
#include <string>
#include <thread>

using namespace cli;
namespace fs = std::filesystem;

namespace {

class folder {
public:
    folder() : path_(fs::temp_directory_path() / ("opsroom-output-" + std::to_string(::getpid()))) { fs::create_directories(path_); }
    ~folder() { fs::remove_all(path_); }
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    std::size_t entries() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), {})); }

private:
    fs::path path_;
};

void write(const std::string& path, std::string_view text) {
    std::ostringstream out;
    output_file f(path, out);
    f.write(text);
    f.finish();
}

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

mode_t mode_of(const std::string& path) {
    struct stat about {};
    ::stat(path.c_str(), &about);
    return about.st_mode & 07777;
}

/// Full after so many bytes.
class full : public std::streambuf {
public:
    explicit full(std::size_t room) : room_(room) {}

private:
    int_type overflow(int_type c) override {
        if (room_ == 0) {
            errno = ENOSPC;
            return traits_type::eof();
        }
        --room_;
        return c;
    }
    std::size_t room_;
};

}  // namespace

TEST_CASE("cli: a file takes its place when it is whole, and keeps what it was", "[cli][output]") {
    const folder here;
    write(here / "new", "one");
    CHECK(content(here / "new") == "one");

    ::chmod((here / "new").c_str(), 0600);
    write(here / "new", "two");
    CHECK(content(here / "new") == "two");
    CHECK(mode_of(here / "new") == 0600);
    ::chmod((here / "new").c_str(), 0644);
    write(here / "new", "three");
    CHECK(mode_of(here / "new") == 0644);

    // Left half way nothing has happened.
    {
        std::ostringstream out;
        output_file f(here / "new", out);
        f.write("ha");
    }
    CHECK(content(here / "new") == "three");
    CHECK(here.entries() == 1);
}

TEST_CASE("cli: links are followed, also to what is not there yet", "[cli][output]") {
    const folder here;
    fs::create_symlink("real", here / "link");
    fs::create_symlink("link", here / "further");
    write(here / "further", "one");
    CHECK(fs::is_symlink(here / "further"));
    CHECK(fs::is_symlink(here / "link"));
    CHECK(content(here / "real") == "one");
    write(here / "link", "two");
    CHECK(fs::is_symlink(here / "link"));
    CHECK(content(here / "real") == "two");
    fs::create_symlink("loop", here / "loop");
    CHECK_THROWS_AS(write(here / "loop", "x"), failure);
}

TEST_CASE("cli: what is no file is written into and stays what it is", "[cli][output]") {
    const folder here;
    REQUIRE(::mkfifo((here / "pipe").c_str(), 0600) == 0);
    std::string got;
    std::thread reader([&] { got = content(here / "pipe"); });
    write(here / "pipe", "through it");
    reader.join();
    CHECK(got == "through it");
    CHECK(fs::is_fifo(here / "pipe"));

    fs::create_symlink("/dev/null", here / "null");
    write(here / "null", "x");
    CHECK(fs::is_character_file("/dev/null"));
    CHECK(fs::is_symlink(here / "null"));
    CHECK_THROWS_AS(write("/dev/full", "x"), failure);
    CHECK_THROWS_AS(write(here / "", "x"), failure);
    CHECK_THROWS_AS(write(here / "no/such/folder", "x"), failure);

    std::ostringstream out;
    output_file dash("-", out);
    dash.write("to stdout");
    dash.finish();
    CHECK(out.str() == "to stdout");
    CHECK_FALSE(fs::exists("-"));
}

TEST_CASE("cli: what can't be written ends with 1 and why", "[cli][output]") {
    for (const std::size_t room : {0u, 1u, 40u})
        for (std::vector<const char*> arguments : {std::vector<const char*>{"opsroom", "--help"}, {"opsroom", "--version"}, {"opsroom", "task", "import", "--template"}, {"opsroom", "completion", "bash"}}) {
            if (std::string_view(arguments.back()) == "--version" && room > 1) continue;  // fits
            full nothing(room);
            std::ostream out(&nothing);
            std::ostringstream err;
            err.tie(&out);  // as stderr is to stdout
            CHECK(cli::run(static_cast<int>(arguments.size()), arguments.data(), out, err) == 1);
            CHECK(err.str().find("can't be written") != std::string::npos);
        }
}

TEST_CASE("cli: JSON that nests without end is no JSON", "[cli]") {
    CHECK(parse_json(std::string(100'000, '[')).is_discarded());
    CHECK(parse_json(std::string(json_depth_max + 1, '[') + std::string(json_depth_max + 1, ']')).is_discarded());
    CHECK(parse_json(std::string(json_depth_max, '[') + std::string(json_depth_max, ']')).is_array());
    CHECK(parse_json("[\"" + std::string(1000, '[') + "\\\"[\"]").is_array());
    CHECK(parse_json("[" + std::string("[],[],").append("[]") + "]").size() == 3);
}

TEST_CASE("cli: text as the server keeps it", "[cli]") {
    CHECK(as_kept(" e\u0301\r\nb\u3000") == "é\nb");
    CHECK(as_kept("a\rb\u2028c") == "a\nb\nc");
    CHECK(as_kept("\u00A0") == "");
    CHECK(without_controls("\x03" "4red\x0f \u202Ex\u2028y\tz") == "4red x\ny\tz");
    CHECK(as_name(" @every\u200Bone \n x") == "everyone   x");
    CHECK(as_name("\u200B") == "");
    CHECK(as_name("👩\u200D👧") == "👩\u200D👧");
    CHECK(as_name("em\u200Dma") == "emma");
    CHECK(says_something("。"));
    CHECK_FALSE(says_something("\u2060 \u3164"));
}

namespace {

std::string in_utf8(char32_t c) {
    const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
    if (c < 0x80) return {byte(c)};
    if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
    if (c < 0x10000) return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
    return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
}

}  // namespace

// What is imported again is known again by its text: both sides have to make the same of it.
TEST_CASE("cli: every character around and within is kept as the server keeps it", "[cli]") {
    std::size_t others = 0;
    for (char32_t c = 1; c < 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        if (c == 0x30000) c = 0xE0000;
        if (c == 0xE1000) c = 0x10FFF0;
        const auto one = in_utf8(c);
        const auto said = without_controls(one + "a" + one + "b" + one);
        if (as_kept(said) == core::text::tidied(said) && !core::text::first_unwanted(core::text::tidied(said))) continue;
        if (++others > 5) break;
        UNSCOPED_INFO("U+" << std::hex << static_cast<unsigned>(c));
        CHECK(as_kept(said) == core::text::tidied(said));
    }
    CHECK(others == 0);
}
