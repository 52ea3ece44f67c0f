#include "server/shares/lanes.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace server::shares {

struct lanes::one {
    one(const lane_rule& r) : rule(r), queue(r.each_max, r.all_max) {}

    const lane_rule& rule;
    mutable std::mutex mutex;
    std::condition_variable came;
    fair_queue<std::function<void()>> queue;
    bool stopping = false;
    std::atomic<std::uint64_t> refused{0};
    std::vector<std::jthread> threads;

    void run(const std::function<void(std::string_view, const std::exception_ptr&)>& failed) {
        // Of this thread alone. Where it may not, it is as good as the others.
        (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), rule.niceness);
        for (;;) {
            std::optional<std::function<void()>> work;
            {
                std::unique_lock hold(mutex);
                came.wait(hold, [&] { return stopping || queue.size() > 0; });
                if (stopping) return;
                work = queue.pop();
            }
            try {
                (*work)();
            } catch (...) {
                failed(rule.name, std::current_exception());
            }
        }
    }
};

std::uint64_t share_of_address(std::string_view address) {
    // Members have small numbers.
    return std::hash<std::string_view>{}(address) | std::uint64_t{1} << 63;
}

lanes::lanes(std::function<void(std::string_view, const std::exception_ptr&)> failed) : failed_(std::move(failed)) {
    try {
        for (const auto& rule : lane_rules) {
            auto& made = *all_.emplace_back(std::make_unique<one>(rule));
            for (unsigned i = 0; i < rule.threads; ++i) made.threads.emplace_back([this, &made] { made.run(failed_); });
        }
    } catch (...) {  // the system gives no more threads: those that there are would be waited for
        stop();
        throw;
    }
}

lanes::~lanes() { stop(); }

admission lanes::submit(lane which, std::uint64_t whose, std::function<void()> work, bool in_any_case) {
    auto& to = *all_[static_cast<std::size_t>(which)];
    auto let = admission::full;
    {
        std::lock_guard hold(to.mutex);
        if (!to.stopping) let = to.queue.push(whose, std::move(work), in_any_case);
    }
    if (let == admission::let_in) to.came.notify_one();
    else to.refused.fetch_add(1, std::memory_order_relaxed);
    return let;
}

void lanes::stop() {
    for (auto& l : all_) {
        {
            std::lock_guard hold(l->mutex);
            l->stopping = true;
        }
        l->came.notify_all();
    }
    for (auto& l : all_) l->threads.clear();
}

std::size_t lanes::waiting(lane which) const {
    const auto& l = *all_[static_cast<std::size_t>(which)];
    std::lock_guard hold(l.mutex);
    return l.queue.size();
}

std::uint64_t lanes::refused(lane which) const { return all_[static_cast<std::size_t>(which)]->refused.load(std::memory_order_relaxed); }

}  // namespace server::shares
