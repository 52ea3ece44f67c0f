#pragma once
// Contents of attachments, each kept once under its SHA-256: blobs/ab/cdef…, beside a line that says its type and one that
// says who sent it. What is still being sent lies in blobs/incoming, to each sender their own, and is taken up again where it
// was cut off, whatever happened meanwhile. Whether a content is there is told to nobody who did not send it: they send it,
// and it is theirs too.
//
// Any thread; of one sender's upload of a content one part at a time is taken. Throws boost::system::system_error
// where the disk does not do as it is asked.

#include "events/catalog/value.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
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
    std::uint64_t bytes;
    std::string media_type;
};

struct limits {
    std::uint64_t blob_bytes_max = 1u << 30;
    std::size_t unfinished_max = 1'000;
    std::size_t unfinished_each_max = 32;  ///< of one sender
    std::function<bool(std::uint64_t bytes)> has_room{};  ///< whether the disk takes so many more; empty: always
    std::function<void(const std::string& file, const std::string& why)> damaged{};  ///< told of what is not as it was written
};

class store {
public:
    /// Makes what is missing of `folder` and looks at what is there.
    explicit store(std::filesystem::path folder, limits at_most = {});

    /// Begins, or says how far it has come. What `who` has sent before, or `sees` where it is attached, is complete at once, and so is
    /// one of which only the last step was missing.
    upload begin(events::member_id who, const std::string& sha256, std::uint64_t bytes, std::string_view media_type, std::uint64_t bytes_max,
                 bool sees = false);
    /// The next part. Once all bytes are there they are hashed, looked at and kept; durable when it says `complete`.
    upload append(events::member_id who, const std::string& sha256, std::uint64_t offset, std::string_view part);

    std::optional<blob> find(const std::string& sha256) const;
    /// Whether a content that is there still hashes to its name. Reads all of it, unless that was done since the file last changed;
    /// always with `anew`. Where it does not, `damaged` is told.
    bool check(const std::string& sha256, bool anew = false) const;
    /// Every content, anew: the names of those that are damaged or gone.
    std::vector<std::string> check_all() const;

    /// Of a content that is there: at most `most` bytes from `offset` on.
    std::string read(const std::string& sha256, std::uint64_t offset, std::size_t most) const;

    /// Whole, of this size and of this type. It counts as wanted from here on.
    bool has(const events::attachment& a) const;
    /// Whether `who` has sent it.
    bool is_from(events::member_id who, const std::string& sha256) const;

    /// Removes what nothing has asked for since `then` (seconds since 1970): uploads that were never finished, and contents
    /// that nothing carries. `is_carried(sha256)` has to know of every event that is older than that. How many it removed.
    std::size_t sweep(std::int64_t then, const std::function<bool(const std::string&)>& is_carried);

private:
    struct kept : blob {
        std::int64_t wanted = 0;  ///< when somebody last sent it or attached it
        std::set<events::member_id> senders = {};
        std::int64_t checked = 0;  ///< the file's last change (ns) when it was last found whole; 0: it has not been
    };
    struct unfinished {
        std::uint64_t bytes = 0;
        std::uint64_t have = 0;
        std::string media_type;
        bool busy = false;
    };
    std::filesystem::path path_of(const std::string& sha256) const;
    /// One sender's, of one content.
    using sending = std::pair<events::member_id, std::string>;
    std::filesystem::path incoming(const sending& which) const;
    upload finish(const sending& which, const unfinished& u);
    void write_senders(const std::string& sha256, const std::set<events::member_id>& all) const;
    void scan();
    void scan_contents(const std::filesystem::path& sub);
    void scan_incoming();
    void scan_one(const std::filesystem::path& incoming);
    void keep_or_drop(const std::filesystem::path& content, const std::string& sha256);
    void tell(const std::filesystem::path& file, const std::string& why) const;
    upload go_on(const sending& which, std::uint64_t offset, std::string_view part, unfinished now);
    std::size_t sweep_unfinished(std::int64_t then);

    std::filesystem::path folder_;
    limits at_most_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, kept> blobs_;  // has() notes that it was wanted
    std::map<sending, unfinished> unfinished_;
};

/// What the content really is (libmagic): "application/pdf".
std::string sniff(const std::filesystem::path& file, std::string_view declared);

/// "text/plain" of "Text/Plain; charset=utf-8".
std::string essence_of(std::string_view media_type);

/// Whether a content that really is `sniffed` may go by the name of `declared`, and is taken at all.
bool is_taken(std::string_view declared, std::string_view sniffed);

}  // namespace server::blobs
