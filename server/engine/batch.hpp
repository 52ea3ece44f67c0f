#pragma once
// What is decided and not yet durable.

#include "events/log/log.hpp"
#include "server/engine/committed.hpp"
#include "server/engine/request.hpp"

#include <memory>
#include <vector>

namespace server::engine {

struct batch {
    std::shared_ptr<committed> made = std::make_shared<committed>();
    std::vector<std::vector<addressed_answer>> answers;  ///< by shard
    std::vector<events::command_key> commands;           ///< whose outcome is not in the log yet
    std::vector<events::idle_command> idle;              ///< those of them that had nothing to change
    std::vector<events::member_id> erased;               ///< whose keys go once this is durable
    std::vector<request> unmade;                         ///< may pass, once they are whole
    std::size_t answer_count = 0;

    bool empty() const { return made->events.empty() && idle.empty() && answer_count == 0; }

    void add(unsigned shard, addressed_answer&& one) {
        if (!one.to) return;
        if (shard >= answers.size()) answers.resize(shard + 1);
        answers[shard].push_back(std::move(one));
        ++answer_count;
    }
};

}  // namespace server::engine
