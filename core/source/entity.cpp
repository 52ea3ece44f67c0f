#include "core/kernel/audience.hpp"
#include "core/source/source.hpp"

namespace core {

bool may_see(const source::state& of, const context& by) { return access::may_see_directory(*by.actor) && of.is != source_status::absent; }

std::string name_of(const source::state& of) { return of.name; }

bool is_work_of(const source::state& of, member_id who) { return of.owner == who && (source::in_use & flow::from(of.is)) != 0; }

// Whose it is hears of what others do with it.
concerned concerned_by(const source::event& happened, const source::state& of, const events::envelope&, const context&) {
    using namespace events::source;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, registered, changed, disconnected, retired>) all.add(of.owner);
    }, happened);
    return all;
}

bool is_own(const source::state& of, member_id who) { return of.owner == who; }

section source::section_of(const event& happened) {
    namespace h = events::source;
    if (std::holds_alternative<h::registered>(happened) || std::holds_alternative<h::changed>(happened)) return {"source"};
    if (std::holds_alternative<h::connected>(happened) || std::holds_alternative<h::disconnected>(happened)) return {"connections", true};
    if (std::holds_alternative<h::retired>(happened)) return {"end"};
    return {};
}

std::string source::text_of(const event& happened) {
    namespace h = events::source;
    return std::holds_alternative<h::registered>(happened) || std::holds_alternative<h::changed>(happened) ? "source" : "";
}

}  // namespace core
