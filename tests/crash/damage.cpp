// Every file of a data folder, damaged in every way, one after another: the server starts and serves what it did, or it says
// what is wrong in one line and ends with an exit code of its own; within seconds either way.

#include "events/ending/ending.hpp"
#include "tests/support/demo.hpp"
#include "tests/support/tcp.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <thread>

using nlohmann::json;
using support::server_process;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds at_most{5};

enum class damage { bit, cut, empty, gone, older, folder_instead, unreadable };
constexpr std::pair<damage, const char*> damages[] = {{damage::bit, "a bit flipped"}, {damage::cut, "cut in half"},   {damage::empty, "emptied"},
                                                      {damage::gone, "gone"},         {damage::older, "an older one"}, {damage::folder_instead, "a folder in its place"}, {damage::unreadable, "without the right to read it"}};

/// Of what can be made again from the rest it has to be made again.
bool can_be_made_again(const std::string& file) {
    return file.starts_with("index/") || file.starts_with("kept/") || file.starts_with("search/") || file == "reserve";
}
/// One person's, or one document's.
bool is_of_one(const std::string& file) {
    return (file.starts_with("keys/people/") && file != "keys/people/digests.key") || file.starts_with("keys/files/") || file.starts_with("blobs/");
}

/// Files of one kind are named alike but for numbers and hashes: one of each is enough.
std::map<std::string, std::string> one_of_each_kind(const fs::path& folder) {
    std::map<std::string, std::string> kinds;
    const std::regex varying("[0-9a-f]{30,}|[0-9]+");
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const auto name = entry.path().lexically_relative(folder).string();
        kinds.emplace(std::regex_replace(name, varying, "N"), name);
    }
    return kinds;
}

/// False where there is nothing to do.
bool spoil(const fs::path& folder, const std::string& name, damage how, const fs::path& older) {
    const auto file = folder / name;
    const auto size = fs::file_size(file);
    switch (how) {
        case damage::bit: {
            if (size == 0) return false;
            std::fstream bits(file, std::ios::in | std::ios::out | std::ios::binary);
            bits.seekg(static_cast<std::streamoff>(size / 2));
            const auto was = bits.get();
            bits.seekp(static_cast<std::streamoff>(size / 2));
            bits.put(static_cast<char>(was ^ 0x10));
            return true;
        }
        case damage::cut: fs::resize_file(file, size / 2); return size > 1;
        case damage::empty: fs::resize_file(file, 0); return size > 1;
        case damage::gone: fs::remove(file); return true;
        case damage::older:
            if (!fs::exists(older / name)) return false;
            fs::copy_file(older / name, file, fs::copy_options::overwrite_existing);
            return true;
        case damage::folder_instead:
            fs::remove(file);
            fs::create_directories(file / "in the way");
            return true;
        case damage::unreadable: fs::permissions(file, fs::perms::none); return true;
    }
    return false;
}

/// What is the same whoever lost a key: tasks and channels, and the first page of the log.
json seen(const server_process& server, const std::string& token) {
    json all;
    for (const std::string what : {"tasks?limit=200", "channels?limit=200", "requests?limit=200"}) {
        const auto answer = server.get("/api/v1/" + what, token);
        all[what] = answer.status == 200 ? json::parse(answer.body).at("items") : json(answer.status);
    }
    return all;
}

void say(const server_process& server, const std::string& token, const std::string& what) {
    const auto answer = server.post("/api/v1/commands/channel.post", {{"target", "channel/1"}, {"data", {{"text", what}}}}, token);
    INFO(answer.body);
    CHECK(answer.status == 200);
}

void send_file(const server_process& server, const std::string& token) {
    // "hello\n"
    const std::string sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
    const auto begun = server.post("/api/v1/attachments", {{"sha256", sha256}, {"bytes", 6}, {"media_type", "text/plain"}}, token);
    INFO(begun.body);
    REQUIRE(begun.status == 200);
    const auto sent = support::ask(server.port(), {"PUT", "/api/v1/attachments/" + sha256 + "?offset=0", {"Authorization: Bearer " + token}, "hello\n"});
    INFO(sent.body);
    REQUIRE(sent.status == 200);
}

struct outcome {
    bool ready = false;
    std::optional<int> code;
    std::chrono::milliseconds took{};
};

outcome start(server_process& server) {
    const auto began = std::chrono::steady_clock::now();
    outcome o;
    while (o.took < at_most && !o.ready && !o.code) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        o.code = server.ended();
        try {
            o.ready = !o.code && server.get("/readyz").status == 200;
        } catch (const support::connection_lost&) {
        }
        o.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    }
    return o;
}

std::size_t last_lines(const std::string& log) {
    std::size_t count = 0;
    for (auto at = log.find("opsroomd: "); at != log.npos; at = log.find("opsroomd: ", at + 1)) ++count;
    return count;
}

void check_ended(const outcome& o, const std::string& log) {
    REQUIRE(o.code);
    std::set<int> known;
    for (const auto& e : events::endings()) known.insert(static_cast<int>(e.code));
    CHECK(known.contains(*o.code));
    CHECK(*o.code != static_cast<int>(events::ending::unforeseen));
    CHECK(*o.code >= static_cast<int>(events::ending::in_use));
    CHECK(last_lines(log) == 1);
}

}  // namespace

