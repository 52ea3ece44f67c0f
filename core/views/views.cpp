#include "core/views/views.hpp"

#include "core/kernel/text.hpp"
#include "core/kernel/verify.hpp"

#include <type_traits>

namespace core::views {
namespace {

constexpr std::string_view magic = "opsroom views\n";
// Whenever what is saved changes its shape or meaning; another kind of entity is no such change.
constexpr std::uint64_t format = 12;
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
    f(&views::attachments);
    f(&views::clock);
    f(&views::lists);
}

}  // namespace

void views::fold(const events::recorded& event) {
    const auto at = event.envelope.position;
    if (at <= position_) return;
    verify(at == next(position_), "views see every event of the log, in its order");
    last_time_ = event.envelope.time;
    const auto of = event.envelope.stream.kind;
    if (of == events::category::member) {
        directory.apply(event);
        everything_moved_ = everything_moved_ || moves_turns(events::get<events::member::any>(event.event));
    } else if (of == events::category::channel) {
        channels.apply(event);
    } else if (of == events::category::task) {
        board.apply(event);
    } else if (auto* list = lists.find(of)) {
        list->apply(event);
        if (list->kind().waits_for_people()) moved_.insert(event.envelope.stream);
        attachments.apply(event);
        if (of == events::category::calendar) days_ = only<core::calendar>()->days();
        if (of == events::category::org) {
            clock.apply(event);
            if (const auto to = set_back_by(event)) not_after(*to);
        }
    }
    position_ = at;
}

/// What waits, and since when, is seen to anew.
void views::not_after(instant t) {
    board.not_after(t);
    lists.each([&](any_list& list) { list.not_after(t); });
    directory.not_after(t);
    everything_moved_ = true;
}

void views::settle_one(const any_list& list, std::uint64_t number, const context& by) {
    if (const auto of = list.at(number)) waiting_.set({list.kind().category(), number}, awaited_steps(of.waits_on_any_day(by)));
}

void views::settle() {
    board.settle();
    if (!everything_moved_ && moved_.empty()) return;
    with_context(nullptr, last_time_, shanghai, [&](const context& by) {
        if (everything_moved_) {
            lists.each([&](const any_list& list) {
                if (!list.kind().waits_for_people()) return;
                for (std::uint64_t n = 1; n <= list.size(); ++n) settle_one(list, n, by);
            });
            return;
        }
        for (const auto& which : moved_) settle_one(*lists.find(which.kind), which.number, by);
    });
    moved_.clear();
    everything_moved_ = false;
}

const definitions::state& views::nothing_amended() {
    static const definitions::state instance;
    return instance;
}

const events::org::settings& views::settings() const {
    static const events::org::settings defaults;
    const auto* o = only<org>();
    return o ? o->settings : defaults;
}

std::uint64_t views::as_entities::highest(events::category kind) const {
    if (kind == events::category::member) return of_.directory.rows().size();
    if (kind == events::category::task) return of_.board.size();
    const auto* list = of_.lists.find(kind);
    return list ? list->size() : 0;
}

const void* views::as_entities::state_of(events::stream_id which) const {
    const auto* list = of_.lists.find(which.kind);
    return list ? list->at(which.number).state() : nullptr;
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
    if (const auto* published = only<core::calendar>(); good && published) days_ = published->days();
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
    if (const auto* published = only<core::calendar>(); good && published) days_ = published->days();
    return good;
}

void views::lighten() { board.lighten(position_, tasks_told_of()); }

/// What notices speak of is looked up by its number, however long it has been closed.
std::set<std::uint64_t> views::tasks_told_of() const {
    std::set<std::uint64_t> all;
    for (const auto& row : of<desk>().rows())
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
