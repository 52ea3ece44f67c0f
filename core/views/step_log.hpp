#pragma once
// Which statuses an entity went through, and when: time in step (S1.3.3).

#include "core/kernel/archive.hpp"
#include "core/kernel/context.hpp"
#include "events/catalog/envelope.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <vector>

namespace core::views {

/// It came into a status. It stays there until the next step begins.
struct step {
    std::uint8_t status = 0;  ///< of the aggregate's enum
    instant since{};
    member_id by;             ///< whose action led here
    events::position at;      ///< the event that did
    bool operator==(const step&) const = default;
};
BOOST_DESCRIBE_STRUCT(step, (), (status, since, by, at))

class step_log {
public:
    /// After each event of the entity; a status that it is in already begins nothing.
    void enter(std::uint8_t status, const events::envelope& by) {
        if (steps_.empty() || steps_.back().status != status) steps_.push_back({status, by.time, by.actor, by.position});
    }
    /// None of it was later than that: a wrong clock had dated it.
    void not_after(instant t) {
        for (auto& s : steps_) s.since = std::min(s.since, t);
    }
    const std::vector<step>& all() const { return steps_; }
    /// Never empty once anything happened.
    const step& last() const { return steps_.back(); }

    bool operator==(const step_log&) const = default;
    friend void write(archive::writer& to, const step_log& log) { archive::write(to, log.steps_); }
    friend void read(archive::reader& from, step_log& log) { archive::read(from, log.steps_); }

private:
    std::vector<step> steps_;
};

}  // namespace core::views
