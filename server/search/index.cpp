#include "server/search/index.hpp"

namespace server::search {
namespace {

constexpr std::uint32_t pages_verified_at_once = 256;

/// To be searched for, and of one kind or of one place.
std::string narrowed(const std::string& query, std::string_view words) {
    auto whole = "{text} : (" + query + ")";
    if (!words.empty()) ((whole += " AND {kind} : \"") += words) += '"';
    return whole;
}

}  // namespace

struct index::queries {
    explicit queries(database& in)
        : find(in, "SELECT rowid, text, kind, number, message FROM texts WHERE texts MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3"),
          newer(in, "SELECT 1 FROM texts WHERE texts MATCH ?1 AND rowid > ?2 LIMIT 1") {}
    statement find, newer;
};

index::index(const bounds& most) : most_(most) { open(); }

index::index(std::filesystem::path folder, const events::keyring& keys, const bounds& most)
    : folder_(std::move(folder)), keys_(folder_.empty() ? nullptr : &keys), most_(most) {
    if (!keys_) open();
}

index::~index() { close(); }

bool index::open() {
    close();
    const std::lock_guard hold(mutex_);
    if (keys_) pages_ = std::make_unique<sealed_pages>(folder_, *keys_);
    db_ = std::make_unique<database>(pages_.get());
    queries_ = std::make_unique<queries>(*db_);
    holds_ = std::make_unique<holdings>(*db_, most_);
    verified_ = 0;
    broken_.store(false, std::memory_order_release);
    counted();
    return pages_ && !pages_->note().empty();
}

void index::close() {
    const std::lock_guard hold(mutex_);
    if (holds_) let_go_before_ += holds_->let_go();
    queries_.reset();
    holds_.reset();
    db_.reset();
    pages_.reset();
}

void index::throw_away() {
    close();
    std::error_code ignored;  // what stays can't be used, and is met again
    if (keys_) std::filesystem::remove_all(folder_, ignored);
}

void index::give_up_folder() {
    throw_away();
    keys_ = nullptr;
}

void index::counted() {
    bytes_.store(holds_->bytes(), std::memory_order_relaxed);
    let_go_.store(let_go_before_ + holds_->let_go(), std::memory_order_relaxed);
    on_disk_.store(pages_ ? pages_->bytes_on_disk() : 0, std::memory_order_relaxed);
}

void index::put(std::uint64_t at, const place& of, std::string_view text) {
    const std::lock_guard hold(mutex_);
    holds_->put(at, of, text);
}

void index::sync() {
    if (pages_) pages_->sync();
}

void index::keep(std::string_view note) {
    change([](holdings& holds) { holds.save_totals(); });
    // Nothing that is being searched waits for it: only this thread writes.
    pages_->keep(note);
}

bool index::verify_some() {
    const std::lock_guard hold(mutex_);
    if (!pages_) return false;
    std::string page(sealed_pages::page_bytes, '\0');
    for (std::uint32_t n = 0; n < pages_verified_at_once && verified_ < pages_->count(); ++n) pages_->read(verified_++, page.data());
    return verified_ < pages_->count();
}

void index::forget_kept() {
    if (pages_) pages_->forget_kept();
}

/// Whether there was something to do. Some of it, as searches wait meanwhile.
bool index::merge(const char* sql) {
    const std::lock_guard hold(mutex_);
    const auto before = db_->changes();
    db_->run(sql);
    return db_->changes() - before >= 2;
}

void index::renew(const std::stop_token& stop) {
    // What was removed is still among the words of older segments, until all are one.
    bool more = merge("INSERT INTO texts(texts, rank) VALUES('merge', -256)");
    while (more && !stop.stop_requested()) more = merge("INSERT INTO texts(texts, rank) VALUES('merge', 256)");
    if (stop.stop_requested() && more) return;
    const std::lock_guard hold(mutex_);
    if (pages_) pages_->renew();
    counted();
}

bool index::has_newer(const std::string& query, const place& of, std::uint64_t at) const {
    const auto whole = narrowed(query, words_of(of));
    const std::lock_guard hold(mutex_);
    if (!queries_ || is_broken()) return false;
    try {
        statement::use u(queries_->newer);
        return u.bind(whole).bind(at).step();
    } catch (const sealed_pages::damaged&) {
        broken_.store(true, std::memory_order_release);
        return false;
    }
}

std::vector<hit> index::find(const std::string& query, kind only, std::uint64_t before, std::size_t limit) const {
    std::vector<hit> all;
    if (query.empty()) return all;
    const auto whole = narrowed(query, only == kind::none ? std::string_view() : name_of(only));
    const std::lock_guard hold(mutex_);
    if (!queries_ || is_broken()) return all;
    try {
        statement::use u(queries_->find);
        for (u.bind(whole).bind(before).bind(std::uint64_t{limit}); u.step();) {
            const auto kind = u.text(2);
            all.push_back({u.number(0), {parse_kind(kind.substr(0, kind.find(' '))).value_or(search::kind::none), u.number(3), u.number(4)}, std::string(u.text(1))});
        }
    } catch (const sealed_pages::damaged&) {
        broken_.store(true, std::memory_order_release);
        all.clear();
    }
    return all;
}

}  // namespace server::search
