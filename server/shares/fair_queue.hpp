#pragma once
// What waits for its turn: a line a person, and the lines take turns, so that whoever asks for much waits behind
// themselves and nobody else does. Bounded for each and in all. Nothing in it is locked.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>

namespace server::shares {

/// Why something may not wait.
enum class admission : std::uint8_t {
    let_in,
    share_taken,  ///< as much of theirs waits as may
    full,         ///< as much waits as may, whoever it is of
};

template <class T>
class fair_queue {
public:
    fair_queue(std::size_t each_max, std::size_t all_max) : each_max_(each_max), all_max_(all_max) {}

    /// For so many more of one person's.
    bool has_room(std::uint64_t whose, std::size_t more) const { return size_ + more <= all_max_ && waiting_of(whose) + more <= each_max_; }

    /// `in_any_case`: it goes on with what was let in before.
    admission push(std::uint64_t whose, T one, bool in_any_case = false) {
        const auto found = lines_.find(whose);
        if (!in_any_case && found != lines_.end() && found->second.size() >= each_max_) return admission::share_taken;
        if (!in_any_case && size_ >= all_max_) return admission::full;
        auto& line = found != lines_.end() ? found->second : lines_[whose];
        if (line.empty()) turns_.push_back(whose);
        line.push_back(std::move(one));
        ++size_;
        return admission::let_in;
    }

    /// The next of whoever's turn it is.
    std::optional<T> pop() {
        if (turns_.empty()) return std::nullopt;
        const auto whose = turns_.front();
        turns_.pop_front();
        const auto at = lines_.find(whose);
        std::optional<T> one(std::move(at->second.front()));
        at->second.pop_front();
        if (at->second.empty()) lines_.erase(at);
        else turns_.push_back(whose);
        --size_;
        return one;
    }

    std::size_t size() const { return size_; }
    std::size_t waiting_of(std::uint64_t whose) const {
        const auto found = lines_.find(whose);
        return found == lines_.end() ? 0 : found->second.size();
    }

private:
    std::size_t each_max_;
    std::size_t all_max_;
    std::unordered_map<std::uint64_t, std::deque<T>> lines_;  // none is empty
    std::deque<std::uint64_t> turns_;                         // of each line, once
    std::size_t size_ = 0;
};

}  // namespace server::shares
