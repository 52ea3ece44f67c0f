#pragma once
// Many commands at once: POST /api/v1/transactions.

#include "server/engine/request.hpp"
#include "server/wire/commands.hpp"

#include <map>
#include <memory>
#include <string>
#include <variant>

namespace server::wire {

inline constexpr std::size_t commands_max = 10'000;

struct read_transaction {
    std::unique_ptr<engine::transaction> what;
    /// Parts that can't be read, by their place. Where there are any, the transaction is a dry run: what else is wrong with
    /// it is found all the same.
    std::map<std::uint32_t, problem> unreadable;
    bool dry_run = false;  ///< asked for
};

/// A problem where there is nothing to decide at all.
std::variant<read_transaction, problem> read_transaction_body(simdjson::dom::element body, const events::uuid& id, events::member_id actor);

/// The body of the answer, and its status.
struct transaction_answer {
    int status;
    std::string body;
};
transaction_answer answer_transaction(const read_transaction& asked, std::size_t commands, const events::uuid& id,
                                      const engine::answer& what, events::language reader);

}  // namespace server::wire
