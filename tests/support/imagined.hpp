#pragma once
// A department that lives in memory only: commands in, events out, no log and no sockets. And random but repeatable
// histories of it: a seed makes the same one every time.

#include "tests/support/every_kind.hpp"
#include "core/policies/policies.hpp"
#include "core/access/access.hpp"
#include "core/kernel/seen.hpp"
#include "core/views/views.hpp"
#include "core/kernel/field_fault.hpp"
#include "events/catalog/any.hpp"
#include "tests/support/each_kind.hpp"

#include <functional>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace opsroom_test {

/// Decides, evolves and keeps what happened. Its views are live: each event is in them at once.
class imagined_department {
public:
    /// True if the command passed. `target` is not looked at for commands that create; an actor of 0 is the system.
    template <class A>
    bool ask(const typename A::command& asked, std::uint64_t target, core::member_id actor) {
        auto& states = std::get<boost::mp11::mp_find<core::aggregate_list, A>::value>(states_);
        const bool makes = std::visit([]<class C>(const C&) { return core::creates<C>; }, asked);
        const std::uint64_t number = makes ? states.size() + 1 : target;
        const typename A::state absent;
        const auto& state = number <= states.size() ? states[number - 1] : absent;
        std::optional<core::person> who;
        if (actor) {
            const auto* found = live.directory.find(actor);
            if (!found) return false;
            who = *found;
        }
        core::context by{now_, date_, who ? &*who : nullptr, number, &live.directory};
        by.others = &others_;
        if (!makes && who && is_hidden<A>(state, asked, number, by)) {  // as if it were not there
            if (heard && !following_) heard(core::any_command(asked), target, actor, false);
            return false;
        }
        if (core::field_at_fault<A>(asked, state, by)) {
            if (heard && !following_) heard(core::any_command(asked), makes ? 0 : target, actor, false);
            return false;
        }
        const auto decided = A::decide(state, asked, by);
        if (heard && !following_) heard(core::any_command(asked), makes ? 0 : target, actor, decided.has_value());
        if (!decided) return false;
        if (!decided->empty() && number > states.size()) states.emplace_back();
        const auto from = happened.size();
        const auto in_place_of = decided->empty() ? core::member_id{} : core::flow::stands_in_for<A>(asked, state, by);
        for (const auto& e : *decided) {
            record({A::category, number}, actor, in_place_of, e);
            core::flow::evolve<A>(states[number - 1], e, happened.back().envelope);
        }
        if (!following_) follow(from);
        return true;
    }

    template <class A>
    const std::vector<typename A::state>& states() const {
        return std::get<boost::mp11::mp_find<core::aggregate_list, A>::value>(states_);
    }

    core::views::views live;
    std::vector<events::recorded> happened;

    /// Told every command that somebody who is known gave, its target (0: it creates), and whether it passed.
    std::function<void(const core::any_command&, std::uint64_t target, core::member_id actor, bool passed)> heard;

    static constexpr core::date date_{std::chrono::year(2026) / 11 / 23};

private:
    /// As the engine has it: nothing is decided on what the asker may not see.
    template <class A>
    bool is_hidden(const typename A::state& state, const typename A::command& asked, std::uint64_t number, const core::context& by) const {
        if constexpr (std::is_same_v<A, core::channel>) {
            return !core::access::may_see_channel(state, *by.actor);
        } else if constexpr (requires { may_see(state, by); }) {
            const bool hidden = std::visit([&](const auto& c) { return core::access::is_hidden_from<A>(state, c, by); }, asked);
            if constexpr (std::is_same_v<A, core::task>) {
                const auto* row = live.board.row({number});
                return hidden && (state.improvement || !row || row->by != by.actor->id);
            } else return hidden;
        } else return false;
    }
    /// The states as rules see each other's.
    class as_entities final : public core::entities {
    public:
        explicit as_entities(const imagined_department& of) : of_(of) {}
        std::uint64_t highest(events::category kind) const override {
            std::uint64_t found = 0;
            with_states(kind, [&](const auto& states) { found = states.size(); });
            return found;
        }
        bool has_open_tasks(core::project_id of) const override {
            const auto& all = of_.states<core::task>();
            return std::any_of(all.begin(), all.end(), [&](const auto& t) { return t.project == of && core::is_open(t.is); });
        }

