#include "core/views/attachment_index.hpp"

#include "core/entity.hpp"
#include "events/catalog/sealed_form.hpp"

namespace core::views {
void attachment_index::apply(const events::recorded& event) {
    const auto& of = *kind_of(event.envelope.stream.kind);
    const bool each = of.is_read_by_event();
    const auto take = [&](const auto& a) {
        auto& list = carriers_[a.sha256];
        if (each || list.empty() || list.back().stream != event.envelope.stream) list.push_back({event.envelope.stream, event.envelope.position});
    };
    of.each_attachment(event.event, take, take);
}

const std::vector<attachment_index::carrier>& attachment_index::of(std::string_view sha256) const {
    static const std::vector<carrier> none;
    const auto found = carriers_.find(sha256);
    return found == carriers_.end() ? none : found->second;
}

void attachment_index::save(archive::writer& to) const {
    to.number(carriers_.size());
    for (const auto& [hash, list] : carriers_) {
        archive::write(to, hash);
        to.number(list.size());
        for (const auto& c : list) {
            archive::write(to, c.stream.kind);
            to.number(c.stream.number);
            archive::write(to, c.at);
        }
    }
}

bool attachment_index::load(archive::reader& from) {
    carriers_.clear();
    for (auto n = from.count(); n > 0 && from.ok(); --n) {
        std::string hash;
        archive::read(from, hash);
        auto& list = carriers_[hash];
        for (auto m = from.count(); m > 0 && from.ok(); --m) {
            auto& c = list.emplace_back();
            const auto kind = from.number();
            if (!events::is_category(kind)) from.fail();
            c.stream = {static_cast<events::category>(kind), from.number()};
            archive::read(from, c.at);
        }
    }
    if (!from.ok()) carriers_.clear();
    return from.ok();
}

}  // namespace core::views
