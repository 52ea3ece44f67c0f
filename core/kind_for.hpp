#pragma once
// The operations of one kind, made from its aggregate. Included by what the build makes of each (one_kind.cpp.in).

#include "core/definitions/flow_of.hpp"
#include "core/entity.hpp"
#include "core/kernel/allowed.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/step_due.hpp"
#include "core/kernel/texts.hpp"
#include "core/kernel/verify.hpp"
#include "core/views/entity_list.hpp"
#include "events/catalog/attachments.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <memory>
#include <numeric>

namespace core {

// What a kind does not say of itself there is nothing of: so that each can be asked for by its name.
class unsaid;
void may_see(unsaid);
void may_read(unsaid);
void name_of(unsaid);
void about(unsaid);
void is_work_of(unsaid);
void handed_over(unsaid);
void concerned_by(unsaid);
void due_commands(unsaid);
void made_up(unsaid);
void set_right(unsaid);

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
    bool is_confidential() const override {
        return requires { requires A::confidential; };
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

    const written::written_flow& flow_as_written() const override {
        static const auto all = written::flow_of<A>();
        return all;
    }
    std::span<const events::form_words> forms() const override {
        if constexpr (requires { A::forms; }) return A::forms;
        else return {};
    }
    void add_creating(std::vector<flow::action>& all, const context& by, project_id within) const override {
        if constexpr (!flow::is_singleton<A>)
            for (const auto& row : A::flow)
                if (row.may != 0 && row.in == flow::from(typename A::status{})) all.push_back(creating(row, by, within));
    }
    bool row_says(std::string_view command, std::string_view code) const override {
        const auto row = std::find_if(A::flow.begin(), A::flow.end(), [&](const auto& r) { return r.command == command; });
        if (row == A::flow.end()) return false;
        const auto is_it = [&](typename A::rejection no) { return no != A::rejection::inactive && A::explain(no).code == code; };
        bool found = is_it(row->not_yours);
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::status>>([&](auto at) {
            found = found || (!(row->in & flow::from(at.value)) && is_it(A::wrong_state(*row, at.value)));
        });
        return found;
    }
    std::unique_ptr<views::any_list> make_list() const override {
        if constexpr (requires { A::own_read_model; }) return nullptr;
        else return std::make_unique<views::entity_list<A>>();
    }
    std::shared_ptr<void> make_state() const override { return std::make_shared<state>(); }
    void evolve(void* s, const events::any& what, const events::envelope& about) const override {
        flow::evolve<A>(*static_cast<state*>(s), what.get<typename A::event>(), about);
    }
    void mend(any_command& one) const override {
        std::visit([](auto& command) { text::mend(command); }, one.get<typename A::command>());
    }

    std::string_view status_name(std::uint8_t status) const override { return boost::describe::enum_to_string(static_cast<typename A::status>(status), "?"); }

    bool may_see(const void* s, const context& by) const override {
        if constexpr (requires(const state& of) { core::may_see(of, by); }) return core::may_see(in(s), by);
        else return by.actor->active;
    }
    bool may_read(const void* s, const events::any& what, const context& by) const override {
        if constexpr (requires(const state& of, const typename A::event& e) { core::may_read(e, of, by); })
            return core::may_read(events::get<typename A::event>(what), in(s), by);
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
    std::string text_of(const events::any& what) const override {
        if constexpr (requires(const typename A::event& e) { A::text_of(e); }) return A::text_of(events::get<typename A::event>(what));
        else return {};
    }
    bool is_kept_from_search(const events::any& what) const override {
        if constexpr (requires(const typename A::event& e) { A::is_kept_from_search(e); }) return A::is_kept_from_search(events::get<typename A::event>(what));
        else return false;
    }
    void each_attachment(const events::any& what, const std::function<void(const events::attachment&)>& open,
                         const std::function<void(const events::sealed_attachment&)>& sealed) const override {
        auto visit = [&]<class File>(const File& a) {
            if constexpr (std::is_same_v<File, events::attachment>) open(a);
            else sealed(a);
        };
        std::visit([&](const auto& e) { events::for_each_attachment(e, visit); }, events::get<typename A::event>(what));
    }
    sight_change changes_sight(const events::any& what) const override {
        if constexpr (requires(const typename A::event& e) { A::changes_sight(e); }) return A::changes_sight(events::get<typename A::event>(what));
        else return {};
    }
    concerned concerned_by(const void* s, const events::any& what, const events::envelope& of, const context& by) const override {
        if constexpr (requires(const state& now, const typename A::event& e) { core::concerned_by(e, now, of, by); })
            return core::concerned_by(events::get<typename A::event>(what), in(s), of, by);
        else return {};
    }
    void follow(const events::recorded& happened, const context& by, follow_ups& all) const override {
        if constexpr (requires { A::follow(happened, by, all); }) A::follow(happened, by, all);
    }
    void find_evidence(const events::recorded& happened, const entities& after, date on, evidence_ledger& to) const override {
        if constexpr (requires(const typename A::event& e) { A::find_evidence(e, happened.envelope, after, on, to); })
            A::find_evidence(events::get<typename A::event>(happened.event), happened.envelope, after, on, to);
    }
    void suggest(const evidence_ledger& from, const context& by, follow_ups& all) const override {
        if constexpr (requires { A::suggest(from, by, all); }) A::suggest(from, by, all);
    }
    void due(const context& by, follow_ups& all) const override {
        if constexpr (requires(const state& of) { core::due_commands(of, by); })
            of_each(by, all, [&](const state& one) { return core::due_commands(one, by); });
        if constexpr (requires { A::open_due(by, all); }) A::open_due(by, all);
    }
    void make_up(const lost_time& lost, const context& by, follow_ups& all) const override {
        if constexpr (requires(const state& of) { core::made_up(of, lost); })
            of_each(by, all, [&](const state& one) { return core::made_up(one, lost); });
    }
    void set_right(const wrong_clock& wrong, const context& by, follow_ups& all) const override {
        if constexpr (requires(const state& of) { core::set_right(of, wrong, by); })
            of_each(by, all, [&](const state& one) { return core::set_right(one, wrong, by); });
    }

private:
    static void of_each(const context& by, follow_ups& all, auto commands_of) {
        const auto highest = by.others->highest(A::category);
        for (std::uint64_t n = 1; n <= highest; ++n)
            if (const auto* one = by.others->find<A>(n))
                for (auto& command : commands_of(*one)) all.push_back({typename A::command(std::move(command)), events::stream_id{A::category, n}});
    }
    static flow::action creating(const typename A::row& row, const context& by, project_id within) {
        std::vector<state> about_to_be(1);
        if constexpr (requires { A::about_to_be(by, within); }) about_to_be = A::about_to_be(by, within);
        std::optional<refusal> first;
        bool allowed = false;
        for (const auto& one : about_to_be) {
            const auto no = flow::who_refuses<A>(row, one, by);
            allowed = allowed || !no;
            if (no && !first) first = A::explain(*no);
        }
        return {row.command, row.clause, allowed ? std::nullopt : first, {}};
    }

    // Most of what there ever was is over: no row is for its status, and none can be opened in it.
    const flow::statuses open_in = std::accumulate(A::flow.begin(), A::flow.end(), flow::statuses{0}, [](flow::statuses all, const auto& row) { return all | row.in; });
    bool is_open(const void* s) const { return (open_in & flow::from(A::status_of(in(s)))) != 0; }
};

}  // namespace core
