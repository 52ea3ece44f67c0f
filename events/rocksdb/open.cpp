// Opening a log: who holds it, whether it is whole, and the index that it may lack.
#include "events/ending/ending.hpp"
#include "events/rocksdb/options.hpp"
#include "events/rocksdb/pieces.hpp"
#include "events/rocksdb/rocksdb_log.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace events {
namespace {

constexpr std::size_t events_a_job = 512;
constexpr std::uint64_t events_a_report = 1u << 15;

}  // namespace

boost::system::result<std::unique_ptr<rocksdb_log>, open_failure> rocksdb_log::open(const std::filesystem::path& folder,
                                                                                    const rocksdb_options& options) {
    std::unique_ptr<rocksdb_log> log(new rocksdb_log);
    try {
        if (auto failure = log->open_parts(folder, options)) return std::move(*failure);
    } catch (const cannot_go_on& e) {  // the index: there is no room for it, or no access
        return open_failure{e.code() == ending::disk_full ? open_error::no_room : open_error::no_access, folder.string(), e.what()};
    } catch (const std::system_error& e) {
        if (is_shortage(e)) throw;  // memory, threads: nothing is the matter with the folder
        if (is_no_space(e)) return open_failure{open_error::no_room, folder.string(), e.what()};
        return open_failure{open_error::no_access, folder.string(), e.what()};
    } catch (const std::runtime_error& e) {
        return open_failure{open_error::damaged, folder.string(), e.what()};
    }
    return log;
}

std::optional<open_failure> rocksdb_log::open_parts(const std::filesystem::path& folder, const rocksdb_options& options) {
    auto lock = rocks::folder_lock::take(folder);
    if (!lock) return std::move(lock.error());
    lock_ = std::move(*lock);

    const rocks::surroundings in{rocks::make_cache(options.cache_bytes), options.env, options.open_files_max,
                                 options.mended ? options.mended : [](std::string_view, std::string_view) {}, options.idle_commands_max,
                                 options.indexing ? options.indexing : [](std::uint64_t, std::uint64_t) {}};
    const auto mark = rocks::acknowledged_mark::read(folder / "acknowledged");
    const auto at_least = std::max(mark.value_or(position{}), rocks::index_db::peek(folder, in));
    auto store = rocks::event_store::open(folder, at_least, in);
    if (!store) return std::move(store.error());
    store_ = std::move(*store);
    lock_->sign();
    acknowledged_ = std::make_unique<rocks::acknowledged_mark>(folder / "acknowledged");
    acknowledged_->set(store_->head_at_open());
    if (!mark && store_->head_at_open().value > 0) in.mended("acknowledged", "gone or damaged: made anew");
    kept_ = std::make_unique<rocks::kept_files>(folder / "kept", in.mended);
    open_index(folder, in);
    const auto reached = index_->reached();
    indexer_ = std::make_unique<rocks::indexer>(*store_, *index_, *recent_, *tree_, in);
    if (auto wrong = catch_up(reached, in)) return open_failure{open_error::damaged, folder.string(), std::move(*wrong)};
    return std::nullopt;
}

void rocksdb_log::open_index(const std::filesystem::path& folder, const rocks::surroundings& in) {
    std::string why;
    index_ = rocks::index_db::open(folder, in, why);
    if (index_ && start_from_index(why)) return;
    index_.reset();
    if (store_->head_at_open().value > 0) in.mended("index", why + ": made anew from the log");
    index_ = rocks::index_db::make(folder, in);
    if (!start_from_index(why)) throw std::runtime_error("a new index can't be used: " + why);
}

/// False where the index is not one of this log, or not whole; then `why` says so.
bool rocksdb_log::start_from_index(std::string& why) {
    const auto reached = index_->reached();
    auto versions = index_->load_versions();
    why = "it can't be read";
    if (!versions) return false;
    why = "it is of another log";
    if (reached > store_->head_at_open()) return false;
    const auto whole = proof::tree::whole(reached.value);
    try {
        tree_ = std::make_unique<proof::tree>(*index_, whole);
        // The tree keeps full tiles only: the leaves past them are hashed again, and so is the last one before
        // them, to see that the index is about this very log.
        std::vector<proof::hash> leaves;
        bool same = true;
        store_->read_range({std::max<std::uint64_t>(whole, 1)}, reached, direction::forwards, [&](position p, std::string_view bytes) {
            const auto leaf = proof::leaf_hash(bytes);
            if (p.value > whole) leaves.push_back(leaf);
            else same = tree_->leaf(p.value - 1) == leaf;
            return same;
        });
        tree_->append(leaves);
        if (!same || tree_->size() != reached.value || tree_->root(reached.value) != index_->root()) return false;
    } catch (const std::runtime_error& e) {  // a tile is missing or can't be read
        why = e.what();
        return false;
    }
    recent_ = std::make_unique<rocks::recent_index>(reached, std::move(*versions));
    return true;
}

/// Indexes what comes after `reached`. Nothing, or what is wrong with the log.
std::optional<std::string> rocksdb_log::catch_up(position reached, const rocks::surroundings& in) {
    const auto last = store_->head_at_open();
    const auto of = last.value - reached.value;
    std::uint64_t reported = 0;
    std::optional<std::string> wrong;
    auto unread = rocks::read_pieces(*store_, next(reached), last, events_a_job, [&](std::span<const entry> some) {
        const auto done = some.front().envelope.position.value - 1;
        if (auto refused = expectations_.check(some, {done}, recent_->versions())) {
            const auto* versions = std::get_if<conflict>(&*refused);
            wrong = versions ? "a version of " + to_string(versions->stream) + " does not follow " + std::to_string(versions->present.value)
                             : "a position does not follow " + std::to_string(done);
            return false;
        }
        if (done - reached.value >= reported) {
            in.indexing(done - reached.value, of);
            reported = done - reached.value + events_a_report;
        }
        auto events = indexer_->spare();
        for (const auto& one : some) store_->add(events, one.envelope.position, one.bytes);
        recent_->take_in(some, expectations_);
        hand_over(std::move(events), some.back().envelope.position);
        return true;
    });
    if (wrong || unread) return wrong ? wrong : unread;
    indexer_->reached().wait(last, std::chrono::hours(24));
    if (of > 0) in.indexing(of, of);
    head_.set(last);
    return std::nullopt;
}

}  // namespace events
