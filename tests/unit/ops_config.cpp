#include "server/ops/command_line.hpp"
#include "server/ops/config.hpp"
#include "server/ops/network.hpp"
#include "server/ops/tls.hpp"
#include "tests/support/temp_folder.hpp"

#include <sys/stat.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace server::ops;
using Catch::Contains;
using Catch::StartsWith;

namespace {

struct folder : support::temp_folder {
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(*this / name) << text;
        return (*this / name).string();
    }
};

struct said {
    invocation done;
    std::string out;
    std::string err;
};

// Without a file unless one is named, as a test may run anywhere.
said call(std::vector<std::string> arguments, std::vector<std::string> environment = {}) {
    std::ostringstream out;
    std::ostringstream err;
    auto done = read_command_line(arguments, environment, out, err);
    return {std::move(done), out.str(), err.str()};
}

std::string origin(const effective& e, std::string_view key) {
    for (std::size_t i = 0; i < settings().size(); ++i) {
        if (settings()[i].key == key) return e.origins[i];
    }
    return {};
}

std::string file_problem(const std::string& text) {
    const folder f;
    sources from;
    from.file = f.write("opsroom.json", text);
    const auto a = assemble(from);
    REQUIRE(a.problem);
    CHECK_THAT(a.problem->zh, StartsWith(from.file));
    CHECK_THAT(a.problem->en, StartsWith(from.file));
    return a.problem->en.substr(from.file.size());
}

}  // namespace

TEST_CASE("config: every setting has its names, its words in both languages and a default that is allowed", "[ops]") {
    std::set<std::string> seen;
    for (const auto& s : settings()) {
        CAPTURE(s.key);
        CHECK(seen.insert(s.environment).second);
        CHECK(seen.insert(s.flag).second);
        CHECK_FALSE(s.zh.empty());
        CHECK_FALSE(s.en.empty());
    }
    CHECK(seen.count("OPSROOM_LISTEN_PORT") == 1);
    CHECK(seen.count("--listen-port") == 1);
    // What is printed is a file that gives the same again.
    const auto printed = assemble({}).result.print();
    const folder f;
    sources from;
    from.file = f.write("opsroom.json", printed);
    const auto again = assemble(from);
    CHECK_FALSE(again.problem);
    CHECK(again.result.settings == config{});
    CHECK(origin(again.result, "log_level") == from.file);
}

