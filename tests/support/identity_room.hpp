#pragma once
// Accounts in a folder of their own, with a clock that is moved by hand and hashes that cost nothing.

#include "server/identity/accounts.hpp"
#include "tests/support/temp_folder.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <memory>
#include <vector>

namespace support {

struct identity_room {
    identity_room() {
        how.hash_passes = 1;
        how.hash_memory_kib = 8;
    }
    std::filesystem::path file() const { return folder / "identity.db"; }
    std::unique_ptr<server::identity::accounts> open() {
        auto a = std::make_unique<server::identity::accounts>(file(), [this] { return now; }, how);
        a->on_ended([this](const server::identity::principal& p) { ended.push_back(p); });
        return a;
    }
    void raw(const char* sql) const {
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open(file().c_str(), &db) == SQLITE_OK);
        REQUIRE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(db);
    }

    temp_folder folder;
    server::identity::instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
    server::identity::options how;
    std::vector<server::identity::principal> ended;
};

}  // namespace support
