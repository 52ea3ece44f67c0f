#include "server/ops/health.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace server::ops {

void health::become(ops::phase next) {
    auto now = phase_.load(std::memory_order_relaxed);
    while (now < next && !phase_.compare_exchange_weak(now, next, std::memory_order_acq_rel)) {
    }
}

void health::progress(std::uint64_t done, std::uint64_t of) {
    of_.store(of, std::memory_order_relaxed);
    done_.store(done, std::memory_order_relaxed);
}

health::answer health::livez() const { return {200, R"({"status":"live"})"}; }

health::answer health::readyz() const {
    const auto now = phase();
    std::string body = std::string(R"({"status":")") + boost::describe::enum_to_string(now, "") + '"';
    if (now == ops::phase::starting) {
        body += ",\"done\":" + std::to_string(done_.load(std::memory_order_relaxed)) +
                ",\"of\":" + std::to_string(of_.load(std::memory_order_relaxed));
    }
    if (clock_held_.load(std::memory_order_relaxed)) body += R"(,"clock":"held")";
    if (read_only_.load(std::memory_order_relaxed)) body += ",\"read_only\":true";
    return {now == ops::phase::ready ? 200 : 503, body + '}'};
}

}  // namespace server::ops
