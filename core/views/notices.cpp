// What somebody was told by itself, as far as it still holds.

#include "core/access/access.hpp"
#include "core/views/views.hpp"

#include <algorithm>

namespace core::views {
namespace {

struct found {
    std::string name;
    events::position since;
};

// Nothing where there is none that the reader may see; of a step that waits on nobody, who can help is told without its name.
std::optional<found> look_up(const views& v, const desk::notice& told, const context& by) {
    const auto what = told.what;
    const bool nobody = told.kind == desk::kind::nobody;
    std::optional<found> it;
    if (what.kind == events::category::member) {
        const auto* row = v.directory.row({what.number});
        if (!row || !access::may_see_member({what.number}, *by.actor, v.channels)) return it;
        return found{row->name.value_or(std::string()), told.since};
    }
    if (what.kind == events::category::task) {
        const auto* row = v.board.row({what.number});
        const bool seen = row && access::may_see_task(*row, by);
        if (seen || (row && nobody)) it = {seen ? row->title : std::string(), row->steps.last().at};
        return it;
    }
    const auto* list = v.lists.find(what.kind);
    if (!list) return it;
    const auto of = list->at(what.number);
    const auto since = of ? list->head(what.number)->steps.last().at : events::position{};
    if (list->kind().is_everybodys()) {
        // Of what there is one of, there may be nothing yet. Of a calendar it is told in December, of the next year.
        const bool of_next_year = what.kind == events::category::calendar;
        return found{of_next_year ? std::to_string(static_cast<int>(by.today.year()) + 1) : std::string(), since};
    }
    const bool seen = of && of.may_see(by);
    if (seen || (of && nobody)) it = {seen ? of.name() : std::string(), since};
    return it;
}

bool is_of_same_step(const desk::notice& a, const desk::notice& b) {
    return a.what == b.what && a.command == b.command && a.since == b.since && a.on == b.on;
}

/// A step is soon due or late, never both: once it is late, what was said before its day holds no more.
bool is_out_of_date(const desk::notice& told, const desk::state& at, const context& by) {
    if (told.kind != desk::kind::due_soon) return false;
    return by.today > told.due || std::any_of(at.notices.begin(), at.notices.end(), [&](const desk::told& t) {
        return t.what.kind == desk::kind::late && is_of_same_step(t.what, told);
    });
}

}  // namespace

std::vector<shown_notice> views::notices(const context& by) const {
    std::vector<shown_notice> all;
    const auto* own = of<desk>().row(by.who().value);
    if (!own || !may_see(own->state, by)) return all;
    for (auto told = own->state.notices.rbegin(); told != own->state.notices.rend(); ++told) {
        if (told->acknowledged || is_out_of_date(told->what, own->state, by)) continue;
        auto it = look_up(*this, told->what, by);
        const bool holds = told->what.kind == desk::kind::decided || (it && it->since == told->what.since);
        if (it && holds) all.push_back({told->what, std::move(it->name), told->what.kind != desk::kind::decided && by.today > told->what.due});
    }
    return all;
}

}  // namespace core::views
