#include "events/rocksdb/index_db.hpp"

#include "events/ending/ending.hpp"
#include "events/rocksdb/options.hpp"
#include "events/rocksdb/varint.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <system_error>

namespace events::rocks {
namespace {

constexpr char folder_name[] = "index";
constexpr char broken_mark[] = "index.broken";
constexpr char format_key[] = "mformat";
constexpr char reached_key[] = "mreached";
constexpr char root_key[] = "mroot";
constexpr char format[] = "2";
constexpr std::uint64_t checked_bytes_max = 128u << 20;

constexpr std::uint64_t page_size = 256;  ///< streams
/// After a crash no more generations than this are indexed again (see also recent_index).
constexpr unsigned writes_a_flush = 8;

std::string_view view(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

[[noreturn]] void no_room_for_it(const std::string& why) {
    throw cannot_go_on(ending::disk_full, {"日志索引：" + why, "the log's index: " + why});
}

[[noreturn]] void cannot_be_made(const std::filesystem::path& path, const std::string& why) {
    throw cannot_go_on(ending::no_access,
                       {"日志索引 " + path.string() + " 无法重建（" + why + "）：请检查该目录的权限和磁盘后重新启动；内容都在日志中，没有丢失",
                        "the log's index " + path.string() + " can't be made anew (" + why + "): check that folder's permissions and its disk, then start again; "
                        "nothing is lost, as all of it is in the log"});
}

void must(const rocksdb::Status& status, const char* what) {
    if (!status.ok()) die(what, status);
}

/// Up to 32 bytes, built from left to right.
class key {
public:
    explicit key(char kind) { bytes_[size_++] = kind; }
    key& byte(std::uint8_t b) { return bytes_[size_++] = static_cast<char>(b), *this; }
    key& number(std::uint64_t v) { return put_big_endian(bytes_ + size_, v), size_ += 8, *this; }
    key& id(const uuid& u) { return std::memcpy(bytes_ + size_, u.bytes.data(), 16), size_ += 16, *this; }
    rocksdb::Slice slice() const { return {bytes_, size_}; }

private:
    char bytes_[32];
    std::size_t size_ = 0;
};

rocksdb::Slice slice_of(const proof::hash& h) { return {reinterpret_cast<const char*>(h.data()), h.size()}; }

constexpr std::uint8_t number_of(category c) { return static_cast<std::uint8_t>(c); }

key command(const command_key& k) { return key('c').number(k.actor.value).id(k.id); }
key chunk(stream_id s, version v) { return key('s').byte(number_of(s.kind)).number(s.number).number(v.value); }
key tile_key(unsigned level, std::uint64_t index) { return key('t').byte(static_cast<std::uint8_t>(level)).number(index); }

/// Nothing where it is absent or no number.
std::optional<std::uint64_t> read_number(rocksdb::DB& db, const char* name) {
    std::string text;
    std::uint64_t v = 0;
    if (!db.Get({}, name, &text).ok()) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return v;
}

}  // namespace

struct index_db::damage {
    explicit damage(std::filesystem::path file) : mark(std::move(file)) {}

    void note(const std::string& what) {
        const std::lock_guard hold(mutex);
        if (found) return;
        found = what;
        is = true;
        // Where that can't be written it is found out again.
        std::ofstream(mark) << what;
        if (wake) wake();
    }

