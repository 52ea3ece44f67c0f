#pragma once
// Contents of attachments, each kept once under its SHA-256: blobs/ab/cdef…, beside a line that says its type. What is
// still being sent lies in blobs/incoming and is taken up again where it was cut off, whatever happened meanwhile.
//
// Any thread; one upload of a content at a time goes on, another waits or is refused. Throws boost::system::system_error
// where the disk does not do as it is asked.

#include "core/kernel/files.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace server::blobs {

enum class blob_error {
    none,
    bad_name,       ///< not a SHA-256 of 64 lower-case hex digits
    too_large,
    wrong_offset,   ///< `have` says where to go on
    wrong_content,  ///< all bytes came, and they hash to something else: they are gone, begin again
    wrong_type,     ///< the content is not what it is said to be, or of a type that is not taken
    busy,           ///< somebody else sends the same content now
    too_many,       ///< too many uploads are unfinished
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
};

class store final : public core::files {
public:
    /// Makes what is missing of `folder` and looks at what is there.
    explicit store(std::filesystem::path folder, limits at_most = {});

    /// Begins, or says how far it has come. A content that is there already is complete at once.
    upload begin(const std::string& sha256, std::uint64_t bytes, std::string_view media_type, std::uint64_t bytes_max);
    /// The next part. Once all bytes are there they are hashed, looked at and kept; durable when it says `complete`.
    upload append(const std::string& sha256, std::uint64_t offset, std::string_view part);

    std::optional<blob> find(const std::string& sha256) const;
    /// Of a content that is there: at most `most` bytes from `offset` on.
    std::string read(const std::string& sha256, std::uint64_t offset, std::size_t most) const;

    bool has(const events::attachment& a) const override;

    /// Removes what nothing has asked for since `then` (seconds since 1970): uploads that were never finished, and contents
    /// that nothing carries. `is_carried(sha256)` has to know of every event that is older than that. How many it removed.
    std::size_t sweep(std::int64_t then, const std::function<bool(const std::string&)>& is_carried);

private:
    struct kept : blob {
        std::int64_t wanted = 0;  ///< when somebody last sent it or attached it
    };
    struct unfinished {
        std::uint64_t bytes = 0;
        std::uint64_t have = 0;
        std::string media_type;
        bool busy = false;
    };
    std::filesystem::path path_of(const std::string& sha256) const;
    std::filesystem::path incoming(const std::string& sha256) const;
    upload finish(const std::string& sha256, const unfinished& u);
    void scan();
    std::size_t sweep_unfinished(std::int64_t then);

    std::filesystem::path folder_;
    limits at_most_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, kept> blobs_;  // has() notes that it was wanted
    std::map<std::string, unfinished> unfinished_;
};

/// What the content really is (libmagic): "application/pdf".
std::string sniff(const std::filesystem::path& file);

/// Whether a content that really is `sniffed` may go by the name of `declared`, and is taken at all.
bool is_taken(std::string_view declared, std::string_view sniffed);

}  // namespace server::blobs
