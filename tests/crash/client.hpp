#pragma once
// One client that keeps a server busy until it dies, and comes back for what it was not told.

#include "tests/crash/ledger.hpp"
#include "tests/support/ws_client.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace crash {

class client {
public:
    client(unsigned number, std::string token) : token_(std::move(token)), ledger_(number), number_(number) {}

    /// Makes the channel that it posts to. Call once, with the server up.
    void set_up(std::uint16_t port);

    /// Sends again what has no answer yet, and some of what has; then new commands until the connection is lost.
    void work(std::uint16_t port);

    /// Only the first half: returns when every command has its answer. Throws connection_lost.
    void settle(std::uint16_t port);

    const ledger& book() const { return ledger_; }
    /// What must never happen, in words.
    const std::vector<std::string>& complaints() const { return complaints_; }

private:
    void ask_again(support::ws_client& server);
    /// Waits for one message and notes the answers in it. How many there were.
    std::size_t take_answers(support::ws_client& server);
    void note(const std::string& line);
    void complain(std::string what) {
        if (complaints_.size() < 20) complaints_.push_back(std::move(what));
    }

    std::string token_;
    std::string channel_;
    ledger ledger_;
    unsigned number_;
    std::vector<std::string> complaints_;
};

}  // namespace crash