TEST_CASE("config: file, then environment, then flag", "[ops]") {
    const folder f;
    const auto file =
        f.write("opsroom.json",
                R"({"listen_port":1001,"data":"from-file","session_days":7, /* why */ "allowed_origins":["https://a"],"demo":true})");
    const auto s = call({"--config", file, "--listen-port", "1003"},
                        {"OPSROOM_LISTEN_PORT=1002", "OPSROOM_DATA=from-environment", "HOME=/", "OPSROOM_TOKEN=x"});
    REQUIRE(s.done.serve);
    CHECK(s.err.empty());
    const auto& c = s.done.serve->settings;
    CHECK(c.listen_port == 1003);
    CHECK(c.data == "from-environment");
    CHECK(c.session_days == 7);
    CHECK(c.demo);
    CHECK(c.allowed_origins == std::vector<std::string>{"https://a"});
    CHECK(c.log_format == log_format::json);
    CHECK(origin(*s.done.serve, "listen_port") == "--listen-port");
    CHECK(origin(*s.done.serve, "data") == "OPSROOM_DATA");
    CHECK(origin(*s.done.serve, "session_days") == file);
    CHECK(origin(*s.done.serve, "log_format") == "default");
}

TEST_CASE("config: flags may be given again, the last one counts", "[ops]") {
    const auto s = call({"--demo", "--data", "var", "--listen-port", "1", "--data", "other", "--demo", "--listen-port=2",
                         "--allowed-origins", "https://a,https://b", "--allowed-origins", "http://c:8080", "--log-format", "text"});
    REQUIRE(s.done.serve);
    CHECK(s.done.serve->settings.demo);
    CHECK(s.done.serve->settings.data == "other");
    CHECK(s.done.serve->settings.listen_port == 2);
    CHECK(s.done.serve->settings.allowed_origins == std::vector<std::string>{"https://a", "https://b", "http://c:8080"});
    CHECK(s.done.serve->settings.log_format == log_format::text);
    CHECK_FALSE(call({"--demo", "--demo=false"}).done.serve->settings.demo);
    CHECK(call({"--utc-offset-minutes", "-300"}).done.serve->settings.utc_offset_minutes == -300);
}

TEST_CASE("config: a bad file says what and where", "[ops]") {
    CHECK_THAT(file_problem(R"({"listen_prot":80})"), Contains("there is no setting listen_prot; did you mean listen_port?"));
    CHECK_THAT(file_problem(R"({"colour":1})"), Contains("no setting colour") && Contains("--help"));
    CHECK_THAT(file_problem(R"({"listen_port":99999})"), Contains("listen_port can't be 99999; it takes: 0–65535"));
    CHECK_THAT(file_problem(R"({"listen_port":"8080"})"), Contains("listen_port can't be \"8080\""));
    CHECK_THAT(file_problem(R"({"listen_port":80.5})"), Contains("can't be 80.5"));
    CHECK_THAT(file_problem(R"({"listen_port":-1})"), Contains("can't be -1"));
    CHECK_THAT(file_problem(R"({"demo":"yes"})"), Contains("it takes: true | false"));
    CHECK_THAT(file_problem(R"({"log_level":"loud"})"), Contains("debug | info | warning | error"));
    CHECK_THAT(file_problem(R"({"allowed_origins":"https://a"})"), Contains("allowed_origins can't be"));
    CHECK_THAT(file_problem(R"({"allowed_origins":[1]})"), Contains("allowed_origins can't be [1]"));
    CHECK_THAT(file_problem("{\n  \"demo\": tru }"), Contains("not JSON") && Contains("line 2"));
    CHECK_THAT(file_problem("[]"), Contains("one JSON object"));
    CHECK_THAT(file_problem(""), Contains("not JSON"));
    CHECK_THAT(file_problem(std::string(2 << 20, ' ')), Contains("1 MiB"));
}

TEST_CASE("config: bad values from elsewhere, one line each, in the console's language", "[ops]") {
    const auto refused = [](std::vector<std::string> arguments, std::vector<std::string> environment = {}) {
        const auto s = call(std::move(arguments), std::move(environment));
        CHECK_FALSE(s.done.serve);
        CHECK(s.done.exit_code == 2);
        CHECK(s.out.empty());
        CHECK(std::count(s.err.begin(), s.err.end(), '\n') == 1);
        return s.err;
    };
    CHECK(refused({}, {"OPSROOM_LISTEN_PORT=x"}) == "opsroomd: OPSROOM_LISTEN_PORT: listen_port can't be \"x\"; it takes: 0–65535\n");
    CHECK(refused({}, {"OPSROOM_LISTEN_PORT=x", "LANG=zh_CN.UTF-8"}) ==
          "opsroomd: OPSROOM_LISTEN_PORT：listen_port 不能是 \"x\"；应为：0–65535\n");
    CHECK_THAT(refused({"--listen-address", "localhost"}), Contains("--listen-address") && Contains("127.0.0.1"));
    CHECK_THAT(refused({"--allowed-origins", "https://a/"}), Contains("without a path"));
    CHECK_THAT(refused({"--allowed-origins", "a.example"}), Contains("without a path"));
    CHECK_THAT(refused({"--tls-key", "k"}), Contains("set together"));
    CHECK_THAT(refused({"--data", ""}), Contains("data can't be"));
    CHECK(refused({"--listen-port"}) == "opsroomd: --listen-port needs a value; see opsroomd --help\n");
    CHECK(refused({"--nope"}) == "opsroomd: unknown argument: --nope; see opsroomd --help\n");
    CHECK(refused({"--nope"}, {"LC_ALL=zh_TW"}) == "opsroomd: 不认识的参数：--nope；用法见 opsroomd --help\n");
    CHECK_THAT(refused({"tls"}), Contains("subcommand"));
    CHECK_THAT(refused({"tls", "self-signed", "--out", "x"}), Contains("--host is missing"));
    CHECK_THAT(refused({"--config", "/nowhere/opsroom.json"}), Contains("/nowhere/opsroom.json: the configuration file can't be read"));
    CHECK_THAT(refused({}, {"OPSROOM_CONFIG=/nowhere/o.json"}), Contains("/nowhere/o.json"));
}

TEST_CASE("config: an environment variable that means nothing is told, and no more", "[ops]") {
    const auto s = call({}, {"OPSROOM_LISTEN_PROT=80", "OPSROOM_URL=http://x", "OPSROOMX=1"});
    CHECK(s.done.serve);
    CHECK(s.err == "opsroomd: OPSROOM_LISTEN_PROT: there is no setting OPSROOM_LISTEN_PROT; did you mean OPSROOM_LISTEN_PORT?\n");
}

TEST_CASE("config: host names and proxies that are none", "[ops]") {
    for (const auto* bad : {"https://ops.lan", "ops.lan/x", "*.ops.lan", "a b"}) CHECK(call({"--hosts", bad}).done.exit_code == 2);
    for (const auto* bad : {"proxy", "10.0.0.0/33", "10.0.0.0/", "2001:db8::/129", "/8"}) CHECK(call({"--trusted-proxies", bad}).done.exit_code == 2);
    const auto good = call({"--hosts", "ops.lan,ops.example.com", "--trusted-proxies", "10.0.0.0/8,::1,2001:db8::/32"});
    REQUIRE(good.done.serve);
    CHECK(good.done.serve->settings.hosts.size() == 2);
    CHECK(good.done.serve->settings.trusted_proxies.size() == 3);
}

TEST_CASE("networks: which addresses are in them", "[ops]") {
    const auto in = [](const char* address, const char* network) { return is_within(*address_in(address), network); };
    CHECK(in("10.1.2.3", "10.0.0.0/8"));
    CHECK_FALSE(in("11.1.2.3", "10.0.0.0/8"));
    CHECK(in("::ffff:10.1.2.3", "10.0.0.0/8"));
    CHECK(in("10.1.2.3", "10.1.2.3"));
    CHECK(in("10.1.2.3", "0.0.0.0/0"));
    CHECK(in("2001:db8::5", "2001:db8::/32"));
    CHECK_FALSE(in("2001:db9::5", "2001:db8::/32"));
    CHECK_FALSE(in("2001:db8::5", "10.0.0.0/8"));
    CHECK_FALSE(address_in("10.1"));
    CHECK_FALSE(address_in("ops.lan"));
    CHECK_FALSE(address_in(""));
}

TEST_CASE("opsroomd recover-admin", "[ops]") {
    const auto usual = call({"recover-admin", "--data", "./x"});
    REQUIRE(usual.done.recover_admin);
    CHECK(usual.done.recover_admin->login == "admin");
    CHECK(usual.done.serve->settings.data == "./x");
    CHECK(call({"recover-admin", "--login", "li.na"}).done.recover_admin->login == "li.na");
}

TEST_CASE("opsroomd config, --help, --version", "[ops]") {
    const auto shown = call({"config", "--listen-port", "9000"}, {"OPSROOM_IDLE_SECONDS=30"});
    CHECK_FALSE(shown.done.serve);
    CHECK(shown.done.exit_code == 0);
    CHECK_THAT(shown.out, Contains("\"listen_port\": 9000,") && Contains("// --listen-port\n") && Contains("// OPSROOM_IDLE_SECONDS\n"));
    const auto en = call({"--help"});
    CHECK(en.done.exit_code == 0);
    const auto zh = call({"-h"}, {"LANG=zh_CN.UTF-8"});
    for (const auto& s : settings()) {
        CAPTURE(s.key);
        for (const auto& text : {en.out, zh.out}) CHECK_THAT(text, Contains(s.flag) && Contains(s.environment));
        CHECK_THAT(en.out, Contains(std::string(s.en)));
        CHECK_THAT(zh.out, Contains(std::string(s.zh)));
    }
    CHECK_THAT(call({"--version"}).out, StartsWith("opsroomd 0."));
}

TEST_CASE("console language", "[ops]") {
    using events::language;
    CHECK(console_language({}) == language::en);
    CHECK(console_language({"LANG=zh_CN.UTF-8"}) == language::zh);
    CHECK(console_language({"LANG=zh_CN.UTF-8", "LC_ALL=C"}) == language::en);
    CHECK(console_language({"LANG=C", "LC_MESSAGES=zh"}) == language::zh);
}

TEST_CASE("tls: a self-signed certificate that the server takes", "[ops]") {
    const folder f;
    const auto to = (f / "new" / "tls").string();
    const auto made = call({"tls", "self-signed", "--host", "ops.lan", "--host", "192.0.2.1", "--host", "2001:db8::1", "--out", to});
    CHECK(made.err.empty());
    CHECK(made.done.exit_code == 0);
    CHECK_THAT(made.out, Contains("SHA-256 ") && Contains("--tls-certificate"));
    struct stat about {};
    REQUIRE(stat((to + "/key.pem").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    const std::vector<std::string> use{"--tls-certificate", to + "/cert.pem", "--tls-key", to + "/key.pem"};
    CHECK(call(use).done.serve);

    const auto again = call({"tls", "self-signed", "--host", "ops.lan", "--out", to});
    CHECK(again.done.exit_code == 1);
    CHECK_THAT(again.err, Contains("was not replaced"));

    const auto other = make_self_signed({"*.ops.lan"}, f / "other");
    REQUIRE(other.made);
    CHECK_THAT(check_certificate(to + "/cert.pem", other.made->key.string())->en, Contains("does not belong"));
    CHECK_THAT(check_certificate(to + "/cert.pem", to + "/none.pem")->en, Contains("none.pem") && Contains("private key"));
    CHECK_THAT(check_certificate(to + "/key.pem", to + "/key.pem")->en, Contains("PEM certificate"));
}

TEST_CASE("tls: hosts that are none", "[ops]") {
    const folder f;
    for (const std::string host : {"", "a b", "a,DNS:evil", "*.", "陈伟", "-x"}) {
        CAPTURE(host);
        CHECK_FALSE(make_self_signed({host}, f / "x").made);
    }
    CHECK_FALSE(make_self_signed({}, f / "x").made);
    CHECK_FALSE(std::filesystem::exists(f / "x"));
    f.write("file", "");
    CHECK_THAT(make_self_signed({"a"}, f / "file" / "x").problem.en, Contains("folder can't be made"));
}
