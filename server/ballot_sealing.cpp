#include "server/ballot_sealing.hpp"

#include "server/engine/refusals.hpp"
#include "server/ops/logging.hpp"

#include <set>

namespace server {
namespace {

/// Passes an answer on, and tells the officer that its key was used, or was not.
class key_watch final : public engine::asker {
public:
    key_watch(std::shared_ptr<engine::asker> behind, ballots::returning_officer& officer, std::string key)
        : behind_(std::move(behind)), officer_(officer), key_(std::move(key)) {}

    void answered(const events::uuid& command, const engine::answer& what) override {
        officer_.answered(key_);
        if (behind_) behind_->answered(command, what);
    }

private:
    std::shared_ptr<engine::asker> behind_;
    ballots::returning_officer& officer_;
    std::string key_;
};

}  // namespace

void ballot_sealing::make_whole(engine::request&& asked) {
    const auto one = std::make_shared<engine::request>(std::move(asked));
    const auto let = lanes_.submit(shares::lane::ballots, one->command.actor.value, [this, one] { make(*one); });
    if (let != shares::admission::let_in) tell_busy(*one);
}

void ballot_sealing::make(engine::request& asked) {
    try {
        officer_.make_whole(asked.command);
    } catch (const std::exception& e) {
        ops::log_warning("what an election needs was not made", {{"why", e.what()}});
        return tell_busy(asked);
    }
    if (const auto* about = asked.command.what.get_if<core::election::command>())
        if (const auto* open = std::get_if<core::election::open>(about))
            asked.from = std::make_shared<key_watch>(std::move(asked.from), officer_, open->key);
    if (!writer_.submit(std::span(&asked, 1))) tell_busy(asked);
}

void ballot_sealing::tell_busy(engine::request& asked) {
    if (!asked.from) return;
    on_shard_(asked.shard, [to = std::move(asked.from), id = asked.command.id] { to->answered(id, engine::refused{engine::busy, {}}); });
}

void count_ballots(ballots::returning_officer& polls, engine::engine& writer, std::atomic<bool>& counting) {
    if (counting.exchange(true)) return;
    static std::set<std::uint64_t> said;  // by one call at a time: see `counting`
    const auto lost = [](events::election_id which) {
        if (!said.insert(which.value).second) return;
        ops::log_error("the ballots of an election can't be counted: bring the two halves of its key back (keys/elections, and the folder election_keys), or mend their "
                       "permissions; else cancel it and hold it again",
                       {{"election", which.value}});
    };
    struct done {
        std::atomic<bool>& counting;
        ~done() { counting = false; }
    } const afterwards{counting};
    for (auto& due : polls.counts_due(lost)) {
        engine::client_command c;
        // The same for every attempt to count this election: it is counted once.
        c.id = ballots::count_id(due.election);
        c.actor = events::the_system;
        c.target = stream_of(due.election);
        c.digest = 1;
        c.what = core::election::command(std::move(due.what));
        writer.submit(engine::request{std::move(c), nullptr, 0});
    }
    polls.tidy();
}

}  // namespace server
