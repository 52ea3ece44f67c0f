// Every text of every command, as it comes in: read as it is kept, or refused with its place. And keys that are there twice, and
// numbers that are too large.

#include "core/kernel/text.hpp"
#include "events/codec/describe.hpp"
#include "events/codec/json_write.hpp"
#include "server/wire/messages.hpp"
#include "server/wire/transactions.hpp"
#include "tests/sim/watcher.hpp"
#include "tests/support/each_kind.hpp"
#include "tests/support/random_event.hpp"

#include <set>

namespace sim::texts_tests {

namespace {

/// A command as a client says it, with one entry in each list and all that may be left out; and where it has texts and numbers.
struct example {
    std::string type;
    json data;
    std::vector<std::string> texts;
    std::vector<std::pair<std::string, std::uint64_t>> numbers;  ///< with the most that the type takes
    /// What is kept of it, as it would be said again.
    std::function<std::variant<json, server::wire::problem>(const json& data)> read;
};

template <class T>
void fill(T& value, const std::string& place, example& all) {
    namespace codec = events::codec;
    if constexpr (std::is_same_v<T, std::string>) {
        all.texts.push_back(place);
        value = "x";
    } else if constexpr (codec::code_string<T>) {
        all.texts.push_back(place);
        value.code = "x";
    } else if constexpr (std::is_same_v<T, events::date>) {
        value = events::date(std::chrono::year(2026) / 12 / 1);
    } else if constexpr (codec::is_optional<T>::value) {
        fill(value.emplace(), place, all);
    } else if constexpr (codec::is_vector<T>::value) {
        fill(value.emplace_back(), place + "/0", all);
    } else if constexpr (codec::is_id<T>::value) {
        all.numbers.emplace_back(place, UINT64_MAX);
    } else if constexpr (std::is_unsigned_v<T> && !std::is_same_v<T, bool>) {
        all.numbers.emplace_back(place, std::numeric_limits<T>::max());
    } else if constexpr (codec::described_struct<T>) {
        boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) { fill(value.*d.pointer, place + "/" + d.name, all); });
    }
}

/// Without what is the system's to fill in.
template <class C>
json said(const C& command) {
    std::string out;
    events::codec::write_json(out, command);
    auto data = json::parse(out);
    for (const auto field : core::system_fields<C>()) data.erase(std::string(field));
    return data;
}

template <class C>
std::variant<json, server::wire::problem> read(const json& data) {
    static server::wire::parser parser(1 << 20);
    const auto text = data.dump();
    const auto root = parser.parse(text);
    REQUIRE(root);
    server::wire::raw_command raw;
    raw.type = C::type;
    raw.data = *root;
    auto got = server::wire::read_command(raw, {}, {1});
    if (auto* no = std::get_if<server::wire::problem>(&got)) return std::move(*no);
    const auto* found = opsroom_test::command_in<C>(std::get<server::engine::client_command>(got).what);
    if (!found) throw std::logic_error("another command");
    return said(*found);
}

template <class C>
example example_of() {
    example made{std::string(C::type), {}, {}, {}, read<C>};
    C command{};
    fill(command, "", made);
    made.data = said(command);
    const auto is_the_systems = [](const std::string& place) {
        const auto fields = core::system_fields<C>();
        return std::any_of(fields.begin(), fields.end(), [&](std::string_view field) { return place == "/" + std::string(field) || place.starts_with("/" + std::string(field) + "/"); });
    };
    std::erase_if(made.texts, is_the_systems);
    std::erase_if(made.numbers, [&](const auto& n) { return is_the_systems(n.first); });
    return made;
}

/// Those that can be said at all: some are made by the server of what comes, or name streams of the system's.
const std::vector<example>& every_command() {
    static const auto all = [] {
        std::vector<example> made;
        std::size_t unreadable = 0;
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::command_groups>>([&](auto group) {
            boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename decltype(group)::type>>([&](auto command) {
                using C = typename decltype(command)::type;
                // Not taken from outside, or made by the server of what comes.
                if constexpr (!std::is_same_v<C, core::election::cast> && !std::is_same_v<C, core::election::open> && !std::is_same_v<C, core::election::count> &&
                              !std::is_same_v<C, core::member::reset_password>) {
                    auto one = example_of<C>();
                    if (std::holds_alternative<json>(one.read(one.data)))
                        made.push_back(std::move(one));
                    else
                        ++unreadable;
                }
            });
        });
        CHECK(unreadable <= 3);
        return made;
    }();
    return all;
}

