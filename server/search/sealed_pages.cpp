#include "server/search/sealed_pages.hpp"

#include "events/bytes/durable_file.hpp"
#include "events/keys/cipher.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace server::search {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t words_bytes = sealed_pages::page_bytes - sealed_pages::seal_bytes;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t table_bytes_max = std::size_t{1} << 31;
constexpr std::uint32_t table_format = 1;
constexpr std::uint32_t nowhere = UINT32_MAX;
constexpr std::uint64_t the_table = UINT64_MAX;  // in the place of a page's number
static_assert(events::piece_cipher::seal_bytes <= sealed_pages::seal_bytes);

[[noreturn]] void fail_at(const fs::path& file) {
    throw boost::system::system_error(errno, boost::system::generic_category(), file.string());
}

template <class T>
void put_number(std::string& to, T number) {
    to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Takes it from the front; false where there is too little.
template <class T>
bool take_number(std::string_view& from, T& number) {
    if (from.size() < sizeof number) return false;
    std::memcpy(&number, from.data(), sizeof number);
    from.remove_prefix(sizeof number);
    return true;
}

}  // namespace

sealed_pages::sealed_pages(fs::path folder, const events::keyring& installation) : folder_(std::move(folder)), installation_(installation) {
    events::bytes::make_folder(folder_);
    const auto table = events::bytes::read_file(folder_ / "table", table_bytes_max);
    if (!table) {
        begin_empty();
        return;
    }
    const auto salt = events::bytes::read_file(folder_ / "salt", 4'096);
    if (!salt || salt->size() != salt_bytes) throw damaged("its salt is gone");
    cipher_ = cipher_of(*salt);
    has_salt_ = true;
    load(*table);
}

sealed_pages::~sealed_pages() {
    if (file_ >= 0) ::close(file_);
}

/// What may still lie there is of no state.
void sealed_pages::begin_empty() {
    fs::remove_all(folder_);
    events::bytes::make_folder(folder_);
    const auto salt = events::random_bytes(salt_bytes);
    cipher_ = cipher_of(salt);
    events::bytes::write_file(folder_ / "salt", salt);
    has_salt_ = true;
    file_ = open_file(file_no(number_), true);
}

/// The installation's key is for nothing but digests: what it says of the salt is a key that nobody else can make.
std::unique_ptr<events::piece_cipher> sealed_pages::cipher_of(const std::string& salt) const {
    events::uuid salted;
    std::memcpy(salted.bytes.data(), salt.data(), salt_bytes);
    events::secret_key key;
    for (std::uint64_t part = 0; part < key.size() / sizeof part; ++part) {
        const auto word = installation_.mac(events::the_system, salted, part);
        std::memcpy(key.data() + part * sizeof word, &word, sizeof word);
    }
    auto made = std::make_unique<events::piece_cipher>(key);
    events::forget(key);
    return made;
}

fs::path sealed_pages::file_no(std::uint64_t number) const { return folder_ / ("pages-" + std::to_string(number)); }

int sealed_pages::open_file(const fs::path& path, bool anew) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (anew ? O_CREAT | O_TRUNC : 0), 0600);
    if (file < 0) fail_at(path);
    return file;
}

void sealed_pages::load(std::string_view sealed) {
    constexpr auto seal = events::piece_cipher::seal_bytes;
    if (sealed.size() < seal) throw damaged("its table is cut off");
    std::string text(sealed.size() - seal, '\0');
    if (!cipher_->open(sealed.substr(seal), the_table, sealed.data(), text.data())) throw damaged("its table is damaged, or was sealed by another installation");
    std::string_view rest = text;
    std::uint32_t is = 0, note_bytes = 0, count = 0;
    if (!take_number(rest, is) || is != table_format) throw damaged("it is of another version");
    bool whole = take_number(rest, number_) && take_number(rest, slots_) && take_number(rest, note_bytes) && rest.size() >= note_bytes;
    if (whole) {
        note_ = rest.substr(0, note_bytes);
        rest.remove_prefix(note_bytes);
        whole = take_number(rest, count) && rest.size() == count * sizeof(place);
    }
    if (!whole) throw damaged("its table is cut off");
    places_.resize(count);
    std::memcpy(places_.data(), rest.data(), rest.size());
    needed_.assign(slots_, false);
    for (const auto& p : places_) {
        if (p.slot == nowhere) continue;
        if (p.slot >= slots_ || needed_[p.slot]) throw damaged("its table contradicts itself");
        needed_[p.slot] = true;
    }
    for (auto s = slots_; s > 0; --s)
        if (!needed_[s - 1]) free_.push_back(s - 1);
    std::error_code unknown;
    const auto pages = file_no(number_);
    if (!fs::is_regular_file(pages, unknown) || fs::file_size(pages, unknown) < bytes_on_disk()) throw damaged("its pages are cut off, or gone");
    for (const auto& entry : fs::directory_iterator(folder_))
        if (entry.path() != pages && entry.path().filename() != "table" && entry.path().filename() != "salt") fs::remove_all(entry.path(), unknown);
    file_ = open_file(pages, false);
}

