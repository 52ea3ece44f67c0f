#pragma once
// The backups of a running server: one at a time, on a thread of its own, to folders beneath the one that the settings
// name, so that whoever may ask for one can't have the machine's files written over. It remembers where backups were
// made, so that it can be said which of them hold a person's key.
//
// Any thread.

#include "server/backup/create.hpp"
#include "server/backup/verify.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace server::backup {

struct keeper_settings {
    std::filesystem::path root;
    std::filesystem::path keys;         ///< empty: in each folder; otherwise in a folder of the same name here
    std::uint64_t bytes_per_second = 0;
    std::size_t keep = 0;
};

/// One that is under way, watched from elsewhere.
struct job {
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<const char*> part{""};
    std::atomic<bool> over{false};
    // Once over:
    std::optional<created> made;
    std::optional<verified> proven;
    std::optional<failure> failed;
};

/// Backups that still hold somebody's key.
struct holder {
    std::filesystem::path folder;
    std::filesystem::path keys;
    std::vector<std::uint64_t> numbers;
    bool reachable = true;  ///< otherwise nobody can tell: it was there once
};

class keeper {
public:
    using done = std::function<void(const job&)>;

    /// `from` as in create(); `on_done` is called on the keeper's thread.
    keeper(source from, keeper_settings how, std::function<events::instant()> now, done on_done);

    /// Where `name` leads: the root itself where it is empty, a folder in it, or a whole path beneath it. Throws failure.
    std::filesystem::path place(std::string_view name) const;

    /// Null where one is under way.
    std::shared_ptr<const job> create(const std::filesystem::path& folder);
    std::shared_ptr<const job> create_at_root() { return create(how_.root); }
    std::shared_ptr<const job> verify(const std::filesystem::path& folder, std::optional<std::uint64_t> number);

    std::vector<holder> holders_of(events::member_id who) const;

    /// Gives up what is under way.
    void stop();

private:
    std::shared_ptr<const job> start(std::function<void(job&, const pace&)> work);
    std::filesystem::path keys_for(const std::filesystem::path& folder) const;
    void remember(const std::filesystem::path& folder, const std::filesystem::path& keys);

    source from_;
    keeper_settings how_;
    std::function<events::instant()> now_;
    done on_done_;
    std::mutex mutex_;
    std::shared_ptr<job> current_;
    bool stopped_ = false;
    std::jthread thread_;
};

}  // namespace server::backup
