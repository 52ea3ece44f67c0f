#pragma once
// The returning office: it keeps the elections' secret keys beside the log, seals choices, counts once voting has closed,
// and destroys a key when its election is counted or cancelled. From then on nobody can open anything but the sums.
//
// Any thread. Files: FOLDER/HEX-OF-PUBLIC-KEY.key, 32 bytes, owner only.

#include "core/election/election.hpp"
#include "server/ballots/ballot.hpp"
#include "server/wire/ballot_box.hpp"
#include "server/wire/documents.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace server::ballots {

/// A count that is due.
struct due_count {
    events::election_id election;
    core::election::count what;
};

/// The id of the command that counts it: always the same.
events::uuid count_id(events::election_id which);

class office final : public wire::ballot_box {
public:
    /// `read` has to outlive this. Throws boost::system::system_error where the folder can't be made.
    office(std::filesystem::path folder, const wire::documents& read, randomness random = system_randomness());

    std::string open_poll() override;
    sealed seal(events::election_id election, events::member_id voter, events::member_id nominee) override;

    /// The counts of all elections that wait for theirs. Where a key is lost, nothing: `lost` is told which.
    std::vector<due_count> counts_due(const std::function<void(events::election_id)>& lost) const;
    /// Destroys the keys of elections that need them no more, and those that no election ever had. Does nothing as long as
    /// no election has moved since.
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
    std::filesystem::path file_of(const point& key) const;

    std::filesystem::path folder_;
    const wire::documents& read_;
    randomness random_;
    mutable std::mutex files_;
    std::uint64_t tidied_ = ~std::uint64_t{0};  // the last event of any election when it was
    std::vector<std::string> unused_;  // names of keys given out since the start: their elections may not be there yet
};

}  // namespace server::ballots
