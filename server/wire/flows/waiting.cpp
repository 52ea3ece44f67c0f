// Time in step (S1.3.3): how long each step takes in working time, what waits now and on whom, what is late.

#include "core/access/access.hpp"
#include "core/entity.hpp"
#include "core/member/second_person.hpp"
#include "server/wire/flows/definitions.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/flows/rows.hpp"

#include <tuple>

namespace server::wire {
namespace {

using models = core::views::views;

/// Something that waits.
struct item {
    events::stream_id what;
    std::string name;
    events::member_id about;
    std::string_view status;
    std::string_view command;
    std::string_view clause;
    events::instant since;
    std::optional<events::date> due;
    std::vector<events::member_id> on;
    bool passed_up = false;
    bool nobody = false;  ///< everybody who might take it is barred, or gone
};

/// On 0: on nobody.
bool waits_on(const item& i, events::member_id who) { return who ? std::find(i.on.begin(), i.on.end(), who) != i.on.end() : i.nobody; }

// Without on whom, which is looked up for the few that are shown.
void add_tasks(std::vector<item>& all, const models& v, const core::context& by, const flow_query& q) {
    using s = core::task_status;
    for (const auto status : {s::assigned, s::in_progress, s::blocked, s::submitted, s::returned})
        v.board.for_status(status, [&](const core::views::task_row& row) {
            if (!core::access::may_see_task(row, by)) return true;
            if (q.department && row.department != *q.department) return true;
            if (q.waits_on) {
                const auto* who = v.directory.find(*q.waits_on);
                const bool theirs = status == s::submitted ? who && core::views::waits_for_verdict_of(row, *who, v.directory, by) : row.to == *q.waits_on;
                if (!theirs) return true;
            }
            const auto name = boost::describe::enum_to_string(status, "?");
            for (const auto& r : core::task::flow)
                if (r.is_awaited() && (r.in & core::flow::from(status)))
                    all.push_back({stream_of(row.id), row.title, {}, name, r.command, r.clause, row.steps.last().since, row.due, {}, false});
            return true;
        });
}

// Through what waits, and not through all that ever did. Where everybody is barred, or gone, it waits on nobody: it is listed all
// the same.
void add_steps(std::vector<item>& all, const models& v, const core::context& by, const flow_query& q) {
    v.waiting().each([&](events::stream_id what, const core::views::awaited_step& one) {
        const auto& list = *v.lists.find(what.kind);
        const auto of = list.at(what.number);
        const auto* department = of.department();
        if ((q.department && (!department || *department != *q.department)) || !of.may_see(by)) return true;
        const auto since = list.head(what.number)->steps.last().since;
        item i{what, of.name(), of.about(), of.status(), one.command, one.clause, since, of.step_due(one.command, since, by),
               shown_turn(one.command, one.on, by.who()), one.passed_up, one.on.empty()};
        if (!q.waits_on || waits_on(i, *q.waits_on)) all.push_back(std::move(i));
        return true;
    });
}

void add_changes(std::vector<item>& all, const models& v, const core::context& by, const flow_query& q) {
    v.directory.each_changing([&](const core::views::member_row& row) {
        if (q.department && row.who.department != *q.department) return;
        for (const auto& w : row.changes) {
            if (!core::second_person::may_see(w.what, row.who.id, by)) continue;
            item i{events::stream_of(row.who.id), row.name.value_or(std::string()), row.who.id, boost::describe::enum_to_string(row.status, "?"),
                   core::member::confirm_change::type, events::member::change_proposed::clause, w.since, {},
                   core::second_person::confirmers(w.what.change, row.who.id, w.what.by, by), false, false};
            i.nobody = i.on.empty();
            if (!q.waits_on || waits_on(i, *q.waits_on)) all.push_back(std::move(i));
        }
    });
}

void write_item(std::string& out, const item& i, const core::context& by) {
    json_object o(out);
    o.put("kind", events::name_of(i.what.kind)).put("id", i.what.number).put("name", i.name).put_if(bool(i.about), "about", i.about).put("status", i.status);
    o.put("command", i.command).put("clause", i.clause).put("since", i.since);
    if (i.due) o.put("due", *i.due);
    o.put("late", i.due && by.today > *i.due).put("on", i.on).put("passed_up", i.passed_up).put_if(i.nobody, "nobody", true);
    o.put("working_minutes", by.calendar->working_time(i.since, by.now, by.how->hours, by.zone_offset).count());
}

/// What is known of one status of a flow.
struct time_of_step {
    std::vector<std::uint64_t> ended;  ///< working minutes of each time that it was gone through
    std::uint64_t going_on = 0;
    std::uint64_t late = 0;            ///< of both
};

void count(std::map<std::string_view, time_of_step>& all, const std::vector<step_shown>& steps, bool over) {
    for (const auto& s : steps) {
        auto& t = all[s.status];
        if (s.until) t.ended.push_back(s.working_minutes);
        else if (!over) ++t.going_on;
        t.late += s.late;
    }
}

void count_list(std::map<std::string_view, time_of_step>& all, const core::views::any_list& list, const models& v, const core::context& by) {
    const auto kind = list.kind().category();
    for (std::uint64_t n = 1; n <= list.size(); ++n) {
        const auto of = list.at(n);
        if (!of.may_see(by)) continue;
        const bool over = !v.waiting().of({kind, n});
        count(all, show_steps(kind, list.head(n)->steps, of.flow_version(), !over, by), over);
    }
}

void write_times(std::string& out, std::map<std::string_view, time_of_step>& all) {
    out += '[';
    for (auto& [status, t] : all) {
        if (out.back() != '[') out += ',';
        std::sort(t.ended.begin(), t.ended.end());
        json_object o(out);
        o.put("status", status).put("ended", t.ended.size()).put("going_on", t.going_on).put("late", t.late);
        if (!t.ended.empty())
            o.put("median_working_minutes", t.ended[t.ended.size() / 2]).put("p90_working_minutes", t.ended[t.ended.size() * 9 / 10])
                .put("most_working_minutes", t.ended.back());
    }
    out += ']';
}

/// The earliest due first, then what has waited longest.
list_place place_of(const item& i) {
    const auto due = i.due ? static_cast<std::uint64_t>(std::chrono::sys_days(*i.due).time_since_epoch().count()) : UINT64_MAX;
    auto since = std::to_string(i.since.time_since_epoch().count());
    constexpr std::size_t digits = 20;
    since.insert(0, digits - std::min(digits, since.size()), '0');
    return {due, since + std::string(i.command) + std::string(events::name_of(i.what.kind)), i.what.number};
}

}  // namespace

reading waiting_document(const documents& from, events::member_id who, const flow_query& q) {
    return from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        std::vector<item> all;
        add_tasks(all, v, by, q);
        add_steps(all, v, by, q);
        add_changes(all, v, by, q);
        std::erase_if(all, [&](const item& i) { return !from.still_lets_see(i.what, who); });
        if (q.late) std::erase_if(all, [&](const item& i) { return *q.late != (i.due && by.today > *i.due); });
        std::vector<const item*> found;
        for (const auto& one : all) found.push_back(&one);
        auto by_due = q;
        by_due.sort = "due";
        std::string next;
        const auto page = sorted_page(found, by_due, place_of, next);
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at).put("total", all.size());
            auto& items = o.name("items");
            items += '[';
            for (const auto* one : page) {
                if (items.back() != '[') items += ',';
                auto shown = *one;
                if (shown.what.kind == events::category::task)
                    for (const auto& r : core::task::flow)
                        if (r.command == shown.command) {
                            auto t = core::flow::turn_of<core::task>(r, v.board.row({shown.what.number})->state(), by);
                            shown.on = std::move(t.who);
                            shown.passed_up = t.passed_up;
                            shown.nobody = shown.on.empty();
                        }
                write_item(items, shown, by);
            }
            items += ']';
            if (!next.empty()) o.put("next", next);
            else o.name("next") += "null";
        }
        d.moves = !from.when();  // the time that each has waited
        return d;
    });
}

reading times_document(const documents& from, events::member_id who, std::string_view flow) {
    return from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        std::map<std::string_view, time_of_step> all;
        const auto of = events::category_of(flow);
        if (of == events::category::task) {
            for (std::uint64_t n = 1; n <= v.board.size(); ++n) {
                const auto* row = from.present_views() ? v.board.row({n}, from.present_views()->board) : v.board.row({n});
                if (!row || !core::access::may_see_task(*row, by)) continue;
                const bool over = !core::is_open(row->status);
                count(all, show_steps(core::task::category, row->steps, row->flow, !over, by), over);
            }
        } else if (of && reading_of(*of)) {
            count_list(all, *v.lists.find(*of), v, by);
        } else {
            return make(404, problems::not_found);
        }
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at).put("flow", flow);
            write_times(o.name("items"), all);
        }
        return d;
    });
}

}  // namespace server::wire
