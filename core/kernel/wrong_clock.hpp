#pragma once
// What the system had dated by a wrong clock and is still to come, once that was set back. What happened by it stays: it can't be
// undone, and people may have built on it. What people dated themselves they date anew.

#include "core/kernel/context.hpp"

#include <span>
#include <string>

namespace core {

class wrong_clock {
public:
    /// It was at `from`, and the right time was `to`.
    wrong_clock(instant from, instant to, const context& by);

    /// Nobody plans so far ahead: what lies further off than half of what it was ahead was dated by it.
    bool dated(date d) const { return d > middle_; }
    /// Moves those of a schedule's steps that come after the first `taken` back by what it was ahead, where it was so by years. False
    /// where the next of them is of the right time.
    bool bring_back(std::span<date* const> steps, std::size_t taken) const;

    static std::string reason() { return "服务器时钟曾经有误，现已拨回 / the server's clock had been wrong, and was set back"; }

private:
    std::chrono::days ahead_;
    date middle_, today_;
};

}  // namespace core
