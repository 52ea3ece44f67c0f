#pragma once
// Given what happened, when somebody asks for something, then this follows.
//
//   const auto t = given<task>(assigned_to(wei));
//   CHECK(t.when(task::accept{}, as(wei)) == task::rejection::own_work);

#include "core/kernel/context.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/field_fault.hpp"
#include "core/kernel/fingerprints.hpp"
#include "core/kernel/flow.hpp"
#include "core/kernel/text.hpp"
#include "core/task/task.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace opsroom_test {

using namespace std::chrono_literals;

inline constexpr core::date today{2026y / 11 / 23};
inline constexpr core::date tomorrow{2026y / 11 / 24};
inline constexpr core::date yesterday{2026y / 11 / 22};
inline const core::instant now{std::chrono::sys_days(today) + 2h};

inline core::person somebody(std::uint64_t number, std::string department, std::vector<std::string> roles, bool active = true) {
    core::person p{{number}, active, {std::move(department)}, {}};
    for (auto& r : roles) p.roles.push_back({std::move(r)});
    return p;
}

// The department that the tests are about.
inline const core::person lin = somebody(1, "operations", {"OM"});
inline const core::person mei = somebody(2, "operations", {"OM"});
inline const core::person wei = somebody(3, "operations", {"SP"});
inline const core::person na = somebody(4, "operations", {"DA"});
inline const core::person zhou = somebody(5, "board", {"SL"});
inline const core::person ada = somebody(6, "technology", {"AD"});
inline const core::person aud = somebody(7, "audit", {"AU"});
inline const core::person tech_manager = somebody(8, "technology", {"OM"});
inline const core::person requester = somebody(9, "marketing", {"RQ"});
inline const core::person gone = somebody(10, "operations", {"OM", "SL", "AD"}, false);
inline const core::person forgotten = [] {
    auto p = somebody(11, "operations", {"SP"}, false);
    p.erased = true;
    return p;
}();
inline const core::person nobody_ever = somebody(99, "operations", {"SP"});

class company final : public core::roster {
public:
    company() {
        for (const auto* p : {&lin, &mei, &wei, &na, &zhou, &ada, &aud, &tech_manager, &requester, &gone, &forgotten})
            all_[p->id.value] = *p;
    }
    const core::person* find(core::member_id who) const override {
        const auto found = all_.find(who.value);
        return found == all_.end() ? nullptr : &found->second;
    }
    core::member_id with_login(std::string_view login) const override {
        return login == "lin" ? lin.id : core::member_id{};
    }
    void each_active(const std::function<bool(const core::person&)>& visit) const override {
        for (const auto& [number, p] : all_)
            if (p.active && !visit(p)) return;
    }
    void each_manager(const std::function<bool(const core::person&)>& visit) const override {
        each_active([&](const core::person& p) { return !p.has("OM") || visit(p); });
    }
    bool has_had_leader() const override {
        return std::any_of(all_.begin(), all_.end(), [](const auto& one) { return one.second.has("SL") && !one.second.without_login; });
    }
    /// Another company, in which this person is as given.
    company with(core::person p) const {
        auto other = *this;
        other.all_[p.id.value] = std::move(p);
        return other;
    }

    /// Another company, with nobody but these.
    static company of(const std::vector<core::person>& people) {
        company c;
        c.all_.clear();
        for (const auto& p : people) c.all_[p.id.value] = p;
        return c;
    }

private:
    std::map<std::uint64_t, core::person> all_;
};

inline const company roster;
/// Where operations alone has a manager: what holds for every department is theirs to settle, too (D16).
inline const company one_department = roster.with(somebody(tech_manager.id.value, "technology", {"SP"}));
inline constexpr std::uint64_t fresh = 40;

/// Looks like a SHA-256, and is the same of the same words.
inline std::string print_like(std::string_view words) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string print;
    for (auto n = core::text::digest(words); print.size() < 64; n = core::text::digest(words, n))
        for (int i = 0; i < 16; ++i) print += digits[n >> 4 * i & 15];
    return print;
}

/// Two charters have the same print where they have the same name and end.
class told_prints final : public core::fingerprints {
public:
    std::string of(const events::project::charter& c) const override {
        return print_like(c.name + std::to_string(std::chrono::sys_days(c.ends).time_since_epoch().count()));
    }
    /// And two proposals where they grant the same.
    std::string of(const events::incentive::proposal& p) const override {
        return print_like(p.terms.text + std::to_string(p.amount ? p.amount->cents : 0));
    }
    /// And two strategies where they say the same.
    std::string of(const events::definitions::amendment& a) const override { return print_like(a.flow + a.reason + a.effect); }
    std::string of(const events::strategy::form& f) const override {
        return print_like(f.content + std::to_string(f.concerned.size()));
    }
    /// And two collection plans where they are called the same and fill the same set.
    std::string of(const events::collection::form& f) const override { return print_like(f.name + f.set); }
    /// And two metrics where they are calculated alike.
    std::string of(const events::metric::form& f) const override { return print_like(f.code + f.formula + f.unit); }
    std::string of(const events::metric::amended& a) const override { return print_like(of(a.form) + a.reason); }
    /// And two reports where they are of the same words and figures, as far as tests change them.
    std::string of(const events::report::content& c) const override {
        std::string all = c.form.title + c.form.summary + std::to_string(c.form.conclusions.size()) + std::to_string(c.form.recipients.size());
        if (c.snapshot)
            for (const auto& f : c.snapshot->figures) all += f.code + f.value.value_or("-") + std::to_string(static_cast<int>(f.state));
        return print_like(all);
    }
};
inline const told_prints prints;

