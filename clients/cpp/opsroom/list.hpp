#pragma once
// A list of the server: page after page, as it is or as it was.

#include "opsroom/wire.hpp"

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace opsroom {

/// `for (const auto& row : room.list("tasks", {{"open", true}}))`: rows are asked for as they are come to, on the thread that asks.
/// A value: copies read by themselves. Throws `problem`.
class list {
public:
    static constexpr std::uint64_t page_most = 200;

    list(std::shared_ptr<wire> over, std::string path, query asked, std::uint64_t page_rows = page_most)
        : wire_(std::move(over)), path_(std::move(path)), asked_(std::move(asked)), page_rows_(page_rows) {}

    /// One page as the server answers it: `items`, `next`, `position`, and `total` where it counts. `limit` 0: as many as usual.
    json page(const std::string& cursor = {}, std::uint64_t limit = 0) const;

    std::vector<json> all() const;

    struct some {
        std::vector<json> rows;
        bool more = false;  ///< there are others
    };
    /// At most so many; 0: all.
    some first(std::uint64_t limit) const;

    class iterator {
    public:
        using value_type = json;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        iterator() = default;
        iterator(const list& of, std::uint64_t page_rows);
        const json& operator*() const { return *now_; }
        const json* operator->() const { return &*now_; }
        iterator& operator++();
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return now_ == nullptr; }
        /// As far as it is known without asking.
        bool has_more() const;

    private:
        const list* of_ = nullptr;
        std::uint64_t page_rows_ = 0;
        std::shared_ptr<const json> page_;
        std::string cursor_;  ///< that it was asked for with
        std::size_t at_ = 0;
        const json* now_ = nullptr;
        std::set<std::uint64_t> seen_;
    };
    iterator begin() const { return {*this, page_rows_}; }
    std::default_sentinel_t end() const { return {}; }

private:
    std::shared_ptr<wire> wire_;
    std::string path_;
    query asked_;
    std::uint64_t page_rows_;
};

}  // namespace opsroom
