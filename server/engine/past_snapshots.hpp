#pragma once
// The views as they were at some positions, kept beside the log so that a moment between two of them costs the events since the
// one before it. Each is small: what was closed by then is not in it but looked up in the present (core/views/task_board.hpp), and
// nothing personal, as in the snapshot of the present (loader.hpp).
//
// They are bound in number and bytes: where there is no room for one more, the one goes that is missed least for its age. So they
// lie close together where the log is now, and further apart the longer ago. Each says which log it is of, by its root; one that is
// damaged or of another log is thrown away: the moments before it do.
//
// Any thread; one at a time adds.

#include "core/views/views.hpp"
#include "events/log/log.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server::engine {

struct past_snapshot_options {
    std::size_t count_max = 128;
    std::size_t bytes_max = std::size_t{256} << 20;
};

class past_snapshots {
public:
    /// Told of what was thrown away: "kept/past-07", "of another log: …".
    using mended = std::function<void(std::string_view what, std::string_view why)>;

    explicit past_snapshots(events::log& log, past_snapshot_options how = {}, mended tell = {});

    /// All but members, up to `views->position()`.
    struct one {
        std::shared_ptr<core::views::views> views;
        events::position at;
        std::size_t bytes = 0;
    };
    /// The last one that is not after `which`; nothing where there is none.
    std::optional<one> before(events::position which);

    events::position newest() const;
    std::vector<events::position> positions() const;
    std::size_t bytes() const;

    /// Keeps the views as they are, at `now.position()`, which is after newest(). Throws where that can't be: nothing is lost.
    void add(const core::views::views& now);

private:
    struct entry {
        events::position at;
        std::uint64_t slot = 0;
        std::uint64_t bytes = 0;
    };
    void read_list();
    void keep_list();
    std::optional<one> load(const entry& from);
    void throw_away(const entry& which, std::string_view why);
    std::vector<entry>::iterator least_missed();

    events::log& log_;
    past_snapshot_options how_;
    mended tell_;
    mutable std::mutex guard_;
    std::vector<entry> all_;  // by position
};

}  // namespace server::engine
