#include "server/ws/live.hpp"

#include <algorithm>
#include <utility>

namespace server::ws {
namespace {

// So much of what one connection says is looked at before the others of its shard have their turn: about a millisecond.
constexpr int turn = 128;
constexpr int command_costs = 1, subscription_costs = 16;

// Waiting costs nothing on a socket: nothing more is read meanwhile.
constexpr std::chrono::milliseconds patience{1'000};

int in_seconds(std::chrono::milliseconds wait) { return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count()); }

}  // namespace

live::live(surroundings& around, identity::principal who, std::function<void()> wake, std::function<void(close_code)> close)
    : around_(around), who_(who), language_(around.read.language_of(who.member)), wake_(std::move(wake)), close_(std::move(close)),
      account_(around.backlog.of(who.member.value)) {}

live::~live() { gone(); }

void live::start(bool present) {
    if (present) {
        present_ = true;
        around_.presence.enter(who_.member);
    }
    say(wire::hello_line(who_.member, around_.read.views().position(), around_.read.history(), around_.limits.message_bytes_max, around_.limits.subscriptions_max));
}

void live::gone() {
    if (std::exchange(gone_, true)) return;
    around_.hub.remove(*this);
    if (present_) around_.presence.leave(who_.member);
    wake_ = nullptr;
    close_ = nullptr;
    unread_.clear();
    drop_outbox();
}

void live::drop_outbox() {
    written();
    around_.backlog.subtract(*account_, std::exchange(outbox_bytes_, 0));
    outbox_.clear();
}

void live::finish(close_code why) {
    if (gone_) return;
    around_.hub.remove(*this);
    unread_.clear();
    if (why == close_code::too_slow) {
        too_slow_ = true;
        drop_outbox();
    }
    if (close_) std::exchange(close_, nullptr)(why);
}

bool live::has_room_for(std::size_t bytes) const {
    const bool own = outbox_bytes_ < 3 * share() && (outbox_.empty() || outbox_bytes_ + bytes <= 3 * share());
    const bool everybodys = around_.backlog.has_room(*account_);
    if (own && !everybodys) around_.room_was_short = true;
    if (!own || !everybodys) starved_ = true;
    return own && everybodys;
}

bool live::is_congested() const { return outbox_bytes_ >= share() || (!outbox_.empty() && !around_.backlog.has_room(*account_)); }

void live::send(feeds::frame one) {
    if (gone_ || too_slow_) return;
    if (outbox_.empty()) {
        largest_ = one->size();
        taken_at_ = std::chrono::steady_clock::now();
    }
    outbox_bytes_ += one->size();
    around_.backlog.add(*account_, one->size());
    outbox_.push_back(std::move(one));
    // A document can be larger than the bounds; then it is all that waits, but for answers on their way.
    if (outbox_bytes_ > std::max(4 * share(), largest_ + share())) {
        finish(close_code::too_slow);
        return;
    }
    if (wake_) wake_();
}

std::vector<feeds::frame> live::take(std::size_t bytes_max) {
    written();
    std::vector<feeds::frame> some;
    std::size_t bytes = 0;
    while (!outbox_.empty() && (some.empty() || bytes + outbox_.front()->size() <= bytes_max) && some.size() < 64) {
        bytes += outbox_.front()->size();
        some.push_back(std::move(outbox_.front()));
        outbox_.pop_front();
    }
    outbox_bytes_ -= bytes;
    taken_bytes_ = bytes;
    taken_at_ = std::chrono::steady_clock::now();
    if (outbox_.empty()) largest_ = 0;
    if (starved_ && outbox_bytes_ < share()) look_again();
    if (!unread_.empty()) look_at_unread();
    return some;
}

void live::written() { around_.backlog.subtract(*account_, std::exchange(taken_bytes_, 0)); }

void live::look_again() {
    if (gone_ || !starved_ || outbox_bytes_ >= share()) return;
    if (!around_.backlog.has_room(*account_)) {
        around_.room_was_short = true;
        return;
    }
    starved_ = false;
    around_.hub.drained(*this);
}

std::optional<wire::problem> live::follow(const wire::feed& f, std::optional<events::position> after, std::string_view history) {
    if (!history.empty() && history != around_.read.history()) after.reset();
    // Who was just told of a new channel or task finds it: the views are at most a batch behind. See waits_for_views().
    if (!around_.after) around_.read.views().wait_for(around_.engine.log().head(), std::chrono::milliseconds(20));
    return around_.hub.subscribe(*this, f, after);
}

std::optional<std::chrono::milliseconds> live::charge(std::string_view message) {
    if (!around_.rates) return std::nullopt;
    const auto now = std::chrono::steady_clock::now();
    const auto lines = 1 + std::count(message.begin(), message.end(), '\n');
    std::chrono::milliseconds wait{0};
    for (const auto& [of, n] : {std::pair{shares::rates::commands, double(lines)}, std::pair{shares::rates::log_bytes, double(message.size())}}) {
        const auto told = around_.rates->take(of, who_.member.value, n, now, patience);
        wait = std::max(wait, told.wait);
        if (!told.taken) return wait;
    }
    pace(wait);
    return std::nullopt;
}

void live::pace(std::chrono::milliseconds so_long) {
    if (so_long.count() <= 0 || paced_ || !around_.after) return;
    paced_ = true;
    around_.after(so_long, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || self->gone_) return;
        self->paced_ = false;
        self->look_at_unread();
        if (self->wake_) self->wake_();
    });
}

