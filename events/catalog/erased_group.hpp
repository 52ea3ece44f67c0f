#pragma once
// A variant of one aggregate (its events, its commands), whichever aggregate it is of: for whatever deals with all of them alike, names
// none, and is compiled without them.

#include "events/catalog/stream.hpp"

#include <concepts>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace events {

namespace detail {
template <class First, class... Rest>
First first_of(const std::variant<First, Rest...>&);
}

/// A variant of structs that have a `type`, which begins with their aggregate's category: "task" of "task.assigned.v1".
template <class G>
concept group = requires(const G& g) {
    { decltype(detail::first_of(g))::type } -> std::convertible_to<std::string_view>;
};

template <group G>
category category_of_group() {
    static const auto found = [] {
        constexpr std::string_view type = decltype(detail::first_of(std::declval<const G&>()))::type;
        return *category_of(type.substr(0, type.find('.')));
    }();
    return found;
}

/// What can be asked of any group.
struct group_questions {
    virtual ~group_questions() = default;
    virtual events::category category() const = 0;
    virtual std::string_view type() const = 0;

    template <class Held, class G>
    struct answers : Held {
        explicit answers(const char* which, auto&& g) : Held(which), group(std::forward<decltype(g)>(g)) {}
        events::category category() const override { return category_of_group<G>(); }
        std::string_view type() const override {
            return std::visit([](const auto& one) { return std::decay_t<decltype(one)>::type; }, group);
        }
        G group;
    };
};

/// Empty only where it is default-made or moved from. `Questions`: what else can be asked of it, with the answers of each group.
template <class Questions>
class erased_group {
public:
    erased_group() = default;
    template <class Group>
        requires group<std::remove_cvref_t<Group>>
    // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): a group only, as is required
    erased_group(Group&& g) : held_(std::make_unique<holder<std::remove_cvref_t<Group>>>(std::forward<Group>(g))) {}
    erased_group(const erased_group& other) : held_(other.held_ ? other.held_->copy() : nullptr) {}
    erased_group(erased_group&&) noexcept = default;
    erased_group& operator=(const erased_group& other) { return *this = erased_group(other); }
    erased_group& operator=(erased_group&&) noexcept = default;
    ~erased_group() = default;

    explicit operator bool() const { return held_ != nullptr; }

    // Of one that is not empty.
    events::category category() const { return held_->category(); }
    /// "task.assigned.v1"
    std::string_view type() const { return held_->type(); }

    /// Null where it holds another group.
    template <group G>
    G* get_if() { return held_ && held_->which == &mark<G> ? &static_cast<holder<G>&>(*held_).group : nullptr; }
    template <group G>
    const G* get_if() const { return const_cast<erased_group*>(this)->get_if<G>(); }
    /// Throws std::bad_variant_access where it holds another.
    template <group G>
    G& get() {
        if (auto* found = get_if<G>()) return *found;
        throw std::bad_variant_access();
    }
    template <group G>
    const G& get() const { return const_cast<erased_group*>(this)->get<G>(); }

protected:
    template <class G>
    static constexpr char mark = 0;

    struct held : Questions {
        explicit held(const char* of) : which(of) {}
        held(const held&) = delete;
        held& operator=(const held&) = delete;
        virtual std::unique_ptr<held> copy() const = 0;

        const char* which;
    };
    template <class G>
    struct holder final : Questions::template answers<held, G> {
        explicit holder(auto&& g) : Questions::template answers<held, G>(&mark<G>, std::forward<decltype(g)>(g)) {}
        std::unique_ptr<held> copy() const override { return std::make_unique<holder>(this->group); }
    };

    const Questions& ask() const { return *held_; }

private:
    std::unique_ptr<held> held_;
};

}  // namespace events
