// What was taken back: deleted messages are gone for everybody, and what stood before an edit is its author's and the audit's
// (D14). Every way of reading × (deleted, edited) × (author, member, auditor, administrator). And what no reader is ever shown:
// the digests of commands, by which hidden words could be guessed.

#include "server/engine/past_views.hpp"
#include "server/search/search.hpp"
#include "server/search/texts.hpp"
#include "tests/sim/watcher.hpp"

#include <map>
#include <set>

namespace sim::taken_back_tests {

using core::channel;
using core::member;

namespace {

using names = std::set<std::string>;

struct talked {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    shard s{r};
    server::search::texts texts{log, keys};
    mutable engine::past_views past{log, keys, {.held_max = 64}};
    std::map<std::string, std::uint64_t> people;
    std::map<std::string, std::unique_ptr<watcher>> there_from_the_beginning;

    explicit talked(core::channel::visibility v) {
        r.start();
        for (const auto& [name, role] : {std::pair{"author", "SP"}, {"member", "DA"}, {"audit", "AU"}, {"admin", "AD"}}) people[name] = r.join(name, role);
        r.channel(id("author"), "talk", v);
        if (v == core::channel::visibility::members_only)
            for (const auto* name : {"member", "admin"}) when("author", channel::join{events::member_id{id(name)}});
    }
    std::uint64_t id(const std::string& name) const { return people.at(name); }
    template <class Command>
    void when(const std::string& who, Command what) {
        r.must<channel>(id(who), std::move(what), channel_no(1));
        s.settle();
        texts.follower.catch_up();
    }

    static std::vector<feed> feeds_to_try() { return {{feed_kind::channel, 1}, {feed_kind::audit, 0}, {feed_kind::channels, 0}, {feed_kind::inbox, 0}}; }

    /// Everything that somebody can read now, whichever way.
    std::vector<std::pair<std::string, std::string>> readings_of(const std::string& name, const std::string& word) {
        const events::member_id who{id(name)};
        std::vector<std::pair<std::string, std::string>> all;
        const auto add = [&](std::string way, const wire::reading& what) {
            if (const auto* d = std::get_if<wire::document>(&what)) all.emplace_back(std::move(way), d->body);
        };
        add("messages", r.read.messages(who, {1}, {}));
        add("channel", r.read.channel(who, {1}));
        for (std::uint64_t p = 1; p <= log.head().value; ++p) {
            const auto then = r.read.as_of(past.at({p}), {{p}, noon});
            add("messages as of " + std::to_string(p), then.messages(who, {1}, {}));
            add("messages of the topic as of " + std::to_string(p), then.messages(who, {1}, {{}, {}, word, 50}));
            add("channel as of " + std::to_string(p), then.channel(who, {1}));
            add("log entry " + std::to_string(p), r.read.log_entry(who, {p}));
        }
        add("log", r.read.log_page(who, {1}, events::direction::forwards, 500));
        add("log backwards", r.read.log_page(who, log.head(), events::direction::backwards, 500));
        // A hit says the words that were looked for, so it is looked at without them.
        const auto hits = server::search::find(r.read, texts.in, texts.follower.position(), who, {word, {}, INT64_MAX, 20});
        if (const auto* d = std::get_if<wire::document>(&hits)) all.emplace_back("search", json::parse(d->body).at("items").dump());
        for (const auto& f : feeds_to_try()) {
            if (r.read.may_subscribe(f, who)) continue;
            const auto first = r.read.first_line(f, who, events::language::en);
            if (const auto* line = std::get_if<wire::snapshot>(&first)) all.emplace_back("feed " + wire::to_string(f), line->line);
            // Whoever comes back, from wherever they were.
            for (std::uint64_t after = 1; after < log.head().value; ++after) {
                watcher back(who.value);
                if (s.hub.subscribe(back, f, events::position{after})) continue;
                s.run_later();
                for (const auto& line : back.lines) all.emplace_back("resume of " + wire::to_string(f) + " after " + std::to_string(after), line.dump());
                s.hub.remove(back);
            }
        }
        return all;
    }