void live::received(std::string_view message) {
    if (gone_ || !close_) return;
    if (const auto too_fast = charge(message)) {
        refusing_ = in_seconds(*too_fast);
        pace(std::min<std::chrono::milliseconds>(*too_fast, std::chrono::seconds(1)));
    }
    if (!unread_.empty()) unread_ += '\n';
    unread_ += message;
    look_at_unread();
}

// Not by blocking the shard: who subscribes is not to hold up who writes.
bool live::waits_for_views() {
    constexpr int times_max = 20;
    const auto told = told_.value_or(around_.engine.log().head());
    const bool wait = around_.after && waited_ < times_max && around_.read.views().position() < told && unread_.find("subscribe") != unread_.npos;
    if (!wait) {
        told_.reset();
        waited_ = 0;
        return false;
    }
    told_ = told;
    ++waited_;
    go_on_after(std::chrono::milliseconds(1));
    return true;
}

void live::go_on_after(std::chrono::milliseconds so_long) {
    waiting_ = true;
    around_.after(so_long, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || self->gone_) return;
        self->waiting_ = false;
        self->look_at_unread();
        if (self->wake_) self->wake_();
    });
}

// What can't be looked at now waits: its answers would only wait in turn.
void live::look_at_unread() {
    if (unread_.empty() || waiting_ || waits_for_views()) return;
    std::vector<engine::request> commands;
    const auto whole = std::exchange(unread_, {});
    std::string_view rest = whole;
    turn_left_ = turn;
    try {
        while (!rest.empty() && !gone_ && close_ && !is_congested() && (turn_left_ > 0 || !around_.after)) each_line(rest, commands);
    } catch (const std::runtime_error&) {
        // Whatever it was about can't be read: what was asked before is done, and the client asks the rest again.
        submit(commands);
        finish(close_code::failed);
        return;
    }
    // Sending could look at what is here again: it is put back once nothing more is sent but refusals.
    if (!rest.empty() && !gone_ && close_) unread_ = rest;
    if (unread_.empty()) refusing_.reset();
    submit(commands);
    if (!unread_.empty() && turn_left_ <= 0 && around_.after && !waiting_) go_on_after({});
}

void live::each_line(std::string_view& message, std::vector<engine::request>& commands) {
    const auto end = message.find('\n');
    const auto line = message.substr(0, end);
    message = end == message.npos ? std::string_view() : message.substr(end + 1);
    if (line.find_first_not_of(" \t\r") != line.npos) handle(line, commands);
}

void live::handle(std::string_view line, std::vector<engine::request>& commands) {
    turn_left_ -= command_costs;
    auto said = wire::read_line(around_.parser, line, who_.member);
    if (auto* command = std::get_if<engine::client_command>(&said)) {
        if (refusing_ || outstanding_ >= around_.limits.outstanding_max) {
            auto no = wire::make(429, refusing_ ? wire::problems::rate_limited : wire::problems::too_many_outstanding);
            no.retry_after_seconds = refusing_;
            say(wire::reject_line(command->id, no, language_));
            return;
        }
        ++outstanding_;
        commands.push_back({std::move(*command), shared_from_this(), around_.shard});
    } else if (auto* bad = std::get_if<wire::bad_line>(&said)) {
        say(bad->id ? wire::reject_line(*bad->id, bad->problem, language_) : wire::error_line(bad->problem, language_));
    } else if (auto* s = std::get_if<wire::subscribe>(&said)) {
        subscribe(*s);
    } else if (auto* u = std::get_if<wire::unsubscribe>(&said)) {
        around_.hub.unsubscribe(*this, u->feed);
    } else if (auto* t = std::get_if<wire::typing>(&said)) {
        if (!refusing_ && !around_.read.may_subscribe({wire::feed_kind::channel, t->channel.value}, who_.member))
            around_.tell_typing(t->channel, who_.member);
    } else if (auto* p = std::get_if<wire::ping>(&said)) {
        say(wire::pong_line(p->n));
    }
}

void live::subscribe(const wire::subscribe& asked) {
    turn_left_ -= subscription_costs;
    auto refused_for = refusing_;
    if (around_.rates && !refused_for) {
        const auto told = around_.rates->take(shares::rates::subscriptions, who_.member.value, 1, std::chrono::steady_clock::now(), patience);
        if (told.taken) pace(told.wait);
        else refused_for = in_seconds(told.wait);
    }
    if (refused_for) {
        auto no = wire::make(429, wire::problems::rate_limited);
        no.retry_after_seconds = refused_for;
        say(wire::ended_line(asked.feed, no, language_));
    } else if (auto no = follow(asked.feed, asked.after, asked.history)) {
        say(wire::ended_line(asked.feed, *no, language_));
    }
}

void live::submit(std::vector<engine::request>& commands) {
    if (commands.empty() || around_.engine.submit(commands)) return;
    // The inbox is full, or the server is stopping. Nothing was taken.
    outstanding_ -= commands.size();
    const auto why = around_.engine.stopping() ? wire::make(503, wire::problems::draining) : wire::make(503, wire::problems::busy);
    for (const auto& c : commands) say(wire::reject_line(c.command.id, why, language_));
}

void live::answered(const events::uuid& command, const engine::answer& what) {
    --outstanding_;
    if (const auto* yes = std::get_if<engine::done>(&what); yes && yes->stream == stream_of(who_.member))
        language_ = around_.read.language_of(who_.member);
    say(wire::answer_line(command, what, language_));
}

}  // namespace server::ws
