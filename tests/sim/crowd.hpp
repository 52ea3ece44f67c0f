#pragma once
// A department in which everybody keeps doing something, over weeks: mostly what waits for them or what they may do, now and
// then anything at all. A decider on a log in memory, without threads. The same seed does the same.

#include "core/member/second_person.hpp"
#include "events/keys/memory_keyring.hpp"
#include "events/log/memory_log.hpp"
#include "server/engine/decider.hpp"
#include "tests/sim/guesses.hpp"
#include "tests/sim/room.hpp"

#include <functional>
#include <map>
#include <string>

namespace sim {

class crowd {
public:
    explicit crowd(std::uint64_t seed) : decides(log, keys, 0min), guess_(seed) { found(); }

    /// Looked at after each event is in the log and in the views: what it is, and what its entity was before.
    std::function<void(const events::recorded&)> seen;

    void go_on(std::size_t commands) {
        for (std::size_t i = 0; i < commands; ++i) {
            pass_time();
            if (guess_.once_in(3)) second();
            if (guess_.once_in(40)) go_away();
            act();
        }
    }

    /// Done or refused; what happened is in the log and the views.
    template <class A>
    bool ask(typename A::command what, std::uint64_t target, std::uint64_t actor) {
        const bool makes = std::visit([]<class C>(const C&) { return core::creates<C>; }, what);
        engine::client_command c{id_no(++ids_), {actor}, {}, {}, core::any_command(std::move(what)), 7};
        if (!makes) c.target = events::stream_id{A::category, target};
        const std::string type(core::type_of(c.what));
        engine::batch batch;
        decides.decide({std::move(c), std::make_shared<waiting>(), 0}, now, batch);
        const bool done = std::holds_alternative<engine::done>(batch.answers.at(0).back().what);
        if (const auto* no = std::get_if<engine::refused>(&batch.answers.at(0).back().what)) ++refusals[type + " " + std::string(no->why.code)];
        write(batch);
        return done;
    }

    events::memory_log log;
    events::memory_keyring keys;
    engine::decider decides;
    core::views::views live;
    events::instant now = noon;
    std::size_t passed = 0, refused = 0;
    std::map<std::string, std::size_t> refusals;  ///< "task.start not_assignee"

    core::context context() {
        core::context by{now, std::chrono::floor<std::chrono::days>(now), nullptr, 0, &decides.people()};
        by.others = &decides.entities();
        return by;
    }

private:
    void write(engine::batch& batch) {
        if (!batch.made->events.empty()) {
            std::vector<events::entry> entries;
            for (const auto& e : batch.made->events) entries.push_back({e.what.envelope, e.bytes.stored});
            if (!log.append(entries)) throw std::runtime_error("the log takes nothing");
            for (const auto& e : batch.made->events) {
                live.apply(e.what);
                if (seen) seen(e.what);
            }
            decides.forget(batch.commands);
            for (const auto who : batch.erased) keys.destroy(who);
        }
    }

    void found() {
        struct post {
            const char *login, *role, *department;
            std::uint64_t superior;
        };
        const post first[]{{"zhou", "SL", "board", 0},       {"lin", "OM", "operations", 1},   {"wei", "SP", "operations", 2},
                           {"na", "DA", "operations", 2},    {"ada", "AD", "technology", 1},   {"hui", "HR", "operations", 1},
                           {"bo", "RQ", "marketing", 9},     {"mei", "OM", "operations", 1},   {"qi", "SL", "board", 0},
                           {"yu", "SP", "operations", 8},    {"an", "RQ", "technology", 1},    {"tao", "SP", "operations", 2}};
        for (const auto& p : first) ask<core::member>(core::member::join{p.login, p.login, {}, {p.department}, {{p.role}}, events::language::zh}, 0, 0);
        std::uint64_t n = 0;
        for (const auto& p : first)
            if (++n, p.superior) ask<core::member>(core::member::set_superior{{p.superior}}, n, 0);
        for (const char* role : {"SP", "DA", "OM"})
            if (auto set = core::handbook_indicators({role})) ask<core::indicators>(core::indicators::publish{set->role, set->name, set->indicators}, 0, 6);
        ask<core::cycle>(core::cycle::plan{events::cycle::kind::quarter, 2026, std::uint8_t{4}, {}}, 0, 6);
        ask<core::cycle>(core::cycle::open{"trial"}, 1, 6);
    }

