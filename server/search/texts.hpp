#pragma once
// The index and what keeps it in step with the log.

#include "server/search/follower.hpp"

namespace server::search {

struct texts {
    texts(const events::log& log, const events::keyring& keys) : follower(in, log, keys) {}

    index in;
    search::follower follower;
};

}  // namespace server::search
