#include "events/rocksdb/event_store.hpp"

#include "events/codec/codec.hpp"
#include "events/codec/format.hpp"
#include "events/ending/ending.hpp"
#include "events/rocksdb/folder.hpp"
#include "events/rocksdb/options.hpp"

#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <array>
#include <charconv>
#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace events::rocks {
namespace {

constexpr char folder_name[] = "log";
constexpr char unfinished_name[] = "log.new";
constexpr char format_key[] = "format";

constexpr std::uint64_t tail_events = 1024;   ///< checked whenever the log is opened
constexpr std::uint64_t long_run = 1u << 16;  ///< events; reading more at once leaves the cache to others

struct key {
    key() = default;
    explicit key(position p) { put_big_endian(bytes.data(), p.value); }
    rocksdb::Slice slice() const { return {bytes.data(), bytes.size()}; }
    std::array<char, 8> bytes{};
};

/// In the family of idle commands.
class idle_key {
public:
    explicit idle_key(const command_key& k) : bytes_{'c'}, size_(25) {
        put_big_endian(bytes_.data() + 1, k.actor.value);
        std::memcpy(bytes_.data() + 9, k.id.bytes.data(), 16);
    }
    explicit idle_key(std::uint64_t number) : bytes_{'o'}, size_(9) { put_big_endian(bytes_.data() + 1, number); }
    rocksdb::Slice slice() const { return {bytes_.data(), size_}; }

private:
    std::array<char, 25> bytes_;
    std::size_t size_;
};

constexpr std::size_t actor_and_id = 24;

std::string words(std::uint64_t one, std::uint64_t other) {
    std::string packed(16, '\0');
    put_big_endian(packed.data(), one);
    put_big_endian(packed.data() + 8, other);
    return packed;
}

std::uint64_t number_of(const rocksdb::Iterator& at) {
    const auto key = at.key();
    return key.size() == 9 && key[0] == 'o' ? get_big_endian(key.data() + 1) : 0;
}

/// They are looked up one by one, and are few and small.
rocksdb::ColumnFamilyOptions looked_up(const rocksdb::Options& as_the_log) {
    rocksdb::ColumnFamilyOptions o(as_the_log);
    o.write_buffer_size = 8u << 20;
    auto table = *as_the_log.table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    o.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return o;
}

position position_of(const rocksdb::Slice& stored) {
    return {stored.size() == 8 ? get_big_endian(stored.data()) : 0};
}

std::string_view view(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

/// What the system did not give says nothing of the log: std::system_error. Everything else does: std::runtime_error.
[[noreturn]] void unreadable(const std::string& what, const rocksdb::Status& why) {
    if (const int error = shortage_in(why)) throw std::system_error(error, std::generic_category(), what);
    throw std::runtime_error(what + " can't be read: " + why.ToString());
}

open_failure failure_of(const std::filesystem::path& folder, const rocksdb::Status& status) {
    if (is_no_room(status)) return {open_error::no_room, folder.string(), status.ToString()};
    const bool refused = status.IsIOError() && status.subcode() != rocksdb::Status::kPathNotFound;
    return {refused ? open_error::no_access : open_error::damaged, folder.string(), status.ToString()};
}

/// The end of the log has to be what its keys say, without gaps. Nothing, or what is wrong.
std::optional<std::string> check_end(rocksdb::Iterator& at, position head) {
    decoder read;
    auto expected = head.value;
    for (at.SeekToLast(); at.Valid() && expected + tail_events > head.value && expected > 0; at.Prev(), --expected) {
        const auto p = position_of(at.key());
        if (p.value != expected)
            return "position " + std::to_string(expected) + " is missing";
        const auto about = read.decode_envelope(view(at.value()));
        if (!about) return "the event at position " + std::to_string(expected) + ": " + about.error().message();
        if (about->position != p)
            return "position " + std::to_string(expected) + " holds the event of " + std::to_string(about->position.value);
    }
    if (!at.status().ok()) return at.status().ToString();
    return std::nullopt;
}

}  // namespace

rocksdb::Status event_store::open_database(const std::string& path, const rocksdb::Options& options, bool writing,
                                           database& out) {
    const std::vector<rocksdb::ColumnFamilyDescriptor> families{
        {rocksdb::kDefaultColumnFamilyName, looked_up(options)}, {"log", options}, {"meta", options}};
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    const auto status = writing ? rocksdb::DB::Open(options, path, families, &handles, &db)
                                : rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &db);
    if (!status.ok()) return status;
    out.db.reset(db);
    out.idle.reset(handles[0]);
    out.log.reset(handles[1]);
    out.meta.reset(handles[2]);
    return status;
}

