#pragma once
// What can be read, as JSON, each checked against who reads. The same for HTTP, for snapshots of feeds and for exports.
//
// Any thread. Reads the views in memory, and the log for the text of messages and for histories.

#include "core/access/events.hpp"
#include "core/kernel/context.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"
#include "server/engine/views.hpp"
#include "server/wire/feed.hpp"
#include "server/wire/flows/moment.hpp"
#include "server/wire/problem.hpp"
#include "server/wire/rows.hpp"
#include "server/wire/text_cache.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace server::wire {

struct document {
    std::string body;
    events::position at;
    std::vector<std::uint64_t> rows = {};  ///< of a list that a feed goes on with: which it shows
    bool moves = false;                    ///< shows something else later on the same day with nothing having happened: minutes
};
using reading = std::variant<document, problem>;

/// A feed's first line.
struct snapshot {
    std::string line;
    events::position at;
    std::size_t content_hash = 0;  ///< without the position
    std::set<std::uint64_t> rows = {};  ///< of a list of a flow's entities: which it shows
};

/// Which rows of the board somebody is shown, in their order: whoever is shown the same at the same position reads the same.
struct board_sight {
    std::vector<std::uint64_t> rows;
    events::position at;
};
inline constexpr std::size_t board_rows_max = 5'000;

/// Who reads.
struct reader {
    events::member_id who;
    events::language language = events::language::zh;
};

/// Who left which channels by which event, the last where they did it again.
using leavings = std::map<events::member_id, std::map<std::uint64_t, events::position>>;

/// How a list of tasks is ordered, and where in it a page begins: the newest changed first; or, as on the board, what is
/// open before what is not, from among the open ones on or from among the rest.
enum class task_order : std::uint8_t { newest_changed, open_first, closed_last };

/// A list's query, checked already.
struct page {
    std::size_t limit = 50;
    std::uint64_t cursor = 0;
    task_order order = task_order::newest_changed;  ///< of tasks alone
};

/// What `next` says of a list of tasks in another order, read back. False where it is no such thing.
bool read_sorted_cursor(std::string_view text, std::optional<core::views::task_cursor>& after);

/// What `next` says of a list of tasks, read back into `p`. False where it is no such thing.
bool read_task_cursor(std::string_view text, page& p);

class documents {
public:
    /// `today` is the department's day. All of them have to outlive this.
    documents(const engine::shared_views& views, const events::log& log, const events::keyring& keys,
              std::function<events::instant()> now, std::chrono::minutes utc_offset);

    const engine::shared_views& views() const { return views_; }
    const events::log& log() const { return log_; }
    const events::keyring& keys() const { return keys_; }

    std::chrono::minutes utc_offset() const { return utc_offset_; }
    events::instant now() const { return now_(); }

    /// Calls f(views, position, context) -> reading with the active reader as actor and the present as time; a problem for
    /// anybody else.
    template <class F>
    reading with_reader(events::member_id who, F&& f) const {
        return look([&](const core::views::views& v, events::position at) -> reading {
            const auto* p = active(v, who);
            if (!p) return make(404, problems::not_found);
            return v.with_context(p, now_(), utc_offset_, [&](const core::context& by) -> reading { return f(v, at, by); });
        });
    }

    /// The same as everything was, for one request: lists and what is derived. The reader is who they are today, and finds
    /// nothing that they may not see today.
    documents as_of(std::shared_ptr<const core::views::views> then, const moment& when) const;
    /// Whether the present lets them see it too. Within a reading; true where this is the present.
    bool still_lets_see(events::stream_id which, events::member_id who) const;
    /// A channel's past belongs to whoever may see the channel today, when they joined it or not. Within a reading.
    bool lets_see(const core::views::channel_row& channel, const core::person& reader) const;
    const std::optional<moment>& when() const { return when_; }
    /// Within a reading of the past: the views of the present. Null where that is what is read.
    const core::views::views* present_views() const { return past_ ? present_ : nullptr; }

    /// How much of an event somebody is shown who comes upon it.
    core::access::sight seen_by(events::member_id who, const events::recorded& event) const;

    /// Outside of a reading: when the clock was set back, as far as the present knows.
    core::views::set_backs set_backs() const;

    /// Nothing for somebody who never joined.
    std::optional<core::person> person(events::member_id who) const;
    events::language language_of(events::member_id who) const;
    /// The event that last changed their roles or department, and so what they may see.
    events::position placed(events::member_id who) const;
    /// 0 where nobody signs in with it.
    events::member_id with_login(std::string_view login) const;