    void pass_time() {
        const auto day = std::chrono::floor<std::chrono::days>(now);
        now += guess_.once_in(30) ? std::chrono::microseconds(std::chrono::hours(8 + guess_.below(20))) : std::chrono::seconds(30 + guess_.below(600));
        if (std::chrono::floor<std::chrono::days>(now) == day && !guess_.once_in(60)) return;
        for (bool whole = false; !whole;) {
            engine::batch batch;
            auto asked = engine::tick();
            whole = decides.tick(asked, now, 50, batch);
            write(batch);
        }
    }

    void act() {
        // How often each kind of thing is turned to.
        static constexpr std::array<unsigned, boost::mp11::mp_size<core::aggregate_list>::value> often{
            2 /* member */, 6 /* channel */, 14 /* task */, 16 /* request */, 24 /* project */, 1 /* org */, 1 /* calendar */, 1 /* definitions */,
            3 /* indicators */, 4 /* cycle */, 30 /* appraisal */, 10 /* incentive */, 14 /* election */, 3 /* desk */, 10 /* analysis */, 14 /* strategy */, 8 /* proposal */, 6 /* source */, 8 /* collection */, 8 /* delivery */, 8 /* metric */,
            2 /* query */, 6 /* alert_rule */, 2 /* alert */, 4 /* report */, 4 /* recommendation */};
        unsigned all = 0;
        for (const auto n : often) all += n;
        auto at = guess_.below(all);
        std::size_t kind = 0;
        while (at >= often[kind]) at -= often[kind++];
        boost::mp11::mp_with_index<often.size()>(kind, [&](auto i) { act_on<boost::mp11::mp_at_c<core::aggregate_list, i>>(); });
    }

    /// What needs a second person gets one, mostly, where somebody may be it.
    void second() {
        const auto by = context();
        if (const auto* d = decides.entities().of<core::definitions>().find(1); d && !d->state.pending.empty()) {
            const auto what = guess_.one_of(d->state.pending);
            std::vector<std::uint64_t> who;
            decides.people().each_active([&](const core::person& p) {
                if (core::may_confirm(p, what, by)) who.push_back(p.id.value);
                return true;
            });
            if (!who.empty())
                ++(ask<core::definitions>(core::definitions::confirm_flow{what.number, what.sha256}, 1, guess_.one_of(who)) ? passed : refused);
        }
        std::vector<std::pair<core::member_id, core::member::open_change>> all;
        for (const auto& m : decides.entities().of<core::member>().all())
            for (const auto& change : m.state.changes) all.emplace_back(m.state.id, change);
        if (all.empty()) return;
        const auto& [of, change] = guess_.one_of(all);
        const auto who = core::second_person::confirmers(change.change, of, change.by, by);
        if (!who.empty()) ++(ask<core::member>(core::member::confirm_change{change.number}, of.value, guess_.one_of(who).value) ? passed : refused);
    }

    /// Somebody names who stands in for them: nobody has to confirm that.
    void go_away() {
        const auto count = decides.people().rows().size();
        const auto who = 1 + guess_.below(count), by = 1 + guess_.below(count);
        const core::date today = std::chrono::floor<std::chrono::days>(now);
        const core::member::delegate away{{by}, today, std::chrono::sys_days(today) + std::chrono::days(guess_.below(20)), "away"};
        ++(ask<core::member>(away, who, who) ? passed : refused);
    }

