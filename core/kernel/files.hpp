#pragma once
// Which files there are to attach. Their content is kept beside the log, under its hash.

#include "events/catalog/value.hpp"

namespace core {

class files {
public:
    virtual ~files() = default;
    /// Whether the content is there whole, of this size and of this type.
    virtual bool has(const events::attachment& a) const = 0;
};

}  // namespace core
