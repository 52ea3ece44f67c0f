#pragma once
// The index and what keeps it in step with the log.

#include "server/search/follower.hpp"

namespace server::search {

struct texts {
    texts(const events::log& log, const events::keyring& keys, follower_options how = {})
        : in(how.folder, keys, how.most), follower(in, log, keys, std::move(how)) {}

    index in;
    search::follower follower;
};

}  // namespace server::search
