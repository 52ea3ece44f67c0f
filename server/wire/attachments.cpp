#include "server/wire/attachments.hpp"

#include "core/entity.hpp"
#include "events/catalog/sealed_form.hpp"
#include "events/codec/codec.hpp"

namespace server::wire {
namespace {

std::optional<events::recorded> read_event(const documents& from, events::position at) {
    std::optional<events::recorded> event;
    events::decoder decode;
    from.log().read_one(at, [&](events::position, std::string_view bytes) {
        if (auto e = decode.decode(bytes)) event = std::move(*e);
        return false;
    });
    return event;
}

template <class F>
void each_attachment(const events::recorded& event, F f) {
    core::kind_of(event.event.category())->each_attachment(event.event, f, f);
}

auto carriers_in(const documents& from, std::string_view sha256) {
    return from.views().read([&](const core::views::views& v, events::position) { return v.attachments.of(sha256); });
}

/// Before the names of files were sealed, a draft without a line did not say whose it is.
events::member_id subject_of(const documents& from, events::stream_id which) {
    return from.views().read([&](const core::views::views& v, events::position) {
        const auto* list = v.lists.find(which.kind);
        const auto of = list ? list->at(which.number) : core::entity();
        return of ? of.about() : events::member_id{};
    });
}

void add_carrier(blobs::carriers& to, const documents& from, const events::recorded& event, std::string_view sha256) {
    each_attachment(event, [&](const auto& a) {
        if (a.sha256 != sha256) return;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(a)>, events::attachment>) {
            to.open = true;
        } else {
            const auto of = a.name.of ? a.name.of : subject_of(from, event.envelope.stream);
            if (of) to.people.insert(of);
            else to.open = true;
        }
    });
}

}  // namespace

bool may_read_file(const documents& from, events::member_id who, std::string_view sha256) {
    for (const auto& one : carriers_in(from, sha256)) {
        const auto event = read_event(from, one.at);
        if (event && from.seen_by(who, *event) == core::access::sight::whole) return true;
    }
    return false;
}

blobs::carriers carriers_of(const documents& from, std::string_view sha256) {
    const auto all = carriers_in(from, sha256);
    blobs::carriers found{!all.empty()};
    for (const auto& one : all) {
        if (found.open) break;
        const auto event = read_event(from, one.at);
        if (event) add_carrier(found, from, *event, sha256);
        else found.open = true;  // nothing is taken away for a place in the log that can't be read now
    }
    from.views().read([&](const core::views::views& v, events::position) {
        std::erase_if(found.people, [&](events::member_id who) {
            const auto* row = v.directory.row(who);
            return row && row->who.erased;
        });
    });
    return found;
}

std::vector<std::string> attached_in(const engine::committed& batch) {
    std::vector<std::string> all;
    for (const auto& e : batch.events) each_attachment(e.what, [&](const auto& a) { all.push_back(a.sha256); });
    return all;
}

}  // namespace server::wire
