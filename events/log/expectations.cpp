#include "events/log/expectations.hpp"

namespace events {
namespace {

/// The one before; 0 stays.
template <class Id>
Id before(Id i) {
    return {i.value == 0 ? 0 : i.value - 1};
}

}  // namespace

std::optional<append_refusal> expectations::check(std::span<const entry> batch, position head,
                                                  const stream_versions& present) {
    moved_.clear();
    auto last = head;
    for (const auto& [about, bytes] : batch) {
        if (about.position != next(last)) return fenced{before(about.position), head};
        last = about.position;
        auto found = moved_.find(about.stream);
        if (found == moved_.end()) {
            present.check(about.stream);
            found = moved_.emplace(about.stream, present.of(about.stream)).first;
        }
        if (about.version != next(found->second))
            return conflict{about.stream, before(about.version), present.of(about.stream)};
        found->second = about.version;
    }
    return std::nullopt;
}

}  // namespace events
