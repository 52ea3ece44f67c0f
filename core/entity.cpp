#include "core/entity.hpp"

#include "core/commands.hpp"
#include "core/kernel/allowed.hpp"
#include "core/kernel/step_due.hpp"
#include "core/kernel/verify.hpp"
#include "events/catalog/catalog.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <array>
#include <memory>
#include <numeric>

namespace core {
namespace {

template <class A>
class kind_for final : public kind {
    using state = typename A::state;
    static const state& in(const void* s) { return *static_cast<const state*>(s); }

public:
    events::category category() const override { return A::category; }
    bool is_everybodys() const override {
        return !requires(const state& of, const context& by) { core::may_see(of, by); };
    }
    bool waits_for_people() const override {
        return std::any_of(A::flow.begin(), A::flow.end(), [](const auto& row) { return row.is_awaited(); });
    }
    bool is_read_by_event() const override {
        return requires(const state& of, const typename A::event& e, const context& by) { core::may_read(e, of, by); };
    }
    bool is_searched() const override {
        return requires(const typename A::event& e) { A::text_of(e); };
    }
    bool is_told_by_events() const override {
        return requires { requires A::told_by_events; };
    }
    bool is_seen_through(events::category other) const override {
        if constexpr (requires { A::seen_through; }) return std::find(A::seen_through.begin(), A::seen_through.end(), other) != A::seen_through.end();
        else return false;
    }
    bool tells_of(events::category other) const override {
        if constexpr (requires { A::tells_of; }) return std::find(A::tells_of.begin(), A::tells_of.end(), other) != A::tells_of.end();
        else return false;
    }
    bool is_delegable() const override { return flow::is_delegable<A>; }
    bool is_handed_over() const override {
        return requires(const state& of, member_id who) { core::is_work_of(of, who); };
    }

    std::string_view status_name(std::uint8_t status) const override { return boost::describe::enum_to_string(static_cast<typename A::status>(status), "?"); }

    bool may_see(const void* s, const context& by) const override {
        if constexpr (requires(const state& of) { core::may_see(of, by); }) return core::may_see(in(s), by);
        else return by.actor->active;
    }
    bool may_read(const void* s, const events::any& what, const context& by) const override {
        if constexpr (requires(const state& of, const typename A::event& e) { core::may_read(e, of, by); })
            return core::may_read(std::get<typename A::event>(what), in(s), by);
        else return may_see(s, by);
    }
    std::string name_of(const void* s) const override {
        if constexpr (requires(const state& of) { core::name_of(of); }) return core::name_of(in(s));
        else return {};
    }
    member_id about(const void* s) const override {
        if constexpr (requires(const state& of) { core::about(of); }) return core::about(in(s));
        else return {};
    }
    std::string_view status_of(const void* s) const override { return boost::describe::enum_to_string(A::status_of(in(s)), "?"); }
    std::uint32_t flow_version(const void* s) const override { return flow::version_of<A>(in(s)); }
    const events::department* department_of(const void* s) const override {
        if constexpr (requires(const state& of) { { of.department } -> std::convertible_to<events::department>; }) return &in(s).department;
        else return nullptr;
    }
    std::vector<flow::wait> waits(const void* s, const context& by) const override { return is_open(s) ? flow::waits<A>(in(s), by) : std::vector<flow::wait>(); }
    std::vector<flow::wait> waits_on_any_day(const void* s, const context& by) const override { return flow::waits_on_any_day<A>(in(s), by); }
    bool state_allows(const void* s, std::string_view command, const context& by) const override {
        return std::any_of(A::flow.begin(), A::flow.end(), [&](const auto& row) { return row.command == command && !flow::state_refuses<A>(row, in(s), by); });
    }
    std::vector<std::string_view> allowed(const void* s, const context& by) const override { return flow::allowed<A>(in(s), by); }
    std::optional<date> step_due(const void* s, std::string_view command, instant since, const context& by) const override {
        return core::step_due<A>(in(s), command, since, by);
    }
    bool is_work_of(const void* s, member_id who) const override {
        if constexpr (requires(const state& of) { core::is_work_of(of, who); }) return core::is_work_of(in(s), who);
        else return false;
    }
    any_command handed_over(const void* s, member_id from, member_id to, const context& by) const override {
        if constexpr (requires(const state& of) { core::handed_over(of, from, to, by); }) return core::handed_over(in(s), from, to, by);
        else if constexpr (requires { typename A::hand_over; }) return typename A::command(typename A::hand_over{from, to});
        else return verify(false, "what is somebody's work can be handed over"), any_command{};
    }
    sight_change changes_sight(const events::any& what) const override {
        if constexpr (requires(const typename A::event& e) { A::changes_sight(e); }) return A::changes_sight(std::get<typename A::event>(what));
        else return {};
    }
    concerned concerned_by(const void* s, const events::any& what, const events::envelope& of, const context& by) const override {
        if constexpr (requires(const state& now, const typename A::event& e) { core::concerned_by(e, now, of, by); })
            return core::concerned_by(std::get<typename A::event>(what), in(s), of, by);
        else return {};
    }

private:
    // Most of what there ever was is over: no row is for its status, and none can be opened in it.
    const flow::statuses open_in = std::accumulate(A::flow.begin(), A::flow.end(), flow::statuses{0}, [](flow::statuses all, const auto& row) { return all | row.in; });
    bool is_open(const void* s) const { return (open_in & flow::from(A::status_of(in(s)))) != 0; }
};

auto all_kinds() {
    std::array<std::unique_ptr<kind>, events::category_count> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, aggregate_list>>([&](auto a) {
        using A = typename decltype(a)::type;
        all[static_cast<std::size_t>(A::category)] = std::make_unique<kind_for<A>>();
    });
    return all;
}

}  // namespace

const kind* kind_of(events::category which) {
    static const auto all = all_kinds();
    const auto n = static_cast<std::size_t>(which);
    return n < all.size() ? all[n].get() : nullptr;
}

any_command entity::handed_over(member_id from, member_id to, const context& by) const { return kind_->handed_over(state_, from, to, by); }

entity entities::any(events::stream_id which) const {
    const auto* of = kind_of(which.kind);
    return of ? entity(*of, state_of(which)) : entity();
}

bool may_see(events::stream_id which, const context& by) {
    const auto* of = kind_of(which.kind);
    if (of && of->is_everybodys()) return by.actor->active;
    const auto found = by.others->any(which);
    return found && found.may_see(by);
}

}  // namespace core
