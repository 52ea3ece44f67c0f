#pragma once
// The words of messages that were read a moment ago, so that the newest page of a channel is not read from the log, opened and
// decoded again for everybody who looks at it. Any thread.
//
// Whoever reads it asks first whether the author's key is still there: without it there are no words, wherever they are kept.

#include "server/wire/rows.hpp"

#include <cstddef>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace server::wire {

class text_cache {
public:
    explicit text_cache(std::size_t bytes_max = 8UL << 20) : bytes_max_(bytes_max) {}

    /// Fills in what is known of them; whether that is all, one by one. With it: which time this is, for keep().
    std::pair<std::vector<bool>, std::uint64_t> find(std::vector<message>& all) {
        std::vector<bool> found(all.size());
        std::lock_guard hold(mutex_);
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto& m = all[i];
            const auto* known = look(m.position.value);
            if (!known || known->text_at != m.text_at) continue;
            m.at = known->at;
            m.text = known->text;
            m.imported = known->imported;
            found[i] = true;
        }
        return {std::move(found), forgotten_};
    }

    void keep(const message& m, std::uint64_t since) {
        std::lock_guard hold(mutex_);
        if (since != forgotten_) return;  // somebody was erased while it was read
        bytes_ += sizeof(message) + 64 + m.text.text.size();
        young_.insert_or_assign(m.position.value, known{m.text_at, m.at, m.text, m.imported});
        if (bytes_ < bytes_max_ / 2) return;
        // What nobody asked for since the last time goes.
        old_ = std::exchange(young_, {});
        bytes_ = 0;
    }

    void forget() {
        std::lock_guard hold(mutex_);
        ++forgotten_;
        young_.clear();
        old_.clear();
        bytes_ = 0;
    }

private:
    struct known {
        events::position text_at;
        decltype(message::at) at;
        decltype(message::text) text;
        decltype(message::imported) imported;
    };
    const known* look(std::uint64_t position) const {
        if (const auto at = young_.find(position); at != young_.end()) return &at->second;
        const auto at = old_.find(position);
        return at == old_.end() ? nullptr : &at->second;
    }

    std::size_t bytes_max_;
    std::mutex mutex_;
    std::unordered_map<std::uint64_t, known> young_, old_;
    std::size_t bytes_ = 0;
    std::uint64_t forgotten_ = 0;
};

}  // namespace server::wire
