#include "server/clock/room_clock.hpp"

#include "events/bytes/durable_file.hpp"
#include "events/codec/codec.hpp"
#include "events/codec/json_read.hpp"
#include "events/codec/json_write.hpp"
#include "server/ops/logging.hpp"

namespace server::clock {
namespace {

constexpr std::string_view record_name = "clock";    // what was believed when: a line a change
constexpr std::string_view tick_name = "ticked";
constexpr const char* accepted_file = "clock.accepted";
constexpr std::size_t accepted_bytes_max = 256;
constexpr std::size_t record_bytes_max = 64u << 10;
constexpr std::chrono::hours pause_least{1};

std::string text_of(events::instant t) {
    std::string out;
    events::codec::write_instant(out, t);
    return out.substr(1, out.size() - 2);
}

std::optional<events::instant> instant_of(const std::optional<std::string>& text) {
    events::instant t{};
    return text && events::codec::parse_instant(std::string_view(*text).substr(0, text->find('\n')), t) ? std::optional(t) : std::nullopt;
}

std::optional<events::instant> last_of(const events::log& log) {
    std::optional<events::instant> t;
    log.read_one(log.head(), [&](events::position, std::string_view stored) {
        if (const auto about = events::decoder().decode_envelope(stored)) t = about->time;
        return false;
    });
    return t;
}

}  // namespace

void say_accepted(const std::filesystem::path& data) { events::bytes::write_file(data / accepted_file, text_of(machine().wall) + '\n'); }

room_clock::room_clock(events::log& log, std::filesystem::path data, rules how, bool believe, std::function<void(bool)> told)
    : log_(log), data_(std::move(data)), believe_(believe), told_(std::move(told)),
      guarded_(machine, is_synchronised, believe ? std::nullopt : last_of(log), [this](const guarded::change& c) { tell(c); }, how),
      last_tick_(instant_of(log.kept(tick_name))) {
    look();
}

double room_clock::ahead_seconds() { return std::chrono::duration<double>(guarded_.says() - guarded_.now()).count(); }

bool room_clock::look() {
    const bool held = guarded_.is_held();
    guarded_.look();
    if (!guarded_.is_held()) return held;
    // Of now: one that lay there since another time says nothing of this one.
    const auto said = instant_of(events::bytes::read_file(data_ / accepted_file, accepted_bytes_max));
    if (!said) return false;
    if (std::chrono::abs(*said - guarded_.says()) <= std::chrono::hours(1)) guarded_.accept();
    std::filesystem::remove(data_ / accepted_file);
    return !guarded_.is_held();
}

events::org::time_witness room_clock::witness() const {
    using enum events::org::time_witness;
    switch (guarded_.why()) {
        case guarded::verdict::accepted: return keeper;
        case guarded::verdict::confirmed: return time_server;
        case guarded::verdict::vouched: return sender;
        default: return believe_ ? keeper : nobody;
    }
}

void room_clock::tell(const guarded::change& c) {
    using verdict = guarded::verdict;
    const bool held = c.what == verdict::held;
    if (told_) told_(held);
    const auto what = held                              ? "held"
                      : c.what == verdict::came_back    ? "came back"
                      : c.what == verdict::accepted     ? "accepted"
                      : c.what == verdict::vouched      ? "confirmed by a command"
                                                        : "confirmed by the time server";
    if (held)
        ops::log_warning("the machine's clock jumped and is not believed: nothing follows from the day until it is right again, confirmed, or accepted",
                         {{"says", text_of(c.says)}, {"believed", text_of(c.shown)}, {"if_it_is_right", "opsroomd accept-clock"}});
    else
        ops::log_info("the machine's clock is believed", {{"why", what}, {"says", text_of(c.says)}, {"was", text_of(c.shown)}});
    auto record = log_.kept(record_name).value_or("");
    if (record.size() > record_bytes_max) record.erase(0, record.find('\n', record.size() / 2) + 1);
    log_.keep(record_name, record + text_of(c.shown) + ' ' + what + " at " + text_of(c.says) + '\n');
}

std::optional<events::instant> room_clock::slept_since() {
    return last_tick_ && now() - *last_tick_ >= pause_least ? last_tick_ : std::nullopt;
}

void room_clock::ticked() {
    last_tick_ = now();
    log_.keep(tick_name, text_of(*last_tick_));
}

}  // namespace server::clock
