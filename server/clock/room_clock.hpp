#pragma once
// The clock of a room: guarded, against the last event of its log; what it does is said in the log lines and kept beside the
// log; and when the last tick was, so that what a pause has cost people can be made up for.

#include "events/catalog/org.hpp"
#include "events/log/log.hpp"
#include "server/clock/guarded.hpp"

#include <filesystem>
#include <string>

namespace server::clock {

/// Tells whoever serves `data`, or will, that this machine's clock is right. Durable when it returns.
void say_accepted(const std::filesystem::path& data);

class room_clock {
public:
    /// `believe`: whatever the log says. All outlive this.
    room_clock(events::log& log, std::filesystem::path data, rules how, bool believe, std::function<void(bool held)> told);

    events::instant now() { return guarded_.now(); }
    bool is_held() const { return guarded_.is_held(); }
    void heard(const events::uuid& command) { guarded_.heard(command); }
    /// How far the machine's clock is from what is believed, in seconds.
    double ahead_seconds();

    /// Who says what time it is; nobody, where it was never in doubt.
    events::org::time_witness witness() const;

    /// Once a second. True where it is believed from here on, and was not before.
    bool look();

    /// Before a tick: since when none came, where that is long.
    std::optional<events::instant> slept_since();
    /// A tick was taken.
    void ticked();

private:
    void tell(const guarded::change& c);

    events::log& log_;
    std::filesystem::path data_;
    const bool believe_;
    std::function<void(bool)> told_;
    guarded guarded_;
    std::optional<events::instant> last_tick_;
};

}  // namespace server::clock
