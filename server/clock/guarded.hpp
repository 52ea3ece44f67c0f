#pragma once
// What time it is, for everything that is decided, stamped or read. A machine's clock can be wrong (at boot, before it has
// heard of a time server), and what a wrong one does can't be undone: elections are counted, forms close, every later event
// is dated after it. So a clock that has moved by more than a day, against the last event when the log is opened and against
// the time since boot from then on, is not believed at once: time goes on from where it was, and nothing follows from it by
// itself, until
//   - it comes back,
//   - it has stood by itself for some minutes, and something outside agrees with it: the kernel says that it follows a time
//     server, or somebody's command carries the time of their machine,
//   - or whoever runs the machine says that it is right (opsroomd accept-clock).
//
// Any thread.

#include "events/catalog/uuid.hpp"
#include "events/catalog/value.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

namespace server::clock {

/// What the machine says.
struct readings {
    events::instant wall;               ///< UTC
    std::chrono::microseconds since_boot{};  ///< only goes forward, asleep or not
};

/// Asked of the kernel itself: what stands between a process and its clocks may move them together.
readings machine();

/// The kernel follows a time server, and says the same time as `wall`.
bool is_synchronised(events::instant wall);

struct rules {
    std::chrono::microseconds jump{std::chrono::hours(24)};
    std::chrono::microseconds settle{std::chrono::minutes(2)};  ///< how long it has to stand by itself before it is believed
    std::chrono::microseconds drift{std::chrono::seconds(5)};   ///< by so much it may be corrected meanwhile
};

class guarded {
public:
    /// Confirmed: by the kernel; vouched: by somebody's command.
    enum class verdict { held, came_back, confirmed, vouched, accepted };
    /// A change: the clock is not believed any more, or is again. `says` is what it says, `shown` what now() gave before.
    struct change {
        verdict what;
        events::instant says;
        events::instant shown;
    };

    /// `last`: nothing happened later, as far as is known; nothing where nothing happened yet. `told` is called by look() and
    /// accept(), with nothing locked.
    guarded(std::function<readings()> read, std::function<bool(events::instant)> synchronised, std::optional<events::instant> last,
            std::function<void(const change&)> told, rules how = {});

    events::instant now();
    bool is_held() const { return held_.load(std::memory_order_acquire); }
    /// Why it is believed: what was said of it when it last was not. came_back: nobody had to say anything.
    verdict why() const { return why_.load(std::memory_order_acquire); }
    /// What the machine's clock says, believed or not.
    events::instant says() const { return read_().wall; }

    /// Once a second: believes, or begins not to.
    void look();
    /// Somebody sent a command by this id: one of version 7 says what time it is for them.
    void heard(const events::uuid& command);
    /// Whoever runs the machine says that it is right.
    void accept();

private:
    using offset = std::int64_t;  // wall minus time since boot, microseconds
    offset offset_of(const readings& r) const { return (r.wall.time_since_epoch() - r.since_boot).count(); }
    void hold();
    void believe(verdict why, const readings& r);
    void tell(const std::optional<change>& c) const {
        if (c && told_) told_(*c);
    }

    const std::function<readings()> read_;
    const std::function<bool(events::instant)> synchronised_;
    const std::function<void(const change&)> told_;
    const rules how_;
    std::atomic<offset> offset_;       ///< believed
    std::atomic<bool> held_{false};
    std::atomic<verdict> why_{verdict::came_back};

    std::mutex mutex_;                 ///< over what follows, and every change of held_
    offset candidate_ = 0;             ///< what it says while it is not believed,
    std::chrono::microseconds since_{};  ///< and from when on it has said so
    bool vouched_ = false;
    std::optional<change> untold_;
};

}  // namespace server::clock