json with(json data, const std::string& place, const json& value) {
    data[json::json_pointer(place)] = value;
    return data;
}

}  // namespace

TEST_CASE("wire: no text of any command takes what can't be seen and steers how it is shown", "[sim][wire][text]") {
    std::size_t fields = 0;
    for (const auto& command : every_command()) {
        CAPTURE(command.type, command.data.dump());
        CHECK(std::get<json>(command.read(command.data)) == command.data);
        for (const auto& at : command.texts) {
            ++fields;
            for (const std::string bad : {"a\x01", "a\x1b[2J", "a\u202Eb", "a\u2066b", "\u200Ea", "a\u009Fb", "a\uFFFE"}) {
                const auto got = command.read(with(command.data, at, bad));
                const auto* no = std::get_if<server::wire::problem>(&got);
                CAPTURE(at, bad);
                REQUIRE(no);
                CHECK(no->status == 422);
                CHECK(no->errors.at(0).pointer == "/data" + at);
            }
            // Otherwise composed, otherwise ended, blanks around: the same text.
            const auto got = command.read(with(command.data, at, " \u3000\u200Be\u0301\r\nb\u00A0\n"));
            CAPTURE(at);
            REQUIRE(std::holds_alternative<json>(got));
            CHECK(std::get<json>(got) == with(command.data, at, "é\nb"));
        }
    }
    CHECK(fields > 200);
}

TEST_CASE("wire: a number that is too large, or none of the whole ones, is told the bounds of its rule, not of its type", "[sim][wire]") {
    for (const auto& command : every_command())
        for (const auto& [at, most] : command.numbers)
            for (const json& bad : {json(-1), json(UINT64_MAX), json(1.5)}) {
                // Where the type's own bound is all that the wire has, the rules have another.
                if (bad == json(UINT64_MAX) && most > UINT32_MAX) continue;
                const auto got = command.read(with(command.data, at, bad));
                CAPTURE(command.type, at, bad.dump());
                const auto* no = std::get_if<server::wire::problem>(&got);
                REQUIRE(no);
                CHECK(no->errors.at(0).pointer == "/data" + at);
                CHECK(no->errors.at(0).en.find("whole number") != std::string::npos);
                CHECK(no->errors.at(0).zh.find("整数") != std::string::npos);
                for (const char* of_a_type : {" 255", "65535", "4294967295", "9223372036854775807", "18446744073709551615"})
                    if (!server::wire::bounds_of(at).ends_with(of_a_type)) CHECK(no->errors.at(0).en.find(of_a_type) == std::string::npos);
            }
    CHECK(server::wire::bounds_of("/data/percent") == "0 – 100");
}

TEST_CASE("wire: a key that is there twice is refused, wherever it is", "[sim][wire]") {
    server::wire::parser parser(1 << 20);
    for (const auto& [key, body] : std::map<std::string, std::string>{{"data", R"({"data":{},"data":{}})"},
                                                                      {"target", R"({"target":"task/1","target":"task/2"})"},
                                                                      {"expect", R"({"expect":1,"data":{},"expect":2})"}}) {
        const auto got = server::wire::read_command_body(*parser.parse(body), "task.start");
        const auto* no = std::get_if<server::wire::problem>(&got);
        REQUIRE(no);
        CHECK(no->errors.at(0).pointer == "/" + key);
        // As one of many, and on the socket.
        auto part = body;
        part.insert(1, R"("command":"task.start",)");
        const auto many = server::wire::read_transaction_body(*parser.parse(R"({"commands":[)" + part + "]}"), {}, {1});
        REQUIRE(std::get<server::wire::read_transaction>(many).unreadable.size() == 1);
        auto line = body;
        line.insert(1, R"("type":"command","id":"01890000-0000-7000-8000-000000000001","command":"task.start",)");
        CHECK(std::holds_alternative<server::wire::bad_line>(server::wire::read_line(parser, line, {1})));
    }
    for (const std::string body : {R"({"dry_run":true,"commands":[{"command":"task.start","target":"task/1"}],"dry_run":false})",
                                   R"({"commands":[],"commands":[{"command":"task.start","target":"task/1"}]})"})
        CHECK(std::holds_alternative<server::wire::problem>(server::wire::read_transaction_body(*parser.parse(body), {}, {1})));
    for (const std::string line : {R"({"type":"ping","n":1,"n":2})", R"({"type":"ping","type":"subscribe","feed":"board"})"})
        CHECK(std::holds_alternative<server::wire::bad_line>(server::wire::read_line(parser, line, {1})));
}

}  // namespace sim::texts_tests
