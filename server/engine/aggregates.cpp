#include "server/engine/aggregates.hpp"

#include "core/task/task.hpp"
#include "server/engine/deciding.hpp"

namespace server::engine {
namespace {

template <class Tables, class Visit>
void each(Tables& tables, Visit visit) {
    events::each_category([&](events::category c) { visit(c, *tables[static_cast<std::size_t>(c)]); });
}

}  // namespace

aggregates::aggregates() {
    events::each_category([&](events::category c) { tables_[static_cast<std::size_t>(c)] = deciding_of(c).make_table(); });
}

bool aggregates::has_open_tasks(events::project_id of_it) const {
    const auto& tasks = of<core::task>().all();
    return std::any_of(tasks.begin(), tasks.end(), [&](const auto& t) { return t.state.project == of_it && core::is_open(t.state.is); });
}

void aggregates::not_after(events::instant t) {
    each(tables_, [&](events::category, any_table& one) { one.not_after(t); });
}

void aggregates::save_impersonal(core::archive::writer& to) const {
    std::uint64_t count = 0;
    each(tables_, [&](events::category kind, const any_table&) { count += kind != events::category::member; });
    to.number(count);
    each(tables_, [&](events::category kind, const any_table& one) {
        if (kind == events::category::member) return;
        to.number(static_cast<std::uint64_t>(kind));
        one.save(to);
    });
}

bool aggregates::load_impersonal(core::archive::reader& from) {
    for (auto left = from.count(); left > 0 && from.ok(); --left) {
        const auto kind = from.number();
        if (!events::is_category(kind) || !at(static_cast<events::category>(kind)).load(from)) return false;
    }
    return from.ok();
}

void aggregates::put_back() {
    each(tables_, [](events::category, any_table& one) { one.put_back(); });
}

void aggregates::let_go() {
    each(tables_, [](events::category, any_table& one) { one.let_go(); });
}

}  // namespace server::engine
