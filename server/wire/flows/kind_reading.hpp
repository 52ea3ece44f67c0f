#pragma once
// Lists and dossiers of entities, whichever kind they are of.

#include "core/kernel/decider.hpp"
#include "server/wire/documents.hpp"
#include "server/wire/flows/listing.hpp"
#include "server/wire/flows/moment.hpp"

#include <optional>
#include <string>

namespace server::wire {

class kind_reading {
public:
    kind_reading(const kind_reading&) = delete;
    kind_reading& operator=(const kind_reading&) = delete;
    virtual ~kind_reading() = default;

    virtual events::category category() const = 0;
    virtual reading list(const documents& from, events::member_id who, const flow_query& q) const = 0;
    virtual reading one(const documents& from, const reader& by, std::uint64_t number, const std::optional<moment>& as_of) const = 0;
    /// Appends the entity's row to a list. False where there is none, or the reader may not see it.
    virtual bool write_row(std::string& out, std::uint64_t number, const core::views::views& v, const core::context& by) const = 0;
    /// Appends a list of the fields that its rows show beyond those of its state; and its dossiers beyond its rows.
    virtual void write_row_fields(std::string& out) const = 0;
    virtual void write_dossier_fields(std::string& out) const = 0;
    /// Where one of its events stands in its dossier.
    virtual core::section section_of(const events::any& what) const = 0;

protected:
    kind_reading() = default;
};

/// Null where that kind has no list.
const kind_reading* reading_of(events::category which);

/// A page of a list; what there is no list of is not found.
reading read_entities(const documents& from, events::category of, events::member_id who, const flow_query& q);
/// A dossier, as it is or as it was.
reading read_entity(const documents& from, events::stream_id which, const reader& by, const std::optional<moment>& as_of = {});

}  // namespace server::wire