rocksdb::Status event_store::create(const std::filesystem::path& folder, const rocksdb::Options& options) {
    // Under another name until it is whole: a log never lacks its format.
    const auto path = folder / unfinished_name;
    std::filesystem::remove_all(path);
    {
        auto making = options;
        making.create_if_missing = making.create_missing_column_families = true;
        making.info_log = silence();
        database made;
        auto status = open_database(path.string(), making, true, made);
        if (status.ok()) status = made.db->Put({}, made.meta.get(), format_key, std::to_string(log_format));
        if (status.ok()) status = made.db->Flush({}, made.meta.get());
        if (!status.ok()) return status;
    }
    std::filesystem::rename(path, folder / folder_name);
    sync_path(folder);
    return rocksdb::Status::OK();
}

boost::system::result<position, open_failure> event_store::inspect(const std::filesystem::path& folder, position at_least,
                                                                   rocksdb::Options options) {
    const auto damaged = [&](std::string what) { return open_failure{open_error::damaged, folder.string(), std::move(what)}; };
    options.info_log = silence();
    database in;
    if (const auto status = open_database((folder / folder_name).string(), options, false, in); !status.ok())
        return failure_of(folder, status);
    std::string written;
    if (const auto status = in.db->Get({}, in.meta.get(), format_key, &written); !status.ok())
        return damaged("the version of its format: " + status.ToString());
    std::uint64_t made_by = 0;
    const auto [rest, wrong_number] = std::from_chars(written.data(), written.data() + written.size(), made_by);
    if (wrong_number != std::errc{} || rest != written.data() + written.size() || made_by == 0)
        return damaged("the version of its format is no number");
    if (made_by > log_format)
        return open_failure{open_error::newer_version, folder.string(),
                            "format " + written + "; this one knows up to format " + std::to_string(log_format)};
    const std::unique_ptr<rocksdb::Iterator> at(in.db->NewIterator({}, in.log.get()));
    at->SeekToFirst();
    if (at->Valid() && position_of(at->key()) != position{1}) return damaged("the first event is not at position 1");
    at->SeekToLast();
    if (!at->status().ok()) return failure_of(folder, at->status());
    const auto head = at->Valid() ? position_of(at->key()) : position{};
    if (head < at_least)
        return damaged("the log ends at position " + std::to_string(head.value) + ", but " +
                       std::to_string(at_least.value) + " had been acknowledged");
    if (auto wrong = check_end(*at, head)) return damaged(std::move(*wrong));
    return head;
}

boost::system::result<std::unique_ptr<event_store>, open_failure> event_store::open(const std::filesystem::path& folder,
                                                                                    position at_least,
                                                                                    const surroundings& in) {
    const auto options = log_options(in);
    if (!std::filesystem::exists(folder / folder_name)) {
        if (at_least.value > 0)
            return open_failure{open_error::damaged, folder.string(),
                                "there is no log, but " + std::to_string(at_least.value) + " events had been acknowledged"};
        if (const auto status = create(folder, options); !status.ok()) return failure_of(folder, status);
    }
    const auto head = inspect(folder, at_least, options);
    if (!head) return head.error();
    std::unique_ptr<event_store> store(new event_store);
    store->path_ = (folder / folder_name).string();
    store->options_ = options;
    store->head_ = store->head_at_open_ = *head;
    auto status = open_database(store->path_, options, true, store->in_);
    if (status.ok()) status = store->raise_format();
    if (is_no_room(status)) {  // it can be read, and written once there is room
        close(store->in_);
        store->writable_ = false;
        status = open_database(store->path_, options, false, store->in_);
    }
    if (!status.ok()) return failure_of(folder, status);
    store->family_ = store->in_.log->GetID();
    store->idle_max_ = in.idle_commands_max;
    store->count_idle();
    return store;
}

// From here on it may hold what an older build can't read.
rocksdb::Status event_store::raise_format() {
    std::string written;
    auto status = in_.db->Get({}, in_.meta.get(), format_key, &written);
    if (!status.ok() || written == std::to_string(log_format)) return status;
    rocksdb::WriteOptions durable;
    durable.sync = true;
    return in_.db->Put(durable, in_.meta.get(), format_key, std::to_string(log_format));
}