    private:
        template <class F>
        void with_states(events::category kind, F f) const {
            boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto a) {
                using A = typename decltype(a)::type;
                if (A::category == kind) f(of_.states<A>());
            });
        }
        const void* state_of(events::stream_id which) const override {
            const void* found = nullptr;
            with_states(which.kind, [&](const auto& states) {
                if (which.number >= 1 && which.number <= states.size()) found = &states[which.number - 1];
            });
            return found;
        }
        const imagined_department& of_;
    };

    /// What follows by itself from what happened after `from`.
    void follow(std::size_t from) {
        following_ = true;
        for (auto i = from; i < happened.size(); ++i) {
            core::context by{now_, date_, nullptr, 0, &live.directory};
            by.others = &others_;
            for (const auto& one : core::policies::follow(happened[i], by))
                with_group(one.what, [&]<class A>(boost::mp11::mp_identity<A>, const auto& group) { ask<A>(group, one.target ? one.target->number : 0, {}); });
        }
        following_ = false;
    }

    template <class Event>
    void record(events::stream_id stream, core::member_id actor, core::member_id in_place_of, const Event& e) {
        now_ += std::chrono::seconds(1);
        events::envelope about{{happened.size() + 1}, stream, {++versions_[stream]}, now_, actor, {}, {}};
        about.in_place_of = in_place_of;
        happened.push_back({about, e});
        live.apply(happened.back());
    }

    template <class A>
    using states_of = std::vector<typename A::state>;
    boost::mp11::mp_rename<boost::mp11::mp_transform<states_of, core::aggregate_list>, std::tuple> states_;
    as_entities others_{*this};
    bool following_ = false;
    std::unordered_map<events::stream_id, std::uint64_t> versions_;
    core::instant now_{std::chrono::sys_days(date_)};
};

/// Asks an imagined department for random things, most of them sensible.
class random_history {
public:
    explicit random_history(std::uint64_t seed, decltype(imagined_department::heard) heard = {}) : random_(seed) {
        department.heard = std::move(heard);
        found();
    }

    /// Asks for `commands` things more.
    void go_on(std::size_t commands) {
        for (std::size_t i = 0; i < commands; ++i) one();
    }

