#include "server/wire/flows/kind_reading.hpp"

#include "server/wire/list_json.hpp"

namespace server::wire {

reading read_entities(const documents& from, events::category of, events::member_id who, const flow_query& q) {
    const auto* how = reading_of(of);
    return how ? how->list(from, who, q) : missing();
}

reading read_entity(const documents& from, events::stream_id which, const reader& by, const std::optional<moment>& as_of) {
    const auto* how = reading_of(which.kind);
    return how ? how->one(from, by, which.number, as_of) : missing();
}

}  // namespace server::wire
