#include "server/ws/live.hpp"

namespace server::ws {

live::live(surroundings& around, identity::principal who, std::function<void()> wake, std::function<void(close_code)> close)
    : around_(around), who_(who), language_(around.read.language_of(who.member)), wake_(std::move(wake)), close_(std::move(close)) {}

live::~live() { gone(); }

void live::start(bool present) {
    if (present) {
        present_ = true;
        around_.presence.enter(who_.member);
    }
    say(wire::hello_line(who_.member, around_.read.views().position(), around_.limits.message_bytes_max, around_.limits.subscriptions_max));
}

void live::gone() {
    if (std::exchange(gone_, true)) return;
    around_.hub.remove(*this);
    if (present_) around_.presence.leave(who_.member);
    wake_ = nullptr;
    close_ = nullptr;
    outbox_.clear();
    outbox_bytes_ = 0;
}

void live::finish(close_code why) {
    if (gone_) return;
    around_.hub.remove(*this);
    if (close_) std::exchange(close_, nullptr)(why);
}

void live::send(feeds::frame one) {
    if (gone_) return;
    outbox_bytes_ += one->size();
    outbox_.push_back(std::move(one));
    if (!has_room()) starved_ = true;
    if (outbox_bytes_ > around_.limits.outbox_bytes_hard) {
        finish(close_code::too_slow);
        return;
    }
    if (wake_) wake_();
}

std::vector<feeds::frame> live::take(std::size_t bytes_max) {
    std::vector<feeds::frame> some;
    std::size_t bytes = 0;
    while (!outbox_.empty() && (some.empty() || bytes + outbox_.front()->size() <= bytes_max) && some.size() < 64) {
        bytes += outbox_.front()->size();
        some.push_back(std::move(outbox_.front()));
        outbox_.pop_front();
    }
    outbox_bytes_ -= bytes;
    if (starved_ && outbox_bytes_ < around_.limits.outbox_bytes_low) {
        starved_ = false;
        around_.hub.drained(*this);
    }
    return some;
}

std::optional<wire::problem> live::follow(const wire::feed& f, std::optional<events::position> after) {
    // Who was just told of a new channel or task finds it: the views are at most a batch behind.
    around_.read.views().wait_for(around_.engine.log().head(), std::chrono::milliseconds(20));
    return around_.hub.subscribe(*this, f, after);
}

void live::received(std::string_view message) {
    std::vector<engine::request> commands;
    while (!message.empty() && !gone_) {
        const auto end = message.find('\n');
        const auto line = message.substr(0, end);
        if (line.find_first_not_of(" \t\r") != line.npos) handle(line, commands);
        message = end == message.npos ? std::string_view() : message.substr(end + 1);
    }
    submit(commands);
}

void live::handle(std::string_view line, std::vector<engine::request>& commands) {
    auto said = wire::read_line(around_.parser, line, who_.member, around_.polls);
    if (auto* command = std::get_if<engine::client_command>(&said)) {
        if (outstanding_ >= around_.limits.outstanding_max) {
            say(wire::reject_line(command->id, wire::make(429, wire::problems::too_many_outstanding), language_));
            return;
        }
        ++outstanding_;
        commands.push_back({std::move(*command), shared_from_this(), around_.shard});
    } else if (auto* bad = std::get_if<wire::bad_line>(&said)) {
        say(bad->id ? wire::reject_line(*bad->id, bad->problem, language_) : wire::error_line(bad->problem, language_));
    } else if (auto* s = std::get_if<wire::subscribe>(&said)) {
        if (auto no = follow(s->feed, s->after)) say(wire::ended_line(s->feed, *no, language_));
    } else if (auto* u = std::get_if<wire::unsubscribe>(&said)) {
        around_.hub.unsubscribe(*this, u->feed);
    } else if (auto* t = std::get_if<wire::typing>(&said)) {
        if (!around_.read.may_subscribe({wire::feed_kind::channel, t->channel.value}, who_.member))
            around_.tell_typing(t->channel, who_.member);
    } else if (auto* p = std::get_if<wire::ping>(&said)) {
        say(wire::pong_line(p->n));
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