TEST_CASE("damage: every file in every way is put right, or said, within seconds", "[crash][damage]") {
    const support::temp_folder folder;
    const auto whole = folder / "whole", older = folder / "older";
    std::string token;
    json before;
    {
        server_process server(whole, support::free_port(), support::quick);
        server.wait_ready();
        token = server.sign_in(support::administrator.name, support::administrator.password);
        send_file(server, token);
        say(server, server.sign_in(support::specialist.name, support::specialist.password), "earlier");
        REQUIRE(server.stop() == 0);
    }
    fs::copy(whole, older, fs::copy_options::recursive);
    {
        server_process server(whole, support::free_port(), support::quick);
        server.wait_ready();
        const auto writer = server.sign_in(support::specialist.name, support::specialist.password);
        for (int i = 0; i < 20; ++i) say(server, writer, "later");
        before = seen(server, token);
        REQUIRE(server.stop() == 0);
    }
    std::size_t served = 0, refused = 0;
    for (const auto& [kind, name] : one_of_each_kind(whole)) {
        for (const auto& [how, words] : damages) {
            INFO(name << ": " << words);
            const auto data = folder / "damaged";
            fs::remove_all(data);
            fs::remove(folder / "damaged.log");
            fs::copy(whole, data, fs::copy_options::recursive);
            if (!spoil(data, name, how, older)) continue;
            server_process server(data, support::free_port(), support::quick);
            const auto o = start(server);
            INFO(server.end_of_log());
            if (o.code) {
                CHECK_FALSE(can_be_made_again(name));
                CHECK_FALSE(is_of_one(name));
                check_ended(o, server.end_of_log());
                ++refused;
                continue;
            }
            CHECK(o.ready);
            if (!o.ready) continue;
            ++served;
            // Accounts are the one thing that it can't be asked about without them.
            if (!name.starts_with("identity.db")) CHECK(seen(server, token) == before);
            CHECK(server.stop() == 0);
        }
    }
    CHECK(served > refused);
    WARN(served << " starts served, " << refused << " were refused, each with its line and code");
}

TEST_CASE("damage: a log that was killed, cut anywhere at its end, is refused or whole", "[crash][damage]") {
    const support::temp_folder folder;
    const auto whole = folder / "whole";
    std::uint64_t head = 0;
    {
        server_process server(whole, support::free_port(), support::quick);
        server.wait_ready();
        const auto token = server.sign_in(support::administrator.name, support::administrator.password);
        const auto writer = server.sign_in(support::specialist.name, support::specialist.password);
        for (int i = 0; i < 20; ++i) say(server, writer, "to be cut");
        head = json::parse(server.get("/api/v1/session", token).body).at("position");
        server.kill();
    }
    for (const double part : {0.0, 0.3, 0.9, 0.999}) {
        INFO(part);
        const auto data = folder / "damaged";
        fs::remove_all(data);
        fs::remove(folder / "damaged.log");
        fs::copy(whole, data, fs::copy_options::recursive);
        fs::remove(data / "lock");  // as a copy of what crashed is told to
        for (const auto& entry : fs::directory_iterator(data / "log"))
            if (entry.path().extension() == ".log") fs::resize_file(entry.path(), static_cast<std::uintmax_t>(static_cast<double>(entry.file_size()) * part));
        server_process server(data, support::free_port(), support::quick);
        const auto o = start(server);
        INFO(server.end_of_log());
        check_ended(o, server.end_of_log());
        CHECK(o.code == static_cast<int>(events::ending::damaged));
        CHECK(server.end_of_log().find(std::to_string(head)) != std::string::npos);
    }
}

TEST_CASE("damage: an index that is spoiled while it is in use is made again meanwhile", "[crash][damage]") {
    const support::temp_folder folder;
    const auto data = folder / "data";
    {
        server_process server(data, support::free_port(), support::quick);
        server.wait_ready();
        REQUIRE(server.stop() == 0);
    }
    server_process server(data, support::free_port(), support::quick);
    server.wait_ready();
    const auto token = server.sign_in(support::auditor.name, support::auditor.password);
    const auto before = json::parse(server.get("/api/v1/log?limit=200", token).body).at("items");
    const auto history = server.get("/api/v1/channels/1/messages?limit=200", token).body;
    for (const auto& entry : fs::directory_iterator(data / "index"))
        if (entry.path().extension() == ".sst") {
            std::fstream bits(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
            for (std::uintmax_t at = 50; at < entry.file_size(); at += 200) {
                bits.seekp(static_cast<std::streamoff>(at));
                bits.put('?');
            }
        }
    // What needs it is told to come again in a moment, and then has it.
    std::size_t put_off = 0, served = 0;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (served < 3 && std::chrono::steady_clock::now() < until) {
        served = 0;
        for (const std::string what : {"channels/1/messages?limit=200", "tasks/1", "log/checkpoint"}) {
            const auto answer = server.get("/api/v1/" + what, token);
            INFO(what << ' ' << answer.body);
            if (answer.status == 503) {
                CHECK(answer.body.find("being_mended") != std::string::npos);
                CHECK(answer.headers.contains("retry-after"));
                ++put_off;
            } else {
                CHECK(answer.status < 500);
                ++served;
            }
        }
    }
    CHECK(served == 3);
    CHECK(server.get("/api/v1/channels/1/messages?limit=200", token).body == history);
    CHECK(json::parse(server.get("/api/v1/log?limit=200", token).body).at("items") == before);
    say(server, server.sign_in(support::specialist.name, support::specialist.password), "as ever");
    CHECK_FALSE(server.ended());
    CHECK(server.stop() == 0);
}