    /// `word` is read by exactly these; where it may not be read, no way leads to it.
    void is_read_by(const std::string& word, const names& allowed) {
        for (const auto& [name, number] : people) {
            INFO(word << " · " << name);
            bool found = false;
            for (const auto& [way, text] : readings_of(name, word)) {
                INFO(way);
                const bool here = text.find(word) != text.npos;
                if (here && !allowed.contains(name)) CHECK(way == "nobody lets them");
                found = found || here;
                for (const auto* key : {R"("digest":)", R"("mac":")", R"("salt":")"})
                    if (!way.starts_with("log entry")) CHECK(text.find(key) == text.npos);
            }
            CHECK(found == allowed.contains(name));
        }
    }
};

}  // namespace

TEST_CASE("taken back: deleted is gone for everybody, what stood before an edit for all but its author and the audit", "[sim][feeds][wire][D14]") {
    for (const auto v : {core::channel::visibility::everyone, core::channel::visibility::members_only}) {
        INFO((v == core::channel::visibility::everyone ? "everyone" : "members only"));
        talked t(v);
        const names everyone{"author", "member", "audit", "admin"}, author_and_audit{"author", "audit"}, nobody;
        t.when("author", channel::post{"ALPHA said", "FOXTROT"});
        t.is_read_by("FOXTROT", everyone);
        t.when("author", channel::set_topic{{1}, "GOLF"});
        for (const auto* word : {"FOXTROT", "GOLF"}) t.is_read_by(word, everyone);
        t.when("author", channel::post{"BRAVO said", {}});
        t.when("author", channel::post{"CHARLIE stays", {}});
        for (const auto* word : {"ALPHA", "BRAVO", "CHARLIE"}) t.is_read_by(word, everyone);
        t.when("author", channel::delete_message{{1}});
        // With what they were filed under, as nothing else is.
        for (const auto* word : {"ALPHA", "FOXTROT", "GOLF"}) t.is_read_by(word, nobody);
        t.when("author", channel::edit{{2}, "DELTA said"});
        t.is_read_by("BRAVO", author_and_audit);
        t.is_read_by("DELTA", everyone);
        t.when("author", channel::edit{{2}, "ECHO said"});
        t.is_read_by("BRAVO", author_and_audit);
        t.is_read_by("DELTA", author_and_audit);
        t.is_read_by("ECHO", everyone);
        // Deleted after it was edited: all of it.
        t.when("author", channel::delete_message{{2}});
        for (const auto* word : {"ALPHA", "BRAVO", "DELTA", "ECHO"}) t.is_read_by(word, nobody);
        t.is_read_by("CHARLIE", everyone);
    }
}

TEST_CASE("taken back: a reader who resumes counts the messages as they are", "[sim][feeds][D14]") {
    talked t(core::channel::visibility::everyone);
    for (const auto* text : {"one", "two"}) t.when("author", channel::post{text, {}});
    t.when("author", channel::delete_message{{1}});
    watcher back(t.id("member"));
    REQUIRE_FALSE(t.s.hub.subscribe(back, {feed_kind::channel, 1}, events::position{1}));
    t.s.run_later();
    std::vector<json> said;
    for (const auto& line : back.of("events"))
        for (const auto& e : line.at("events"))
            if (e.at("type") == "channel.posted.v1") said.push_back(e.at("data"));
    REQUIRE(said.size() == 2);
    CHECK(said[0] == json{{"message", 1}, {"text", {{"of", t.id("author")}, {"gone", true}}}, {"topic", ""}});
    CHECK(said[1].at("text") == "two");
}

TEST_CASE("taken back: a message that was brought over says so, and by whom", "[sim][wire][S5.1.3]") {
    talked t(core::channel::visibility::everyone);
    t.when("admin", channel::import_messages{"slack", {{noon, {t.id("author")}, "said elsewhere", {}}}});
    t.when("author", channel::post{"said here", {}});
    const auto items = json::parse(std::get<wire::document>(t.r.read.messages({t.id("member")}, {1}, {})).body).at("items");
    CHECK(items.at(0).at("author") == t.id("author"));
    CHECK(items.at(0).at("imported") == json{{"by", t.id("admin")}, {"source", "slack"}});
    CHECK_FALSE(items.at(1).contains("imported"));
}

TEST_CASE("taken back: the digest of a command proves no guess, and knows a retry, also one from before it was keyed", "[sim][log][S1.3.2]") {
    events::memory_log log;
    events::memory_keyring keys;
    const auto as_stored = [&](std::uint64_t at) {
        events::envelope about;
        events::decoder decode;
        log.read_one({at}, [&](events::position, std::string_view bytes) {
            about = decode.decode_envelope(bytes).value();
            return false;
        });
        return about;
    };
    const auto id = id_no(7);
    {
        // As an older version wrote it.
        events::envelope about{{1}, {events::category::member, 1}, {1}, noon, {}, id_no(1), id_no(1), 99};
        keys.create({1});
        const auto joined = events::encode(about, events::member::any(events::member::joined{{{1}, "wei"}, {}, {}, {"operations"}, {{"OM"}}, {}}), keys).stored;
        events::envelope made{{2}, {events::category::channel, 1}, {1}, noon, {1}, id, id, 42};
        const auto created = events::encode(made, events::channel::any(events::channel::created{"general", "", {}}), keys).stored;
        events::envelope seat{{3}, {events::category::channel, 1}, {2}, noon, {1}, id, id};
        const auto sits = events::encode(seat, events::channel::any(events::channel::joined{{1}}), keys).stored;
        const events::entry entries[] = {{about, joined}, {made, created}, {seat, sits}};
        REQUIRE(log.append(entries).has_value());
    }
    room r(log, keys);
    r.start();
    const auto again = [&](std::uint64_t digest) {
        return code_of(r.send<channel>(1, channel::create{"general", {}, core::channel::visibility::everyone}, {}, id, {}, digest)->get());
    };
    CHECK(again(42) == "done");
    CHECK(again(43) == "command_id_reused");
    CHECK(log.head().value == 3);
    CHECK_FALSE(as_stored(2).keyed);
    const auto fresh = id_no(8);
    const auto now = [&](std::uint64_t digest) {
        return code_of(r.send<channel>(1, channel::create{"another", {}, core::channel::visibility::everyone}, {}, fresh, {}, digest)->get());
    };
    CHECK(now(50) == "done");
    CHECK(now(50) == "done");
    CHECK(now(51) == "command_id_reused");
    r.settle();
    const auto head = log.head();
    CHECK(now(50) == "done");
    CHECK(now(51) == "command_id_reused");
    CHECK(log.head() == head);
    CHECK(as_stored(4).keyed);
    CHECK(as_stored(4).digest != 50);
    CHECK(as_stored(4).digest == keys.mac({1}, fresh, 50));
    // What follows in the same command has no digest; where not every auditor may read it, it is salted.
    CHECK(as_stored(5).digest == 0);
    CHECK(as_stored(5).salt != 0);
}

TEST_CASE("taken back: an older digest is shown to no auditor, nor what it stands in", "[sim][log][wire][D5]") {
    events::memory_log log;
    events::memory_keyring keys;
    keys.create({1});
    events::envelope about{{1}, {events::category::member, 1}, {1}, noon, {}, id_no(1), id_no(1), 99};
    const auto joined = events::encode(about, events::member::any(events::member::joined{{{1}, "aud"}, {}, {}, {"audit"}, {{"AU"}}, {}}), keys).stored;
    const events::entry entries[] = {{about, joined}};
    REQUIRE(log.append(entries).has_value());
    room r(log, keys);
    r.start();
    r.channel(1, "general");
    r.settle();
    const auto old = json::parse(std::get<wire::document>(r.read.log_entry({1}, {1})).body);
    CHECK_FALSE(old.at("event").contains("digest"));
    CHECK_FALSE(old.contains("stored"));
    CHECK(old.contains("leaf"));
    const auto keyed = json::parse(std::get<wire::document>(r.read.log_entry({1}, {2})).body);
    CHECK_FALSE(keyed.at("event").contains("mac"));
    CHECK(keyed.contains("stored"));
}

TEST_CASE("taken back: the digest of a command stands in the bytes as kept alone, for who reads all of the event", "[sim][log][wire][D5]") {
    events::memory_log log;
    events::memory_keyring keys;
    room r(log, keys);
    r.start();
    r.join("aud", "AU", "audit");
    r.join("lin", "OM");
    r.join("ada", "AD", "technology");
    r.channel(2, "general");
    r.post(2, 1, "for everybody");
    r.channel(2, "apart", core::channel::visibility::members_only);
    r.post(2, 2, "between us");
    r.settle();
    std::size_t with = 0, without = 0;
    for (std::uint64_t n = 0; n < 2 * log.head().value; ++n) {
        const std::uint64_t reader = n % 2 == 0 ? 1 : 3, p = 1 + n / 2;
        INFO("member " << reader << " at " << p);
        std::string bytes;
        log.read_one({p}, [&](events::position, std::string_view stored) {
            bytes = stored;
            return false;
        });
        const auto text = std::get<wire::document>(r.read.log_entry({reader}, {p})).body;
        const auto entry = json::parse(text);
        for (const auto* secret : {"mac", "salt", "digest"}) CHECK_FALSE(entry.at("event").contains(secret));
        // Who sets people up reads nothing of what is said among others; the audit does.
        const bool whole = entry.contains("stored");
        if (p == log.head().value) CHECK(whole == (reader == 1));
        if (whole) CHECK(entry.at("stored") == bytes);
        else CHECK(text.find("\"mac\"") == text.npos);
        (whole ? with : without) += 1;
    }
    CHECK(with > 0);
    CHECK(without > 0);
    const auto page = std::get<wire::document>(r.read.log_page({1}, {1}, events::direction::forwards, 500)).body;
    for (const auto* secret : {"\"mac\"", "\"salt\"", "\"digest\""}) CHECK(page.find(secret) == page.npos);
    // The same words twice: nothing tells that they are the same.
    r.post(2, 1, "the same words");
    r.post(2, 1, "the same words");
    r.settle();
    std::vector<std::uint64_t> macs;
    events::decoder decode;
    log.read_all({log.head().value - 1}, events::direction::forwards, [&](events::position, std::string_view stored) {
        macs.push_back(decode.decode_envelope(stored)->digest);
        return true;
    });
    REQUIRE(macs.size() == 2);
    CHECK(macs[0] != macs[1]);
}

}  // namespace sim::taken_back_tests
