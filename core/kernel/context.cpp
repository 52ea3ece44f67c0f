#include "core/kernel/context.hpp"

namespace core {
namespace {

class nothing final : public entities {
public:
    std::uint64_t highest(events::category) const override { return 0; }

private:
    const void* state_of(events::stream_id) const override { return nullptr; }
};

}  // namespace

const entities& entities::none() {
    static const nothing instance;
    return instance;
}

const working_calendar& context::every_weekday() {
    static const working_calendar instance;
    return instance;
}

const events::org::settings& context::defaults() {
    static const events::org::settings instance;
    return instance;
}

}  // namespace core
