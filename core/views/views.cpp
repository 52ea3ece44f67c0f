#include "core/views/views.hpp"

#include "core/kernel/text.hpp"
#include "core/kernel/verify.hpp"

#include <type_traits>

namespace core::views {
namespace {

constexpr std::string_view magic = "opsroom views\n";
// Whenever what is saved changes its shape or meaning.
constexpr std::uint64_t format = 10;
constexpr std::size_t seal_bytes = 8;

// Of everything before it, least byte first: notices damage, not malice.
std::string seal_of(std::string_view body) {
    const auto d = text::digest(body);
    std::string seal;
    for (std::size_t i = 0; i < seal_bytes; ++i) seal += static_cast<char>(d >> 8 * i);
    return seal;
}

// Changes whose turn something is: of everyone, as a role may have gone.
bool moves_turns(const events::member::any& what) {
    namespace m = events::member;
    return std::holds_alternative<m::joined>(what) || std::holds_alternative<m::roles_changed>(what) || std::holds_alternative<m::department_changed>(what) ||
           std::holds_alternative<m::superior_set>(what) || std::holds_alternative<m::handed_over>(what) || std::holds_alternative<m::left>(what) ||
           std::holds_alternative<m::erased>(what);
}

/// Calls f with each part that a snapshot holds.
template <class F>
void each_kept(F f) {
    f(&views::board);
    f(&views::channels);
    f(&views::requests);
    f(&views::projects);
    f(&views::attachments);
    f(&views::organisation);
    f(&views::calendars);
    f(&views::definitions);
    f(&views::templates);
    f(&views::cycles);
    f(&views::appraisals);
    f(&views::incentives);
    f(&views::elections);
    f(&views::desks);
    f(&views::analyses);
    f(&views::strategies);
    f(&views::proposals);
    f(&views::clock);
}

}  // namespace

void views::fold(const events::recorded& event) {
    const auto at = event.envelope.position;
    if (at <= position_) return;
    verify(at == next(position_), "views see every event of the log, in its order");
    last_time_ = event.envelope.time;
    switch (event.envelope.stream.kind) {
        case events::category::member:
            directory.apply(event);
            everything_moved_ = everything_moved_ || moves_turns(std::get<events::member::any>(event.event));
            break;
        case events::category::channel: channels.apply(event); break;
        case events::category::task: board.apply(event); break;
        case events::category::request: fold_flow(requests, event); break;
        case events::category::project: fold_flow(projects, event); break;
        case events::category::indicators: templates.apply(event); break;
        case events::category::cycle: fold_flow(cycles, event); break;
        case events::category::appraisal: fold_flow(appraisals, event); break;
        case events::category::incentive: fold_flow(incentives, event); break;
        case events::category::election: fold_flow(elections, event); break;
        case events::category::analysis: fold_flow(analyses, event); break;
        case events::category::strategy: fold_flow(strategies, event); break;
        case events::category::proposal: fold_flow(proposals, event); break;
        case events::category::desk: desks.apply(event); break;
        case events::category::org:
            organisation.apply(event);
            clock.apply(event);
            if (const auto to = set_back_by(event)) not_after(*to);
            break;
        case events::category::calendar:
            calendars.apply(event);
            days_ = calendars.row(1)->state.days();
            break;
        case events::category::definitions: definitions.apply(event); break;
        default: break;
    }
    position_ = at;
}

/// What waits, and since when, is seen to anew.
void views::not_after(instant t) {
    each_kept([&](auto part) {
        if constexpr (requires { (this->*part).not_after(t); }) (this->*part).not_after(t);
    });
    directory.not_after(t);
    everything_moved_ = true;
}

template <class A>
void views::fold_flow(entity_list<A>& list, const events::recorded& event) {
    list.apply(event);
    attachments.apply(event);
    moved_.insert(event.envelope.stream);
}

template <class A>
void views::settle_one(const entity_list<A>& list, std::uint64_t number, const context& by) {
    if (const auto* row = list.row(number)) waiting_.set({A::category, number}, awaited_steps<A>(row->state, by));
}

void views::settle() {
    board.settle();
    if (!everything_moved_ && moved_.empty()) return;
    with_context(nullptr, last_time_, shanghai, [&](const context& by) {
        if (everything_moved_) {
            each_flow([&](const auto& list) {
                for (const auto& row : list.rows()) settle_one(list, row.number, by);
            });
            return;
        }
        for (const auto& which : moved_)
            each_flow([&](const auto& list) {
                if (list.category == which.kind) settle_one(list, which.number, by);
            });
    });
    moved_.clear();
    everything_moved_ = false;
}

const definitions_of_flows::state& views::nothing_amended() {
    static const definitions_of_flows::state instance;
    return instance;
}

const events::org::settings& views::settings() const {
    static const events::org::settings defaults;
    const auto* o = organisation.row(1);
    return o ? o->state.settings : defaults;
}

std::uint64_t views::as_entities::highest(events::category kind) const {
    switch (kind) {
        case events::category::member: return of_.directory.rows().size();
        case events::category::task: return of_.board.size();
        case events::category::request: return of_.requests.rows().size();
        case events::category::project: return of_.projects.rows().size();
        case events::category::indicators: return of_.templates.rows().size();
        case events::category::cycle: return of_.cycles.rows().size();
        case events::category::appraisal: return of_.appraisals.rows().size();
        case events::category::incentive: return of_.incentives.rows().size();
        case events::category::election: return of_.elections.rows().size();
        case events::category::desk: return of_.desks.rows().size();
        case events::category::analysis: return of_.analyses.rows().size();
        case events::category::strategy: return of_.strategies.rows().size();
        case events::category::proposal: return of_.proposals.rows().size();
        default: return 0;
    }
}

const void* views::as_entities::state_of(events::stream_id which) const {
    const auto state = [&](const auto& list) -> const void* {
        const auto* row = list.row(which.number);
        return row ? &row->state : nullptr;
    };
    switch (which.kind) {
        case events::category::request: return state(of_.requests);
        case events::category::project: return state(of_.projects);
        case events::category::indicators: return state(of_.templates);
        case events::category::cycle: return state(of_.cycles);
        case events::category::appraisal: return state(of_.appraisals);
        case events::category::incentive: return state(of_.incentives);
        case events::category::election: return state(of_.elections);
        case events::category::desk: return state(of_.desks);
        case events::category::analysis: return state(of_.analyses);
        case events::category::strategy: return state(of_.strategies);
        case events::category::proposal: return state(of_.proposals);
        case events::category::org: return state(of_.organisation);
        case events::category::calendar: return state(of_.calendars);
        case events::category::definitions: return state(of_.definitions);
        default: return nullptr;
    }
}

bool views::operator==(const views& other) const {
    bool same = directory == other.directory && position_ == other.position_;
    each_kept([&](auto part) { same = same && this->*part == other.*part; });
    return same;
}

void views::save_impersonal(archive::writer& to) const {
    each_kept([&](auto part) { (this->*part).save(to); });
}

bool views::load_impersonal(archive::reader& from) {
    bool good = true;
    each_kept([&](auto part) { good = good && (this->*part).load(from); });
    if (good && calendars.row(1)) days_ = calendars.row(1)->state.days();
    return good;
}

void views::save_moment(archive::writer& to) const {
    to.number(format);
    each_kept([&](auto part) {
        if constexpr (std::is_same_v<decltype(part), task_board views::*>) board.save_light(to, tasks_told_of());
        else (this->*part).save(to);
    });
}

bool views::load_moment(archive::reader& from, events::position at) {
    bool good = from.number() == format;
    each_kept([&](auto part) {
        if constexpr (std::is_same_v<decltype(part), task_board views::*>) good = good && board.load_light(from, at);
        else good = good && (this->*part).load(from);
    });
    if (good && calendars.row(1)) days_ = calendars.row(1)->state.days();
    return good;
}

void views::lighten() { board.lighten(position_, tasks_told_of()); }

/// What notices speak of is looked up by its number, however long it has been closed.
std::set<std::uint64_t> views::tasks_told_of() const {
    std::set<std::uint64_t> all;
    for (const auto& row : desks.rows())
        for (const auto& told : row.state.notices)
            if (!told.acknowledged && told.what.what.kind == events::category::task) all.insert(told.what.what.number);
    return all;
}

void views::save(std::string& out) const {
    out.clear();
    archive::writer to(out);
    to.bytes(magic);
    to.number(format);
    write(to, position_);
    directory.save(to);
    save_impersonal(to);
    out += seal_of(out);
}

bool views::load(std::string_view in) {
    *this = {};
    if (in.size() < magic.size() + seal_bytes || !in.starts_with(magic)) return false;
    const auto body = in.substr(0, in.size() - seal_bytes);
    if (in.substr(body.size()) != seal_of(body)) return false;
    archive::reader from(body.substr(magic.size()));
    if (from.number() != format) return false;
    events::position position;
    read(from, position);
    const bool good = directory.load(from) && load_impersonal(from) && from.finished();
    if (!good) *this = {};
    else stand_at(position);
    return good;
}

}  // namespace core::views
