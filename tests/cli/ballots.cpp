// Ballots are sealed and counted by the server, and the count is checked by the client: two programs that share no code.

#include "clients/cli/tally.hpp"
#include "server/ballots/ballot.hpp"

#include <catch2/catch.hpp>
#include <sodium.h>

#include <random>

using namespace server::ballots;
using cli::count_verdict;

namespace {

randomness seeded(std::uint64_t seed) {
    return [from = std::make_shared<std::mt19937_64>(seed)](std::span<unsigned char> out) {
        for (auto& byte : out) byte = static_cast<unsigned char>((*from)());
    };
}

std::string text(const std::array<unsigned char, 32>& bytes) { return {bytes.begin(), bytes.end()}; }

/// An election in which voter n chose choices[n - 1].
struct poll {
    explicit poll(std::vector<std::size_t> choices, std::size_t nominees = 3) : nominees(nominees) {
        REQUIRE(sodium_init() >= 0);
        for (std::size_t n = 0; n < choices.size(); ++n) ballots.push_back({n + 1, seal(keys.open, n + 1, choices[n], nominees, random)});
    }
    tally counted() const {
        auto t = count(keys, ballots, nominees, random);
        REQUIRE(t);
        return *t;
    }
    cli::counted_election published() const {
        const auto t = counted();
        cli::counted_election e{text(keys.open), {}, t.votes, t.invalid, t.proof};
        for (const auto& b : ballots) e.ballots.emplace_back(b.voter, b.bytes);
        return e;
    }

    randomness random = seeded(7);
    key_pair keys = make_keys(random);
    std::size_t nominees;
    std::vector<sealed_ballot> ballots;
};

}  // namespace

TEST_CASE("ballots: the totals are those of the choices, and the client agrees", "[ballots][D7]") {
    CHECK(poll({0, 2, 2, 1, 2}).counted().votes == std::vector<std::uint32_t>{1, 1, 3});
    CHECK(poll({}).counted().votes == std::vector<std::uint32_t>{0, 0, 0});
    CHECK(poll({0}, 1).counted().votes == std::vector<std::uint32_t>{1});
    for (const auto& choices : {std::vector<std::size_t>{0, 2, 2, 1, 2}, {}, {1, 1, 1}})
        CHECK(cli::check_count(poll(choices).published()).verdict == count_verdict::holds);
}

TEST_CASE("ballots: the same choice is sealed differently each time, and is bound to its voter", "[ballots][D7]") {
    const poll p({1, 1});
    CHECK(p.ballots[0].bytes != p.ballots[1].bytes);
    CHECK(is_ballot(p.ballots[0].bytes, p.keys.open, 1, 3));
    CHECK(!is_ballot(p.ballots[0].bytes, p.keys.open, 2, 3));
    CHECK(!is_ballot(p.ballots[0].bytes, make_keys(seeded(8)).open, 1, 3));
    CHECK(!is_ballot(p.ballots[0].bytes, p.keys.open, 1, 2));
}

TEST_CASE("ballots: a changed byte makes it none, and it is counted as invalid", "[ballots][D7]") {
    poll p({0, 1});
    const auto whole = p.ballots[1].bytes;
    for (std::size_t at = 0; at < whole.size(); at += 13) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK(!is_ballot(changed, p.keys.open, 2, 3));
    }
    p.ballots[1].bytes.front() = static_cast<char>(p.ballots[1].bytes.front() ^ 1);
    const auto t = p.counted();
    CHECK(t.votes == std::vector<std::uint32_t>{1, 0, 0});
    CHECK(t.invalid == 1);
    const auto checked = cli::check_count(p.published());
    CHECK(checked.verdict == count_verdict::holds);
    CHECK(checked.invalid == std::vector<std::uint64_t>{2});
}

TEST_CASE("ballots: whoever counts can't move a vote, leave out a ballot or make one up", "[ballots][D7]") {
    const auto honest = poll({0, 2, 2, 1, 2}).published();
    auto moved = honest;
    std::swap(moved.totals[0], moved.totals[2]);
    CHECK(cli::check_count(moved).verdict == count_verdict::wrong_total);
    auto short_of_one = honest;
    short_of_one.ballots.pop_back();
    CHECK(cli::check_count(short_of_one).verdict != count_verdict::holds);
    auto twice = honest;
    twice.ballots.emplace_back(6, twice.ballots.front().second);  // somebody else's ballot in another name
    CHECK(cli::check_count(twice).verdict == count_verdict::wrong_invalid);
    auto again = honest;
    again.ballots.push_back(again.ballots.front());  // their own, a second time
    CHECK(cli::check_count(again).verdict == count_verdict::voted_twice);
    auto invalid = honest;
    invalid.invalid = 1;
    CHECK(cli::check_count(invalid).verdict == count_verdict::wrong_invalid);
    for (std::size_t at = 0; at < honest.proof.size(); at += 7) {
        auto changed = honest;
        changed.proof[at] = static_cast<char>(changed.proof[at] ^ 1);
        CHECK(cli::check_count(changed).verdict != count_verdict::holds);
    }
    auto other_key = honest;
    other_key.key = text(make_keys(seeded(8)).open);
    CHECK(cli::check_count(other_key).verdict != count_verdict::holds);
    other_key.key = std::string(32, '\0');
    CHECK(cli::check_count(other_key).verdict == count_verdict::bad_key);
}

TEST_CASE("ballots: the wrong secret opens nothing", "[ballots][D7]") {
    const poll p({0, 1});
    auto keys = p.keys;
    keys.secret = make_keys(seeded(9)).secret;
    CHECK(!count(keys, p.ballots, 3, p.random));
}