    const std::filesystem::path mark;
    std::atomic<bool> is{false};
    std::atomic<bool> readable{true};
    std::mutex mutex;  ///< over what follows
    std::optional<std::string> found;
    std::function<void()> wake;
};

index_db::index_db(const std::filesystem::path& folder, const surroundings& in)
    : path_(folder / folder_name), mark_(folder / broken_mark), damage_(std::make_shared<damage>(mark_)),
      options_(index_options(in, [about = damage_](const rocksdb::Status& why) { about->note(why.ToString()); })) {}

rocksdb::Status index_db::open_database(bool anew) {
    options_.create_if_missing = anew;
    rocksdb::DB* raw = nullptr;
    const auto status = rocksdb::DB::Open(options_, path_.string(), &raw);
    db_.reset(raw);
    return status;
}

void index_db::on_broken(std::function<void()> wake) {
    const std::lock_guard hold(damage_->mutex);
    damage_->wake = std::move(wake);
    if (damage_->found && damage_->wake) damage_->wake();
}

std::optional<std::string> index_db::is_broken() const {
    const std::lock_guard hold(damage_->mutex);
    return damage_->found;
}

void index_db::broken(const std::string& what) const {
    damage_->note(what);
    throw index_broken("the log's index is damaged (" + what + "): it is being made anew from the log");
}

/// With guard_.
rocksdb::DB& index_db::in_use() const {
    if (!damage_->is && damage_->readable) return *db_;
    throw index_broken("the log's index was damaged, and is being made anew from the log");
}

void index_db::refuse(const rocksdb::Status& why) const {
    if (const int error = shortage_in(why)) throw std::system_error(error, std::generic_category(), "the log's index");
    broken(why.ToString());
}

position index_db::peek(const std::filesystem::path& folder, const surroundings& in) {
    auto options = index_options(in, [](const rocksdb::Status&) {});
    options.info_log = silence();
    rocksdb::DB* raw = nullptr;
    if (!rocksdb::DB::OpenForReadOnly(options, (folder / folder_name).string(), &raw).ok()) return {};
    const std::unique_ptr<rocksdb::DB> db(raw);
    return {read_number(*db, reached_key).value_or(0)};
}

std::unique_ptr<index_db> index_db::open(const std::filesystem::path& folder, const surroundings& in, std::string& why) {
    std::unique_ptr<index_db> index(new index_db(folder, in));
    if (!std::filesystem::exists(index->path_ / "CURRENT")) {
        why = "there is none";
        return nullptr;
    }
    if (std::filesystem::exists(index->mark_)) {
        why = "it was found damaged";
        return nullptr;
    }
    const auto status = index->open_database(false);
    if (is_no_room(status)) no_room_for_it(status.ToString());
    if (!status.ok()) {
        why = status.ToString();
        return nullptr;
    }
    std::string written, root;
    auto& db = *index->db_;
    const auto reached = read_number(db, reached_key);
    if (!db.Get({}, format_key, &written).ok() || written != format || !reached || !db.Get({}, root_key, &root).ok() ||
        root.size() != sizeof(proof::hash)) {
        why = "of another version, or not whole";
        return nullptr;
    }
    // What a small one has is looked at as a whole; of a large one what is read, when it is read (see broken()).
    std::uint64_t bytes = 0;
    db.GetIntProperty(rocksdb::DB::Properties::kTotalSstFilesSize, &bytes);
    if (bytes <= checked_bytes_max)
        if (const auto checked = db.VerifyChecksum(); !checked.ok()) {
            why = checked.ToString();
            return nullptr;
        }
    index->reached_ = {*reached};
    std::memcpy(index->root_.data(), root.data(), root.size());
    return index;
}

std::unique_ptr<index_db> index_db::make(const std::filesystem::path& folder, const surroundings& in) {
    std::unique_ptr<index_db> index(new index_db(folder, in));
    index->begin_anew();
    index->readable();
    return index;
}

void index_db::begin_anew() {
    damage_->readable = false;
    wanted_.request_stop();
    const std::unique_lock hold(guard_);
    wanted_ = std::stop_source();
    db_.reset();
    {
        const std::lock_guard about(damage_->mutex);
        damage_->found.reset();
        damage_->is = false;
    }
    fed(options_);
    batch_.Clear();
    writes_since_flush_ = 0;
    written_versions_ = {};
    reached_ = added_ = {};
    root_ = added_root_ = proof::empty_root();
    std::error_code refused;
    std::filesystem::remove_all(path_, refused);
    if (refused) cannot_be_made(path_, refused.message());
    auto status = open_database(true);
    if (status.ok()) status = db_->Put({}, format_key, format);
    if (status.ok()) status = db_->Put({}, reached_key, "0");
    if (status.ok()) status = db_->Put({}, root_key, slice_of(root_));
    if (status.ok()) status = db_->Flush({});
    if (is_no_room(status)) no_room_for_it(status.ToString());
    if (!status.ok()) cannot_be_made(path_, status.ToString());
    // Last: until here the next opening begins anew, too.
    std::filesystem::remove(mark_, refused);
}

void index_db::readable() { damage_->readable = true; }

bool index_db::with_database(const std::function<void(rocksdb::DB&, const std::stop_token&)>& f) const {
    const std::shared_lock hold(guard_);
    if (damage_->is || !damage_->readable) return false;
    f(*db_, wanted_.get_token());
    return true;
}

index_db::~index_db() {
    if (!db_ || writes_since_flush_ == 0 || damage_->is) return;
    // Where that fails it is at an earlier position at the next start, or broken, and the rest is computed again.
    [[maybe_unused]] const auto status = db_->Flush({});
}

void index_db::write_tile(unsigned level, std::uint64_t index, const proof::tile& content) {
    static_assert(sizeof(proof::tile) == proof::tile_width * sizeof(proof::hash));
    must(batch_.Put(tile_key(level, index).slice(), {reinterpret_cast<const char*>(content.data()), sizeof content}),
         "a tile could not be added");
}

void index_db::add(const generation& complete, const proof::hash& root) {
    add_streams(batch_, complete);
    add_commands(batch_, complete);
    add_versions(batch_, complete);
    must(batch_.Put(reached_key, std::to_string(complete.last().value)), "a position could not be added");
    must(batch_.Put(root_key, slice_of(root)), "a root could not be added");
    added_ = complete.last();
    added_root_ = root;
}

index_db::written index_db::write() {
    const auto outcome_of = [&](const rocksdb::Status& status) {
        if (status.ok()) return written::yes;
        if (is_no_room(status) || shortage_in(status)) return written::no_room;
        damage_->note(status.ToString());
        return written::broken;
    };
    if (damage_->is) return written::broken;
    if (starved(options_)) {
        // What was not flushed is in memory still, and is written first.
        if (const auto so = outcome_of(db_->Resume()); so != written::yes) return so;
        fed(options_);
    }
    rocksdb::WriteOptions how;
    how.disableWAL = true;
    if (const auto so = outcome_of(db_->Write(how, &batch_)); so != written::yes) return so;
    batch_.Clear();
    reached_ = added_;
    root_ = added_root_;
    if (++writes_since_flush_ < writes_a_flush) return written::yes;
    rocksdb::FlushOptions later;
    later.wait = false;
    (void)outcome_of(db_->Flush(later));  // broken: the next write says so
    writes_since_flush_ = 1;  // that flush may still fail to finish before the end
    return written::yes;
}

void index_db::add_streams(rocksdb::WriteBatch& batch, const generation& complete) {
    std::vector<const generation::stream_runs::value_type*> sorted;
    sorted.reserve(complete.streams().size());
    for (const auto& run : complete.streams()) sorted.push_back(&run);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    std::string packed;
    std::vector<position> positions;
    for (const auto* of : sorted) {
        const auto& [stream, run] = *of;
        positions.clear();
        complete.positions(run, run.first, run.newest(), direction::forwards, positions);
        packed.clear();
        put_varint(packed, positions.size());
        std::uint64_t before = 0;
        for (const auto p : positions) {
            put_varint(packed, p.value - before);
            before = p.value;
        }
        must(batch.Put(chunk(stream, run.first).slice(), packed), "a stream could not be added");
    }
}

void index_db::add_commands(rocksdb::WriteBatch& batch, const generation& complete) const {
    std::vector<const generation::command_outcomes::value_type*> sorted;
    sorted.reserve(complete.commands().size());
    for (const auto& known : complete.commands()) sorted.push_back(&known);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    std::string packed;
    for (const auto* known : sorted) {
        const auto& [id, what] = *known;
        packed.clear();
        put_varint(packed, what.first.value);
        put_varint(packed, what.count);
        if (what.digest != 0) {
            packed.resize(packed.size() + 8);
            put_big_endian(packed.data() + packed.size() - 8, what.digest);
        }
        must(batch.Put(command(id).slice(), packed), "a command could not be added");
    }
}

void index_db::add_versions(rocksdb::WriteBatch& batch, const generation& complete) {
    std::vector<stream_id> pages;
    for (const auto& [stream, run] : complete.streams()) {
        written_versions_.set(stream, run.newest());
        pages.push_back({stream.kind, stream.number / page_size});
    }
    std::sort(pages.begin(), pages.end());
    pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
    std::string packed;
    for (const auto& page : pages) {
        packed.clear();
        for (std::uint64_t i = 0; i < page_size; ++i)
            put_varint(packed, written_versions_.of({page.kind, page.number * page_size + i}).value);
        must(batch.Put(key('v').byte(number_of(page.kind)).number(page.number).slice(), packed), "versions could not be added");
    }
}

std::optional<stream_versions> index_db::load_versions() {
    const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator({}));
    for (at->Seek("v"); at->Valid() && at->key().starts_with("v"); at->Next()) {
        if (at->key().size() != 10) return std::nullopt;
        const auto kind = static_cast<category>(at->key()[1]);
        const auto page = get_big_endian(at->key().data() + 2);
        if (!is_category(static_cast<std::uint64_t>(kind))) return std::nullopt;
        auto packed = view(at->value());
        for (std::uint64_t i = 0, v = 0; i < page_size; ++i) {
            if (!get_varint(packed, v)) return std::nullopt;
            if (v > 0) written_versions_.set({kind, page * page_size + i}, {v});
        }
    }
    if (!at->status().ok()) return std::nullopt;
    return written_versions_;
}

std::optional<outcome> index_db::find(const command_key& id) const {
    const std::shared_lock hold(guard_);
    auto& db = in_use();
    rocksdb::PinnableSlice value;
    const auto status = db.Get({}, db.DefaultColumnFamily(), command(id).slice(), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) refuse(status);
    auto packed = view(value);
    outcome what{};
    std::uint64_t count = 0;
    if (!get_varint(packed, what.first.value) || !get_varint(packed, count)) broken("a command");
    what.count = static_cast<std::uint32_t>(count);
    if (packed.size() == 8) what.digest = get_big_endian(packed.data());
    return what;
}

uuid index_db::highest_command(member_id actor) const {
    const std::shared_lock hold(guard_);
    uuid highest;
    highest.bytes.fill(0xff);
    const std::unique_ptr<rocksdb::Iterator> at(in_use().NewIterator({}));
    at->SeekForPrev(command({actor, highest}).slice());
    if (!at->status().ok()) refuse(at->status());
    const auto prefix = key('c').number(actor.value);
    if (!at->Valid() || at->key().size() != 25 || !at->key().starts_with(prefix.slice())) return {};
    std::memcpy(highest.bytes.data(), at->key().data() + 9, 16);
    return highest;
}

std::vector<position> index_db::positions(stream_id stream, version from, direction way) const {
    const std::shared_lock hold(guard_);
    const std::unique_ptr<rocksdb::Iterator> at(in_use().NewIterator({}));
    at->SeekForPrev(chunk(stream, from).slice());
    if (!at->status().ok()) refuse(at->status());
    const auto prefix = key('s').byte(number_of(stream.kind)).number(stream.number);
    if (!at->Valid() || at->key().size() != 18 || !at->key().starts_with(prefix.slice())) return {};
    const auto first = get_big_endian(at->key().data() + 10);
    auto packed = view(at->value());
    std::uint64_t count = 0, distance = 0, p = 0;
    if (!get_varint(packed, count)) broken("a stream");
    std::vector<position> out;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!get_varint(packed, distance)) broken("a stream");
        p += distance;
        const auto v = first + i;
        if (way == direction::forwards ? v >= from.value : v <= from.value) out.push_back({p});
    }
    if (first + count <= from.value) return {};
    if (way == direction::backwards) std::reverse(out.begin(), out.end());
    return out;
}

std::optional<proof::tile> index_db::read_tile(unsigned level, std::uint64_t index) const {
    const std::shared_lock hold(guard_);
    auto& db = in_use();
    rocksdb::PinnableSlice value;
    const auto status = db.Get({}, db.DefaultColumnFamily(), tile_key(level, index).slice(), &value);
    if (!status.ok() && !status.IsNotFound()) refuse(status);
    // Who asks knows that it was written.
    if (!status.ok() || value.size() != sizeof(proof::tile)) broken("the tile " + std::to_string(level) + '/' + std::to_string(index) + " is missing");
    proof::tile content;
    std::memcpy(content.data(), value.data(), sizeof content);
    return content;
}

}  // namespace events::rocks
