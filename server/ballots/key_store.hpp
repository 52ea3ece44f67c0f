#pragma once
// Where the elections' secret keys are kept: in two halves, each of them random by itself, one in the data folder and one in a
// folder apart. A copy of either, a backup of the data folder among them, opens no ballot; whoever can read both can, as the
// server can. An election whose halves are not both there any more can't be counted.
//
// Any thread. Files: WITH_DATA/HEX-OF-PUBLIC-KEY.half and APART/the same, 32 bytes, owner only; their exclusive or is the key. Keys
// that an older version kept whole (….key) are cut in two when the store is opened.

#include "server/ballots/ballot.hpp"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace server::ballots {

class key_store {
public:
    /// Makes the folders where there are none. Throws boost::system::system_error where they can't be made or read.
    key_store(std::filesystem::path with_data, std::filesystem::path apart);

    /// Durable when it returns.
    void write(const point& open, const scalar& secret);
    /// Nothing where not both halves are there.
    std::optional<scalar> read(const point& open) const;
    void shred(const std::string& name);

    static std::string name_of(const point& open);
    /// Of all keys of which there is a half.
    std::vector<std::string> names() const;

private:
    void keep(const std::string& name, const scalar& secret);
    std::filesystem::path half_in(const std::filesystem::path& folder, const std::string& name) const;

    std::filesystem::path with_data_, apart_;
    mutable std::mutex files_;
};

}  // namespace server::ballots
