#pragma once
// How a command is decided, made from its aggregate. Included by what the build makes of each kind (one_kind.cpp.in).

#include "core/cited.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/field_fault.hpp"
#include "core/kernel/fields.hpp"
#include "core/kernel/seen.hpp"
#include "core/org/org.hpp"
#include "events/codec/describe.hpp"
#include "events/codec/references.hpp"
#include "events/keys/cipher.hpp"
#include "server/engine/decider.hpp"
#include "server/engine/deciding.hpp"
#include "server/engine/refusals.hpp"

namespace server::engine {

/// What there is, for who named a department or a role that there is not.
inline std::string choices_of(events::category kind, const core::refusal& why, const core::context& by) {
    const bool department = why.code == "unknown_department" || why.code == "bad_electorate" ||
                            (kind == events::category::task && why.code == "bad_department");
    if (department) return core::known_departments(by);
    const bool role = why.code == "unknown_role" || (kind == events::category::indicators && why.code == "bad_role");
    return role ? core::known_roles(by) : std::string();
}

template <core::decider A>
class kind_deciding_of final : public kind_deciding {
public:
    events::category category() const override { return A::category; }
    std::unique_ptr<any_table> make_table() const override { return std::make_unique<table<A>>(); }
    answer run(decider& in, const client_command& asked, const core::context& by, batch& open) const override;
    bool resolve(core::any_command& in, std::span<const std::optional<events::stream_id>> made) const override;

private:
    static bool is_hidden(decider& in, const client_command& asked, const typename A::state& s, const typename A::command& what, const core::context& by);
    static std::optional<refused> unsealable(decider& in, const core::decided<typename A::event>& happened, events::stream_id stream);
};

/// Whether the target is as if it were not there for who asks. Members refuse by their rules instead, as the directory is everybody's.
template <core::decider A>
bool kind_deciding_of<A>::is_hidden(decider& in, const client_command& asked, const typename A::state& s, const typename A::command& what, const core::context& by) {
    bool hidden = false;
    if constexpr (requires { A::is_hidden(s, what, by); }) hidden = A::is_hidden(s, what, by);
    else if constexpr (requires { may_see(s, by); })
        hidden = std::visit([&](const auto& c) { return core::access::is_hidden_from<A>(s, c, by); }, what);
    if (!hidden) return false;
    if constexpr (requires { A::is_seen_by_its_maker(s); }) return !A::is_seen_by_its_maker(s) || !in.was_made_by(*asked.target, asked.actor);
    return true;
}

template <core::decider A>
answer kind_deciding_of<A>::run(decider& in, const client_command& asked, const core::context& by_all, batch& open) const {
    const auto& what = asked.what.get<typename A::command>();
    auto& entities = in.entities_.template of<A>();
    constexpr bool singleton = core::flow::is_singleton<A>;
    const bool creating = std::visit([](const auto& c) { return core::creates<std::decay_t<decltype(c)>>; }, what);
    if (asked.target && (asked.target->kind != A::category || (singleton && asked.target->number != 1))) return refused{wrong_target, {}};
    if (!singleton && creating == asked.target.has_value()) return refused{wrong_target, {}};

    core::context by = by_all;
    by.fresh = entities.highest() + 1;
    const std::uint64_t number = singleton ? 1 : creating ? by.fresh : asked.target->number;
    static const slot<A> nothing{};
    slot<A>* known = entities.find(number);
    try {
        if (!singleton && !creating && (!known || is_hidden(in, asked, known->state, what, by))) return refused{not_found, {}};
    } catch (const std::runtime_error& e) {  // whom it was made by can't be read
        return refused{refusal_of(e), {}};
    }
    const slot<A>& before = known ? *known : nothing;
    if (asked.expect && *asked.expect != before.version) return refused{stale_version, before.version};

    if (asked.actor != events::the_system)
        if (auto place = core::far_day(what, core::last_day_known(by.today))) return refused{core::day_too_far, {}, std::move(*place)};

    if (auto fault = core::field_at_fault<A>(what, before.state, by)) {
        auto why = *fault->why;
        if (why.clause.empty()) why.clause = core::flow::clause_of<A>(A::flow[what.index()], before.state);
        return refused{why, {}, std::move(fault->place)};
    }

    const events::stream_id stream{A::category, number};
    // Nothing has changed yet: what can't be read, or kept, is refused to who asks and to nobody else.
    std::optional<decltype(A::decide(before.state, what, by))> tried;
    try {
        tried.emplace(A::decide(before.state, what, by));
        if (*tried)
            if (auto no = unsealable(in, **tried, stream)) return *no;
    } catch (const std::runtime_error& e) {
        return refused{refusal_of(e), {}};
    }
    auto& decision = *tried;
    if (!decision) {
        const auto& row = A::flow[what.index()];
        const auto why = core::cited(core::flow::explained<A>(decision.error(), row, before.state, by), row.command, core::flow::clause_of<A>(row, before.state));
        return refused{why, {}, std::visit([&]<class C>(const C&) { return why.field.empty() ? std::string() : core::place_of<C>(why.field); }, what),
                       choices_of(A::category, why, by), core::flow::particulars_of<A>(decision.error(), before.state, &what, by)};
    }
    if (decision->empty()) return done{before.position, stream, before.version, 0};
    const auto in_place_of = core::flow::stands_in_for<A>(what, before.state, by);

    if (in.undo_) entities.keep(number);
    slot<A>& after = entities.grow_to(number);
    done told{events::next(in.head_), stream, after.version, 0};
    const auto from = open.made->events.size();
    for (auto& happened : *decision) {
        events::envelope about{events::next(in.head_), stream, events::next(after.version), by.now, asked.actor, asked.id, asked.id};
        if (told.count == 0) about.digest = in.mac_of({asked.actor, asked.id}, asked.digest);
        about.keyed = about.digest != 0;
        about.in_place_of = in_place_of;
        after.evolve(happened, about);
        in.record(about, events::any(std::move(happened)), open);
        ++told.count;
    }
    told.version = after.version;
    if (asked.follows_from) return told;
    told.count += in.follow(asked, by.now, from, open);
    return told;
}

/// Before anything has changed: makes the keys of who joins by these events, and says what can't be sealed. Throws where a key can't
/// be kept.
template <core::decider A>
std::optional<refused> kind_deciding_of<A>::unsealable(decider& in, const core::decided<typename A::event>& happened, events::stream_id stream) {
    std::optional<refused> no;
    for (const auto& group : happened)
        std::visit(
            [&](const auto& e) {
                using type = std::decay_t<decltype(e)>;
                if constexpr (std::is_same_v<type, events::member::joined>) {
                    // A transaction's are made once all of it stands.
                    if (!in.undo_) in.keys_.create({stream.number});
                } else if constexpr (events::codec::holds_personal<type>()) {
                    events::codec::for_each_personal(e, [&](const events::personal& p) {
                        if (p.is == events::personal::form::clear && !(in.undo_ ? !in.keys_.lost(p.of) : in.keys_.has(p.of))) no = refused{key_lost, {}};
                    });
                }
            },
            group);
    return no;
}

template <core::decider A>
bool kind_deciding_of<A>::resolve(core::any_command& in, std::span<const std::optional<events::stream_id>> made) const {
    bool good = true;
    std::visit([&](auto& command) {
        events::codec::for_each_id(command, [&]<class Id>(Id& id) {
            const auto place = events::codec::reference_in(id.value);
            if (!place) return;
            if constexpr (requires { events::stream_of(id); }) {
                if (*place < made.size() && made[*place] && made[*place]->kind == events::stream_of(id).kind) {
                    id.value = made[*place]->number;
                    return;
                }
            }
            good = false;
        });
    }, in.get<typename A::command>());
    return good;
}

}  // namespace server::engine