    reading members(events::member_id who, page p) const;
    reading member(events::member_id who, events::member_id which) const;
    reading tasks(events::member_id who, const core::views::task_filter& wanted, bool overdue, page p) const;
    /// In another order than the newest changed first; with `total`.
    reading sorted_tasks(events::member_id who, const core::views::task_query& wanted, const std::optional<core::views::task_cursor>& after,
                         std::size_t limit) const;
    /// With its history; as of a moment before: as it was then, read-only.
    reading task(const reader& by, events::task_id which, const std::optional<moment>& as_of = {}) const;
    reading channels(events::member_id who, page p) const;
    reading channel(events::member_id who, events::channel_id which) const;
    reading messages(events::member_id who, events::channel_id which, const core::views::message_range& wanted) const;
    /// A page of what waits in the flows; with the first one, all else that waits.
    reading inbox(events::member_id who, page p) const;
    reading log_page(events::member_id who, events::position from, events::direction way, std::size_t limit) const;
    reading log_entry(events::member_id who, events::position which) const;

    // For feeds.

    std::optional<problem> may_subscribe(const feed& f, events::member_id who) const;
    std::variant<snapshot, problem> first_line(const feed& f, events::member_id who, events::language language) const;
    /// Nothing for somebody who may not read, and where it moved meanwhile.
    std::optional<board_sight> sees_of_board(events::member_id who, std::size_t limit = board_rows_max) const;
    /// Tasks as an array; those that the reader may not see are left out.
    void write_task_rows(std::string& out, const std::vector<std::uint64_t>& which, const core::person& reader) const;
    /// The `events` line of a feed that shows the latest: the rows as they are, and those of `left` that the reader lost
    /// after `held`. Nothing where that is none.
    std::optional<std::string> rows_line(const feed& f, const std::set<std::uint64_t>& which, const leavings& left, events::position held,
                                         events::member_id who) const;

    /// The same of a list of a flow's entities. `shown` are those that the reader has been shown; it is kept so.
    std::optional<std::string> flow_rows_line(const feed& f, const std::set<std::uint64_t>& which, std::set<std::uint64_t>& shown,
                                              events::member_id who) const;

    /// Somebody was erased: nothing of what was read before is kept.
    void forget() const { texts_->forget(); }

    /// Which history the log is (server/engine/history.hpp); said before the first reader comes.
    void stand_in(std::string history) { history_ = std::move(history); }
    const std::string& history() const { return history_; }

    /// Presence is not in the log; whoever knows it says so here, before the first snapshot.
    void presence_from(std::function<std::vector<events::member_id>()> ask) { online_ = std::move(ask); }
    std::vector<events::member_id> online() const { return online_ ? online_() : std::vector<events::member_id>(); }

    events::date today() const;

private:
    /// Calls f(views, position): the present ones, or those of the past.
    template <class F>
    decltype(auto) look(F&& f) const {
        return views_.read([&](const core::views::views& present, events::position at) -> decltype(auto) {
            present_ = &present;
            return past_ ? f(*past_, past_->position()) : f(present, at);
        });
    }
    /// Null for somebody who may not read anything.
    const core::person* active(const core::views::views& v, events::member_id who) const {
        const auto* p = (past_ ? *present_ : v).directory.find(who);
        return p && p->active ? p : nullptr;
    }

    /// A list, in parts: the views are read once for each, while `part` says that there are more. It stands at the position
    /// of the first. What has changed since may be in the later ones already: a feed tells it again, and rows are told whole.
    reading in_parts(events::member_id who, const std::function<bool(const core::views::views&, const core::person&, std::string&)>& part) const;
    reading channel_with_messages(events::member_id who, events::channel_id which) const;
    void read_texts(events::channel_id in, std::vector<message>& messages) const;

    const engine::shared_views& views_;
    const events::log& log_;
    const events::keyring& keys_;
    std::function<events::instant()> now_;
    std::chrono::minutes utc_offset_;
    std::string history_;
    std::function<std::vector<events::member_id>()> online_;
    std::shared_ptr<text_cache> texts_ = std::make_shared<text_cache>();

    // Of the past.
    std::shared_ptr<const core::views::views> past_;
    std::optional<moment> when_;
    static thread_local const core::views::views* present_;  // within look()
};

}  // namespace server::wire
