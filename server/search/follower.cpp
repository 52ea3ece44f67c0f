#include "server/search/follower.hpp"

#include "events/codec/describe.hpp"
#include "events/ending/threads.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <type_traits>
#include <utility>

namespace server::search {
namespace {

constexpr std::size_t batch_events = 256;
constexpr std::size_t part_bytes = 8 * 1'024;
constexpr std::size_t title_bytes_max = 1'024;
constexpr std::chrono::milliseconds look_every{50};
constexpr int niceness = 10;
constexpr std::chrono::milliseconds pause_least{1'000};
constexpr std::chrono::milliseconds pause_most{60'000};

/// Every text in it, a line each; of a file its name.
template <class T>
void collect(const T& value, std::string& to) {
    namespace codec = events::codec;
    if constexpr (std::is_same_v<T, std::string>) {
        if (!value.empty()) (to += value) += '\n';
    } else if constexpr (std::is_same_v<T, events::attachment>) {
        (to += value.name) += '\n';
    } else if constexpr (codec::is_vector<T>::value) {
        for (const auto& one : value) collect(one, to);
    } else if constexpr (codec::is_optional<T>::value) {
        if (value) collect(*value, to);
    } else if constexpr (codec::described_struct<T> && !codec::code_string<T>) {
        boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) {
            // Bookkeeping, not words.
            if (std::string_view(d.name) != "sha256" && std::string_view(d.name) != "currency") collect(value.*d.pointer, to);
        });
    }
}

/// Which form a text belongs to, of which the newest counts; empty: it stands beside the others.
template <class E>
std::string section_of(const E& e) {
    namespace q = events::request;
    namespace p = events::project;
    namespace a = events::analysis;
    namespace v = events::strategy;
    namespace n = events::proposal;
    if constexpr (std::is_same_v<E, q::drafted> || std::is_same_v<E, q::revised>)
        return "F1";
    else if constexpr (std::is_same_v<E, q::assessed>)
        return "F1a " + std::to_string(e.assessor.value);
    else if constexpr (std::is_same_v<E, p::initiated> || std::is_same_v<E, p::charter_drafted> || std::is_same_v<E, p::charter_submitted>)
        return "F2";
    else if constexpr (std::is_same_v<E, p::acceptance_requested>)
        return "F3";
    else if constexpr (std::is_same_v<E, p::accepted>)
        return "F4";
    else if constexpr (std::is_same_v<E, p::summarised>)
        return "F5";
    else if constexpr (std::is_same_v<E, a::planned> || std::is_same_v<E, a::changed>)
        return "plan";
    else if constexpr (std::is_same_v<E, a::reported> || std::is_same_v<E, a::corrected>)
        return "finding " + std::to_string(e.look);
    else if constexpr (std::is_same_v<E, v::drafted> || std::is_same_v<E, v::revised>)
        return "F19";
    else if constexpr (std::is_same_v<E, n::filed> || std::is_same_v<E, n::revised>)
        return "proposal";
    else
        return {};
}

}  // namespace

/// One event. A new kind of channel or member event has to be looked at here.
struct follower::taking {
    follower& to;
    const events::recorded& e;

    void operator()(const events::task::any& group) {
        // What carries out an improvement plan is not searched for, as little as the plan is (D5).
        const auto* assigned = std::get_if<events::task::assigned>(&group);
        if (assigned && assigned->improvement) to.plans_.insert(e.envelope.stream.number);
        if (!to.plans_.contains(e.envelope.stream.number)) entity(group, kind::task);
    }
    void operator()(const events::request::any& group) { entity(group, kind::request); }
    void operator()(const events::project::any& group) { entity(group, kind::project); }
    void operator()(const events::analysis::any& group) { entity(group, kind::analysis); }
    void operator()(const events::strategy::any& group) { entity(group, kind::strategy); }
    void operator()(const events::proposal::any& group) { entity(group, kind::proposal); }
    void operator()(const events::member::any& group) { std::visit(*this, group); }
    void operator()(const events::channel::any& group) { std::visit(*this, group); }

