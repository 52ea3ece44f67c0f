#include "server/ballots/key_store.hpp"

#include "events/bytes/durable_file.hpp"

#include <sodium.h>

#include <cstring>
#include <set>
#include <stdexcept>

namespace server::ballots {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view half_suffix = ".half", whole_suffix = ".key";

std::string_view bytes_of(const scalar& s) { return {reinterpret_cast<const char*>(s.data()), s.size()}; }

std::optional<scalar> scalar_in(const fs::path& file) {
    auto bytes = events::bytes::read_file(file, sizeof(scalar));
    if (!bytes || bytes->size() != sizeof(scalar)) return std::nullopt;
    scalar s;
    std::memcpy(s.data(), bytes->data(), s.size());
    sodium_memzero(bytes->data(), bytes->size());
    return s;
}

scalar either_but_not_both(const scalar& a, const scalar& b) {
    scalar c;
    for (std::size_t i = 0; i < c.size(); ++i) c[i] = a[i] ^ b[i];
    return c;
}

}  // namespace

key_store::key_store(fs::path with_data, fs::path apart) : with_data_(std::move(with_data)), apart_(std::move(apart)) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium can't be used");
    for (const auto& folder : {with_data_, apart_}) events::bytes::make_folder(folder);
    std::vector<fs::path> whole;
    for (const auto& file : fs::directory_iterator(with_data_))
        if (file.path().extension() == whole_suffix) whole.push_back(file.path());
    for (const auto& file : whole) {
        auto secret = scalar_in(file);
        if (!secret) continue;
        keep(file.stem(), *secret);
        sodium_memzero(secret->data(), secret->size());
        events::bytes::shred_file(file);
    }
}

fs::path key_store::half_in(const fs::path& folder, const std::string& name) const { return folder / (name + std::string(half_suffix)); }

std::string key_store::name_of(const point& open) {
    char out[2 * sizeof(point) + 1];
    sodium_bin2hex(out, sizeof out, open.data(), open.size());
    return out;
}

void key_store::write(const point& open, const scalar& secret) {
    const std::lock_guard hold(files_);
    keep(name_of(open), secret);
}

void key_store::keep(const std::string& name, const scalar& secret) {
    scalar random;
    randombytes_buf(random.data(), random.size());
    auto other = either_but_not_both(secret, random);
    events::bytes::write_file(half_in(apart_, name), bytes_of(random));
    events::bytes::write_file(half_in(with_data_, name), bytes_of(other));
    sodium_memzero(random.data(), random.size());
    sodium_memzero(other.data(), other.size());
}

std::optional<scalar> key_store::read(const point& open) const {
    const auto name = name_of(open);
    const std::lock_guard hold(files_);
    const auto one = scalar_in(half_in(with_data_, name)), other = scalar_in(half_in(apart_, name));
    if (!one || !other) return std::nullopt;
    return either_but_not_both(*one, *other);
}

void key_store::shred(const std::string& name) {
    const std::lock_guard hold(files_);
    for (const auto& folder : {with_data_, apart_}) events::bytes::shred_file(half_in(folder, name));
}

std::vector<std::string> key_store::names() const {
    std::set<std::string> all;
    for (const auto& folder : {with_data_, apart_})
        for (const auto& file : fs::directory_iterator(folder))
            if (file.path().extension() == half_suffix) all.insert(file.path().stem());
    return {all.begin(), all.end()};
}

}  // namespace server::ballots
