#include "core/kernel/forms.hpp"
#include "core/source/source.hpp"
#include "tests/support/flow_table.hpp"

using namespace opsroom_test;
using core::source;
using core::source_status;
using no = core::source::rejection;
namespace happened = events::source;

namespace {

source::form members() {
    return {"会员数据库", happened::kind::internal, {happened::content::user}, "会员与积分流水", "只读账号", {}, {}, wei.id, {}};
}
const happened::registered registered{{"operations"}, members(), 1};

std::vector<situation<source>> situations() {
    return {given<source>(registered), given<source>(registered, happened::connected{"ok"}),
            given<source>(registered, happened::connected{"ok"}, happened::disconnected{"expired"}), given<source>(registered, happened::retired{"gone"})};
}
std::vector<source::command> commands() {
    return {source::change{members(), "why"}, source::connect{"1,204 members"}, source::disconnect{"account"}, source::retire{"no longer"}, source::hand_over{wei.id, mei.id}};
}
bool handbook_allows(const source::state& of, std::string_view command, const core::person& who) {
    using s = source_status;
    const bool keeps = who.id == wei.id || (who.has("DA") && who.department == of.department);
    if (!who.active || of.is == s::retired || command == "source.hand_over") return false;
    if (command == "source.change") return keeps || manages(who);
    if (command == "source.connect") return keeps && of.is != s::connected;
    if (command == "source.disconnect") return keeps && of.is == s::connected;
    return manages(who);  // source.retire
}

}  // namespace

TEST_CASE("source: every (status, command, person) that is not in the handbook is refused with a clause", "[core][source][S4.1.1][table]") {
    CHECK(check_every_pair<source>(situations(), commands(), handbook_allows) == situations().size() * commands().size() * everybody.size());
    check_rows_agree<source>(situations(), commands());
}

TEST_CASE("source: an analyst or a manager registers it, and everyone in the directory may know where data comes from", "[core][source][S4.1.1][S2.3.1]") {
    for (const auto* who : everybody) {
        CHECK(given<source>().when(source::enter{members()}, as(*who)).passed() == (who->active && (who->has("DA") || who->has("OM") || who->has("SL"))));
        CHECK(may_see(given<source>(registered).state(), as(*who)) == (who->active && !who->roles.empty()));
    }
    const auto asked = [&](auto change) {
        auto f = members();
        change(f);
        return given<source>().when(source::enter{f}, as(lin));
    };
    CHECK(asked([](auto&) {}) == registered);
    CHECK(asked([](auto& f) { f.name = ""; }) == bad_field{"form/name"});
    CHECK(asked([](auto& f) { f.holds.clear(); }) == bad_field{"form/holds"});
    CHECK(asked([](auto& f) { f.description = " "; }) == bad_field{"form/description"});
    CHECK(asked([](auto& f) { f.access = ""; }) == bad_field{"form/access"});
    CHECK(asked([](auto& f) { f.owner = gone.id; }) == bad_field{"form/owner"});
    CHECK(asked([](auto& f) { f.extras.form = 2; }) == no::bad_extras);
}

TEST_CASE("source: two of a name in one department would be taken for each other", "[core][source][S4.1.1]") {
    world w;
    w.put<source>(1, given<source>(registered).state());
    auto by = as(lin);
    by.others = &w;
    CHECK(given<source>().when(source::enter{members()}, by) == no::name_taken);
    auto f = members();
    f.name = "订单系统";
    CHECK(given<source>().when(source::enter{f}, by).passed());
    // One's own name may stay, and a retired one's is free again.
    CHECK(given<source>(registered).when(source::change{members(), "why"}, by).passed());
    w.put<source>(1, given<source>(registered, happened::retired{"gone"}).state());
    CHECK(given<source>().when(source::enter{members()}, by).passed());
}

TEST_CASE("source: connected once data was had from it; what is disconnected waits for its owner", "[core][source][S4.1.1]") {
    const auto open = given<source>(registered);
    CHECK(open.when(source::connect{""}, as(wei)) == bad_field{"note"});
    CHECK(open.when(source::disconnect{"x"}, as(wei)) == no::not_connected);
    const auto runs = open.after(source::connect{"1,204"}, as(wei));
    CHECK(runs.when(source::connect{"1,204"}, as(wei)) == nothing<source>());
    CHECK(runs.when(source::connect{"again"}, as(wei)) == no::connected_already);
    const auto broken = runs.after(source::disconnect{"account"}, as(wei));
    const auto turn = core::flow::turn_of<source>(source::flow[2], broken.state(), as(lin));
    CHECK(core::forms::contains(turn.who, wei.id));
    CHECK(!core::forms::contains(turn.who, lin.id));
    CHECK(broken.when(source::retire{""}, as(lin)) == bad_field{"reason"});
    CHECK(broken.after(source::retire{"gone"}, as(lin)).when(source::connect{"x"}, as(wei)) == no::closed);
}

TEST_CASE("source: who leaves hands it over", "[core][source][S1.3.4]") {
    CHECK(is_work_of(given<source>(registered).state(), wei.id));
    CHECK(!is_work_of(given<source>(registered, happened::retired{"gone"}).state(), wei.id));
    CHECK(given<source>(registered, happened::handed_over{wei.id, mei.id}).state().owner == mei.id);
}
