#include "events/bytes/base64.hpp"
#include "events/proof/checkpoint.hpp"
#include "events/proof/tree.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/system/system_error.hpp>
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace events::proof;

namespace {

// The example of the Go project's notes, which other implementations check themselves against, too.
const std::string known_secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const std::string known_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string known_text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const std::string known_note = known_text +
    "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

template <class Result>
note_error error_in(const Result& r) {
    return r ? note_error{} : static_cast<note_error>(r.error().value());
}

}  // namespace

TEST_CASE("note: the known example, signed and verified", "[events][proof]") {
    const auto signer = note_signer::parse(known_secret).value();
    CHECK(signer.secret_text() == known_secret);
    CHECK(signer.verifier().text() == known_key);
    CHECK(signer.sign(known_text) == known_note);
    const auto verifier = note_verifier::parse(known_key).value();
    CHECK(verifier.name() == "PeterNeumann");
    CHECK(verifier.verify(known_note).value() == known_text);
}

TEST_CASE("note: no altered key is taken", "[events][proof]") {
    for (std::size_t i = 0; i < known_key.size(); ++i) {
        auto altered = known_key;
        ++altered[i];
        CHECK(error_in(note_verifier::parse(altered)) == note_error::bad_key);
        CHECK_FALSE(note_verifier::parse(known_key.substr(0, i)).has_value());
        if (i) CHECK_FALSE(note_verifier::parse(known_key.substr(i)).has_value());
    }
    // Right ids, but a key too long and an unknown algorithm.
    CHECK_FALSE(note_verifier::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==").has_value());
    CHECK_FALSE(note_verifier::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").has_value());
    CHECK_FALSE(note_signer::parse(known_key).has_value());
    CHECK_THROWS_AS(note_signer::make("two words"), std::invalid_argument);
    CHECK_THROWS_AS(note_signer::make("a+b"), std::invalid_argument);
}

TEST_CASE("note: no altered note is taken", "[events][proof]") {
    const auto verifier = note_verifier::parse(known_key).value();
    for (std::size_t i = 0; i < known_note.size(); ++i) {
        auto altered = known_note;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        CHECK_FALSE(verifier.verify(altered).has_value());
        CHECK_FALSE(verifier.verify(known_note.substr(0, i)).has_value());
    }
    CHECK(error_in(verifier.verify("")) == note_error::malformed_note);
    CHECK(error_in(verifier.verify(known_text)) == note_error::malformed_note);
    CHECK(error_in(verifier.verify(known_text + "\n")) == note_error::malformed_note);
    CHECK(error_in(verifier.verify(known_note + "not a signature\n")) == note_error::malformed_note);
    CHECK(error_in(verifier.verify(note_signer::make("somebody.else").sign(known_text))) == note_error::not_signed);
    auto other_text = known_note;
    other_text[0] = 'O';
    CHECK(error_in(verifier.verify(other_text)) == note_error::bad_signature);
    CHECK_THROWS_AS(note_signer::make("a").sign("no end of line"), std::invalid_argument);
    CHECK_THROWS_AS(note_signer::make("a").sign("a\ttab\n"), std::invalid_argument);
}

TEST_CASE("note: signatures by others are passed over", "[events][proof]") {
    const auto witness = note_signer::make("witness.example/1").sign(known_text).substr(known_text.size() + 1);
    const auto verifier = note_verifier::parse(known_key).value();
    CHECK(verifier.verify(known_note + witness).has_value());
    CHECK(verifier.verify(known_text + "\n" + witness + known_note.substr(known_text.size() + 1)).has_value());
}

TEST_CASE("note: who signed it is told without their key", "[events][proof]") {
    const auto one = note_signer::make("one"), other = note_signer::make("other");
    const auto note = one.sign("words\n");
    CHECK(signers_of(note) == std::vector{one.verifier().short_text()});
    CHECK(other.verifier().short_text() != one.verifier().short_text());
    CHECK(one.verifier().text().starts_with(one.verifier().short_text() + '+'));
    CHECK(signers_of(note + other.sign("words\n").substr(std::string("words\n\n").size())).size() == 2);
    CHECK(signers_of("no note").empty());
    CHECK(signers_of("").empty());
}

TEST_CASE("checkpoint: signed, verified, and not taken for another log's", "[events][proof]") {
    const auto signer = note_signer::make("opsroom.example/log");
    const auto root = leaf_hash("the root");
    const auto note = sign_checkpoint(812, root, signer);
    const auto found = verify_checkpoint(note, signer.verifier());
    REQUIRE(found.has_value());
    CHECK((*found == checkpoint{"opsroom.example/log", 812, root}));
    CHECK_FALSE(verify_checkpoint(note, note_signer::make("opsroom.example/log").verifier()).has_value());
    const auto elsewhere = signer.sign(to_text({"other.example/log", 812, root}));
    CHECK(error_in(verify_checkpoint(elsewhere, signer.verifier())) == note_error::bad_checkpoint);
}

TEST_CASE("checkpoint: only its own form is taken", "[events][proof]") {
    const auto root = events::bytes::to_base64(std::string(32, 'r'));
    CHECK(parse_checkpoint("a\n0\n" + root + "\n")->size == 0);
    CHECK(parse_checkpoint("a\n17\n" + root + "\nan extension\n")->size == 17);
    for (const std::string& text : {std::string(), std::string("a\n"), "a\n1\n" + root, "\n1\n" + root + "\n", "a\n01\n" + root + "\n",
                                    "a\n-1\n" + root + "\n", "a\n1x\n" + root + "\n", "a\n\n" + root + "\n", std::string("a\n1\nAAAA\n"),
                                    "a\n1\n" + root + "\n\n", "a\n99999999999999999999\n" + root + "\n"})
        CHECK(error_in(parse_checkpoint(text)) == note_error::bad_checkpoint);
}

TEST_CASE("signing key: made once, kept private, and damage is noticed", "[events][proof]") {
    const support::temp_folder folder;
    const auto file = folder / "signing.key";
    const auto made = open_signing_key(file, "opsroom.example/log").secret_text();
    CHECK(open_signing_key(file, "another/name").secret_text() == made);
    using std::filesystem::perms;
    CHECK((std::filesystem::status(file).permissions() & perms::all) == (perms::owner_read | perms::owner_write));
    {
        std::fstream damage(file);
        damage.seekp(45);
        damage.put('~');
    }
    CHECK_THROWS_WITH(open_signing_key(file, "x"), Catch::Contains(file.string()) && Catch::Contains("damaged") && Catch::Contains("backup"));
    std::ofstream(file, std::ios::trunc).flush();
    CHECK_THROWS_WITH(open_signing_key(file, "x"), Catch::Contains("damaged"));
    CHECK_THROWS_AS(open_signing_key(folder / "no folder/signing.key", "x"), boost::system::system_error);
}

TEST_CASE("base64: there and back, and strict", "[events]") {
    using namespace events::bytes;
    CHECK(to_base64("") == "");
    CHECK(to_base64("f") == "Zg==");
    CHECK(to_base64("fo") == "Zm8=");
    CHECK(to_base64("foo") == "Zm9v");
    CHECK(to_base64("foobar") == "Zm9vYmFy");
    std::string all;
    for (int i = 0; i < 300; ++i) {
        CHECK(from_base64(to_base64(all)) == all);
        all += static_cast<char>(i * 7);
    }
    for (const char* text : {"Zg", "Zg=", "Zh==", "Zm9=", "Zg==\n", "Zg==Zg==", "====", "Z===", "Zm 8", "Zm9v=", "Zm-v", "\xffm9v"})
        CHECK_FALSE(from_base64(text));
}
