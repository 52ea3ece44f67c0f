#pragma once
// A data folder with an engine on it, to be backed up and restored.

#include "events/bytes/durable_file.hpp"
#include "events/keys/file_keyring.hpp"
#include "events/proof/checkpoint.hpp"
#include "events/rocksdb/rocksdb_log.hpp"
#include "server/backup/create.hpp"
#include "server/backup/restore.hpp"
#include "server/blobs/store.hpp"
#include "server/engine/history.hpp"
#include "tests/sim/room.hpp"

#include <fstream>
#include <set>

namespace sim {

inline std::unique_ptr<events::rocksdb_log> opened(const std::filesystem::path& in) {
    auto log = events::rocksdb_log::open(in);
    if (!log) throw std::runtime_error(log.error().message(events::language::en));
    return std::move(*log);
}

/// A data folder with an engine on it.
struct office {
    explicit office(const std::filesystem::path& in)
        : data(in), log(opened(in)), keys(in / "keys" / "people"), signer(events::proof::open_signing_key(in / "keys" / "checkpoint.key", "opsroom")),
          accounts(in / "identity.db", [] { return noon; }), history(server::engine::history_of(*log)), r(*log, keys) {
        r.start();
    }
    server::backup::source source() const {
        return {*log, signer, accounts, data, history, "{}\n", "test", &keys, [this](const std::string& sha256) { return erased_files.contains(sha256); }};
    }
    server::backup::created take(const std::filesystem::path& to, std::filesystem::path keys_to = {}, std::size_t keep = 0) {
        return server::backup::create(source(), {to, std::move(keys_to), keep}, {}, noon);
    }
    server::blobs::store files() const { return {data / "blobs", data / "keys" / "files", keys, {.asked_for = 0ms}}; }
    /// As the server keeps it: sealed.
    void send(const std::string& content, const std::string& sha256) const {
        auto kept = files();
        REQUIRE(kept.begin({1}, sha256, content.size(), "text/plain", 1u << 20).error == server::blobs::blob_error::none);
        REQUIRE(kept.append({1}, sha256, 0, content).complete);
    }
    /// Until all are as `by` says.
    void settle(const server::blobs::carried_by& by) const {
        auto kept = files();
        while (kept.settle(1u << 20, by)) {}
    }
    /// As it was kept before they were sealed.
    void attach(const std::string& content, const std::string& sha256) {
        events::bytes::make_folder(data / "blobs" / sha256.substr(0, 2));
        std::ofstream(data / "blobs" / sha256.substr(0, 2) / sha256.substr(2)) << content;
        std::ofstream(data / "blobs" / sha256.substr(0, 2) / (sha256.substr(2) + ".type")) << "text/plain";
    }

    std::filesystem::path data;
    std::set<std::string> erased_files;
    std::unique_ptr<events::rocksdb_log> log;
    events::file_keyring keys;
    events::proof::note_signer signer;
    server::identity::accounts accounts;
    std::string history;
    room r;
};

}  // namespace sim