event_store::~event_store() {
    if (!in_.db || !writable_) return;
    const auto status = in_.db->Flush({}, {in_.log.get(), in_.idle.get()});
    // Without room it all stays in the WAL, and is there at the next start.
    if (!status.ok() && !is_no_room(status)) die("the log could not be written out", status);
}

void event_store::add(rocksdb::WriteBatch& batch, position p, std::string_view bytes) const {
    if (const auto status = batch.Put(in_.log.get(), key(p).slice(), bytes); !status.ok()) die("a batch could not be built", status);
}

void event_store::add(rocksdb::WriteBatch& batch, std::span<const idle_command> idle, position head) {
    const auto must = [](const rocksdb::Status& status) {
        if (!status.ok()) die("a batch could not be built", status);
    };
    idle_then_ = {idle_.oldest, idle_.next + idle.size()};
    for (std::size_t i = 0; i < idle.size(); ++i) {
        const idle_key key(idle[i].key);
        must(batch.Put(in_.idle.get(), key.slice(), words(idle[i].rests_on.value, idle[i].digest)));
        must(batch.Put(in_.idle.get(), idle_key(idle_.next + i).slice(),
                       words(head.value, 0).substr(0, 8) + std::string(key.slice().data() + 1, actor_and_id)));
    }
    for (auto& oldest = idle_then_.oldest; idle_then_.next - oldest > idle_max_; ++oldest) {
        const idle_key number(oldest);
        std::string about;
        if (oldest >= idle_.next) must(batch.Delete(in_.idle.get(), idle_key(idle[oldest - idle_.next].key).slice()));
        else if (in_.db->Get({}, in_.idle.get(), number.slice(), &about).ok() && about.size() == 8 + actor_and_id)
            must(batch.Delete(in_.idle.get(), "c" + about.substr(8)));
        must(batch.Delete(in_.idle.get(), number.slice()));
    }
}

bool event_store::write(rocksdb::WriteBatch& batch, position last) {
    const auto then = std::exchange(idle_then_, idle_);
    if (!writable_ && !writable_again()) return false;
    rocksdb::WriteOptions durable;
    durable.sync = true;
    // A flush that met a full disk has stopped all that follows it: better to begin anew than to pile up in memory.
    if (!starved(options_)) {
        const auto status = in_.db->Write(durable, &batch);
        if (status.ok()) {
            head_ = last;
            idle_ = idle_then_ = then;
            return true;
        }
        if (!is_no_room(status)) die("the log could not be written", status);
    }
    read_only_from_here();
    return false;
}

/// The oldest and the newest there are.
void event_store::count_idle() {
    const std::unique_ptr<rocksdb::Iterator> at(in_.db->NewIterator({}, in_.idle.get()));
    at->Seek("o");
    if (at->Valid() && number_of(*at) != 0) {
        idle_.oldest = number_of(*at);
        at->SeekToLast();
        idle_.next = number_of(*at) + 1;
    }
    if (!at->status().ok()) unreadable("the commands that had nothing to change", at->status());
    idle_then_ = idle_;
}

rocksdb::Status event_store::forget_idle(database& in, position last) {
    rocksdb::WriteBatch gone;
    const std::unique_ptr<rocksdb::Iterator> at(in.db->NewIterator({}, in.idle.get()));
    for (at->SeekToLast(); at->Valid() && number_of(*at) != 0; at->Prev()) {
        const auto about = at->value();
        if (about.size() == 8 + actor_and_id && get_big_endian(about.data()) <= last.value) break;
        auto status = gone.Delete(in.idle.get(), at->key());
        if (status.ok() && about.size() == 8 + actor_and_id) status = gone.Delete(in.idle.get(), "c" + std::string(about.data() + 8, actor_and_id));
        if (!status.ok()) return status;
    }
    return at->status().ok() ? in.db->Write({}, &gone) : at->status();
}

std::optional<outcome> event_store::find_idle(const command_key& key) const {
    const std::shared_lock hold(guard_);
    std::string packed;
    const auto status = in_.db->Get({}, in_.idle.get(), idle_key(key).slice(), &packed);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok() || packed.size() != 16) unreadable("what became of a command", status);
    return outcome{{get_big_endian(packed.data())}, 0, get_big_endian(packed.data() + 8)};
}

