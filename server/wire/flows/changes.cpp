// What is proposed of members, and waits for a second person (D11).

#include "core/member/second_person.hpp"
#include "server/wire/flows/definitions.hpp"
#include "server/wire/json_object.hpp"
#include "server/wire/list_json.hpp"

namespace server::wire {

reading changes_document(const documents& from, events::member_id who) {
    return from.with_reader(who, [&](const core::views::views& v, events::position at, const core::context& by) -> reading {
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at);
            auto& items = o.name("items");
            items += '[';
            v.directory.each_changing([&](const core::views::member_row& row) {
                for (const auto& w : row.changes) {
                    if (!core::second_person::may_see(w.what, row.who.id, by)) continue;
                    comma(items);
                    json_object item(items);
                    item.put("member", row.who.id).put("name", row.name).put("number", w.what.number).put("change", w.what.change);
                    item.put("by", w.what.by).put("since", w.since);
                    item.put("on", core::second_person::confirmers(w.what.change, row.who.id, w.what.by, by));
                }
            });
            items += "]";
            o.name("next") += "null";
        }
        return d;
    });
}

}  // namespace server::wire
