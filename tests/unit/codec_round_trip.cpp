#include "events/codec/codec.hpp"
#include "events/codec/group_codec.hpp"
#include "events/codec/upcast.hpp"
#include "events/keys/memory_keyring.hpp"
#include "tests/support/random_event.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace codec_round_trip_tests {

using namespace events;

// A struct that has a code among other fields is not a code.
static_assert(codec::code_string<department> && codec::code_string<role> && !codec::code_string<events::indicators::indicator> &&
              !codec::code_string<events::appraisal::part>);

namespace {

constexpr std::uint64_t people = 5;

struct room {
    memory_keyring keys;
    decoder read;
    support::random_values values;

    explicit room(std::uint64_t seed) : values(seed, people) {
        for (std::uint64_t m = 1; m <= people; ++m) keys.create({m});
    }

    // Not inlined: a function that makes every event there is takes minutes to compile.
    template <class Event>
    [[gnu::noinline]] recorded make() {
        return {values.envelope(), support::newest(values.make<Event>())};
    }
};

void each_person(any& event, const std::function<void(personal&)>& f) {
    codec::codec_of(event).each_personal(event, f);
}

/// What readers of bad bytes may do: answer, or refuse. Anything else ends the test program.
void survives(room& r, const std::string& bytes) {
    (void)r.read.decode(bytes);
    (void)r.read.decode_envelope(bytes);
}

void comes_back(room& r, const recorded& made, std::string_view type) {
    const auto bytes = encode(made.envelope, made.event, r.keys);
    INFO(bytes.stored);
    auto back = r.read.decode(bytes.stored);
    REQUIRE(back.has_value());
    REQUIRE(type_of(back->event) == type);
    REQUIRE(r.read.decode_envelope(bytes.stored).value() == made.envelope);

    // What is sealed stays sealed, and is stored again as the same bytes.
    REQUIRE(encode(back->envelope, back->event, r.keys).stored == bytes.stored);
    each_person(back->event, [](const personal& p) { REQUIRE(p.is == personal::form::sealed); });

    open_personal(*back, r.keys);
    REQUIRE((*back == made));
    REQUIRE(show(bytes.stored, r.keys) == bytes.shown());
}

/// Member 2 has a key, and loses it here.
void reads_erased(room& r, recorded made) {
    const auto bytes = encode(made.envelope, made.event, r.keys);
    r.keys.destroy({2});
    auto back = r.read.decode(bytes.stored).value();
    open_personal(back, r.keys);
    each_person(made.event, [](personal& p) {
        if (p.of == member_id{2}) p = {p.of, "", personal::form::erased};
    });
    REQUIRE((back == made));
    bool theirs = false;
    each_person(made.event, [&](const personal& p) { theirs = theirs || p.of == member_id{2}; });
    const auto shown = show(bytes.stored, r.keys);
    INFO(shown);
    REQUIRE(theirs == (shown.find(R"({"of":2,"erased":true})") != shown.npos));
    REQUIRE((theirs || shown == bytes.shown()));
}

void bears_damage(room& r, const recorded& made) {
    const auto good = encode(made.envelope, made.event, r.keys).stored;
    for (std::size_t i = 0; i < good.size(); ++i) {
        survives(r, good.substr(0, i));
        REQUIRE_FALSE(r.read.decode(good.substr(0, i)).has_value());
    }
    for (int i = 0; i < 2000; ++i) {
        auto bad = good;
        for (auto flips = 1 + r.values.up_to(2); flips > 0; --flips)
            bad[r.values.up_to(bad.size() - 1)] ^= static_cast<char>(1 << r.values.up_to(7));
        survives(r, bad);
        if (auto back = r.read.decode(bad); back.has_value()) {
            open_personal(*back, r.keys);
            (void)show(bad, r.keys);  // what decodes can be shown
        }
    }
}

}  // namespace

TEST_CASE("codec: every event comes back as it was", "[events][codec]") {
    room r(20261123);
    support::for_each_event_type([&](auto tag) {
        using event = typename decltype(tag)::type;
        for (int i = 0; i < 60; ++i) comes_back(r, r.make<event>(), event::type);
    });
}

