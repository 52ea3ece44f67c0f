// What kept checkpoints say of a log whose signing key was lost or changed: that, and not that the log was rewritten.

#include "server/http/checkpoints.hpp"
#include "tests/sim/room.hpp"

namespace sim::checkpoints_tests {

using server::http::about_other_keys;
using server::http::contradictions;
using server::http::look_at_checkpoints;
using events::proof::note_signer;

namespace {

/// So many events, whose words begin with `words`.
void grow(events::log& log, events::keyring& keys, std::uint64_t events, const std::string& words) {
    room r(log, keys);
    r.start();
    if (log.head().value == 0) {
        r.join("lin", "OM");
        r.channel(1, "general");
    }
    while (log.head().value < events) r.post(1, 1, words + std::to_string(log.head().value));
}

}  // namespace

TEST_CASE("checkpoints: another signing key is said as that, with the key, since when and what to do", "[sim][checkpoints][S1.3.1]") {
    events::memory_log log;
    events::memory_keyring keys;
    const auto before = note_signer::make("opsroom"), now = note_signer::make("opsroom");
    for (const std::uint64_t size : {3, 9, 20}) {
        grow(log, keys, size, "a");
        server::http::sign_and_keep(log, before);
    }
    CHECK(contradictions(log, before.verifier()).empty());
    CHECK_FALSE(about_other_keys(look_at_checkpoints(log, before.verifier()), log, before.verifier()));

    grow(log, keys, 40, "a");
    server::http::sign_and_keep(log, now);
    const auto kept = look_at_checkpoints(log, now.verifier());
    CHECK(kept.ours.size() == 1);
    CHECK(kept.others.size() == 3);
    CHECK(kept.damaged.empty());
    CHECK(events::verify(log, kept.ours, {}).fault == std::nullopt);
    const auto said = about_other_keys(kept, log, now.verifier());
    REQUIRE(said);
    for (const auto& text : {said->zh, said->en}) {
        INFO(text);
        CHECK(text.find(before.verifier().short_text()) != text.npos);
        CHECK(text.find(now.verifier().short_text()) != text.npos);
        CHECK(text.find(std::to_string(log.head().value)) != text.npos);  // since when
        CHECK(text.find("keys/checkpoint.key") != text.npos);
        for (const auto& o : kept.others) CHECK(text.find(o.file) != text.npos);
    }
    CHECK(said->en.find("was not rewritten") != said->en.npos);
    CHECK(contradictions(log, now.verifier()) == std::vector{said->en});
    // With the key back all is as it was, but for what the other one signed.
    const auto back = look_at_checkpoints(log, before.verifier());
    CHECK(back.ours.size() == 3);
    CHECK(back.others.size() == 1);
}

TEST_CASE("checkpoints: of another key and another log, nobody says that all is well", "[sim][checkpoints][S1.3.1]") {
    events::memory_log log, other;
    events::memory_keyring keys, other_keys;
    const auto before = note_signer::make("opsroom"), now = note_signer::make("opsroom");
    grow(log, keys, 20, "a");
    grow(other, other_keys, 20, "b");
    const auto note = server::http::sign_and_keep(other, before);
    log.keep("checkpoint-4", note);
    const auto said = about_other_keys(look_at_checkpoints(log, now.verifier()), log, now.verifier());
    REQUIRE(said);
    CHECK(said->en.find("does not fit kept/checkpoint-4") != said->en.npos);
    CHECK(said->en.find("was not rewritten") == said->en.npos);
    // Longer than the log is.
    grow(other, other_keys, 60, "b");
    log.keep("checkpoint-5", server::http::sign_and_keep(other, before));
    CHECK(about_other_keys(look_at_checkpoints(log, now.verifier()), log, now.verifier())->en.find("kept/checkpoint-5") != std::string::npos);
}

TEST_CASE("checkpoints: a damaged one is a damaged file, and one of ours that differs is a log that was rewritten", "[sim][checkpoints][S1.3.1]") {
    events::memory_log log, other;
    events::memory_keyring keys, other_keys;
    const auto signer = note_signer::make("opsroom");
    grow(log, keys, 20, "a");
    auto note = server::http::sign_and_keep(log, signer);
    note[note.size() - 10] = note[note.size() - 10] == 'A' ? 'B' : 'A';
    log.keep("checkpoint-3", note);
    log.keep("checkpoint-2", "no note");
    const auto kept = look_at_checkpoints(log, signer.verifier());
    CHECK(kept.ours.size() == 1);
    CHECK(kept.others.empty());
    REQUIRE(kept.damaged.size() == 2);
    CHECK(kept.damaged[0].starts_with("kept/checkpoint-2 ("));
    CHECK(events::verify(log, kept.ours, {}).fault == std::nullopt);
    CHECK(contradictions(log, signer.verifier()).size() == 2);
    grow(other, other_keys, 20, "b");
    log.keep("checkpoint-4", server::http::sign_and_keep(other, signer));
    const auto fault = events::verify(log, look_at_checkpoints(log, signer.verifier()).ours, {}).fault;
    REQUIRE(fault);
    CHECK(fault->what == events::log_fault::kind::known_root_differs);
}

}  // namespace sim::checkpoints_tests
