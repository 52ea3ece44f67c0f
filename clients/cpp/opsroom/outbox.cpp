#include "opsroom/outbox.hpp"

#include "opsroom/ids.hpp"

#include <sqlite3.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace opsroom {
namespace {

constexpr int wait_for_others_ms = 10'000;

class kept {
public:
    explicit kept(const std::filesystem::path& file) : file_(file.string()) {
        if (::sqlite3_open(file_.c_str(), &db_) != SQLITE_OK) {
            const auto why = refusal();
            ::sqlite3_close(db_);
            throw why;
        }
        ::sqlite3_busy_timeout(db_, wait_for_others_ms);
    }
    ~kept() { ::sqlite3_close(db_); }
    kept(const kept&) = delete;
    kept& operator=(const kept&) = delete;

    using row = std::vector<std::string>;

    /// One statement. Null reads as empty. Throws `problem`.
    std::vector<row> ask(const char* sql, const row& values = {}) const {
        sqlite3_stmt* prepared = nullptr;
        if (::sqlite3_prepare_v2(db_, sql, -1, &prepared, nullptr) != SQLITE_OK) throw refusal();
        const std::unique_ptr<sqlite3_stmt, decltype(&::sqlite3_finalize)> statement(prepared, &::sqlite3_finalize);
        for (std::size_t i = 0; i < values.size(); ++i)
            ::sqlite3_bind_text(prepared, static_cast<int>(i) + 1, values[i].data(), static_cast<int>(values[i].size()), SQLITE_TRANSIENT);
        std::vector<row> out;
        for (;;) {
            const int step = ::sqlite3_step(prepared);
            if (step == SQLITE_DONE) return out;
            if (step != SQLITE_ROW) throw refusal();
            auto& r = out.emplace_back();
            for (int i = 0; i < ::sqlite3_column_count(prepared); ++i) {
                const auto* text = reinterpret_cast<const char*>(::sqlite3_column_text(prepared, i));
                r.emplace_back(text == nullptr ? "" : text, text == nullptr ? 0 : static_cast<std::size_t>(::sqlite3_column_bytes(prepared, i)));
            }
        }
    }

private:
    problem refusal() const {
        return {"bad_file", "无法使用发件箱文件 " + file_ + "（SQLite：" + std::to_string(::sqlite3_extended_errcode(db_)) + "）",
                "the outbox file " + file_ + " can't be used: " + ::sqlite3_errmsg(db_)};
    }

    std::string file_;
    sqlite3* db_ = nullptr;
};

std::string written(const command& c) {
    json said{{"type", c.type}, {"target", nullptr}, {"expect", nullptr}, {"data", c.data}};
    if (!c.target.empty()) said["target"] = c.target;
    if (c.expect) said["expect"] = *c.expect;
    return sent(said);
}

command read(const std::string& id, const std::string& text) {
    const auto said = parse_json(text);
    return {text_at(said, "type"), text_at(said, "target"), number_at(said, "expect"), at_or_null(said, "data"), id};
}

}  // namespace

struct outbox::impl {
    const std::shared_ptr<wire> over;
    mutable std::mutex mutex;  ///< of all below
    std::condition_variable news;
    kept in;
    std::optional<problem> stopped;
    bool closing = false;
    std::mutex joining;
    std::thread sender;

    impl(const std::filesystem::path& file, std::shared_ptr<wire> over) : over(std::move(over)), in(file) {
        in.ask("PRAGMA synchronous = FULL");
        in.ask("CREATE TABLE IF NOT EXISTS outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, said TEXT NOT NULL, problem TEXT)");
        sender = std::thread([this] { send(); });
    }

    ~impl() { close(); }

    void close() {
        {
            const std::lock_guard lock(mutex);
            closing = true;
        }
        news.notify_all();
        const std::lock_guard one(joining);
        if (sender.joinable()) sender.join();
    }

    std::optional<kept::row> next() const {
        auto found = in.ask("SELECT n, id, said FROM outbox WHERE problem IS NULL ORDER BY n LIMIT 1");
        return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
    }

    void send() {
        std::unique_lock lock(mutex);
        for (unsigned attempt = 0; !closing;) {
            try {
                const auto row = stopped ? std::nullopt : next();
                if (!row) {
                    news.wait(lock);
                    continue;
                }
                const auto refused = give(read((*row)[1], (*row)[2]), lock);
                if (!refused) {
                    in.ask("DELETE FROM outbox WHERE n = ?", {(*row)[0]});
                    attempt = 0;
                } else if (refused->status() == 401) {
                    stopped = refused;
                } else if (refused->is_passing() || refused->code() == "closed") {
                    news.wait_for(lock, pause_before(attempt++), [this] { return closing; });
                    continue;
                } else {
                    in.ask("UPDATE outbox SET problem = ? WHERE n = ?", {sent(refused->said()), (*row)[0]});
                }
            } catch (const problem& broken) {
                stopped = broken;  // of the file
            }
            news.notify_all();
        }
    }

    std::optional<problem> give(const command& c, std::unique_lock<std::mutex>& lock) const {
        lock.unlock();
        std::optional<problem> refused;
        try {
            over->give_once(c);
        } catch (const problem& why) {
            refused = why;
        }
        lock.lock();
        return refused;
    }
};

outbox::outbox(const std::filesystem::path& file, std::shared_ptr<wire> over) : impl_(std::make_shared<impl>(file, std::move(over))) {}
outbox::~outbox() {
    if (impl_) impl_->close();
}
outbox::outbox(outbox&&) noexcept = default;
outbox& outbox::operator=(outbox&&) noexcept = default;

std::string outbox::put(command c) {
    if (c.id.empty()) c.id = new_uuid();
    const auto text = written(c);
    const std::lock_guard lock(impl_->mutex);
    impl_->in.ask("INSERT OR IGNORE INTO outbox (id, said) VALUES (?, ?)", {c.id, text});
    impl_->news.notify_all();
    return c.id;
}

std::vector<std::string> outbox::waiting() const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<std::string> out;
    for (auto& row : impl_->in.ask("SELECT id FROM outbox WHERE problem IS NULL ORDER BY n")) out.push_back(std::move(row[0]));
    return out;
}

std::vector<std::pair<std::string, problem>> outbox::refused() const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<std::pair<std::string, problem>> out;
    for (const auto& row : impl_->in.ask("SELECT id, problem FROM outbox WHERE problem IS NOT NULL ORDER BY n")) out.emplace_back(row[0], problem(parse_json(row[1])));
    return out;
}

std::optional<command> outbox::said(const std::string& id) const {
    const std::lock_guard lock(impl_->mutex);
    const auto found = impl_->in.ask("SELECT said FROM outbox WHERE id = ?", {id});
    return found.empty() ? std::nullopt : std::optional(read(id, found.front()[0]));
}

void outbox::forget(const std::string& id) {
    const std::lock_guard lock(impl_->mutex);
    impl_->in.ask("DELETE FROM outbox WHERE id = ? AND problem IS NOT NULL", {id});
}

void outbox::flush() {
    start();
    std::unique_lock lock(impl_->mutex);
    while (impl_->next()) {
        if (impl_->stopped) throw problem(*impl_->stopped);
        if (impl_->closing) throw problem("closed", "已关闭", "it is closed");
        impl_->news.wait(lock);
    }
}

void outbox::start() {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopped.reset();
    impl_->news.notify_all();
}

std::optional<problem> outbox::stopped() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->stopped;
}

void outbox::close() { impl_->close(); }

void outbox::close(impl& one) { one.close(); }

}  // namespace opsroom
