#pragma once
// Which entities carry which attached file: who may see one of them may see the file.

#include "core/kernel/archive.hpp"
#include "events/catalog/any.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core::views {

class attachment_index {
public:
    struct carrier {
        events::stream_id stream;
        events::position at;  ///< the event that attached it
        bool operator==(const carrier&) const = default;
    };

    void apply(const events::recorded& event);

    /// Empty where nothing carries it.
    const std::vector<carrier>& of(std::string_view sha256) const;

    void save(archive::writer& to) const;
    /// False, and empty, where the bytes are no good.
    bool load(archive::reader& from);

    /// The hashes of all that is attached, in order.
    template <class F>
    void each(F f) const {
        for (const auto& one : carriers_) f(one.first);
    }

    bool operator==(const attachment_index&) const = default;

private:
    std::map<std::string, std::vector<carrier>, std::less<>> carriers_;
};

}  // namespace core::views
