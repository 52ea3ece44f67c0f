#pragma once
// Which files there are to attach. Their content is kept beside the log, under its hash.

#include "events/catalog/value.hpp"

namespace core {

class files {
public:
    virtual ~files() = default;
    /// Whether the content is there whole, of this size and of this type, for `who` to attach: they sent it, or may see
    /// something that carries it. For anybody else it is as if it were not there.
    virtual bool has(const events::attachment& a, events::member_id who) const = 0;
};

}  // namespace core
