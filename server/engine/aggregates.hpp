#pragma once
// The state of every entity, as the rules see it. Belongs to the engine's deciding thread alone.

#include "core/kernel/context.hpp"
#include "core/policies/reminders.hpp"
#include "events/catalog/any.hpp"
#include "server/engine/table.hpp"

#include <array>
#include <memory>

namespace server::engine {

class aggregates final : public core::entities, public core::policies::status_entries {
public:
    aggregates();

    template <core::decider A>
    table<A>& of() { return static_cast<table<A>&>(at(A::category)); }
    template <core::decider A>
    const table<A>& of() const { return const_cast<aggregates*>(this)->of<A>(); }
    any_table& at(events::category kind) { return *tables_[static_cast<std::size_t>(kind)]; }
    const any_table& at(events::category kind) const { return *tables_[static_cast<std::size_t>(kind)]; }

    std::uint64_t highest(events::category kind) const override { return at(kind).highest(); }
    /// 0 where there is none.
    events::version version_of(events::stream_id which) const { return at(which.kind).version_of(which.number); }
    bool has_open_tasks(events::project_id of_it) const override;
    core::policies::status_entry status_entry_of(events::stream_id which) const override { return at(which.kind).status_entry_of(which.number); }

    /// Nothing came into its status later than that: a wrong clock had dated it.
    void not_after(events::instant t);

    /// Folds what happened.
    void apply(const events::recorded& happened) { at(happened.event.category()).apply(happened); }

    /// All but members, whose names are sealed in the log: each with its category, so that it is known by a later version, and a
    /// kind that there was not yet has none.
    void save_impersonal(core::archive::writer& to) const;
    /// False where the bytes are no good.
    bool load_impersonal(core::archive::reader& from);

    /// What was kept of entities before they changed, put back or let go.
    void put_back();
    void let_go();

private:
    const void* state_of(events::stream_id which) const override { return at(which.kind).state_of(which.number); }

    std::array<std::unique_ptr<any_table>, events::category_count> tables_;  // none at 0
};

}  // namespace server::engine
