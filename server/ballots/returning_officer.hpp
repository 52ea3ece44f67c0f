#pragma once
// The returning officer: it keeps the elections' secret keys beside the log, seals choices, counts once voting has closed,
// and destroys a key when its election is counted or cancelled. From then on nobody can open anything but the sums.
//
// Any thread. Where the keys lie: key_store.hpp.

#include "core/election/election.hpp"
#include "server/ballots/ballot.hpp"
#include "server/ballots/key_store.hpp"
#include "server/engine/request.hpp"
#include "server/wire/documents.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace server::ballots {

/// A choice, sealed.
struct sealed_choice {
    std::string ballot;        ///< base64; empty where there is no such election or nominee, for the rules to refuse
    std::uint64_t digest = 0;  ///< of the choice, by a key that goes with the election's: a retry is known, a guess is not proven
};

/// A count that is due.
struct due_count {
    events::election_id election;
    core::election::count what;
};

/// The id of the command that counts it: always the same.
events::uuid count_id(events::election_id which);

class returning_officer {
public:
    /// The two halves of the keys lie in `with_data` and `apart`. `read` has to outlive this. Throws boost::system::system_error
    /// where a folder can't be made.
    returning_officer(std::filesystem::path with_data, std::filesystem::path apart, const wire::documents& read, randomness random = system_randomness());

    /// A new election's public key, base64. The other half is kept, durably, before this returns. Throws
    /// std::runtime_error where it can't be, or where too many keys wait for their elections (see tidy()).
    std::string open_poll();
    sealed_choice seal(events::election_id election, events::member_id voter, events::member_id nominee);
    /// What is left to make of a command that the rules let pass, so that the choice is nowhere in the clear: not in the log,
    /// not even as a digest. Slow: on no shard's thread, nor the writer's.
    void make_whole(engine::client_command& asked);

    /// The counts of all elections that wait for theirs. Where a key is lost, nothing: `lost` is told which.
    std::vector<due_count> counts_due(const std::function<void(events::election_id)>& lost) const;
    /// The command that was to open an election with this key was answered, one way or the other: what came of it is in the
    /// log by now.
    void answered(const std::string& key);
    /// Destroys the keys of elections that need them no more, and those that no election ever had. Does nothing as long as
    /// no election has moved since, and no key waits to be known.
    void tidy();

private:
    struct poll {
        std::string key;  ///< base64
        std::vector<events::member_id> nominees;
        core::election_status is{};
    };
    std::optional<poll> find(events::election_id which) const;
    std::optional<key_pair> keys_of(const std::string& key) const;
    std::optional<core::election::count> count_of(events::election_id which, const poll& p) const;

    key_store keys_;
    const wire::documents& read_;
    randomness random_;
    std::uint64_t tidied_ = ~std::uint64_t{0};  // the last event of any election when it was

    /// A key given out since the start, whose election is not in the views as far as is known.
    struct fresh {
        std::string name;
        std::optional<events::position> settled;  ///< an event that names it is not after this one
    };
    std::mutex fresh_mutex_;
    std::vector<fresh> fresh_;
};

}  // namespace server::ballots
