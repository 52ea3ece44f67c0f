#pragma once
// The states of all entities of one kind, as the rules see them.

#include "core/kernel/archive.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/hands.hpp"
#include "core/policies/reminders.hpp"
#include "events/catalog/any.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <deque>
#include <optional>

namespace server::engine {

template <core::decider A>
struct slot {
    typename A::state state;
    events::version version;
    events::position position;  ///< of its last event
    events::position entered;   ///< the event that brought it into the status that it is in
    events::instant since{};    ///< and when that was

    /// Folds one event of it, its `version` and `position` too.
    void evolve(const typename A::event& happened, const events::envelope& about) {
        const auto before = A::status_of(state);
        core::flow::evolve<A>(state, happened, about);
        if (version.value == 0 || A::status_of(state) != before) {
            entered = about.position;
            since = about.time;
        }
        version = about.version;
        position = about.position;
    }
};

/// Whichever kind it is of. Numbers are dense and start at 1.
class any_table {
public:
    any_table(const any_table&) = delete;
    any_table& operator=(const any_table&) = delete;
    virtual ~any_table() = default;

    virtual std::uint64_t highest() const = 0;
    /// 0 where there is none.
    virtual events::version version_of(std::uint64_t number) const = 0;
    virtual core::policies::status_entry status_entry_of(std::uint64_t number) const = 0;
    /// Null where there is none.
    virtual const void* state_of(std::uint64_t number) const = 0;

    /// Folds what happened to one of them.
    virtual void apply(const events::recorded& happened) = 0;
    /// Nothing came into its status later than that: a wrong clock had dated it.
    virtual void not_after(events::instant t) = 0;

    virtual void save(core::archive::writer& to) const = 0;
    /// False, and empty, where the bytes are no good.
    virtual bool load(core::archive::reader& from) = 0;

    /// Whether something was kept since the last of these, which puts it back, or lets it go.
    virtual bool has_kept() const = 0;
    virtual void put_back() = 0;
    virtual void let_go() = 0;

protected:
    any_table() = default;
};

/// A deque, so that a growing table moves nothing.
template <core::decider A>
class table final : public any_table {
public:
    slot<A>* find(std::uint64_t number) { return number == 0 || number > slots_.size() ? nullptr : &slots_[number - 1]; }
    const slot<A>* find(std::uint64_t number) const { return const_cast<table*>(this)->find(number); }
    slot<A>& grow_to(std::uint64_t number) {
        if (number > slots_.size()) slots_.resize(number);
        return slots_[number - 1];
    }
    const std::deque<slot<A>>& all() const { return slots_; }

    /// As it is now, before it first changes or is made in a transaction. A channel with all its messages is a few megabytes at
    /// most; what is not touched costs nothing.
    void keep(std::uint64_t number) {
        if (!kept_size_) kept_size_ = slots_.size();
        if (number <= *kept_size_) kept_.try_emplace(number, *find(number));
    }

    std::uint64_t highest() const override { return slots_.size(); }
    events::version version_of(std::uint64_t number) const override {
        const auto* at = find(number);
        return at ? at->version : events::version{};
    }
    core::policies::status_entry status_entry_of(std::uint64_t number) const override {
        const auto* at = find(number);
        return at ? core::policies::status_entry{at->since, at->entered} : core::policies::status_entry{};
    }
    const void* state_of(std::uint64_t number) const override {
        const auto* at = find(number);
        return at && at->version.value > 0 ? &at->state : nullptr;
    }
    void apply(const events::recorded& happened) override {
        grow_to(happened.envelope.stream.number).evolve(happened.event.get<typename A::event>(), happened.envelope);
    }
    void not_after(events::instant t) override {
        for (auto& one : slots_) one.since = std::min(one.since, t);
    }

    void save(core::archive::writer& to) const override {
        using core::archive::write;
        to.number(slots_.size());
        for (const auto& s : slots_) {
            write(to, s.state);
            write(to, s.version);
            write(to, s.position);
            write(to, s.entered);
            write(to, s.since);
        }
    }
    bool load(core::archive::reader& from) override {
        using core::archive::read;
        slots_.clear();
        for (auto left = from.count(); left > 0 && from.ok(); --left) {
            auto& s = slots_.emplace_back();
            read(from, s.state);
            read(from, s.version);
            read(from, s.position);
            read(from, s.entered);
            read(from, s.since);
        }
        if (!from.ok()) slots_.clear();
        return from.ok();
    }

    bool has_kept() const override { return kept_size_.has_value(); }
    void put_back() override {
        if (!kept_size_) return;
        slots_.resize(*kept_size_);
        for (auto& [number, before] : kept_) *find(number) = std::move(before);
        let_go();
    }
    void let_go() override {
        kept_size_.reset();
        kept_.clear();
    }

private:
    std::deque<slot<A>> slots_;
    std::optional<std::uint64_t> kept_size_;  // nothing: untouched
    boost::unordered_flat_map<std::uint64_t, slot<A>> kept_;
};

}  // namespace server::engine
