#pragma once
// Contents of attachments, each kept once under its SHA-256: blobs/ab/cdef…, beside a line that says its type and one that
// says who sent it. What is still being sent lies in blobs/incoming, to each sender their own, and is taken up again where it
// was cut off, whatever happened meanwhile. Whether a content is there is told to nobody who did not send it: they send it,
// and it is theirs too.
//
// All of it lies sealed, from its first byte on (sealed_content), and by what carries it is decided whose keys open it
// (content_keys): settle() brings that about. So what only a person's sealed forms carry can't be read any more once that person
// is erased, as their key is gone, and then it is removed. Contents from before they were sealed are read as they lie, until
// settle() has come to them. The name stays the hash of the clear content, and so confirms a guess of it, as the log does.
//
// Any thread; of one sender's upload of a content one part at a time is taken. Throws boost::system::system_error
// where the disk does not do as it is asked.

#include "events/catalog/value.hpp"
#include "server/blobs/carriers.hpp"
#include "server/blobs/content_keys.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace server::blobs {

enum class blob_error {
    none,
    bad_name,       ///< not a SHA-256 of 64 lower-case hex digits
    too_large,
    wrong_offset,   ///< `have` says where to go on
    wrong_content,  ///< all bytes came, and they hash to something else: they are gone, begin again
    wrong_type,     ///< the content is not what it is said to be, or of a type that is not taken
    busy,           ///< another part of it is being written
    too_many,       ///< too many uploads are unfinished: of this sender, or of all
    no_room,        ///< the disk is full: go on later where it stands
};

/// How far an upload has come.
struct upload {
    blob_error error = blob_error::none;
    std::uint64_t have = 0;
    bool complete = false;
};

struct blob {
    std::uint64_t bytes = 0;
    std::string media_type;
};

struct limits {
    std::uint64_t blob_bytes_max = 1u << 30;
    std::size_t unfinished_max = 1'000;
    std::size_t unfinished_each_max = 32;  ///< of one sender
    std::chrono::milliseconds asked_for{5'000};  ///< how long a content that a rule has asked for may yet come to be attached
    std::function<bool(std::uint64_t bytes)> has_room{};  ///< whether the disk takes so many more; empty: always
    std::function<void(const std::string& file, const std::string& why)> damaged{};  ///< told of what is not as it was written
};

class store {
public:
    /// A content that nobody's key opens any more.
    class unreadable : public std::runtime_error {
    public:
        using std::runtime_error::runtime_error;
    };

    /// Makes what is missing of `folder` and of `keys`, and looks at what is there. `people` outlives it.
    store(std::filesystem::path folder, std::filesystem::path keys, const events::keyring& people, limits at_most = {});
    ~store();
    store(const store&) = delete;
    store& operator=(const store&) = delete;

    /// Begins, or says how far it has come. What `who` has sent before, or `sees` where it is attached, is complete at once, and so is
    /// one of which only the last step was missing.
    upload begin(events::member_id who, const std::string& sha256, std::uint64_t bytes, std::string_view media_type, std::uint64_t bytes_max,
                 bool sees = false);
    /// The next part. Once all bytes are there they are hashed, looked at and kept; durable when it says `complete`.
    upload append(events::member_id who, const std::string& sha256, std::uint64_t offset, std::string_view part);

    std::optional<blob> find(const std::string& sha256) const;
    /// A content that lies there and can't be used, as it or what lies beside it (its type, its keys) is damaged or can't be read, and could
    /// not be made again: which file. Nothing where there is no such thing.
    std::optional<std::string> unusable(const std::string& sha256) const;
    /// Of all contents, those that can be used among them: by content, a file that is damaged or can't be read, as it was found when the
    /// store was opened.
    std::vector<std::pair<std::string, std::string>> unusable_files() const;
    /// Whether a content that is there still hashes to its name. Reads all of it, unless that was done since the file last changed;
    /// always with `anew`. Where it does not, `damaged` is told, but of one whose people were erased.
    bool check(const std::string& sha256, bool anew = false) const;
    /// Every content, anew: the names of those that are damaged or gone. Those whose people were erased are neither.
    std::vector<std::string> check_all() const;

    /// Of a content that is there: at most `most` bytes from `offset` on. Throws unreadable, and sealed_content::damaged.
    std::string read(const std::string& sha256, std::uint64_t offset, std::size_t most) const;

    /// Whole, of this size and of this type, and somebody's key opens it. It counts as wanted from here on; and should it come to be
    /// attached to something open, it will be readable whoever is erased meanwhile.
    bool has(const events::attachment& a) const;
    /// Whether `who` has sent it.
    bool is_from(events::member_id who, const std::string& sha256) const;

    /// Removes what nothing has asked for since `then` (seconds since 1970): uploads that were never finished, and contents
    /// that nothing carries. `is_carried(sha256)` has to know of every event that is older than that. How many it removed.
    std::size_t sweep(std::int64_t then, const std::function<bool(const std::string&)>& is_carried);

    // By which keys contents are read. settle() on one thread.

