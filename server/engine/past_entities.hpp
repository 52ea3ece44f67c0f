#pragma once
// What one document of the past rests on beside its own stream, as it was at a position: people, settings, the calendar, flows
// and forms as amended, and any other entity. Each is folded from its own stream when it is first asked for, so that it costs
// what it looks at and not the history of everything.
//
// For one request, on one thread.

#include "core/definitions/definitions.hpp"
#include "core/kernel/context.hpp"
#include "core/views/directory.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"

#include <map>
#include <memory>
#include <optional>

namespace server::engine {

class past_entities final : public core::entities {
public:
    /// Both have to outlive this.
    past_entities(const events::log& log, const events::keyring& keys, events::position which) : log_(log), keys_(keys), which_(which) {}

    /// Calls f(const context&) with what rules would have been given then; the context does not outlive it. `reader` is who they
    /// are today: the past is read with the rights of the present.
    template <class F>
    decltype(auto) with_context(const core::person* reader, events::instant then, std::chrono::minutes zone_offset, F&& f) const {
        const auto* amended = find<core::definitions>(1);
        static const core::definitions::state nothing_amended;
        const core::amended_flows flows(amended ? *amended : nothing_amended);  // which looks at it, and keeps none of its own
        const auto days = calendar();
        const auto how = settings();
        core::context by{};
        by.now = then;
        by.today = core::date_in(then, zone_offset);
        by.actor = reader;
        by.people = &people();
        by.others = this;
        by.calendar = &days;
        by.how = &how;
        by.flows = &flows;
        by.zone_offset = zone_offset;
        return std::forward<F>(f)(static_cast<const core::context&>(by));
    }

    std::uint64_t highest(events::category kind) const override;

private:
    const void* state_of(events::stream_id which) const override;
    bool was_there(events::stream_id which) const;
    const core::views::directory& people() const;
    core::working_calendar calendar() const;
    events::org::settings settings() const;

    const events::log& log_;
    const events::keyring& keys_;
    events::position which_;
    // Made when first asked for.
    mutable std::optional<core::views::directory> people_;
    mutable std::map<events::category, std::uint64_t> highest_;
    mutable std::map<std::pair<events::category, std::uint64_t>, std::shared_ptr<const void>> states_;
};

}  // namespace server::engine
