#pragma once
// Feeds: what each says now, and each change in order, without a hole or a double.
//
// One thread of the room reads the socket and puts changes into the readers' lines; whoever has a reader takes them out, on a
// thread of their own. Feeds, and readers among each other, may be used from any thread; one reader is for one thread.

#include "opsroom/problem.hpp"
#include "opsroom/rows.hpp"

#include <chrono>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace opsroom {

class reader;
struct feed_state;
class live;

struct change {
    std::string feed;
    /// "snapshot": everything as it is, in `data`; "events": what happened since; "subscribed": a resume has caught up; "typing", "presence"
    std::string type;
    std::uint64_t position = 0;
    std::string mark;  ///< to go on from here another time: feed_options::since
    std::shared_ptr<const json> said;  ///< the whole of it, as the server said it; never null

    const json& events() const { return list_at(*said, "events"); }  ///< the facts, as the log has them
    const json& rows() const;                                        ///< that changed, as they are now; of a snapshot all
    const json& gone() const { return list_at(*said, "gone"); }      ///< ids of rows that can't be seen any more
    const json& data() const { return at_or_null(*said, "data"); }
};

/// How a feed is followed.
struct feed_options {
    std::string since = {};         ///< the mark of a change: everything after it comes, without a snapshot where the server can do that
    bool whole = true;              ///< long lists are read to their end, beside the feed
    std::size_t untaken_max = 256;  ///< so many changes wait for a slow reader; then the feed rests, and goes on from the log
};

/// Made by room::feed; the same name is the same feed, however many read it, until it is closed. Copies are the same feed, and may
/// outlive their room, whose end closes them.
class feed {
public:
    feed(std::shared_ptr<feed_state> state, std::shared_ptr<live> of);

    /// Once everything up to now is here: the snapshot, and all pages of a long list. Throws `problem`.
    const feed& ready() const;

    const std::string& name() const;
    std::vector<json> rows() const;                  ///< in order of their ids
    std::optional<json> row(std::uint64_t id) const;
    timeline conversation() const;                   ///< of a channel
    json data() const;                               ///< of the last snapshot
    std::string mark() const;
    std::string history() const;
    bool is_resting() const;                         ///< a reader takes too little
    void close() const;

    bool operator==(const feed& other) const { return state_ == other.state_; }

private:
    friend class reader;
    std::shared_ptr<feed_state> state_;
    std::shared_ptr<live> live_;
};

/// What happens, as it happens: `for (const auto& change : reader(board))`. Of several feeds of a room in the order in which they were told.
/// The slowest reader of a feed sets its pace. Of a feed that goes on already the first change is how it stands.
class reader {
public:
    explicit reader(feed of) : reader(std::vector{std::move(of)}) {}
    /// `untaken_max` is the least of theirs. Throws `mistake` where they are of different rooms.
    explicit reader(std::vector<feed> of);
    ~reader();
    reader(reader&&) noexcept;
    reader& operator=(reader&&) noexcept;

    /// The next change; nothing once all of them are closed. Throws `problem` where a feed has ended for good, after what came before.
    std::optional<change> next();
    /// The same, and nothing where none comes in time.
    std::optional<change> next(std::chrono::milliseconds at_most);

    class iterator {
    public:
        using value_type = change;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        iterator() = default;
        explicit iterator(reader& from) : from_(&from), now_(from.next()) {}
        const change& operator*() const { return *now_; }
        const change* operator->() const { return &*now_; }
        iterator& operator++() {
            now_ = from_->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return !now_; }

    private:
        reader* from_ = nullptr;
        std::optional<change> now_;
    };
    iterator begin() { return iterator(*this); }
    std::default_sentinel_t end() const { return {}; }

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace opsroom