    /// They were attached to something: a turn of settle() has to see to them.
    void look_again(const std::vector<std::string>& attached);
    /// The same of all that is `who`'s, who was erased.
    void look_again_for(events::member_id who);
    /// One turn: of contents whose carriers may have changed, all at first, keys are made and destroyed as `by` says; what people's
    /// erasure has made unreadable is removed; and of contents that lie in the clear, from before they were sealed, about
    /// `bytes_most` are sealed. True where there is more to do.
    bool settle(std::uint64_t bytes_most, const carried_by& by);
    /// How many lie in the clear still.
    std::size_t in_the_clear() const;

private:
    using steady = std::chrono::steady_clock;
    struct kept : blob {
        std::int64_t wanted = 0;  ///< when somebody last sent it or attached it
        std::set<events::member_id> senders = {};
        std::int64_t checked = 0;  ///< the file's last change (ns) when it was last found whole; 0: it has not been
        std::optional<content_keys> keys = {};  ///< nothing: it lies in the clear
        std::optional<events::secret_key> at_hand = {};  ///< its key, while it may yet be attached to something open
        steady::time_point asked = {};  ///< when a rule last found that it is there
    };
    struct unfinished {
        std::uint64_t bytes = 0;
        std::uint64_t have = 0;
        std::string media_type;
        content_keys keys;
        bool busy = false;
    };
    struct sealing;
    /// One sender's, of one content.
    using sending = std::pair<events::member_id, std::string>;

    std::filesystem::path path_of(const std::string& sha256) const;
    std::filesystem::path incoming(const sending& which) const;
    std::filesystem::path incoming_keys(const sending& which) const;
    void forget_incoming(const sending& which) const;
    void write_part(const sending& which, std::uint64_t offset, std::string_view part, unfinished& now) const;
    upload finish(const sending& which, const unfinished& u);
    void keep(const sending& which, const unfinished& u);
    void write_senders(const std::string& sha256, const std::set<events::member_id>& all) const;
    bool is_readable(const std::string& sha256, const kept& k) const;
    std::string why_not_whole(const std::string& sha256, const kept& k) const;
    upload go_on(const sending& which, std::uint64_t offset, std::string_view part, unfinished now);
    std::size_t sweep_unfinished(std::int64_t then);
    void sweep_keys(const std::function<bool(const std::string&)>& is_carried);
    void forget(const std::string& sha256);
    void remove_files(const std::string& sha256, bool sealed) const;
    void tell(const std::filesystem::path& file, const std::string& why) const;

    void scan();
    void scan_contents(const std::filesystem::path& sub);
    void scan_content(const std::filesystem::path& content, const std::string& sha256);
    class beside;
    void scan_keys();
    void scan_incoming();
    void scan_one(const std::filesystem::path& incoming);
    std::optional<content_keys> keys_beside(const std::filesystem::path& content, const std::string& sha256) const;
    content_reader reader_of(const std::filesystem::path& content, const std::string& sha256, const std::optional<content_keys>& keys) const;
    std::optional<std::string> keep_or_drop(const std::filesystem::path& content, const std::string& sha256, const std::optional<content_keys>& keys, const std::string& why) const;
    std::set<events::member_id> senders_beside(const std::filesystem::path& content, const std::string& sha256);

    enum class outcome { as_it_was, changed, not_yet };
    std::vector<std::string> take_unsettled();
    void settle_some(const carried_by& by);
    outcome settle_one(const std::string& sha256, const carried_by& by);
    outcome settle_keys(const std::string& sha256, const kept& now, const carriers& by);
    outcome remove_erased(const std::string& sha256);
    content_keys keys_for(content_keys k, const std::string& sha256, const carriers& by, const events::secret_key& key) const;
    bool was_asked_lately(const kept& k) const { return steady::now() - k.asked < at_most_.asked_for; }
    void seal_some(std::uint64_t bytes_most, const carried_by& by);
    bool begin_sealing();
    void finish_sealing(const carried_by& by);
    void put_in_place(const carriers& by);
    void give_up(const std::string& sha256, const std::exception& why);

    std::filesystem::path folder_, keys_folder_;
    const events::keyring& people_;
    limits at_most_;
    std::mutex changing_;                  ///< over every change of a content's files; taken before the two below
    mutable std::shared_mutex replacing_;  ///< over the moment in which a file becomes another one; read with
    mutable std::mutex mutex_;             ///< over what follows
    mutable std::map<std::string, kept> blobs_;  // has() notes that it was wanted
    std::map<std::string, std::string> unusable_;  ///< by content: the file
    std::map<std::string, std::string> unusable_beside_;  ///< what only says who sent a content
    std::map<sending, unfinished> unfinished_;
    mutable std::set<std::string> unsettled_;
    std::set<std::pair<bool, std::string>> clear_;  ///< first those that are people's alone (false)
    std::set<std::string> keys_alone_;  ///< keys of contents that are not there
    // Of settle() alone.
    std::string settled_after_;
    std::unique_ptr<sealing> sealing_;
};

/// What the content really is (libmagic): "application/pdf".
std::string sniff(const content_reader& from, std::string_view declared);

/// "text/plain" of "Text/Plain; charset=utf-8".
std::string essence_of(std::string_view media_type);

/// Whether a content that really is `sniffed` may go by the name of `declared`, and is taken at all.
bool is_taken(std::string_view declared, std::string_view sniffed);

}  // namespace server::blobs
