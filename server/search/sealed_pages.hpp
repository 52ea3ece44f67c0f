#pragma once
// Pages on disk, each sealed by itself, that go from one whole state to the next: a page is never written over while the state
// that was kept last needs it, and keep() makes the next state of what was written since. After a crash, at any moment, there is
// the last one that was kept.
//
// In a folder of its own: `pages-N` holds the pages in no order; `table` says where each is, and what the state is of; `salt`
// makes the key, with the installation's. So a copy of the folder can't be read without the keys, nor, once the salt is gone,
// by anybody who has them. A page is ciphertext ‖ nonce ‖ tag (AES-256-GCM), bound to its number; the table has the beginning
// of its nonce, so that an earlier state of it is noticed.
//
// One thread writes; others may read while they keep that one out.

#include "events/keys/keyring.hpp"
#include "events/keys/piece_cipher.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace server::search {

class sealed_pages {
public:
    static constexpr std::size_t page_bytes = 4'096;
    static constexpr std::size_t seal_bytes = 32;  ///< at the end of each page: theirs, and read as zeros

    /// What was kept is not what was written, or not for this installation: it can't be used.
    class damaged : public std::runtime_error {
    public:
        using std::runtime_error::runtime_error;
    };

    /// The state before it stands, and can be gone on from.
    class not_kept : public std::runtime_error {
    public:
        using std::runtime_error::runtime_error;
    };

    /// As they were kept last, or none. Throws damaged; and boost::system::system_error, as do all others.
    sealed_pages(std::filesystem::path folder, const events::keyring& installation);
    ~sealed_pages();
    sealed_pages(const sealed_pages&) = delete;
    sealed_pages& operator=(const sealed_pages&) = delete;

    /// What the state that was kept last is of; empty where there is none.
    const std::string& note() const { return note_; }
    std::uint32_t count() const { return static_cast<std::uint32_t>(places_.size()); }
    std::uint64_t bytes_on_disk() const { return std::uint64_t{slots_} * page_bytes; }

    /// A page that was never written is all zeros. Throws damaged.
    void read(std::uint32_t page, char* into) const;
    void write(std::uint32_t page, const char* from);
    void cut(std::uint32_t count);

    /// Brings to the disk what was written; keep() then waits for little.
    void sync();
    /// Durable when it returns. Throws not_kept; where it throws anything else it is not known what is on the disk, and the pages
    /// have to be opened again.
    void keep(std::string_view note);

    /// What is on the disk can't be read again by anybody. The pages can, here, until this goes; keep() comes after renew().
    void forget_kept();
    /// To a file of its own under another key.
    void renew();

private:
    struct place {
        std::uint32_t slot;
        std::uint32_t mark;  ///< how its nonce begins
    };

    void begin_empty();
    void load(std::string_view sealed);
    std::unique_ptr<events::piece_cipher> cipher_of(const std::string& salt) const;
    std::filesystem::path file_no(std::uint64_t number) const;
    static int open_file(const std::filesystem::path& path, bool anew);
    std::uint32_t take_slot();
    std::uint32_t put(events::piece_cipher& with, int file, std::uint32_t page, std::uint32_t slot, const char* from) const;

    std::filesystem::path folder_;
    const events::keyring& installation_;
    std::unique_ptr<events::piece_cipher> cipher_;
    int file_ = -1;
    std::uint64_t number_ = 1;  ///< of the file
    std::string note_;
    std::vector<place> places_;     ///< by page
    std::uint32_t slots_ = 0;       ///< how many the file has
    std::vector<bool> needed_;      ///< by slot: by the state that was kept last
    std::vector<std::uint32_t> free_;
    std::vector<std::uint32_t> left_;  ///< needed until the next state is kept
    bool has_salt_ = false;
};

}  // namespace server::search
