#pragma once
// Flows as they were amended (S1.3.2, S2.1.3): what a row says from a version on, for the instances that began with it.

#include "events/catalog/value.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace events::definitions {
struct added_field;
}

namespace core::flow {

/// Bits: what a person is to an entity. Each aggregate names its own.
using relations = std::uint32_t;

/// Bits: a set of statuses.
using statuses = std::uint32_t;

struct amended_row {
    statuses in;
    relations may;
    relations never;
    std::vector<events::role> roles;
};

class amendments {
public:
    virtual ~amendments() = default;
    /// Null where the row stands as it is written. Valid until the next decision.
    virtual const amended_row* row(std::string_view flow, std::uint32_t version, std::string_view command) const = 0;
    /// The version that begins now.
    virtual std::uint32_t newest(std::string_view flow) const = 0;
    /// How long a status may last, in working days; 0: as long as it takes.
    virtual unsigned limit(std::string_view flow, std::uint32_t version, std::string_view status) const = 0;
    /// The version of the form to fill in now, and the fields that a version adds; empty where it adds none.
    virtual std::uint32_t newest_form(std::string_view form) const = 0;
    virtual std::span<const events::definitions::added_field> added_fields(std::string_view form, std::uint32_t version) const = 0;
};

}  // namespace core::flow
