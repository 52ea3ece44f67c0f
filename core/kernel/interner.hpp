#pragma once
// Strings that come again and again, kept once and known by a small number. 0 is the empty string.

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

class interner {
public:
    std::uint32_t intern(std::string_view text) {
        if (text.empty()) return 0;
        if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
        texts_.emplace_back(text);
        const auto number = static_cast<std::uint32_t>(texts_.size());
        numbers_.emplace(text, number);
        return number;
    }
    std::optional<std::uint32_t> find(std::string_view text) const {
        if (text.empty()) return 0;
        const auto known = numbers_.find(text);
        return known == numbers_.end() ? std::nullopt : std::optional(known->second);
    }
    /// `number` is one that intern() gave.
    std::string_view text(std::uint32_t number) const {
        return number == 0 ? std::string_view{} : std::string_view(texts_[number - 1]);
    }
    /// One past the highest number.
    std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size() + 1); }

    /// All but the empty one, in the order of their numbers.
    const std::vector<std::string>& texts() const { return texts_; }
    bool operator==(const interner& other) const { return texts_ == other.texts_; }

private:
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
    };
    std::vector<std::string> texts_;
    boost::unordered_flat_map<std::string, std::uint32_t, hash, std::equal_to<>> numbers_;
};

}  // namespace core
