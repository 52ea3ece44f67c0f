#pragma once
// A content as it lies on the disk: 16 bytes that say what it is, 16 that say by which keys (content_keys), then pieces of
// 16 KiB, each seal ‖ ciphertext and bound to its number. So any part of it is read by opening the pieces that it lies in, and an
// upload goes on where it was cut off: the last piece is sealed anew, longer. How many bytes it has is said with its keys.
//
// One thread at a time. Internal to blobs, and to what backs them up. Where the disk does not do as it is asked,
// boost::system::system_error.

#include "events/keys/piece_cipher.hpp"
#include "server/blobs/content_keys.hpp"
#include "server/blobs/files.hpp"

#include <stdexcept>

namespace server::blobs {

class sealed_content {
public:
    static constexpr std::size_t piece_bytes = 16'384;

    /// It is not what was sealed with this key.
    class damaged : public std::runtime_error {
    public:
        using std::runtime_error::runtime_error;
    };

    /// Makes the file, or makes it empty.
    static void begin(const std::filesystem::path& path, const content_id& id);
    /// As the file says; nothing where it is no sealed content.
    static std::optional<content_id> id_of(const std::filesystem::path& path);
    /// How large the file is that so many bytes take.
    static std::uint64_t bytes_on_disk(std::uint64_t bytes);

    /// `how` as open(2) takes it: O_RDONLY or O_RDWR.
    sealed_content(const std::filesystem::path& path, int how, const events::secret_key& key) : file_(path, how), cipher_(key) {}

    /// How many bytes there are in the clear, by the file's size.
    std::uint64_t bytes() const;
    /// Fewer than `most` at the end alone. Throws damaged.
    std::string read(std::uint64_t offset, std::size_t most) const;
    /// At its end, which is at `have`.
    void write(std::uint64_t have, std::string_view bytes);
    /// Of the first `have` bytes those that are whole, after a write that may not have come to its end: the rest is cut off.
    std::uint64_t mend(std::uint64_t have);
    void sync() { file_.sync(); }

private:
    file file_;
    mutable events::piece_cipher cipher_;
};

}  // namespace server::blobs
