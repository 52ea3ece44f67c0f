#include "server/ballots/returning_officer.hpp"

#include "events/bytes/base64.hpp"
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

constexpr std::size_t fresh_max = 256;  // elections that are being opened at the same time

std::string_view bytes_of(const std::array<unsigned char, 32>& p) { return {reinterpret_cast<const char*>(p.data()), p.size()}; }

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

returning_officer::returning_officer(std::filesystem::path with_data, std::filesystem::path apart, const wire::documents& read, randomness random)
    : keys_(std::move(with_data), std::move(apart)), read_(read), random_(std::move(random)) {}

std::string returning_officer::open_poll() {
    auto keys = make_keys(random_);
    const auto name = key_store::name_of(keys.open);
    {
        const std::lock_guard hold(fresh_mutex_);
        // None of them may go for it: an event may name it by now.
        if (fresh_.size() >= fresh_max) throw std::runtime_error("too many elections are being opened at the same time");
        fresh_.push_back({name, {}});
    }
    try {
        keys_.write(keys.open, keys.secret);
    } catch (...) {
        const std::lock_guard hold(fresh_mutex_);
        std::erase_if(fresh_, [&](const fresh& f) { return f.name == name; });
        throw;
    }
    sodium_memzero(keys.secret.data(), keys.secret.size());
    return events::bytes::to_base64(bytes_of(keys.open));
}

void returning_officer::answered(const std::string& key) {
    const auto open = key_in(key);
    if (!open) return;
    const auto name = key_store::name_of(*open);
    const auto at = read_.log().head();
    const std::lock_guard hold(fresh_mutex_);
    for (auto& f : fresh_)
        if (f.name == name) f.settled = at;
}

std::optional<key_pair> returning_officer::keys_of(const std::string& key) const {
    const auto open = key_in(key);
    if (!open) return std::nullopt;
    const auto secret = keys_.read(*open);
    return secret ? std::optional(key_pair{*secret, *open}) : std::nullopt;
}

std::optional<returning_officer::poll> returning_officer::find(events::election_id which) const {
    std::optional<poll> found;
    read_.views().read([&](const core::views::views& v, events::position) {
        if (const auto* row = v.of<core::election>().row(which.value)) found = poll{{}, row->state.nominees, row->state.is};
    });
    if (!found) return found;
    events::decoder decode;
    read_.log().read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto event = decode.decode(bytes);
        if (const auto* e = event ? events::get_if<events::election::any>(&event->event) : nullptr)
            if (const auto* opened = std::get_if<events::election::opened>(e)) found->key = opened->key;
        return false;
    });
    return found;
}

void returning_officer::make_whole(engine::client_command& asked) {
    const auto left = std::exchange(asked.left, std::nullopt);
    auto* about = left ? asked.what.get_if<core::election::command>() : nullptr;
    if (!about) return;
    if (auto* open = std::get_if<core::election::open>(about)) open->key = open_poll();
    if (auto* cast = std::get_if<core::election::cast>(about)) {
        auto sealed = seal({asked.target ? asked.target->number : 0}, asked.actor, left->choice);
        cast->ballot = std::move(sealed.ballot);
        asked.digest = sealed.digest;
    }
}

sealed_choice returning_officer::seal(events::election_id election, events::member_id voter, events::member_id nominee) {
    const auto p = find(election);
    const auto key = p ? key_in(p->key) : std::nullopt;
    const auto keys = p ? keys_of(p->key) : std::nullopt;
    const sealed_choice nothing{"", 1};
    if (!key || !keys || p->nominees.size() > nominees_max) return nothing;
    const auto at = std::find(p->nominees.begin(), p->nominees.end(), nominee);
    if (at == p->nominees.end()) return nothing;
    sealed_choice out;
    out.ballot = events::bytes::to_base64(
        ballots::seal(*key, voter.value, static_cast<std::size_t>(at - p->nominees.begin()), p->nominees.size(), random_));
    unsigned char hash[crypto_generichash_BYTES];
    const std::uint64_t what[] = {election.value, voter.value, nominee.value};
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(what), sizeof what, keys->secret.data(), keys->secret.size());
    out.digest = first_word(hash);
    return out;
}

std::optional<core::election::count> returning_officer::count_of(events::election_id which, const poll& p) const {
    const auto keys = keys_of(p.key);
    if (!keys) return std::nullopt;
    std::map<std::uint64_t, std::string> last;  // of each voter
    events::decoder decode;
    read_.log().read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        const auto event = decode.decode(bytes);
        const auto* e = event ? events::get_if<events::election::any>(&event->event) : nullptr;
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

std::vector<due_count> returning_officer::counts_due(const std::function<void(events::election_id)>& lost) const {
    std::vector<events::election_id> waiting;
    read_.views().read([&](const core::views::views& v, events::position) {
        for (const auto& row : v.of<core::election>().rows())
            if (row.state.is == core::election_status::voted) waiting.push_back({row.number});
    });
    std::vector<due_count> due;
    for (const auto which : waiting) {
        const auto p = find(which);
        std::optional<core::election::count> c;
        try {
            if (p) c = count_of(which, *p);
        } catch (const std::runtime_error&) {  // a half that can't be read is as good as none; the others are counted
        }
        if (c) due.push_back({which, std::move(*c)});
        else if (lost) lost(which);
    }
    return due;
}

void returning_officer::tidy() {
    std::vector<events::election_id> all;
    std::uint64_t moved = 0;
    events::position seen;
    read_.views().read([&](const core::views::views& v, events::position at) {
        seen = at;
        for (const auto& row : v.of<core::election>().rows()) {
            all.push_back({row.number});
            moved = std::max(moved, row.changed.value);
        }
    });
    const auto waits = [&] {
        const std::lock_guard hold(fresh_mutex_);
        return !fresh_.empty();
    };
    if (std::exchange(tidied_, moved) == moved && !waits()) return;
    // Looked at first: a key that is made from here on is not among them.
    const auto keys = keys_.names();
    std::set<std::string> needed, known;
    for (const auto which : all) {
        const auto p = find(which);
        const auto key = p ? key_in(p->key) : std::nullopt;
        if (!key) continue;
        const auto name = key_store::name_of(*key);
        known.insert(name);
        if (needs_key(p->is)) needed.insert(name);
    }
    {
        const std::lock_guard hold(fresh_mutex_);
        // One that was given out just now belongs to an election that is still being decided.
        std::erase_if(fresh_, [&](const fresh& f) { return known.contains(f.name) || (f.settled && *f.settled <= seen); });
        for (const auto& f : fresh_) needed.insert(f.name);
    }
    for (const auto& name : keys)
        if (!needed.contains(name)) keys_.shred(name);
}

}  // namespace server::ballots
