#pragma once
// What has happened, read from the log where rules ask. What is decided and not yet durable is not there yet.

#include "core/kernel/past.hpp"
#include "events/codec/codec.hpp"
#include "events/log/log.hpp"

namespace server::engine {

class past_in_log final : public core::past {
public:
    /// The log has to outlive this.
    explicit past_in_log(const events::log& log) : log_(log) {}

    std::optional<events::stream_id> stream_at(events::position which) const override {
        std::optional<events::stream_id> found;
        if (which > log_.head()) return found;
        log_.read_one(which, [&](events::position, std::string_view bytes) {
            events::decoder decode;
            if (const auto about = decode.decode_envelope(bytes)) found = about->stream;
            return false;
        });
        return found;
    }

private:
    const events::log& log_;
};

}  // namespace server::engine
