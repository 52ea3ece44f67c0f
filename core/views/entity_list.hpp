#pragma once
// Every entity of one kind as its rules see it, with when it came and went through its steps. The read model of whatever
// has no need of a special one.
//
// Not synchronised: one thread applies, and readers are kept off meanwhile. Pointers to rows hold until the next event.

#include "core/entity.hpp"
#include "core/kernel/archive.hpp"
#include "core/kernel/hands.hpp"
#include "core/kernel/verify.hpp"
#include "core/views/step_log.hpp"
#include "events/catalog/any.hpp"

#include <memory>
#include <vector>

namespace core::views {

/// What every row has, whichever kind it is of.
struct row_head {
    std::uint64_t number = 0;
    step_log steps;
    member_id created_by;
    instant created_at{};
    instant changed_at{};
    events::version version;
    events::position changed;  ///< the event that changed it last; 0: there is none

    bool operator==(const row_head&) const = default;
};

template <class A>
struct entity_row : row_head {
    typename A::state state;

    auto status() const { return A::status_of(state); }
    bool operator==(const entity_row&) const = default;
};

/// The entities of one kind, whichever it is. Whether the asker may see one is for access to say.
class any_list {
public:
    virtual ~any_list() = default;

    virtual const core::kind& kind() const = 0;
    virtual std::uint64_t size() const = 0;
    /// Null, and none, where there is none of that number.
    virtual const row_head* head(std::uint64_t number) const = 0;
    virtual entity at(std::uint64_t number) const = 0;

    /// An event of this kind.
    virtual void apply(const events::recorded& event) = 0;
    /// None of it was later than that: a wrong clock had dated it.
    virtual void not_after(instant t) = 0;

    virtual void save(archive::writer& to) const = 0;
    /// False, and empty, where the bytes are no good.
    virtual bool load(archive::reader& from) = 0;
    virtual std::unique_ptr<any_list> copy() const = 0;
    /// `other` is of the same kind.
    virtual bool equals(const any_list& other) const = 0;

protected:
    any_list() = default;
    any_list(const any_list&) = default;
    any_list& operator=(const any_list&) = default;
};

template <class A>
class entity_list final : public any_list {
public:
    using aggregate = A;
    using row_type = entity_row<A>;

    /// Null where there is none.
    const row_type* row(std::uint64_t number) const { return number == 0 || number > rows_.size() ? nullptr : &rows_[number - 1]; }
    const std::vector<row_type>& rows() const { return rows_; }

    const core::kind& kind() const override { return *kind_of(A::category); }
    std::uint64_t size() const override { return rows_.size(); }
    const row_head* head(std::uint64_t number) const override { return row(number); }
    entity at(std::uint64_t number) const override {
        const auto* one = row(number);
        return one ? entity_of<A>(one->state) : entity();
    }

    void apply(const events::recorded& event) override {
        const auto& happened = events::get<typename A::event>(event.event);
        const auto& about = event.envelope;
        const auto number = about.stream.number;
        verify(number != 0 && number <= rows_.size() + 1, "entities are numbered without gaps");
        if (number > rows_.size()) {
            auto& fresh = rows_.emplace_back();
            fresh.number = number;
            fresh.created_by = about.actor;
            fresh.created_at = about.time;
        }
        auto& row = rows_[number - 1];
        flow::evolve<A>(row.state, happened, about);
        row.version = about.version;
        row.changed = about.position;
        row.changed_at = about.time;
        row.steps.enter(static_cast<std::uint8_t>(row.status()), about);
    }

    void not_after(instant t) override {
        for (auto& row : rows_) {
            row.created_at = std::min(row.created_at, t);
            row.changed_at = std::min(row.changed_at, t);
            row.steps.not_after(t);
        }
    }

    void save(archive::writer& to) const override {
        to.number(rows_.size());
        for (const auto& row : rows_) {
            write(to, row.state);
            write(to, row.steps);
            write(to, row.created_by);
            write(to, row.created_at);
            write(to, row.changed_at);
            write(to, row.version);
            write(to, row.changed);
        }
    }
    bool load(archive::reader& from) override {
        rows_.clear();
        const auto size = from.count();
        for (std::uint64_t n = 1; n <= size && from.ok(); ++n) {
            auto& row = rows_.emplace_back();
            row.number = n;
            read(from, row.state);
            read(from, row.steps);
            read(from, row.created_by);
            read(from, row.created_at);
            read(from, row.changed_at);
            read(from, row.version);
            read(from, row.changed);
            if (row.steps.all().empty()) from.fail();
        }
        if (!from.ok()) rows_.clear();
        return from.ok();
    }
    std::unique_ptr<any_list> copy() const override { return std::make_unique<entity_list>(*this); }
    bool equals(const any_list& other) const override { return rows_ == static_cast<const entity_list&>(other).rows_; }

private:
    std::vector<row_type> rows_;  // entity n is at n - 1
};

}  // namespace core::views
