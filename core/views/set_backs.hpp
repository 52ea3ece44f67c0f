#pragma once
// When the clock was set back (org.clock_set_back), and so when what a wrong clock had dated really was: no later than that.

#include "core/kernel/archive.hpp"
#include "core/kernel/context.hpp"
#include "events/catalog/any.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <vector>

namespace core::views {

/// Up to which moment, and by which event.
struct set_back {
    events::position at;
    instant to{};
    bool operator==(const set_back&) const = default;
};
BOOST_DESCRIBE_STRUCT(set_back, (), (at, to))

/// What `happened` sets the clock back to; nothing where it is another event.
inline std::optional<instant> set_back_by(const events::recorded& happened) {
    const auto* about = events::get_if<events::org::any>(&happened.event);
    const auto* e = about ? std::get_if<events::org::clock_set_back>(about) : nullptr;
    return e ? std::optional(e->to) : std::nullopt;
}

class set_backs {
public:
    /// In the log's order. Other events are passed over.
    void apply(const events::recorded& event) {
        if (const auto to = set_back_by(event)) all_.push_back({event.envelope.position, *to});
    }

    /// When the event at `at` happened, that says `dated`. In the log's order these never go back.
    instant when(events::position at, instant dated) const {
        for (const auto& one : all_)
            if (at < one.at) dated = std::min(dated, one.to);
        return dated;
    }
    bool empty() const { return all_.empty(); }

    void save(archive::writer& to) const { archive::write(to, all_); }
    bool load(archive::reader& from) {
        archive::read(from, all_);
        if (!from.ok()) all_.clear();
        return from.ok();
    }
    bool operator==(const set_backs&) const = default;

private:
    std::vector<set_back> all_;  // few
};

}  // namespace core::views
