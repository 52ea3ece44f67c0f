#include "core/views/attachment_index.hpp"

#include "core/entity.hpp"

#include <type_traits>

namespace core::views {
namespace {

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Calls f(attachment) with each that is anywhere in `value`.
template <class T, class F>
void for_each_attachment(const T& value, F& f) {
    if constexpr (std::is_same_v<T, events::attachment> || std::is_same_v<T, events::sealed_attachment>) {
        f(value);
    } else if constexpr (is_vector<T>) {
        if constexpr (std::is_class_v<typename T::value_type>)
            for (const auto& one : value) for_each_attachment(one, f);
    } else if constexpr (is_optional<T>) {
        if (value) for_each_attachment(*value, f);
    } else if constexpr (archive::described<T>) {
        boost::mp11::mp_for_each<archive::members_of<T>>([&](auto d) { for_each_attachment(value.*d.pointer, f); });
    }
}

}  // namespace

void attachment_index::apply(const events::recorded& event) {
    const bool each = kind_of(event.envelope.stream.kind)->is_read_by_event();
    auto take = [&](const auto& a) {
        auto& list = carriers_[a.sha256];
        if (each || list.empty() || list.back().stream != event.envelope.stream) list.push_back({event.envelope.stream, event.envelope.position});
    };
    std::visit([&](const auto& group) {
        std::visit([&](const auto& e) { for_each_attachment(e, take); }, group);
    }, event.event);
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
            if (kind == 0 || kind >= events::category_count) from.fail();
            c.stream = {static_cast<events::category>(kind), from.number()};
            archive::read(from, c.at);
        }
    }
    if (!from.ok()) carriers_.clear();
    return from.ok();
}

}  // namespace core::views