    template <class A>
    void act_on() {
        if constexpr (core::flow::is_singleton<A>) {
            // There is one, from the beginning; who tries mostly may.
            const auto who = guess_.once_in(4) ? 1 + guess_.below(decides.people().rows().size()) : std::array<std::uint64_t, 3>{2, 5, 6}[guess_.below(3)];
            return give<A>(any_of<A>(), 1, who);
        }
        const auto highest = decides.entities().of<A>().highest();
        const auto target = highest == 0 ? 0 : guess_.below(2) ? highest - guess_.below(std::min<std::uint64_t>(highest, 5)) : 1 + guess_.below(highest);
        const auto* at = decides.entities().of<A>().find(target);
        const auto anybody = 1 + guess_.below(decides.people().rows().size());
        if (!at && !creating<A>()) return;
        const auto by = context();
        if (creating<A>() && (!at || guess_.once_in(15))) {
            const auto* row = row_of<A>(creating<A>());
            auto who = anybody;
            for (int tries = 0; tries < 8; ++tries) {
                const auto* p = decides.people().find({who});
                if (p && p->active && !core::flow::who_refuses<A>(*row, typename A::state{}, by.as(*p))) break;
                who = 1 + guess_.below(decides.people().rows().size());
            }
            return give<A>(creating<A>(), 0, who);
        }
        if (guess_.once_in(15)) return give<A>(any_of<A>(), target, anybody);
        if (guess_.below(5) < 3) {
            const auto waits = core::flow::waits<A>(at->state, by);
            if (!waits.empty()) {
                const auto& one = guess_.one_of(waits);
                if (!one.on.who.empty()) return give<A>(one.command, target, guess_.one_of(one.on.who).value);
                if (const auto* row = row_of<A>(one.command); row && row->may == 0) return give<A>(one.command, target, 0);
            }
        }
        const auto* who = decides.people().find({anybody});
        if (who && who->active && !guess_.once_in(10)) {
            std::vector<std::string_view> may;
            for (const auto& one : core::flow::actions<A>(at->state, by.as(*who)))
                if (!one.refused && (guess_.once_in(6) || !ends(one.command))) may.push_back(one.command);
            if (!may.empty()) return give<A>(guess_.one_of(may), target, anybody);
        }
        give<A>(any_of<A>(), target, guess_.once_in(8) ? 0 : anybody);
    }

    /// Nothing would go on if every second step ended what it is about.
    static bool ends(std::string_view command) {
        for (const std::string_view word : {"cancel", "withdraw", "reject", "retire", "leave", "erase", "archive", "suspend", "end", "discard", "drop"})
            if (command.substr(command.find('.') + 1) == word) return true;
        return false;
    }

    template <class A>
    static const auto* row_of(std::string_view command) {
        const auto found = std::find_if(A::flow.begin(), A::flow.end(), [&](const auto& row) { return row.command == command; });
        return found == A::flow.end() ? nullptr : &*found;
    }
    template <class A>
    const char* any_of() {
        const char* name = nullptr;
        constexpr auto count = boost::mp11::mp_size<typename A::command>::value;
        boost::mp11::mp_with_index<count>(guess_.below(count), [&](auto i) { name = boost::mp11::mp_at_c<typename A::command, i>::type.data(); });
        return name;
    }
    template <class A>
    static const char* creating() {
        const char* name = nullptr;
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::command>>([&](auto c) {
            using C = typename decltype(c)::type;
            if constexpr (core::creates<C>) name = C::type.data();
        });
        return name;
    }

    template <class A>
    void give(std::string_view command, std::uint64_t target, std::uint64_t actor) {
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::command>>([&](auto c) {
            using C = typename decltype(c)::type;
            if (C::type != command) return;
            const setting in{decides.entities(), std::chrono::floor<std::chrono::days>(now), decides.head(), target};
            bool done = ask<A>(guess_.command<C>(in), target, actor);
            if constexpr (is_filled_in<C>())
                for (const auto& extras : done ? std::vector<events::form_extras>() : amended_forms()) {
                    guess_.extras = extras;
                    if ((done = ask<A>(guess_.command<C>(in), target, actor))) break;
                }
            guess_.extras = {1, {}, {}};
            ++(done ? passed : refused);
        });
    }

    /// Whether there is a form in it.
    template <class T>
    static constexpr bool is_filled_in() {
        if constexpr (std::is_same_v<T, events::form_extras>) return true;
        else if constexpr (events::codec::described_struct<T>) {
            return [&]<class... D>(boost::mp11::mp_list<D...>) {
                return (is_filled_in<std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>>() || ...);
            }(boost::mp11::mp_rename<events::codec::members_of<T>, boost::mp11::mp_list>{});
        } else return false;
    }

    /// As each form that was amended is filled in today.
    std::vector<events::form_extras> amended_forms() {
        std::vector<events::form_extras> all;
        const auto* definitions = decides.entities().of<core::definitions>().find(1);
        if (!definitions) return all;
        for (const auto& form : definitions->state.forms) {
            events::form_extras one{static_cast<std::uint32_t>(form.versions.size() + 1), {}, {}};
            for (const auto& field : form.versions.back()) one.fields.push_back({field.name, "as asked"});
            if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
        }
        return all;
    }

    guesses guess_;
    std::uint64_t ids_ = 0;
};

}  // namespace sim
