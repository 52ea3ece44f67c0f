#pragma once
// The lists of all kinds that have no read model of their own. Copies are whole.

#include "core/views/entity_list.hpp"

#include <array>
#include <memory>

namespace core::views {

class entity_lists {
public:
    entity_lists();
    entity_lists(const entity_lists& other);
    entity_lists(entity_lists&&) noexcept = default;
    entity_lists& operator=(const entity_lists& other) { return *this = entity_lists(other); }
    entity_lists& operator=(entity_lists&&) noexcept = default;
    ~entity_lists() = default;

    template <class A>
    const entity_list<A>& of() const {
        return static_cast<const entity_list<A>&>(*all_[index(A::category)]);
    }
    /// Null where that kind has none.
    any_list* find(events::category which) { return index(which) < all_.size() ? all_[index(which)].get() : nullptr; }
    const any_list* find(events::category which) const { return index(which) < all_.size() ? all_[index(which)].get() : nullptr; }

    /// Calls `visit(any_list)` with each, in the order of their categories' numbers.
    template <class Visit>
    void each(Visit visit) {
        for (auto& one : all_)
            if (one) visit(*one);
    }
    template <class Visit>
    void each(Visit visit) const {
        for (const auto& one : all_)
            if (one) visit(static_cast<const any_list&>(*one));
    }

    void save(archive::writer& to) const;
    /// False where the bytes are no good. A kind that there was not yet when they were written has no entities.
    bool load(archive::reader& from);
    bool operator==(const entity_lists& other) const;

private:
    static constexpr std::size_t index(events::category which) { return static_cast<std::size_t>(which); }

    std::array<std::unique_ptr<any_list>, events::category_count> all_;
};

}  // namespace core::views
