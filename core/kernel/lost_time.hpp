#pragma once
// What a time in which the room was not there cost people, and how it is given back: whoever has until a day has as many working
// days for it, from the morning on which the room is back, as were left to them when it went. Working days, as that is when
// people are there to take their chance: a weekend costs nothing, and a half day is the least that counts.

#include "core/kernel/context.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace core {

class lost_time {
public:
    /// From `since` on, until `by.now`.
    lost_time(instant since, const context& by);

    /// No working day, nor another that somebody could have been waiting for.
    bool is_nothing() const { return working_.empty() && others_.empty(); }
    /// The day on which the room went, the day on which it is back, and how many working days went by.
    date from() const { return from_; }
    date today() const { return today_; }
    std::size_t working_days() const { return working_.size(); }
    /// Why what people had until a day is moved, in both languages.
    std::string reason() const;

    /// Until when a window lasts that is open from `opens` (nothing: since long ago) to `closes`, both included, where it could not
    /// go on before `resumes`. Never earlier than `closes`.
    date lengthened(std::optional<date> opens, date closes, date resumes) const;
    date lengthened(std::optional<date> opens, date closes) const { return lengthened(opens, closes, today_); }

    /// A window of a schedule.
    struct window {
        date* opens = nullptr;            ///< a day of the schedule, that is still to come; null: see `since`
        date* closes = nullptr;
        std::optional<date> since = {};   ///< it is open already, since then; nothing: it opens when the one before it closes
        bool is_open = false;
    };
    /// Lengthens windows that follow each other, and moves those behind them. Whether anything has changed; nothing that is to
    /// come lies in the past then.
    bool lengthen(std::span<const window> all) const;

private:
    bool lengthen(std::span<const window> all, bool late_is_today) const;
    bool is_lost(date day, instant since, instant until) const;
    /// Of a window with no working day in it every day counts.
    bool counts(date day, bool working) const { return !working || calendar_.is_working_day(day); }
    std::size_t lost_between(std::optional<date> first, date last, bool working) const;

    const working_calendar& calendar_;
    const events::org::settings& how_;
    std::chrono::minutes zone_;
    date from_, today_;
    std::vector<date> working_;  ///< the days that were lost, by day
    std::vector<date> others_;   ///< days off, the same
};

}  // namespace core