/// Other entities, as far as a test says so.
class world final : public core::entities {
public:
    template <class A>
    world& put(std::uint64_t number, typename A::state state) {
        auto kept = std::make_shared<typename A::state>(std::move(state));
        states_[{A::category, number}] = kept;
        return *this;
    }
    std::uint64_t highest(events::category kind) const override {
        std::uint64_t found = 0;
        for (const auto& [which, state] : states_)
            if (which.kind == kind) found = std::max(found, which.number);
        return found;
    }
    bool has_open_tasks(core::project_id of) const override {
        return std::any_of(states_.begin(), states_.end(), [&](const auto& one) {
            if (one.first.kind != events::category::task) return false;
            const auto& t = *static_cast<const core::task::state*>(one.second.get());
            return t.project == of && core::is_open(t.is);
        });
    }

private:
    const void* state_of(events::stream_id which) const override {
        const auto found = states_.find(which);
        return found == states_.end() ? nullptr : found->second.get();
    }
    std::map<events::stream_id, std::shared_ptr<void>> states_;
};

inline core::context as(const core::person& who) {
    core::context by{now, today, &who, fresh, &roster};
    by.prints = &prints;
    return by;
}
/// As a manager where no other department has one.
inline core::context as_only_manager(const core::person& who) {
    auto by = as(who);
    by.people = &one_department;
    return by;
}
inline core::context as_system() {
    core::context by{now, today, nullptr, fresh, &roster};
    by.prints = &prints;
    return by;
}

/// A field that does not hold what it may: "form/title".
struct bad_field {
    std::string place;
    friend std::ostream& operator<<(std::ostream& out, const bad_field& f) { return out << "a fault in " << f.place; }
};

/// What came of a command: compare it to a rejection, to events, or ask whether it went well.
template <class A>
struct outcome {
    core::decision<A> decided;
    std::optional<core::field_fault> fault = {};  ///< it was not asked of the rules, as a field does not hold what it may

    bool passed() const { return !fault && decided.has_value(); }
    std::vector<typename A::event> happened() const {
        return passed() ? std::vector<typename A::event>(decided->begin(), decided->end()) : std::vector<typename A::event>{};
    }
    friend bool operator==(const outcome& o, typename A::rejection no) { return !o.fault && !o.passed() && o.decided.error() == no; }
    friend bool operator==(const outcome& o, const bad_field& place) { return o.fault && o.fault->place == place.place; }
    friend bool operator==(const outcome& o, const std::vector<typename A::event>& events) {
        return o.passed() && o.happened() == events;
    }
    template <class Event>
        requires std::constructible_from<typename A::event, Event> && (!std::same_as<Event, typename A::rejection>)
    friend bool operator==(const outcome& o, const Event& event) {
        return o == std::vector<typename A::event>{event};
    }
    friend std::ostream& operator<<(std::ostream& out, const outcome& o) {
        if (o.fault) return out << bad_field{o.fault->place};
        if (!o.passed()) return out << A::explain(o.decided.error()).code;
        for (const auto& e : o.happened())
            std::visit([&](const auto& x) { out << std::decay_t<decltype(x)>::type << ' '; }, e);
        return out << "(" << o.happened().size() << " events)";
    }
};

template <class A>
class situation {
public:
    explicit situation(typename A::state state = {}) : state_(std::move(state)) {}

    outcome<A> when(const typename A::command& asked, const core::context& by) const {
        return {A::decide(state_, asked, by), core::field_at_fault<A>(asked, state_, by)};
    }

    /// The situation after a command that has to pass.
    situation after(const typename A::command& asked, const core::context& by) const {
        auto next = *this;
        const auto decided = A::decide(state_, asked, by);
        REQUIRE(decided.has_value());
        events::envelope about;
        about.actor = by.who();
        about.in_place_of = core::flow::stands_in_for<A>(asked, state_, by);
        for (const auto& e : *decided) core::flow::evolve<A>(next.state_, e, about);
        return next;
    }
    const typename A::state& state() const { return state_; }

private:
    typename A::state state_;
};

template <class A, class... Events>
situation<A> given(const Events&... events) {
    typename A::state state;
    (core::flow::evolve<A>(state, typename A::event(events), {}), ...);
    return situation<A>(std::move(state));
}

/// Nothing new: it has already taken effect.
template <class A>
std::vector<typename A::event> nothing() {
    return {};
}

}  // namespace opsroom_test

/// Shows a rejection, or another described enum, by its name when a check fails.
template <class Enum>
    requires boost::describe::has_describe_enumerators<Enum>::value
struct Catch::StringMaker<Enum> {
    static std::string convert(Enum value) { return boost::describe::enum_to_string(value, "?"); }
};
