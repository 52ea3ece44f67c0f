#pragma once
// Texts that can be searched: SQLite's FTS5 with words of our own, on sealed pages (sealed_pages.hpp), so that what a person
// wrote lies nowhere in the clear, and what is held in memory is some of it.
//
// One at a time is inside. Any thread finds; one thread, the follower's, does all else.

#include "server/search/holdings.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace server::search {

struct hit {
    std::uint64_t at;  ///< what it was put under
    search::place place;
    std::string text;
};

class index {
public:
    /// In memory alone, and empty.
    explicit index(const bounds& most = {});
    /// In a folder, where nothing is there until open(); without one as above.
    index(std::filesystem::path folder, const events::keyring& keys, const bounds& most);
    ~index();
    index(const index&) = delete;
    index& operator=(const index&) = delete;

    // ---- any thread

    /// Whether there is another text of the same place that the query finds, put under a higher number than `at`.
    bool has_newer(const std::string& query, const place& of, std::uint64_t at) const;
    /// At most `limit` below `before`, the highest first. `query` is of query_of(); `only` none: every kind.
    std::vector<hit> find(const std::string& query, kind only, std::uint64_t before, std::size_t limit) const;
    /// A search met something that can't be used: nothing is found, until the follower has begun anew.
    bool is_broken() const { return broken_.load(std::memory_order_acquire); }
    std::uint64_t bytes_of_text() const { return bytes_.load(std::memory_order_relaxed); }
    std::uint64_t bytes_on_disk() const { return on_disk_.load(std::memory_order_relaxed); }
    std::uint64_t let_go() const { return let_go_.load(std::memory_order_relaxed); }

    // ---- the follower's

    /// Under a number that is not in use; the higher ones are found first.
    void put(std::uint64_t at, const place& of, std::string_view text);

    /// As it was kept last. False where there is nothing, and it begins empty. Throws sealed_pages::damaged.
    bool open();
    /// From now on in memory alone, and empty.
    void give_up_folder();
    void close();
    /// What was kept goes. It is closed afterwards.
    void throw_away();
    bool is_open() const { return holds_ != nullptr; }
    bool can_be_kept() const { return pages_ != nullptr; }
    /// Given with the state that was kept last.
    std::string note() const { return pages_ ? pages_->note() : std::string(); }

    /// Many changes at once.
    template <class F>
    void change(F f) {
        const std::lock_guard hold(mutex_);
        db_->run("BEGIN");
        f(*holds_);
        db_->run("COMMIT");
        counted();
    }
    /// As change(), of what is only read.
    template <class F>
    auto look(F f) {
        const std::lock_guard hold(mutex_);
        return f(*holds_);
    }

    void sync();
    void keep(std::string_view note);
    /// Reads some of the pages, from where it stopped the last time; false once it has been through all. Throws sealed_pages::damaged.
    bool verify_some();

    /// What was kept can't be read any more, by anybody. renewed() is to follow.
    void forget_kept();
    /// Rids it of what was removed, and brings it to another file under another key.
    void renew(const std::stop_token& stop);

private:
    struct queries;
    void counted();
    bool merge(const char* sql);

    const std::filesystem::path folder_;
    const events::keyring* keys_ = nullptr;  ///< none: in memory alone
    const bounds most_;
    mutable std::mutex mutex_;
    std::unique_ptr<sealed_pages> pages_;
    std::unique_ptr<database> db_;
    std::unique_ptr<holdings> holds_;
    std::unique_ptr<queries> queries_;
    mutable std::atomic<bool> broken_{false};
    std::atomic<std::uint64_t> bytes_{0}, on_disk_{0}, let_go_{0};
    std::uint64_t let_go_before_ = 0;
    std::uint32_t verified_ = 0;
};

}  // namespace server::search
