#pragma once
// An event of any aggregate.

#include "events/catalog/envelope.hpp"
#include "events/catalog/erased_group.hpp"

namespace events {

/// The clause that an event carries out: one for its type, or by what it says (`clause_now`).
template <class Event>
constexpr std::string_view clause_of_one(const Event& e) {
    if constexpr (requires { e.clause_now(); }) return e.clause_now();
    else return Event::clause;
}

struct event_questions : group_questions {
    virtual std::string_view clause() const = 0;
    virtual bool equals(const void* group) const = 0;
    virtual const void* value() const = 0;

    template <class Held, class G>
    struct answers : group_questions::answers<Held, G> {
        using group_questions::answers<Held, G>::answers;
        std::string_view clause() const override {
            return std::visit([](const auto& e) { return clause_of_one(e); }, this->group);
        }
        bool equals(const void* other) const override { return this->group == *static_cast<const G*>(other); }
        const void* value() const override { return &this->group; }
    };
};

class any : public erased_group<event_questions> {
public:
    using erased_group::erased_group;

    /// Of the handbook, that it carries out.
    std::string_view clause() const { return ask().clause(); }
    bool operator==(const any& other) const {
        if (!*this || !other) return !*this && !other;
        return category() == other.category() && ask().equals(other.ask().value());
    }
};

template <group G>
const G* get_if(const any* event) { return event->get_if<G>(); }
template <group G>
G* get_if(any* event) { return event->get_if<G>(); }
template <group G>
bool holds_alternative(const any& event) { return event.get_if<G>() != nullptr; }
template <group G>
const G& get(const any& event) { return event.get<G>(); }

inline std::string_view type_of(const any& event) { return event.type(); }
inline std::string_view clause_of(const any& event) { return event.clause(); }

/// An event with what is known of it.
struct recorded {
    events::envelope envelope;
    any event;

    bool operator==(const recorded&) const = default;
};

}  // namespace events