void sealed_pages::read(std::uint32_t page, char* into) const {
    if (page >= places_.size() || places_[page].slot == nowhere) {
        std::memset(into, 0, page_bytes);
        return;
    }
    std::array<char, page_bytes> sealed;
    const auto at = places_[page];
    ssize_t n = 0;
    do n = ::pread(file_, sealed.data(), page_bytes, static_cast<off_t>(at.slot) * static_cast<off_t>(page_bytes));
    while (n < 0 && errno == EINTR);
    if (n != static_cast<ssize_t>(page_bytes)) throw damaged(n < 0 ? std::string("a page can't be read: ") + std::strerror(errno) : "its pages are cut off");
    std::uint32_t mark = 0;
    std::memcpy(&mark, sealed.data() + words_bytes, sizeof mark);
    if (mark != at.mark || !cipher_->open({sealed.data(), words_bytes}, page, sealed.data() + words_bytes, into)) throw damaged("a page is damaged");
    std::memset(into + words_bytes, 0, seal_bytes);
}

/// The mark.
std::uint32_t sealed_pages::put(events::piece_cipher& with, int file, std::uint32_t page, std::uint32_t slot, const char* from) const {
    std::array<char, page_bytes> sealed{};
    with.close({from, words_bytes}, page, sealed.data(), sealed.data() + words_bytes);
    std::size_t done = 0;
    while (done < page_bytes) {
        const auto n = ::pwrite(file, sealed.data() + done, page_bytes - done, static_cast<off_t>(slot) * static_cast<off_t>(page_bytes) + static_cast<off_t>(done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail_at(file_no(number_));
        done += static_cast<std::size_t>(n);
    }
    std::uint32_t mark = 0;
    std::memcpy(&mark, sealed.data() + words_bytes, sizeof mark);
    return mark;
}

std::uint32_t sealed_pages::take_slot() {
    if (free_.empty()) {
        needed_.push_back(false);
        return slots_++;
    }
    const auto slot = free_.back();
    free_.pop_back();
    return slot;
}

void sealed_pages::write(std::uint32_t page, const char* from) {
    if (page >= places_.size()) places_.resize(page + 1, {nowhere, 0});
    auto& at = places_[page];
    const bool elsewhere = at.slot == nowhere || needed_[at.slot];
    const auto slot = elsewhere ? take_slot() : at.slot;
    std::uint32_t mark = 0;
    try {
        mark = put(*cipher_, file_, page, slot, from);
    } catch (...) {
        if (elsewhere) free_.push_back(slot);
        throw;
    }
    if (elsewhere && at.slot != nowhere) left_.push_back(at.slot);
    at = {slot, mark};
}

void sealed_pages::cut(std::uint32_t count) {
    for (auto page = count; page < places_.size(); ++page) {
        const auto slot = places_[page].slot;
        if (slot != nowhere) (needed_[slot] ? left_ : free_).push_back(slot);
    }
    if (count < places_.size()) places_.resize(count);
}

void sealed_pages::sync() {
    if (::fdatasync(file_) != 0) fail_at(file_no(number_));
}

void sealed_pages::keep(std::string_view note) {
    if (!has_salt_) throw std::logic_error("pages are kept under a key that was forgotten");
    sync();
    std::string text;
    put_number(text, table_format);
    put_number(text, number_);
    put_number(text, slots_);
    put_number(text, static_cast<std::uint32_t>(note.size()));
    text += note;
    put_number(text, count());
    text.append(reinterpret_cast<const char*>(places_.data()), places_.size() * sizeof(place));
    std::string table(events::piece_cipher::seal_bytes + text.size(), '\0');
    cipher_->close(text, the_table, table.data() + events::piece_cipher::seal_bytes, table.data());
    try {
        events::bytes::write_file(folder_ / "table", table);
    } catch (const std::exception& e) {
        throw not_kept(e.what());
    }
    note_ = note;
    for (const auto slot : left_) needed_[slot] = false;
    free_.insert(free_.end(), left_.begin(), left_.end());
    left_.clear();
    for (const auto& p : places_)
        if (p.slot != nowhere) needed_[p.slot] = true;
}

void sealed_pages::forget_kept() {
    has_salt_ = false;
    note_.clear();
    events::bytes::shred_file(folder_ / "salt");
    fs::remove(folder_ / "table");
}

void sealed_pages::renew() {
    const auto salt = events::random_bytes(salt_bytes);
    auto fresh = cipher_of(salt);
    const auto path = file_no(number_ + 1);
    const int file = open_file(path, true);
    std::vector<place> moved;
    try {
        std::array<char, page_bytes> words;
        for (std::uint32_t page = 0; page < count(); ++page) {
            if (places_[page].slot == nowhere) {
                moved.push_back({nowhere, 0});
                continue;
            }
            read(page, words.data());
            moved.push_back({page, put(*fresh, file, page, page, words.data())});
        }
        events::bytes::write_file(folder_ / "salt", salt);
    } catch (...) {
        std::error_code ignored;
        ::close(file);
        fs::remove(path, ignored);
        throw;
    }
    std::error_code ignored;
    ::close(file_);
    fs::remove(file_no(number_), ignored);
    ++number_;
    file_ = file;
    cipher_ = std::move(fresh);
    has_salt_ = true;
    places_ = std::move(moved);
    slots_ = count();
    needed_.assign(slots_, false);
    left_.clear();
    free_.clear();
    for (auto s = slots_; s > 0; --s)
        if (places_[s - 1].slot == nowhere) free_.push_back(s - 1);
}

}  // namespace server::search
