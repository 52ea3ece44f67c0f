#include "core/views/entity_lists.hpp"

#include "core/kind.hpp"

namespace core::views {
entity_lists::entity_lists() {
    each_kind([&](const core::kind& one) { all_[index(one.category())] = one.make_list(); });
}

entity_lists::entity_lists(const entity_lists& other) {
    for (std::size_t n = 0; n < all_.size(); ++n)
        if (other.all_[n]) all_[n] = other.all_[n]->copy();
}

void entity_lists::save(archive::writer& to) const {
    std::uint64_t count = 0;
    each([&](const any_list&) { ++count; });
    to.number(count);
    each([&](const any_list& one) {
        to.number(index(one.kind().category()));
        one.save(to);
    });
}

bool entity_lists::load(archive::reader& from) {
    *this = {};
    for (auto left = from.count(); left > 0 && from.ok(); --left) {
        auto* one = find(static_cast<events::category>(from.number()));
        if (!one || one->size() > 0) from.fail();
        else one->load(from);
    }
    if (!from.ok()) *this = {};
    return from.ok();
}

bool entity_lists::operator==(const entity_lists& other) const {
    bool same = true;
    for (std::size_t n = 0; n < all_.size(); ++n) same = same && (!all_[n] || all_[n]->equals(*other.all_[n]));
    return same;
}

}  // namespace core::views
