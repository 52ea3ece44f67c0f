#include "server/feeds/catch_up.hpp"

namespace server::feeds {
namespace {

bool belongs(const feed& f, events::stream_id stream) {
    return f.kind == feed_kind::audit || (f.kind == feed_kind::board && stream.kind == events::category::task);
}

events::position position_at(const events::log& log, events::stream_id stream, events::version v) {
    events::position found;
    log.read_stream(stream, v, events::direction::forwards, [&](events::position p, std::string_view) {
        found = p;
        return false;
    });
    return found;
}

/// The first version of the stream that is after `after`.
events::version version_after(const events::log& log, events::stream_id stream, events::position after) {
    std::uint64_t low = 1, high = log.version_of(stream).value + 1;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (position_at(log, stream, {middle}) <= after) low = middle + 1;
        else high = middle;
    }
    return {low};
}

}  // namespace

chunk read_chunk(const wire::documents& read, const feed& f, events::position after, events::position goal, const chunk_bounds& most) {
    chunk got;
    got.to = goal;
    events::decoder decode;
    std::size_t scanned = 0, bytes_read = 0;
    const auto take = [&](events::position p, std::string_view bytes, bool all) {
        if (p > goal) return false;
        if (got.events.size() >= most.events_max || bytes_read >= most.bytes_max || ++scanned > most.scan_max) {
            got.to = {p.value - 1};
            return false;
        }
        if (!all) {
            const auto about = decode.decode_envelope(bytes);
            if (!about || !belongs(f, about->stream)) return true;
        }
        auto event = decode.decode(bytes);
        if (!event) return true;  // of a newer version's type: nothing that this one can show
        got.events.push_back({std::move(*event), {std::string(bytes), events::show(bytes, read.keys())}});
        bytes_read += got.events.back().bytes.shown().size();
        return true;
    };
    if (const auto own = wire::stream_of(f)) {
        const auto stream = *own;
        read.log().read_stream(stream, version_after(read.log(), stream, after), events::direction::forwards,
                               [&](events::position p, std::string_view bytes) { return take(p, bytes, true); });
    } else {
        read.log().read_all(events::next(after), events::direction::forwards,
                            [&](events::position p, std::string_view bytes) { return take(p, bytes, false); });
    }
    return got;
}

}  // namespace server::feeds
