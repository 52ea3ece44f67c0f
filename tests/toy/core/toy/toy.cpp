#include "core/toy/toy.hpp"

#include "core/kernel/forms.hpp"

namespace core {

using s = toy_status;
using r = toy_rejection;
namespace happened = events::toy;

// clang-format off
constexpr std::array<toy::row, 4> toy::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step
    {"toy.make", flow::from(s::absent), anyone, 0, s::shelved, "S1.3.5", {}, {}, r::already_exists},
    {"toy.lend", flow::from(s::shelved), keeper, 0, s::lent, "S1.3.5", r::not_keeper, {}, r::not_shelved},
    {"toy.give_back", flow::from(s::lent), borrower, 0, s::shelved, "S1.3.5", r::not_borrower, {}, r::not_lent, flow::step::awaited},
    {"toy.hand_over", flow::from(s::shelved, s::lent), 0, 0, {}, "S1.3.4", r::not_keeper, {}, r::not_found},
}};

constexpr auto table = refusal_table<toy_rejection>({
    {r::not_found, obstacle::missing, "S1.3.5", "没有这件玩具。请核对编号。", "There is no such toy. Check its number."},
    {r::already_exists, obstacle::status, "S1.3.5", "玩具已登记。", "This toy is there already."},
    {r::inactive, obstacle::who, "S1.3.1", "您已离开，不能再操作。", "You have left and can act no more."},
    {r::not_keeper, obstacle::who, "S1.3.5", "由保管人办理。", "This is for its keeper."},
    {r::not_borrower, obstacle::who, "S1.3.5", "由借用人办理。", "This is for who borrowed it."},
    {r::not_shelved, obstacle::status, "S1.3.5", "玩具不在架上。", "The toy is not on the shelf."},
    {r::not_lent, obstacle::status, "S1.3.5", "玩具没有借出。", "The toy is not lent."},
    {r::bad_extras, obstacle::field, "S1.3.2", "附加字段须符合表单的现行版本。", "Added fields have to fit the form's present version.", "extras"},
});
// clang-format on

refusal toy::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

namespace {

using outcome = decision<toy>;

toy::event event_of(const toy::lend& c, const toy::state&) { return happened::lent{c.to}; }
toy::event event_of(const toy::give_back& c, const toy::state&) { return happened::given_back{c.remark}; }
toy::event event_of(const toy::hand_over& c, const toy::state&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const toy::state& now, const toy::make& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<toy>(flow::row_of<toy, toy::make>(), now, by)) return *no;
    if (!forms::are_extras("toy", c.form.extras, by)) return r::bad_extras;
    decided<toy::event> all;
    all.push_back(happened::made{by.who(), by.actor ? by.actor->department : department{}, c.form, by.flows ? by.flows->newest("toy") : 1});
    return all;
}

template <class Command>
outcome decide_one(const toy::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<toy, Command>();
    if (const auto no = flow::who_refuses<toy>(row, now, by)) return *no;
    if (const auto no = flow::state_refuses<toy>(row, now, by)) return *no;
    decided<toy::event> all;
    all.push_back(event_of(c, now));
    return all;
}

void fold(toy::state& t, const happened::made& e) {
    t = {s::shelved, e.flow, e.form.name, e.form.material, e.department, e.keeper, {}};
}
void fold(toy::state& t, const happened::lent& e) {
    t.is = s::lent;
    t.borrower = e.to;
}
void fold(toy::state& t, const happened::given_back&) {
    t.is = s::shelved;
    t.borrower = {};
}
void fold(toy::state& t, const happened::handed_over& e) { t.keeper = e.to; }

}  // namespace

decision<toy> toy::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void toy::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations toy::relations_of(const state& now, const context& by) {
    flow::relations are = anyone;
    if (now.keeper && by.who() == now.keeper) are |= keeper;
    if (now.borrower && by.who() == now.borrower) are |= borrower;
    return are;
}

section toy::section_of(const event& what) { return std::holds_alternative<happened::made>(what) ? section{"toy"} : section{}; }
std::string toy::text_of(const event& what) { return std::holds_alternative<happened::made>(what) ? "toy" : ""; }

bool may_see(const toy::state& of, const context& by) { return by.actor->active && of.is != toy_status::absent; }
std::string name_of(const toy::state& of) { return of.name; }
bool is_work_of(const toy::state& of, member_id who) { return of.keeper == who; }
bool is_own(const toy::state& of, member_id who) { return of.keeper == who || of.borrower == who; }

}  // namespace core