    template <class Group>
    void entity(const Group& group, kind of) {
        std::visit(
            [&](const auto& what) {
                std::string text;
                collect(what, text);
                if (!text.empty()) to.say(e, of, section_of(what), std::move(text));
            },
            group);
    }

    void operator()(const events::member::joined& m) { to.name(e, {&m.name, m.login ? &*m.login : nullptr}); }
    void operator()(const events::member::renamed& m) { to.name(e, {&m.name}); }
    void operator()(const events::member::erased&) { to.forget({e.envelope.stream.number}); }

    void operator()(const events::channel::created& c) {
        to.say(e, kind::channel, "name", c.name + "\n");
        if (!c.description.empty()) to.say(e, kind::channel, "description", c.description);
    }
    void operator()(const events::channel::described& c) { to.say(e, kind::channel, "description", c.description); }
    void operator()(const events::channel::posted& c) { to.message(e, c.message, c.text); }
    void operator()(const events::channel::imported& c) { to.message(e, c.message, c.text); }
    void operator()(const events::channel::edited& c) { to.message(e, c.message, c.text); }
    void operator()(const events::channel::deleted& c) { to.unsay(e.envelope.stream, c.message); }

    // Says nothing to be found, or nothing for everyone who sees its stream.
    void operator()(const auto&) {}
};

void follower::start(std::function<void(const std::string&)> failed) {
    thread_ = events::start_thread("searching", [this, failed = std::move(failed)](const std::stop_token& stop) {
        // Of this thread alone: it takes what others leave of the cores.
        ::setpriority(PRIO_PROCESS, 0, niceness);
        std::mutex mutex;
        std::condition_variable_any stopped;
        auto pause = pause_least;
        while (!stop.stop_requested()) {
            std::chrono::milliseconds wait = look_every;
            try {
                if (some(stop)) continue;
            } catch (const std::exception& why) {
                if (failed) failed(why.what());
                begin_anew();
                wait = pause;
                pause = std::min(2 * pause, pause_most);
            }
            // The log is looked at rather than waited on: a waiter would be woken by every append, before its answer.
            std::unique_lock hold(mutex);
            stopped.wait_for(hold, stop, wait, [] { return false; });
        }
    });
}

void follower::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void follower::catch_up() {
    while (some({})) {
    }
}

/// Half of a batch may be in the maps, so all of it goes.
void follower::begin_anew() {
    hard_ = std::max(hard_, position().value + batch_events);
    into_.clear();
    entities_.clear();
    messages_.clear();
    personal_.clear();
    owner_.clear();
    names_.clear();
    at_.store(0, std::memory_order_release);
}

std::uint64_t follower::read_singly(std::uint64_t last) {
    const auto end = std::min({last + batch_events, hard_, log_.head().value});
    for (auto p = last + 1; p <= end; ++p) {
        std::optional<events::recorded> e;
        try {
            log_.read_one({p}, [&](events::position, std::string_view bytes) {
                if (auto read = decode_.decode(bytes)) e = std::move(*read);
                return false;
            });
        } catch (const std::exception&) {  // said when it was met first; it can't be found, and the rest can
        }
        if (e) take(*e);
    }
    return end;
}

/// False where there was nothing.
bool follower::some(const std::stop_token& stop) {
    std::uint64_t last = position().value;
    if (log_.head().value <= last) return false;
    bool forgot = false;
    into_.change([&] {
        if (last < hard_) {
            last = read_singly(last);
            forgot = true;
            return;
        }
        std::size_t count = 0;
        log_.read_all({last + 1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
            last = p.value;
            if (auto e = decode_.decode(bytes)) {
                take(*e);
                const auto* about = std::get_if<events::member::any>(&e->event);
                forgot = forgot || (about && std::holds_alternative<events::member::erased>(*about));
            }
            return ++count < batch_events && !stop.stop_requested();
        });
    });
    if (forgot) into_.purge();
    at_.store(last, std::memory_order_release);
    return true;
}

void follower::take(events::recorded& e) {
    events::open_personal(e, keys_);
    std::visit(taking{*this, e}, e.event);
}

/// Where a form was said before it is said again; all else goes to the last part, until that is full.
follower::part& follower::entity::of_section(const std::string& section, std::size_t bytes, std::uint64_t position) {
    if (!section.empty())
        for (auto& p : parts)
            if (std::any_of(p.pieces.begin(), p.pieces.end(), [&](const auto& one) { return one.first == section; })) return p;
    if (parts.empty() || (parts.back().bytes + bytes > part_bytes && parts.back().at != position)) parts.emplace_back();
    return parts.back();
}

std::string follower::entity::title() const {
    const auto& first = parts.front().pieces.front().second;
    return first.substr(0, std::min(first.find('\n'), title_bytes_max)) + '\n';
}

void follower::say(const events::recorded& e, kind of, std::string section, std::string text) {
    auto& one = entities_[e.envelope.stream];
    const auto position = e.envelope.position.value;
    auto& part = one.of_section(section, text.size(), position);
    const auto same =
        std::find_if(part.pieces.begin(), part.pieces.end(), [&](const auto& p) { return !section.empty() && p.first == section; });
    part.bytes += text.size();
    if (same != part.pieces.end()) {
        part.bytes -= same->second.size();
        same->second = std::move(text);
    } else {
        part.pieces.emplace_back(std::move(section), std::move(text));
    }
    if (part.at != 0) into_.remove(part.at);
    part.at = position;
    std::string all = &part == &one.parts.front() ? std::string() : one.title();
    for (const auto& p : part.pieces) all += p.second;
    into_.put(part.at, {of, e.envelope.stream.number, 0}, all);
}

void follower::message(const events::recorded& e, events::message_no n, const events::personal& text) {
    unsay(e.envelope.stream, n);
    if (text.is != events::personal::form::clear) return;
    auto& places = messages_[e.envelope.stream.number];
    if (n.value > places.size()) places.resize(n.value);
    const auto at = e.envelope.position.value;
    places[n.value - 1] = at;
    personal_[text.of.value].insert(at);
    owner_[at] = text.of.value;
    into_.put(at, {kind::message, e.envelope.stream.number, n.value}, text.text);
}

void follower::unsay(events::stream_id channel, events::message_no n) {
    auto& places = messages_[channel.number];
    if (n.value == 0 || n.value > places.size() || places[n.value - 1] == 0) return;
    const auto at = std::exchange(places[n.value - 1], 0);
    if (const auto whose = owner_.extract(at)) personal_[whose.mapped()].erase(at);
    into_.remove(at);
}

void follower::name(const events::recorded& e, const std::vector<const events::personal*>& names) {
    const auto who = e.envelope.stream.number;
    std::string text;
    for (const auto* n : names)
        if (n && n->is == events::personal::form::clear) (text += n->text) += '\n';
    // A new name leaves the login as it is.
    auto& parts = entities_[e.envelope.stream].parts;
    if (parts.empty()) parts.emplace_back().pieces.emplace_back("", text);
    auto& known = parts.front().pieces.front().second;
    const auto end = known.find('\n');
    if (known != text) known = text + (end == std::string::npos ? "" : known.substr(end + 1));
    auto& at = names_[who];
    if (at != 0) {
        into_.remove(at);
        personal_[who].erase(at);
    }
    at = e.envelope.position.value;
    personal_[who].insert(at);
    if (!text.empty()) into_.put(at, {kind::member, who, 0}, known);
}

void follower::forget(events::member_id who) {
    for (const auto at : personal_[who.value]) {
        into_.remove(at);
        owner_.erase(at);
    }
    personal_.erase(who.value);
    names_.erase(who.value);
    entities_.erase(stream_of(who));
}

}  // namespace server::search
