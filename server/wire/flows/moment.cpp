#include "server/wire/flows/moment.hpp"

#include "events/codec/codec.hpp"
#include "events/codec/json_read.hpp"
#include "server/wire/given.hpp"

#include <charconv>

namespace server::wire {

const core::refusal bad_moment{"bad_moment", "D9", "as_of 须为日志位置、日期或 RFC 3339 时间（UTC），且不晚于现在。",
                               "as_of takes a position of the log, a day or an RFC 3339 time in UTC, and none that is still to come.",
                               core::obstacle::field, "as_of"};

namespace {

events::instant time_of(const events::log& log, const core::views::set_backs& clock, events::position p) {
    events::instant t{};
    events::decoder decode;
    log.read_one(p, [&](events::position, std::string_view bytes) {
        if (const auto about = decode.decode_envelope(bytes)) t = about->time;
        return false;
    });
    return clock.when(p, t);
}

}  // namespace

events::position position_at(const events::log& log, const core::views::set_backs& clock, events::instant t) {
    std::uint64_t low = 0, high = log.head().value;  // everything up to low is not later
    while (low < high) {
        const auto middle = low + (high - low + 1) / 2;
        if (time_of(log, clock, {middle}) <= t) low = middle;
        else high = middle - 1;
    }
    return {low};
}

std::variant<moment, problem> parse_moment(std::string_view text, const events::log& log, const core::views::set_backs& clock,
                                           std::chrono::minutes zone_offset, events::instant now) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) {
        if (number == 0 || number > log.head().value) return make(422, bad_moment);
        return moment{{number}, time_of(log, clock, {number})};
    }
    events::instant t{};
    events::date day{};
    if (events::codec::parse_date(text, day)) t = std::chrono::sys_days(day) + std::chrono::days(1) - zone_offset - std::chrono::microseconds(1);
    else if (!events::codec::parse_instant(text, t)) return make(422, bad_moment);
    if (t > now && !(events::codec::parse_date(text, day) && t < now + std::chrono::days(1))) return make(422, bad_moment);
    return moment{position_at(log, clock, t), std::min(t, now)};
}

}  // namespace server::wire
