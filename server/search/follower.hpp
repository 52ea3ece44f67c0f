#pragma once
// Keeps the index in step with the log, on a thread of its own that takes what others leave of the cores: nobody waits for it,
// neither the writer nor the views. What it is behind lies in the log, and nowhere else.
//
// The index is kept now and then with the position that it stands at and the log's root there. A start goes on from that, where it
// fits this log; what does not is thrown away, said, and made anew from the first event. So is one that can be read no more.
//
// Indexed are people's names; titles and texts of tasks, requests and projects, as they are now; channels; messages. What
// appraisals, incentives, elections and delegations say is not: whom it is for differs by event (D5).

#include "events/codec/codec.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"
#include "server/search/index.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <stop_token>
#include <thread>

namespace server::search {

struct follower_options {
    std::filesystem::path folder = {};  ///< where the index is kept; empty: nowhere
    /// Told what was thrown away, and why; and what could not be done, which is tried again. On the follower's thread.
    std::function<void(std::string_view what, std::string_view why)> mended = {};
    std::function<void(const std::string& why)> failed = {};
    /// Asked before something is written; false: the disk is full, and it waits.
    std::function<bool()> has_room = {};
    bounds most = {};
    std::chrono::milliseconds keep_every{15'000};
};

class follower {
public:
    /// All of them outlive this.
    follower(index& into, const events::log& log, const events::keyring& keys, follower_options how = {})
        : into_(into), log_(log), keys_(keys), how_(std::move(how)) {}

    /// Begins to follow, until it goes. Where something fails it says so, and after a pause goes on from what was kept; what the log
    /// can't give is left out. Nothing else stops for that.
    void start();
    /// Keeps the index as it is then.
    void stop();
    /// Takes in what there is now, on this thread; and keep() keeps it. Instead of start().
    void catch_up();
    void keep();

    /// Any thread: somebody was erased by the event at `at`. What was kept is destroyed at once, however far behind this is.
    void erased(events::position at);

    /// The last event that is in.
    events::position position() const { return {at_.load(std::memory_order_acquire)}; }
    /// How many events there are that are not.
    std::uint64_t behind() const;

private:
    void run(const std::stop_token& stop);
    std::chrono::milliseconds step(const std::stop_token& stop);
    void begin();
    std::string misfit(const std::string& note, std::uint64_t& at);
    void begin_again(const std::exception& why, bool damaged);
    bool some(const std::stop_token& stop);
    std::uint64_t read_singly(std::uint64_t last, std::vector<events::recorded>& into);
    void destroy_kept();
    void renew(const std::stop_token& stop);
    bool keep_now();

    index& into_;
    const events::log& log_;
    const events::keyring& keys_;
    const follower_options how_;
    events::decoder decode_;
    bool begun_ = false;
    bool forgot_ = false;         ///< somebody's words were removed since it was renewed
    std::uint64_t hole_ = 0;      ///< an event that could not be read
    std::uint64_t kept_at_ = 0;
    std::uint64_t hard_ = 0;  ///< events up to here are read one by one: somewhere among them reading failed
    std::size_t unsynced_ = 0;
    int failures_ = 0;  ///< since it was kept last
    std::chrono::steady_clock::time_point keep_next_{};
    std::atomic<std::uint64_t> at_{0};
    std::atomic<std::uint64_t> erased_at_{0};
    std::jthread thread_;
};

}  // namespace server::search
