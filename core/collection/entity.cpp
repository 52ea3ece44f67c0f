#include "core/collection/collection.hpp"
#include "core/kernel/audience.hpp"

namespace core {

bool may_see(const collection::state& of, const context& by) { return access::may_see_directory(*by.actor) && of.is != collection_status::absent; }

std::string name_of(const collection::state& of) { return of.name; }

bool is_work_of(const collection::state& of, member_id who) {
    if (!(collection::live & flow::from(of.is))) return false;
    return of.owner == who || (of.author == who && (collection::unactivated & flow::from(of.is)) != 0);
}

// Who wrote it hears what becomes of it, and whose it is what others do with it.
concerned concerned_by(const collection::event& happened, const collection::state& of, const events::envelope&, const context&) {
    using namespace events::collection;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, returned, activated, discarded>) all.add(of.author);
        if constexpr (is_one_of<Event, activated, paused, resumed, retired, superseded>) all.add(of.owner);
    }, happened);
    return all;
}

bool is_own(const collection::state& of, member_id who) { return of.owner == who || of.author == who; }

section collection::section_of(const event& happened) {
    namespace h = events::collection;
    if (std::holds_alternative<h::drafted>(happened) || std::holds_alternative<h::revised>(happened)) return {"F14"};
    if (std::holds_alternative<h::activated>(happened) || std::holds_alternative<h::returned>(happened)) return {"verdict"};
    if (std::holds_alternative<h::paused>(happened) || std::holds_alternative<h::resumed>(happened)) return {"pauses", true};
    if (std::holds_alternative<h::retired>(happened) || std::holds_alternative<h::superseded>(happened) || std::holds_alternative<h::discarded>(happened))
        return {"end"};
    return {};
}

std::string collection::text_of(const event& happened) {
    namespace h = events::collection;
    return std::holds_alternative<h::drafted>(happened) || std::holds_alternative<h::revised>(happened) ? "F14" : "";
}

}  // namespace core
