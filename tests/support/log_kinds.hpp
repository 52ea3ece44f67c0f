#pragma once
// The logs that have to pass the contract suite.

#include "events/log/memory_log.hpp"

namespace testing {

/// It has nowhere to come back from: reopening leaves it as it is.
struct memory_kind {
    events::log& log() { return log_; }
    void reopen() {}

private:
    events::memory_log log_;
};

}  // namespace testing

#define EVERY_LOG testing::memory_kind
