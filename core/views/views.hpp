#pragma once
// All read models, at one position of the log. They can be dropped and made again from it at any time; a snapshot spares
// the time that this takes.
//
// Not synchronised: one thread applies, and readers are kept off meanwhile. Member events come with their personal
// fields opened; those of others may stay sealed, as no text is kept.

#include "core/views/directory.hpp"
#include "core/views/inbox.hpp"
#include "core/views/task_board.hpp"
#include "core/views/timeline.hpp"

#include <string>
#include <string_view>

namespace core::views {

class views {
public:
    core::views::directory directory;
    task_board board;
    timeline channels;

    /// Folds the event after position(). One that is already in is passed over.
    void apply(const events::recorded& event);

    /// The last event that is in.
    events::position position() const { return position_; }

    std::vector<inbox_item> inbox(const person& reader, std::size_t limit = 200) const {
        return inbox_of(reader, directory, board, channels, limit);
    }

    /// For a loader that has brought each part to `p` itself.
    void stand_at(events::position p) { position_ = p; }

    /// Replaces `out` by a snapshot.
    void save(std::string& out) const;
    /// Takes over a snapshot. False, and empty, where it is damaged or of another format: make the views from the log.
    bool load(std::string_view in);

    bool operator==(const views&) const = default;

private:
    events::position position_;
};

}  // namespace core::views
