// Where backups may lie, and what a restore without keys is good for.

#include "events/log/verify.hpp"
#include "server/engine/refusals.hpp"
#include "server/http/checkpoints.hpp"
#include "tests/sim/backed_up.hpp"
#include "tests/support/temp_folder.hpp"

namespace sim::backup_places_tests {

namespace backup = server::backup;
namespace fs = std::filesystem;

TEST_CASE("backup: nowhere within what another folder of backups, or the data folder, keeps and tidies up", "[sim][backup]") {
    const support::temp_folder home;
    office o(home / "data");
    o.r.join("ada", "AD", "technology");
    const auto to = home / "backups";
    o.take(to);
    std::vector<fs::path> parts;
    for (const auto& entry : fs::directory_iterator(to))
        if (entry.is_directory()) parts.push_back(entry.path());
    for (const auto* made_later : {"blobs", "kept", "identity", "index"}) parts.push_back(to / made_later);
    for (const auto& entry : fs::directory_iterator(home / "data"))
        if (entry.is_directory()) parts.push_back(entry.path());
    for (const auto* made_later : {"blobs", "search", "kept"}) parts.push_back(home / "data" / made_later);
    REQUIRE(parts.size() > 10);
    for (const auto& part : parts)
        for (const auto& place : {part, part / "mine", part / "a" / "b"}) {
            INFO(place);
            CHECK_THROWS_AS(o.take(place), backup::failure);
            CHECK_THROWS_AS(o.take(home / "other", place), backup::failure);
        }
    fs::create_directory_symlink(to / "keys", home / "link");
    CHECK_THROWS_AS(o.take(home / "link" / "mine"), backup::failure);
    try {
        o.take(to / "blobs" / "mine");
    } catch (const backup::failure& e) {
        CHECK(e.en.find(to.string()) != std::string::npos);
        CHECK(e.en.find("blobs") != std::string::npos);
        CHECK(e.zh != e.en);
    }
    // Beside them it is nobody's, and its own part it may name itself.
    o.take(to / "monthly");
    o.take(home / "third", home / "third" / "keys");
    o.take(to);
    CHECK(backup::read_all(to / "monthly").size() == 1);
    CHECK(backup::read_all(to).size() == 2);
    for (const auto& m : backup::read_all(to)) CHECK(backup::verify(to, m, backup::known_roots(to, m), {}).wrong.empty());
}

TEST_CASE("backup: restored without keys, everything is there and proven, nothing personal is read or written, and keys can be brought later", "[sim][backup]") {
    const support::temp_folder home;
    const auto to = home / "backups";
    std::uint64_t head = 0;
    {
        office o(home / "data");
        o.r.join("lin", "OM");
        o.r.join("mei", "SP");
        o.r.channel(1, "general");
        o.r.post(1, 1, "what was said");
        o.log->wait_indexed(o.log->head(), 10s);
        server::http::sign_and_keep(*o.log, o.signer);
        head = o.log->head().value;
        o.take(to);
    }
    backup::wanted what;
    what.folder = to;
    what.data = home / "restored";
    what.without_keys = true;
    const auto done = backup::restore(what, {});
    CHECK(done.people == 0);
    CHECK(done.at.value == head);
    CHECK_FALSE(fs::exists(what.data / "keys"));
    const events::stream_id general{events::category::channel, 1};
    const auto shown_by = [&](const office& o) {
        std::string all;
        o.log->read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
            all += events::show(bytes, o.keys);
            return true;
        });
        return all;
    };
    {
        office o(what.data);
        CHECK(events::verify(*o.log, {}, {}).fault == std::nullopt);
        const auto shown = shown_by(o);
        CHECK(shown.find(R"("unreadable":true)") != shown.npos);
        CHECK(shown.find(R"("erased":true)") == shown.npos);
        CHECK(shown.find("what was said") == shown.npos);
        for (const std::uint64_t who : {1, 2}) CHECK(o.keys.lost({who}));
        const auto told = o.r.ask<core::channel>(1, core::channel::post{"more", {}}, general);
        CHECK(std::get<server::engine::refused>(told).why.code == server::engine::key_lost.code);
        // It signs with a key of its own, and says so.
        const auto kept = server::http::look_at_checkpoints(*o.log, o.signer.verifier());
        CHECK(server::http::about_other_keys(kept, *o.log, o.signer.verifier()).has_value());
    }
    fs::copy(to / "keys", what.data / "keys", fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    office o(what.data);
    CHECK(shown_by(o).find("what was said") != std::string::npos);
    CHECK(std::holds_alternative<server::engine::done>(o.r.ask<core::channel>(1, core::channel::post{"more", {}}, general)));
    CHECK_FALSE(server::http::about_other_keys(server::http::look_at_checkpoints(*o.log, o.signer.verifier()), *o.log, o.signer.verifier()));
}

}  // namespace sim::backup_places_tests