TEST_CASE("codec: personal text is never in the stored bytes", "[events][codec]") {
    room r(1);
    const std::string secret = "陈伟 has a secret";
    for (const any& event : {any(member::any(member::renamed{{member_id{2}, secret}})),
                             any(channel::any(channel::posted{{7}, {member_id{2}, secret}, "general"}))}) {
        const auto bytes = encode(r.values.envelope(), event, r.keys);
        CHECK(bytes.stored.find(secret) == std::string::npos);
        CHECK(bytes.clear.find(secret) != std::string::npos);
    }
}

TEST_CASE("codec: sealed text can't be moved to another event", "[events][codec]") {
    room r(2);
    auto at = r.values.envelope();
    const auto bytes = encode(at, member::any(member::renamed{{member_id{2}, "陈伟"}}), r.keys);
    auto moved = r.read.decode(bytes.stored).value();
    moved.envelope.version = next(moved.envelope.version);
    open_personal(moved, r.keys);
    each_person(moved.event, [](const personal& p) { CHECK(p.is == personal::form::sealed); });
}

TEST_CASE("codec: an erased person's text reads erased, everyone else's does not", "[events][codec]") {
    room r(3);
    support::for_each_event_type([&](auto tag) {
        using event = typename decltype(tag)::type;
        if constexpr (codec::holds_personal<event>()) {
            for (int i = 0; i < 20; ++i) {
                r.keys.create({2});
                reads_erased(r, r.make<event>());
            }
        }
    });
    r.keys.create({2});
    const auto bytes = encode(r.values.envelope(), member::any(member::renamed{{member_id{2}, "陈伟"}}), r.keys);
    r.keys.destroy({2});
    CHECK_THAT(show(bytes.stored, r.keys), Catch::EndsWith(R"("data":{"name":{"of":2,"erased":true}}})"));
}

TEST_CASE("codec: nothing is recorded without a key", "[events][codec]") {
    room r(4);
    const auto at = r.values.envelope();
    CHECK_THROWS_AS(encode(at, member::any(member::renamed{{member_id{77}, "nobody"}}), r.keys), std::logic_error);
    const personal gone{member_id{2}, "", personal::form::erased};
    CHECK_THROWS_AS(encode(at, member::any(member::renamed{gone}), r.keys), std::logic_error);
}

TEST_CASE("codec: bad bytes are told apart", "[events][codec]") {
    room r(5);
    const auto error = [&](std::string_view bytes) { return r.read.decode(bytes).error(); };
    CHECK(error("") == codec_error::not_json);
    CHECK(error("{") == codec_error::not_json);
    CHECK(error("{}") == codec_error::not_an_event);
    CHECK(error("[]") == codec_error::not_an_event);
    CHECK(error("7") == codec_error::not_an_event);

    const auto made = r.make<task::blocked>();
    const auto good = encode(made.envelope, made.event, r.keys).stored;
    const auto with = [&](std::string_view from, std::string_view to) {
        auto altered = good;
        altered.replace(altered.find(from), from.size(), to);
        return altered;
    };
    CHECK(error(with("task.blocked.v1", "task.blocked.v9")) == codec_error::unknown_type);
    CHECK(error(with("task.blocked.v1", "task.started.v1")) == codec_error::bad_data);
    CHECK(error(with("\"on\":", "\"no\":")) == codec_error::bad_data);
    CHECK(error(with("\"on\":", "\"on\":-")) == codec_error::bad_data);
    CHECK(error(with("\"position\":", "\"position\":-")) == codec_error::not_an_event);
    CHECK(error(with("\"position\"", "\"poisition\"")) == codec_error::not_an_event);
    CHECK(error(with("\"stream\":\"", "\"stream\":\"x")) == codec_error::not_an_event);
    CHECK(error(good + "}") == codec_error::not_json);
    CHECK(error(good.substr(0, good.size() - 1)) == codec_error::not_json);
    CHECK(error(with("blocked.v1", "blocked\xff.v1")) == codec_error::not_json);
}

TEST_CASE("codec: no cut and no flipped bit brings a reader down", "[events][codec]") {
    room r(6);
    support::for_each_event_type([&](auto tag) { bears_damage(r, r.make<typename decltype(tag)::type>()); });
}

}  // namespace codec_round_trip_tests
