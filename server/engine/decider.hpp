#pragma once
// From requests to a batch of events: access, retries, expected versions, the aggregates' rules. One thread.

#include "core/kernel/calendar.hpp"
#include "core/evidence.hpp"
#include "core/definitions/definitions.hpp"
#include "core/follow_up.hpp"
#include "core/views/directory.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"
#include "server/engine/aggregates.hpp"
#include "server/engine/batch.hpp"
#include "server/engine/fingerprints.hpp"
#include "server/engine/past_in_log.hpp"
#include "server/engine/undo.hpp"

#include <algorithm>
#include <unordered_map>

namespace server::engine {

/// All that the rules see, as it will be once everything decided so far is durable.
class decider {
public:
    decider(events::log& log, events::keyring& keys, std::chrono::minutes utc_offset, const core::files* files = nullptr,
            const core::sign_ins* accounts = nullptr);

    /// While the disk has no room nothing new is decided: it is refused. What was done before is answered as ever.
    void take_nothing(bool full) { full_ = full; }

    /// Folds what the log holds. Personal fields of members are in the clear.
    void replay(const events::recorded& happened);

    /// Decides one request at `now`, into `open`. One that is not whole goes back by `open`, where it may pass.
    void decide(request&& asked, events::instant now, batch& open);

    /// Decides all of a transaction, or nothing of it.
    void decide_together(request&& asked, events::instant now, batch& open);

    /// Decides what is due by `now`, in the system's name, until `open` has `events_max` events. False where there is more
    /// to do: call it again, with nothing decided in between. A crash half way does nothing twice, as what is done is not
    /// due any more.
    bool tick(request& asked, events::instant now, std::size_t events_max, batch& open);

    /// Entities came from a snapshot: what rules ask beside them is made from them.
    void settle();

    /// The log has them from here on.
    void forget(const std::vector<events::command_key>& durable);

    events::position head() const { return head_; }
    void start_at(events::position p) { head_ = p; }
    /// Nothing is dated earlier from here on, unless the clock is set back.
    void not_before(events::instant t) { last_time_ = t; }

    aggregates& entities() { return entities_; }
    const core::views::directory& people() const { return people_; }
    core::evidence_ledger& evidence() { return evidence_; }

private:
    template <core::decider A>
    friend class kind_deciding_of;

    answer settle(const client_command& asked, events::instant now, batch& open);
    /// What is to be answered to one that is not whole; nothing where it may pass once it is.
    std::optional<answer> try_out(const client_command& asked, events::instant now, batch& open);
    /// One command, after everything that is decided so far; `asked` is new.
    answer apply(const client_command& asked, events::instant now, batch& open);
    /// What was answered to it, whether or not that is durable already; `read` makes it anew from the log.
    std::optional<answer> seen_before(const events::command_key& key, std::uint64_t digest, answer (decider::*read)(const events::outcome&) const) const;
    /// As it is recorded; 0 stays 0.
    std::uint64_t mac_of(const events::command_key& key, std::uint64_t digest) const;
    answer read_done(const events::outcome& what) const;
    answer read_done_together(const events::outcome& what) const;
    /// Until the log has it; one that had nothing to change (`what.count` 0) is written beside the events.
    void remember(const events::command_key& key, const events::outcome& what, const answer& told, batch& open);

    answer settle_together(transaction& asked, events::instant now, batch& open);
    /// Every part; `told` counts what those make that are not refused.
    refused_together try_together(transaction& asked, events::instant now, batch& open, done_together& told);
    /// As it was when the log would have ended at `head`, and the batch held so much.
    void take_back(events::position head, std::size_t events, std::size_t erased, batch& open);

    core::context at(events::instant now) const;
    /// Where what is recorded is dated by a wrong clock, and it is known who says what time it is: says so in the log, from
    /// which on it goes by the right one.
    void set_clock_back(events::org::time_witness witness, events::instant now, batch& open);
    /// As far as that is durable.
    bool was_made_by(events::stream_id which, events::member_id who) const;
    /// What follows by itself from the events of `open` after the first `from`, in the same batch.
    std::uint32_t follow(const client_command& asked, events::instant now, std::size_t from, batch& open);

    /// Whether there is somebody who may read the log, but not this stream.
    bool may_be_hidden(events::stream_id stream) const;
    void record(const events::envelope& about_it, events::any&& happened, batch& open);
    /// Its bytes. Every key that it needs is there: see unsealable().
    void encode(committed_event& made);
    /// Makes the keys of who joins by the events of a transaction, and says what can't be sealed. Throws where a key can't be kept.
    std::optional<refused> unsealable(const batch& open, std::size_t from);
    /// What is left of a tick; each stage is looked at once the one before it is decided.
    struct agenda {
        core::follow_ups due;
        std::size_t next = 0;
        int stage = 0;
        std::uint32_t count = 0;  ///< events so far
        std::optional<events::instant> slept_since = {};
    };
    bool fill(agenda& with, const core::context& by);

    /// What rules ask beside the states has changed.
    void refresh(const events::recorded& happened);

    events::log& log_;
    events::keyring& keys_;
    std::chrono::minutes utc_offset_;
    const core::files* files_;
    const core::sign_ins* accounts_;
    past_in_log past_;

    aggregates entities_;
    core::views::directory people_;  // the roster that rules ask
    core::working_calendar calendar_;
    core::amended_flows book_;
    core::evidence_ledger evidence_;
    std::optional<agenda> agenda_;                 // of the tick that is under way
    std::optional<events::date> suggested_on_;     // evidence was looked for
    std::optional<events::date> reminded_on_;
    sha256_fingerprints prints_;
    events::position head_;   // last position given out
    events::instant last_time_{};
    bool full_ = false;
    std::optional<undo> undo_;  // while a transaction is being decided: nothing is encoded, no key made

    struct pending {
        events::outcome outcome;
        answer told;
    };
    struct key_hash {
        std::size_t operator()(const events::command_key& k) const noexcept;
    };
    std::unordered_map<events::command_key, pending, key_hash> pending_;  // decided, not yet durable
};

}  // namespace server::engine
