// What somebody was told by itself, as far as it still holds.

#include "core/access/access.hpp"
#include "core/access/entities.hpp"
#include "core/views/entity_names.hpp"
#include "core/views/views.hpp"

namespace core::views {
namespace {

struct found {
    std::string name;
    events::position since;
};

// Nothing where there is none that the reader may see.
std::optional<found> look_up(const views& v, events::stream_id what, const context& by) {
    std::optional<found> it;
    if (what.kind == events::category::task) {
        const auto* row = v.board.row({what.number});
        if (row && access::may_see_task(*row, *by.actor)) it = {row->title, row->steps.last().at};
        return it;
    }
    v.each_flow([&](const auto& list) {
        if (list.category != what.kind) return;
        const auto* row = list.row(what.number);
        if (row && access::may_see(row->state, by)) it = {name_of(row->state), row->steps.last().at};
    });
    return it;
}

}  // namespace

std::vector<shown_notice> views::notices(const context& by) const {
    std::vector<shown_notice> all;
    const auto* own = desks.row(by.who().value);
    if (!own || !may_see_desk(own->state, *by.actor)) return all;
    for (auto told = own->state.notices.rbegin(); told != own->state.notices.rend(); ++told) {
        if (told->acknowledged) continue;
        auto it = look_up(*this, told->what.what, by);
        if (it && it->since == told->what.since) all.push_back({told->what, std::move(it->name), by.today > told->what.due});
    }
    return all;
}

}  // namespace core::views
