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

using namespace sim;

namespace {

using visit_text = std::function<void(const std::string& place, std::string& text)>;
using visit_number = std::function<void(const std::string& place, std::uint64_t most)>;

/// Places of the command at hand that the system alone fills in.
std::set<std::string> of_the_system;

/// Lists get one entry, what may be left out is there, days are days: so that every field is looked at.
template <class T>
void walk(T& value, const std::string& place, const visit_text& text, const visit_number& number) {
    namespace codec = events::codec;
    if constexpr (std::is_same_v<T, std::string>) {
        text(place, value);
    } else if constexpr (codec::code_string<T>) {
        text(place, value.code);
    } else if constexpr (std::is_same_v<T, events::date>) {
        value = events::date(std::chrono::year(2026) / 12 / 1);
    } else if constexpr (codec::is_optional<T>::value) {
        if (!value) value.emplace();
        walk(*value, place, text, number);
    } else if constexpr (codec::is_vector<T>::value) {
        if (value.empty()) value.emplace_back();
        walk(value.front(), place + "/0", text, number);
    } else if constexpr (codec::is_id<T>::value) {
        number(place, UINT64_MAX);
    } else if constexpr (std::is_unsigned_v<T> && !std::is_same_v<T, bool>) {
        number(place, std::numeric_limits<T>::max());
    } else if constexpr (codec::described_struct<T>) {
        boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) {
            const auto at = place + "/" + d.name;
            if (!of_the_system.contains(at)) walk(value.*d.pointer, at, text, number);
        });
    }
}

template <class F>
void each_command(F f) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::command_groups>>([&](auto group) {
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename decltype(group)::type>>([&](auto command) {
            using C = typename decltype(command)::type;
            of_the_system.clear();
            for (const auto field : core::system_fields<C>()) of_the_system.insert("/" + std::string(field));
            // Made by the server of what comes, or not taken from outside at all.
            if constexpr (!std::is_same_v<C, core::election::cast> && !std::is_same_v<C, core::election::open> && !std::is_same_v<C, core::election::count> &&
                          !std::is_same_v<C, core::member::reset_password>)
                f(C{});
        });
    });
}

template <class C>
std::variant<C, server::wire::problem> read(const std::string& data) {
    static server::wire::parser parser(1 << 20);
    const auto root = parser.parse(data);
    REQUIRE(root);
    server::wire::raw_command raw;
    raw.type = C::type;
    raw.data = *root;
    auto got = server::wire::read_command(raw, {}, {1});
    if (auto* no = std::get_if<server::wire::problem>(&got)) return std::move(*no);
    const auto& command = std::get<server::engine::client_command>(got).what;
    const auto* found = opsroom_test::command_in<C>(command);
    if (!found) throw std::logic_error("another command");
    return *found;
}

/// As a client would say it: without what is the system's to fill in.
template <class C>
std::string json_of(const C& c) {
    std::string out;
    events::codec::write_json(out, c);
    auto data = json::parse(out);
    for (const auto field : core::system_fields<C>()) data.erase(std::string(field));
    return data.dump();
}

template <class C>
bool is_the_systems(const std::string& place) {
    for (const auto field : core::system_fields<C>())
        if (place == "/" + std::string(field)) return true;
    return false;
}

const visit_number no_number = [](const std::string&, std::uint64_t) {};

}  // namespace

TEST_CASE("wire: no text of any command takes what can't be seen and steers how it is shown", "[sim][wire][text]") {
    std::size_t fields = 0, unreadable = 0;
    each_command([&]<class C>(C plain) {
        std::vector<std::string> places;
        walk(plain, "", [&](const std::string& place, std::string& t) {
            places.push_back(place);
            t = "x";
        }, no_number);
        const auto good = read<C>(json_of(plain));
        CAPTURE(std::string(C::type), json_of(plain));
        if (!std::holds_alternative<C>(good)) {  // of the system's own, which names streams
            ++unreadable;
            return;
        }
        CHECK(json_of(std::get<C>(good)) == json_of(plain));
        for (const auto& at : places) {
            ++fields;
            for (const std::string bad : {"a\x01", "a\x1b[2J", "a\u202Eb", "a\u2066b", "\u200Ea", "a\u009Fb", "a\uFFFE"}) {
                auto c = plain;
                walk(c, "", [&](const std::string& place, std::string& t) { if (place == at) t = bad; }, no_number);
                const auto got = read<C>(json_of(c));
                const auto* no = std::get_if<server::wire::problem>(&got);
                CAPTURE(at, bad);
                REQUIRE(no);
                CHECK(no->status == 422);
                CHECK(no->errors.at(0).pointer == "/data" + at);
            }
            // Otherwise composed, otherwise ended, blanks around: the same text.
            auto c = plain;
            walk(c, "", [&](const std::string& place, std::string& t) { if (place == at) t = " \u3000\u200Be\u0301\r\nb\u00A0\n"; }, no_number);
            const auto got = read<C>(json_of(c));
            REQUIRE(std::holds_alternative<C>(got));
            auto kept = std::get<C>(got);
            walk(kept, "", [&](const std::string& place, std::string& t) { if (place == at) CHECK(t == "é\nb"); }, no_number);
        }
    });
    CHECK(fields > 200);
    CHECK(unreadable <= 3);
}

TEST_CASE("wire: a number that is too large, or none of the whole ones, is told the bounds of its rule, not of its type", "[sim][wire]") {
    std::size_t unreadable = 0;
    each_command([&]<class C>(C plain) {
        std::vector<std::pair<std::string, std::uint64_t>> numbers;
        walk(plain, "", [](const std::string&, std::string& t) { t = "x"; }, [&](const std::string& place, std::uint64_t most) { numbers.emplace_back(place, most); });
        if (!std::holds_alternative<C>(read<C>(json_of(plain)))) {  // as above
            ++unreadable;
            return;
        }
        auto data = json::parse(json_of(plain));
        std::erase_if(numbers, [](const auto& n) { return is_the_systems<C>(n.first); });
        for (const auto& [at, most] : numbers)
            for (const json& bad : {json(-1), json(UINT64_MAX), json(1.5)}) {
                // Where the type's own bound is all that the wire has, the rules have another.
                if (bad == json(UINT64_MAX) && most > UINT32_MAX) continue;
                auto changed = data;
                changed[json::json_pointer(at)] = bad;
                const auto got = read<C>(changed.dump());
                CAPTURE(std::string(C::type), at, bad.dump());
                const auto* no = std::get_if<server::wire::problem>(&got);
                REQUIRE(no);
                CHECK(no->errors.at(0).pointer == "/data" + at);
                CHECK(no->errors.at(0).en.find("whole number") != std::string::npos);
                CHECK(no->errors.at(0).zh.find("整数") != std::string::npos);
                for (const char* of_a_type : {" 255", "65535", "4294967295", "9223372036854775807", "18446744073709551615"})
                    if (!server::wire::bounds_of(at).ends_with(of_a_type)) CHECK(no->errors.at(0).en.find(of_a_type) == std::string::npos);
            }
    });
    CHECK(unreadable <= 3);
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
