#include "core/kernel/audience.hpp"
#include "core/kernel/departments.hpp"
#include "core/metric/faults.hpp"
#include "core/metric/metric.hpp"

namespace core {

bool may_see(const metric::state& of, const context& by) {
    return access::self_or_stood_in_for(by, [&](const person& p) {
        if (!p.active || of.is == metric_status::absent) return false;
        if (!of.versions.empty() && access::may_see_directory(p)) return true;
        if (of.author == p.id || of.owner == p.id || p.has("SL") || p.has("AU")) return true;
        return manages(p, of.department, by) || (p.has("DA") && access::is_of(of.department, p));
    });
}

std::string name_of(const metric::state& of) { return of.name.zh == of.name.en ? of.name.zh : of.name.zh + " / " + of.name.en; }

bool is_work_of(const metric::state& of, member_id who) {
    if (!(metric::live & flow::from(of.is))) return false;
    const bool writes = of.proposed ? of.proposed->by == who : (metric::unpublished & flow::from(of.is)) && of.author == who;
    return of.owner == who || writes;
}

// Whose it is, and whose wrote what was decided on; and of a new version those whose metrics rest on it.
concerned concerned_by(const metric::event& happened, const metric::state& of, const events::envelope&, const context& by) {
    using namespace events::metric;
    concerned all;
    std::visit([&]<class Event>([[maybe_unused]] const Event& e) {
        if constexpr (is_one_of<Event, published, amended, targets_set, retired, declined>) all.add(of.owner);
        if constexpr (is_one_of<Event, returned, discarded>) all.add(of.author);
        if constexpr (is_one_of<Event, published, declined>) all.add(e.author);
        if constexpr (is_one_of<Event, published>) {
            for (const auto id : metrics::named_by(of.id, by)) all.add(by.others->find<metric>(id.value)->owner);
        }
    }, happened);
    return all;
}

bool is_own(const metric::state& of, member_id who) { return of.owner == who || of.author == who; }

section metric::section_of(const event& happened) {
    using namespace events::metric;
    return std::visit([]<class Event>(const Event&) -> section {
        if constexpr (is_one_of<Event, drafted, revised>) return {"metric"};
        else if constexpr (is_one_of<Event, amended, withdrawn>) return {"amendments", true};
        else if constexpr (is_one_of<Event, published, returned, declined>) return {"verdicts", true};
        else if constexpr (is_one_of<Event, targets_set>) return {"targets", true};
        else if constexpr (is_one_of<Event, retired, discarded>) return {"end"};
        else return {};
    }, happened);
}

sight_change metric::changes_sight(const event& happened) {
    namespace h = events::metric;
    return {.own = std::holds_alternative<h::handed_over>(happened) || std::holds_alternative<h::revised>(happened)};
}

std::string metric::text_of(const event& happened) {
    namespace h = events::metric;
    return std::holds_alternative<h::drafted>(happened) || std::holds_alternative<h::revised>(happened) ? "metric" : "";
}

}  // namespace core