uuid event_store::highest_idle(member_id actor) const {
    const std::shared_lock hold(guard_);
    uuid highest;
    highest.bytes.fill(0xff);
    const idle_key last({actor, highest});
    const std::unique_ptr<rocksdb::Iterator> at(in_.db->NewIterator({}, in_.idle.get()));
    at->SeekForPrev(last.slice());
    if (!at->status().ok()) unreadable("the commands that had nothing to change", at->status());
    if (!at->Valid() || at->key().size() != 25 || !at->key().starts_with({last.slice().data(), 9})) return {};
    std::memcpy(highest.bytes.data(), at->key().data() + 9, 16);
    return highest;
}

position event_store::end() const {
    const std::unique_ptr<rocksdb::Iterator> at(in_.db->NewIterator({}, in_.log.get()));
    at->SeekToLast();
    if (!at->status().ok()) die("the end of the log can't be read", at->status());
    return at->Valid() ? position_of(at->key()) : position{};
}

/// The handles first.
void event_store::close(database& one) { const database gone = std::move(one); }

void event_store::with_database(const std::function<void(rocksdb::DB&, const std::stop_token&)>& f) const {
    const std::shared_lock hold(guard_);
    f(*in_.db, wanted_.get_token());
}

void event_store::read_only_from_here() {
    wanted_.request_stop();
    const std::unique_lock alone(guard_);
    wanted_ = std::stop_source();
    close(in_);
    if (const auto status = open_database(path_, options_, false, in_); !status.ok()) die("the log can't be opened after the disk was full", status);
    // Whole in the WAL, but perhaps not on the disk: only the next start can say.
    if (end() != head_) die("whether the last batch is durable is not known", rocksdb::Status::IOError(path_, "the disk was full"));
    writable_ = false;
}

bool event_store::writable_again() {
    wanted_.request_stop();
    const std::unique_lock alone(guard_);
    wanted_ = std::stop_source();
    close(in_);
    fed(options_);
    auto status = open_database(path_, options_, true, in_);
    if (status.ok() && end() != head_) die("the log does not end where it was left", rocksdb::Status::Corruption(path_));
    if (status.ok()) status = raise_format();
    if (status.ok()) return writable_ = true;
    if (!is_no_room(status)) die("the log can't be opened after the disk was full", status);
    close(in_);
    status = open_database(path_, options_, false, in_);
    if (!status.ok()) die("the log can't be opened after the disk was full", status);
    return false;
}

void event_store::read_range(position first, position last, direction way, const visitor& visit) const {
    if (first > last) return;
    const std::shared_lock hold(guard_);
    rocksdb::ReadOptions how;
    const bool is_long = last.value - first.value > long_run;
    if (is_long) {
        how.readahead_size = 2u << 20;
        how.fill_cache = false;
    }
    const std::unique_ptr<rocksdb::Iterator> at(in_.db->NewIterator(how, in_.log.get()));
    if (way == direction::forwards) {
        for (at->Seek(key(first).slice()); at->Valid(); at->Next()) {
            const auto p = position_of(at->key());
            if (p > last || !visit(p, view(at->value()))) return;
            if (p == last) return;
        }
    } else {
        for (at->SeekForPrev(key(last).slice()); at->Valid(); at->Prev()) {
            const auto p = position_of(at->key());
            if (p < first || !visit(p, view(at->value()))) return;
        }
    }
    if (!at->status().ok()) unreadable("the log between positions " + std::to_string(first.value) + " and " + std::to_string(last.value), at->status());
}

bool event_store::read_these(std::span<const position> positions, const visitor& visit) const {
    const std::shared_lock hold(guard_);
    constexpr std::size_t at_once = 32;
    std::array<key, at_once> keys;
    std::array<rocksdb::Slice, at_once> slices;
    std::array<rocksdb::PinnableSlice, at_once> values;
    std::array<rocksdb::Status, at_once> found;
    while (!positions.empty()) {
        const auto some = positions.first(std::min(at_once, positions.size()));
        for (std::size_t i = 0; i < some.size(); ++i) slices[i] = (keys[i] = key(some[i])).slice();
        in_.db->MultiGet({}, in_.log.get(), some.size(), slices.data(), values.data(), found.data());
        for (std::size_t i = 0; i < some.size(); ++i) {
            if (!found[i].ok()) unreadable("the event at position " + std::to_string(some[i].value), found[i]);
            if (!visit(some[i], view(values[i]))) return false;
            values[i].Reset();
        }
        positions = positions.subspan(some.size());
    }
    return true;
}

}  // namespace events::rocks
