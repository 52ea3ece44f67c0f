#pragma once
// Keeps the index in step with the log, on a thread of its own: nobody waits for it, neither the writer nor the views. It
// begins at the log's first event each time the process starts, as what people wrote is kept nowhere else.
//
// Indexed are people's names; titles and texts of tasks, requests and projects, as they are now; channels; messages. What
// appraisals, incentives, elections and delegations say is not: whom it is for differs by event (D5).

#include "events/codec/codec.hpp"
#include "events/keys/keyring.hpp"
#include "events/log/log.hpp"
#include "server/search/index.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <thread>
#include <unordered_map>
#include <unordered_set>

namespace server::search {

class follower {
public:
    /// All of them outlive this.
    follower(index& into, const events::log& log, const events::keyring& keys) : into_(into), log_(log), keys_(keys) {}

    /// Begins to follow, until it goes. Where something fails it says so, empties the index and begins anew after a pause; what the log
    /// can't give is left out. Nothing else stops for that.
    void start(std::function<void(const std::string&)> failed = {});
    void stop();
    /// Takes in what there is now, on this thread. Instead of start().
    void catch_up();

    /// The last event that is in.
    events::position position() const { return {at_.load(std::memory_order_acquire)}; }

private:
    /// What there is to find of a task, request or project: texts of some size, each under the event that changed it last and with
    /// the title, so that an event costs its own words and not all that was said before.
    struct part {
        std::uint64_t at = 0;
        std::size_t bytes = 0;
        std::vector<std::pair<std::string, std::string>> pieces;  ///< a form replaces an earlier one of its name
    };
    struct entity {
        std::vector<part> parts;
        part& of_section(const std::string& section, std::size_t bytes, std::uint64_t position);
        std::string title() const;
    };
    struct taking;

    bool some(const std::stop_token& stop);
    void begin_anew();
    std::uint64_t read_singly(std::uint64_t last);
    void take(events::recorded& e);
    void say(const events::recorded& e, kind of, std::string section, std::string text);
    void message(const events::recorded& e, events::message_no n, const events::personal& text);
    void unsay(events::stream_id channel, events::message_no n);
    void name(const events::recorded& e, const std::vector<const events::personal*>& names);
    void forget(events::member_id who);

    index& into_;
    const events::log& log_;
    const events::keyring& keys_;
    events::decoder decode_;
    std::unordered_map<events::stream_id, entity> entities_;
    std::unordered_set<std::uint64_t> plans_;  // tasks of improvement plans
    std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> messages_;         // by channel: where the text of message n is, at n - 1
    std::unordered_map<std::uint64_t, std::unordered_set<std::uint64_t>> personal_;  // by member: what is to go with them
    std::unordered_map<std::uint64_t, std::uint64_t> owner_;                         // of a message's text: whose it is
    std::unordered_map<std::uint64_t, std::uint64_t> names_;                         // by member: where their name is
    std::uint64_t hard_ = 0;  // events up to here are read one by one: somewhere among them reading failed
    std::atomic<std::uint64_t> at_{0};
    std::jthread thread_;
};

}  // namespace server::search
