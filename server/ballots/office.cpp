#include "server/ballots/office.hpp"

#include "events/bytes/base64.hpp"
#include "events/bytes/durable_file.hpp"
#include "events/codec/codec.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace server::ballots {
namespace {

constexpr std::string_view suffix = ".key";
constexpr std::size_t unused_max = 64;  // elections that are being opened at the same time

std::string_view bytes_of(const std::array<unsigned char, 32>& p) { return {reinterpret_cast<const char*>(p.data()), p.size()}; }

std::string hex(const point& p) {
    char out[2 * sizeof(point) + 1];
    sodium_bin2hex(out, sizeof out, p.data(), p.size());
    return out;
}

std::optional<point> key_in(const std::string& base64) {
    const auto bytes = events::bytes::from_base64(base64);
    return bytes ? read_key(*bytes) : std::nullopt;
}

std::uint64_t first_word(std::span<const unsigned char> hash) {
    std::uint64_t word;
    std::memcpy(&word, hash.data(), sizeof word);
    return word == 0 ? 1 : word;
}

bool needs_key(core::election_status is) {
    using s = core::election_status;
    return (core::election::under_way & ~core::flow::from(s::counted, s::decided) & core::flow::from(is)) != 0;
}

}  // namespace

office::office(std::filesystem::path folder, const wire::documents& read, randomness random)
    : folder_(std::move(folder)), read_(read), random_(std::move(random)) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium can't be used");
    events::bytes::make_folder(folder_);
}

std::filesystem::path office::file_of(const point& key) const { return folder_ / (hex(key) + std::string(suffix)); }

std::string office::open_poll() {
    auto keys = make_keys(random_);
    const std::lock_guard hold(files_);
    if (unused_.size() == unused_max) {
        events::bytes::shred_file(folder_ / unused_.front());
        unused_.erase(unused_.begin());
    }
    unused_.push_back(file_of(keys.open).filename());
    events::bytes::write_file(file_of(keys.open), bytes_of(keys.secret));
    sodium_memzero(keys.secret.data(), keys.secret.size());
    return events::bytes::to_base64(bytes_of(keys.open));
}

std::optional<key_pair> office::keys_of(const std::string& key) const {
    const auto open = key_in(key);
    if (!open) return std::nullopt;
    const std::lock_guard hold(files_);
    const auto bytes = events::bytes::read_file(file_of(*open), sizeof(scalar));
    if (!bytes || bytes->size() != sizeof(scalar)) return std::nullopt;
    key_pair keys{{}, *open};
    std::memcpy(keys.secret.data(), bytes->data(), bytes->size());
    return keys;
}

std::optional<office::poll> office::find(events::election_id which) const {
    std::optional<poll> found;
    read_.views().read([&](const core::views::views& v, events::position) {
        if (const auto* row = v.elections.row(which.value)) found = poll{{}, row->state.nominees, row->state.is};
    });
    if (!found) return found;
    events::decoder decode;
    read_.log().read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto event = decode.decode(bytes);
        if (const auto* e = event ? std::get_if<events::election::any>(&event->event) : nullptr)
            if (const auto* opened = std::get_if<events::election::opened>(e)) found->key = opened->key;
        return false;
    });
    return found;
}

wire::ballot_box::sealed office::seal(events::election_id election, events::member_id voter, events::member_id nominee) {
    const auto p = find(election);
    const auto key = p ? key_in(p->key) : std::nullopt;
    const auto keys = p ? keys_of(p->key) : std::nullopt;
    const auto nothing = sealed{"", 1};
    if (!key || !keys || p->nominees.size() > nominees_max) return nothing;
    const auto at = std::find(p->nominees.begin(), p->nominees.end(), nominee);
    if (at == p->nominees.end()) return nothing;
    sealed out;
    out.ballot = events::bytes::to_base64(
        ballots::seal(*key, voter.value, static_cast<std::size_t>(at - p->nominees.begin()), p->nominees.size(), random_));
    unsigned char hash[crypto_generichash_BYTES];
    const std::uint64_t what[] = {election.value, voter.value, nominee.value};
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(what), sizeof what, keys->secret.data(), keys->secret.size());
    out.digest = first_word(hash);
    return out;
}

std::optional<core::election::count> office::count_of(events::election_id which, const poll& p) const {
    const auto keys = keys_of(p.key);
    if (!keys) return std::nullopt;
    std::map<std::uint64_t, std::string> last;  // of each voter
    events::decoder decode;
    read_.log().read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto event = decode.decode(bytes);
        const auto* e = event ? std::get_if<events::election::any>(&event->event) : nullptr;
        if (const auto* cast = e ? std::get_if<events::election::ballot_cast>(e) : nullptr)
            last[cast->voter.value] = events::bytes::from_base64(cast->ballot).value_or("");
        return true;
    });
    std::vector<sealed_ballot> all;
    for (auto& [voter, bytes] : last) all.push_back({voter, std::move(bytes)});
    auto counted = ballots::count(*keys, all, p.nominees.size(), random_);
    if (!counted) return std::nullopt;
    core::election::count c;
    for (std::size_t i = 0; i < p.nominees.size(); ++i) c.totals.push_back({p.nominees[i], counted->votes[i]});
    c.invalid = counted->invalid;
    c.proof = events::bytes::to_base64(counted->proof);
    return c;
}

events::uuid count_id(events::election_id which) {
    // Version 8 (RFC 9562): what is in it is ours to say.
    events::uuid id{};
    std::memcpy(id.bytes.data(), "election", 8);
    id.bytes[6] = 0x80;
    id.bytes[8] = 0x80;
    for (std::size_t i = 0; i < 7; ++i) id.bytes[15 - i] = static_cast<unsigned char>(which.value >> 8 * i);
    return id;
}

std::vector<due_count> office::counts_due(const std::function<void(events::election_id)>& lost) const {
    std::vector<events::election_id> waiting;
    read_.views().read([&](const core::views::views& v, events::position) {
        for (const auto& row : v.elections.rows())
            if (row.state.is == core::election_status::voted) waiting.push_back({row.number});
    });
    std::vector<due_count> due;
    for (const auto which : waiting) {
        const auto p = find(which);
        if (auto c = p ? count_of(which, *p) : std::nullopt) due.push_back({which, std::move(*c)});
        else if (lost) lost(which);
    }
    return due;
}

void office::tidy() {
    std::vector<events::election_id> all;
    std::uint64_t moved = 0;
    read_.views().read([&](const core::views::views& v, events::position) {
        for (const auto& row : v.elections.rows()) {
            all.push_back({row.number});
            moved = std::max(moved, row.changed.value);
        }
    });
    if (std::exchange(tidied_, moved) == moved) return;
    std::set<std::string> needed, known;
    for (const auto which : all) {
        const auto p = find(which);
        const auto key = p ? key_in(p->key) : std::nullopt;
        if (!key) continue;
        const std::string name = file_of(*key).filename();
        known.insert(name);
        if (needs_key(p->is)) needed.insert(name);
    }
    const std::lock_guard hold(files_);
    // One that was given out just now belongs to an election that is still being decided.
    std::erase_if(unused_, [&](const std::string& name) { return known.contains(name); });
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
        const std::string name = file.path().filename();
        const bool is_new = std::find(unused_.begin(), unused_.end(), name) != unused_.end();
        if (name.ends_with(suffix) && !needed.contains(name) && !is_new) events::bytes::shred_file(file.path());
    }
}

}  // namespace server::ballots
