#include "core/views/directory.hpp"

#include "core/kernel/verify.hpp"

namespace core::views {
namespace {

std::optional<std::string> opened(const std::optional<events::personal>& p) {
    return p && p->is == events::personal::form::clear ? std::optional(p->text) : std::nullopt;
}

}  // namespace

struct directory::fold {
    using change_kind = events::member::change_kind;
    static constexpr std::size_t resets_max = 5;

    member_row& row;
    const events::envelope& about;
    events::position at = about.position;

    void settle(change_kind kind, member_id deputy = {}) {
        std::erase_if(row.changes, [&](const waiting_change& w) {
            return w.what.change.kind == kind && (kind != change_kind::deputy || w.what.change.person == deputy);
        });
    }
    void settle_number(std::uint32_t number) {
        std::erase_if(row.changes, [&](const waiting_change& w) { return w.what.number == number; });
    }

    void operator()(const events::member::joined& e) {
        row.who.active = true;
        row.who.department = e.department;
        row.who.roles = e.roles;
        row.name = opened(e.name);
        row.login = opened(e.login);
        row.who.without_login = !e.login.has_value();
        row.external = opened(e.external);
        row.language = e.language;
        row.status = member_status::active;
        row.placed = at;
    }
    void operator()(const events::member::renamed& e) { row.name = opened(e.name); }
    void operator()(const events::member::roles_changed& e) {
        row.who.roles = e.roles;
        row.placed = at;
        settle(change_kind::roles);
    }
    void operator()(const events::member::department_changed& e) {
        row.who.department = e.department;
        settle(change_kind::department);
        row.placed = at;
    }
    void operator()(const events::member::superior_set& e) {
        row.who.superior = e.superior;
        settle(change_kind::superior);
    }
    void operator()(const events::member::change_proposed& e) {
        settle(e.change.kind, e.change.person.value_or(member_id{}));
        row.changes.push_back({{e.number, e.by, e.change}, about.time});
    }
    void operator()(const events::member::change_confirmed& e) { settle_number(e.number); }
    void operator()(const events::member::change_declined& e) { settle_number(e.number); }
    void operator()(const events::member::decided_alone&) {}
    void operator()(const events::member::password_reset& e) {
        if (row.resets.size() == resets_max) row.resets.erase(row.resets.begin());
        row.resets.push_back({about.actor, about.time, e.reason});
    }
    void operator()(const events::member::resets_noted&) { row.resets.clear(); }
    // Whom it concerns besides is seen to by the directory itself.
    void operator()(const events::member::delegated& e) { settle(change_kind::deputy, e.to); }
    void operator()(const events::member::delegation_ended&) {}
    void operator()(const events::member::handed_over&) {}
    void operator()(const events::member::language_chosen& e) { row.language = e.language; }
    void operator()(const events::member::left&) {
        row.who.active = false;
        row.status = member_status::left;
        row.changes.clear();
    }
    void operator()(const events::member::erased&) {
        row.who.active = false;
        row.who.erased = true;
        row.status = member_status::erased;
        row.name.reset();
        row.login.reset();
        row.external.reset();
    }
};

void directory::apply(const events::recorded& event) {
    const auto* happened = events::get_if<events::member::any>(&event.event);
    if (!happened) return;
    const auto number = event.envelope.stream.number;
    verify(number != 0 && number <= rows_.size() + 1, "members are numbered without gaps");
    if (number > rows_.size()) rows_.emplace_back().who.id = {number};
    auto& row = rows_[number - 1];
    unindex(row);
    std::visit(fold{row, event.envelope}, *happened);
    row.version = event.envelope.version;
    index(row);
    if (const auto* given = std::get_if<events::member::delegated>(happened)) stand_in(given->to, {{number}, given->from, given->until}, given->beside.value_or(false));
    if (const auto* ended = std::get_if<events::member::delegation_ended>(happened)) stand_back(ended->to, {number}, ended->from);
}

void directory::not_after(instant t) {
    for (auto& row : rows_) {
        for (auto& change : row.changes) change.since = std::min(change.since, t);
        for (auto& reset : row.resets) reset.at = std::min(reset.at, t);
    }
}

void directory::stand_in(member_id by, delegation given, bool beside) {
    stand_back(by, given.of, beside ? std::optional(given.from) : std::nullopt);
    if (by.value != 0 && by.value <= rows_.size()) rows_[by.value - 1].who.acts_for.push_back(given);
}

void directory::stand_back(member_id by, member_id of, std::optional<date> from) {
    if (by.value != 0 && by.value <= rows_.size())
        std::erase_if(rows_[by.value - 1].who.acts_for, [&](const delegation& d) { return d.of == of && (!from || d.from == *from); });
}

const member_row* directory::row(member_id who) const {
    return who.value == 0 || who.value > rows_.size() ? nullptr : &rows_[who.value - 1];
}

const person* directory::find(member_id who) const {
    const auto* found = row(who);
    return found ? &found->who : nullptr;
}

member_id directory::with_login(std::string_view login) const {
    const auto found = logins_.find(login);
    return found == logins_.end() ? member_id{} : found->second;
}

void directory::each_active(const std::function<bool(const person&)>& visit) const {
    for (const auto& row : rows_)
        if (row.who.active && !visit(row.who)) return;
}

void directory::each_manager(const std::function<bool(const person&)>& visit) const {
    for (const auto& [department, managers] : managers_)
        for (const auto m : managers)
            if (!visit(rows_[m.value - 1].who)) return;
}

std::vector<const member_row*> directory::page(member_id after, std::size_t limit) const {
    std::vector<const member_row*> found;
    for (auto n = after.value; n < rows_.size() && found.size() < limit; ++n) found.push_back(&rows_[n]);
    return found;
}

void directory::each_changing(const std::function<void(const member_row&)>& visit) const {
    for (const auto n : changing_) visit(rows_[n - 1]);
}

void directory::index(const member_row& row) {
    if (!row.changes.empty()) changing_.insert(row.who.id.value);
    led_ = led_ || (row.who.active && row.who.has("SL") && !row.who.without_login);
    if (row.login) logins_[*row.login] = row.who.id;
    if (row.who.active && row.who.has("OM")) managers_[row.who.department].push_back(row.who.id);
}

void directory::unindex(const member_row& row) {
    changing_.erase(row.who.id.value);
    if (row.login) logins_.erase(*row.login);
    if (row.who.active && row.who.has("OM")) std::erase(managers_[row.who.department], row.who.id);
}

void directory::save(archive::writer& to) const {
    to.number(led_);
    to.number(rows_.size());
    for (const auto& row : rows_) {
        write(to, row.who.department);
        write(to, row.who.roles);
        write(to, row.who.superior);
        write(to, row.who.acts_for);
        write(to, row.name);
        write(to, row.login);
        write(to, row.external);
        write(to, row.language);
        write(to, row.status);
        write(to, row.version);
        write(to, row.placed);
        write(to, row.who.without_login);
        write(to, row.changes);
        write(to, row.resets);
    }
}

bool directory::load(archive::reader& from) {
    *this = {};
    led_ = from.number() != 0;
    const auto size = from.count();
    for (std::uint64_t n = 1; n <= size && from.ok(); ++n) {
        auto& row = rows_.emplace_back();
        row.who.id = {n};
        read(from, row.who.department);
        read(from, row.who.roles);
        read(from, row.who.superior);
        read(from, row.who.acts_for);
        read(from, row.name);
        read(from, row.login);
        read(from, row.external);
        read(from, row.language);
        read(from, row.status);
        read(from, row.version);
        read(from, row.placed);
        read(from, row.who.without_login);
        read(from, row.changes);
        read(from, row.resets);
        row.who.active = row.status == member_status::active;
        row.who.erased = row.status == member_status::erased;
    }
    if (!from.ok()) *this = {};
    for (const auto& row : rows_) index(row);
    return from.ok();
}

}  // namespace core::views