    imagined_department department;
    std::size_t passed = 0;
    std::size_t refused = 0;

private:
    std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : random_() % n; }
    bool rarely() { return below(40) == 0; }
    template <class A>
    std::uint64_t some() {
        return 1 + below(department.states<A>().size() + (rarely() ? 1 : 0));
    }
    core::member_id somebody() { return {some<core::member>()}; }
    template <class T>
    T one_of(std::initializer_list<T> all) {
        return all.begin()[below(all.size())];
    }
    std::string words() { return rarely() ? "" : "words " + std::to_string(below(50)); }
    std::optional<std::string> maybe_words() { return below(2) ? std::optional(words()) : std::nullopt; }
    std::string topic() { return one_of<const char*>({"", "", "plan", "budget", "活动", "weekly"}); }
    std::vector<core::role> roles() { return {{one_of<const char*>({"OM", "SP", "DA", "SL", "AD", "AU", "RQ"})}}; }
    events::department board() { return {one_of<const char*>({"operations", "technology"})}; }
    core::date day() { return std::chrono::sys_days(imagined_department::date_) + std::chrono::days(below(60)); }

    template <class A>
    void ask(typename A::command asked, std::uint64_t target, core::member_id actor) {
        ++(department.ask<A>(asked, target, actor) ? passed : refused);
    }

    void found() {
        const std::pair<const char*, const char*> first[]{{"OM", "operations"}, {"SP", "operations"}, {"DA", "operations"},
                                                          {"SL", "board"},      {"AD", "technology"}, {"OM", "technology"}};
        int n = 0;
        for (const auto& [role, dept] : first)
            ask<core::member>(core::member::join{"member", "login" + std::to_string(n++), {}, {dept}, {{role}}, events::language::zh}, 0, {});
        ask<core::channel>(core::channel::create{"general", {}, core::channel::visibility::everyone}, 0, {1});
        for (std::uint64_t m = 2; m <= 6; ++m) ask<core::channel>(core::channel::join{}, 1, {m});
    }

    void one() {
        const auto dice = below(100);
        if (dice < 5) about_members();
        else if (dice < 55) about_channels();
        else about_tasks();
    }

    void about_members() {
        using m = core::member;
        const auto target = some<m>();
        const auto actor = below(3) ? core::member_id{5} : somebody();
        switch (below(8)) {
        case 0:
        case 1:
            return ask<m>(m::join{words(), below(2) ? std::optional("login" + std::to_string(below(200))) : std::nullopt, {}, board(),
                                  roles(), events::language::en}, 0, actor);
        case 2: return ask<m>(m::rename{words()}, target, actor);
        case 3: return ask<m>(m::set_roles{roles()}, target, actor);
        case 4: return ask<m>(m::set_department{board()}, target, actor);
        case 5: return ask<m>(m::choose_language{one_of({events::language::zh, events::language::en})}, target, actor);
        case 6: return target > 6 ? ask<m>(m::leave{words(), below(2) ? std::optional(somebody()) : std::nullopt}, target, actor) : void();
        default: return ask<m>(m::erase{words()}, target, actor);
        }
    }

    void about_channels() {
        using c = core::channel;
        const auto target = some<c>();
        const auto actor = somebody();
        const auto& states = department.states<c>();
        const auto last = target <= states.size() ? states[target - 1].messages.last() : 0;
        const events::message_no message{1 + below(last + (rarely() ? 1 : 0))};
        const auto emoji = one_of<const char*>({"👍", "🎉", "❤"});
        const auto whom = below(2) ? std::optional(somebody()) : std::nullopt;
        switch (below(24)) {
        case 0:
            return ask<c>(c::create{words(), maybe_words(), one_of({c::visibility::everyone, c::visibility::members_only})}, 0, actor);
        case 1: return ask<c>(c::describe{words()}, target, actor);
        case 2: return rarely() ? ask<c>(c::archive{}, target, actor) : void();
        case 3:
        case 4: return ask<c>(c::join{whom}, target, actor);
        case 5: return ask<c>(c::leave{whom}, target, actor);
        case 6: return ask<c>(c::edit{message, words()}, target, actor);
        case 7: return ask<c>(c::delete_message{message}, target, actor);
        case 8: return ask<c>(c::set_topic{message, topic()}, target, actor);
        case 9: return ask<c>(c::react{message, emoji}, target, actor);
        case 10: return ask<c>(c::unreact{message, emoji}, target, actor);
        case 11: return ask<c>(c::pin{message}, target, actor);
        case 12: return ask<c>(c::unpin{message}, target, actor);
        case 13:
        case 14: return ask<c>(c::read{message}, target, actor);
        case 15:
            return ask<c>(c::import_messages{"irc", {{{}, somebody(), words(), topic()}, {{}, somebody(), words(), {}}}}, target,
                          {below(2) ? 5u : 0u});
        default: return ask<c>(c::post{words(), topic()}, target, actor);
        }
    }

    void about_tasks() {
        using t = core::task;
        const auto target = some<t>();
        const auto& states = department.states<t>();
        const core::member_id doer = target <= states.size() && below(3) ? states[target - 1].to : somebody();
        const core::member_id boss = below(3) ? one_of<core::member_id>({{1}, {4}, {6}}) : somebody();
        switch (below(14)) {
        case 0:
        case 1:
        case 2:
            return ask<t>(t::assign{words(), maybe_words(), words(), day(), somebody(), below(2) ? std::optional(board()) : std::nullopt,
                                    events::priority::high, {}}, 0, boss);
        case 3: return ask<t>(t::reassign{somebody(), words()}, target, boss);
        case 4: return ask<t>(t::reschedule{day(), words()}, target, boss);
        case 5:
        case 6: return ask<t>(t::start{}, target, doer);
        case 7: return ask<t>(t::block{words(), below(2) ? std::optional(somebody()) : std::nullopt}, target, doer);
        case 8: return ask<t>(t::unblock{maybe_words()}, target, doer);
        case 9: return ask<t>(t::report_progress{static_cast<std::uint8_t>(below(101)), maybe_words()}, target, doer);
        case 10: return ask<t>(t::submit{words()}, target, doer);
        case 11: return ask<t>(t::accept{maybe_words()}, target, boss);
        case 12: return ask<t>(t::return_work{words()}, target, boss);
        default: return rarely() ? ask<t>(t::cancel{words()}, target, boss) : void();
        }
    }

    std::mt19937_64 random_;
};

}  // namespace opsroom_test
