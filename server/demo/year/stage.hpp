#pragma once
// Where a simulated year is played: a clock that goes from one thing to the next, chance that comes from a seed, and
// commands that are on their way to the engine together until something has to be known.
//
// One thread. The same seed gives the same commands, with the same ids, at the same times.

#include "core/views/views.hpp"
#include "server/engine/engine.hpp"
#include "server/engine/past_in_log.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace server::demo::year {

using events::date;
using events::instant;
using events::member_id;
using events::stream_id;

/// What the engine asks for the time. Any thread.
class played_clock {
public:
    instant now() const { return now_.load(); }
    void set(instant t) { now_.store(t); }

private:
    std::atomic<instant> now_{};
};

/// The same numbers on every machine (splitmix64).
class chance {
public:
    explicit chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next();
    /// 0 to n - 1.
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    /// Both ends included.
    int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low) + 1)); }
    bool percent(int p) { return below(100) < static_cast<std::size_t>(p); }
    template <class T>
    const T& pick(std::span<const T> all) {
        return all[below(all.size())];
    }
    template <class T, std::size_t N>
    const T& pick(const T (&all)[N]) {
        return all[below(N)];
    }

private:
    std::uint64_t state_;
};

/// The number of an entity, once it is known: the engine's thread says so.
struct handle {
    std::atomic<std::uint64_t> number{0};
};
using ticket = std::shared_ptr<handle>;

class stage {
public:
    using act = std::function<void()>;
    /// `progress` is told how far the clock has come.
    using progress = std::function<void(instant now, std::uint64_t events)>;

    stage(engine::engine& room, played_clock& clock, std::uint64_t seed, std::chrono::minutes utc_offset);

    /// `what` happens then; of two at the same time the one that was put first. What is in the past happens at once.
    void at(instant when, act what);
    /// Lets time pass, and everything happen, until `end`.
    void play(instant end, const progress& tell = {});

    /// A command of `who`, without waiting for it. Throws std::runtime_error, later, where it is refused.
    template <class Aggregate>
    ticket run(member_id who, std::optional<stream_id> target, typename Aggregate::command what) {
        return submit(who, target, std::move(what));
    }
    /// What is due by now, in the system's name.
    void tick();

    /// Waits until everything on its way is done and in the views.
    void settle();
    /// The number behind a ticket.
    std::uint64_t number(const ticket& of);

    /// f(const core::views::views&) once everything on its way is done.
    template <class F>
    decltype(auto) look(F&& f) {
        settle();
        return room_.views().read([&](const core::views::views& v, events::position) { return f(v); });
    }

    /// Of an event that is in the log.
    std::optional<stream_id> stream_at(events::position p) const { return engine::past_in_log(room_.log()).stream_at(p); }

    instant now() const { return now_; }
    date today() const { return core::date_in(now_, offset_); }
    instant moment(date day, std::chrono::minutes of_day) const { return std::chrono::sys_days(day) + of_day - offset_; }

    const core::working_calendar& days() const { return days_; }
    void work_by(core::working_calendar days) { days_ = std::move(days); }
    /// So many working days from today, at a time of day.
    instant in(unsigned working_days, std::chrono::minutes of_day) const { return moment(days_.after(today(), working_days), of_day); }
    /// The day by itself.
    date day_in(unsigned working_days) const { return days_.after(today(), working_days); }

    chance luck;

private:
    class answers;

    ticket submit(member_id who, std::optional<stream_id> target, core::any_command&& what);
    void send(engine::request&& one);

    engine::engine& room_;
    played_clock& clock_;
    std::chrono::minutes offset_;
    core::working_calendar days_;
    instant now_{};
    std::uint64_t commands_ = 0;
    std::uint64_t put_ = 0;
    std::map<std::pair<instant, std::uint64_t>, act> to_come_;
    std::shared_ptr<answers> answers_;
};

}  // namespace server::demo::year
