#include "server/wire/flows/ballots.hpp"

#include "core/election/election.hpp"
#include "events/codec/codec.hpp"
#include "server/wire/json_object.hpp"
#include "server/wire/list_json.hpp"

#include <map>

namespace server::wire {

using core::election;
using models = core::views::views;

reading read_ballots(const documents& from, events::member_id who, events::election_id which) {
    election::state s;
    const auto found = from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        const auto* row = v.of<core::election>().row(which.value);
        if (!row || !may_see(row->state, by) || !from.still_lets_see(stream_of(which), who)) return missing();
        s = row->state;
        return document{{}, at};
    });
    const auto* seen = std::get_if<document>(&found);
    if (!seen) return found;
    std::string key, proof;
    std::uint32_t invalid = 0;
    std::map<events::member_id, std::string> ballots;  // the last of each voter
    events::decoder decode;
    from.log().read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > seen->at) return false;
        const auto event = decode.decode(bytes);
        if (!event) return true;
        const auto& e = events::get<events::election::any>(event->event);
        if (const auto* opened = std::get_if<events::election::opened>(&e)) key = opened->key;
        if (const auto* cast = std::get_if<events::election::ballot_cast>(&e)) ballots[cast->voter] = cast->ballot;
        if (const auto* counted = std::get_if<events::election::counted>(&e)) {
            proof = counted->proof;
            invalid = counted->invalid;
        }
        return true;
    });
    document d{{}, seen->at};
    {
        json_object o(d.body);
        o.put("position", d.at).put("election", which).put("key", key).put("nominees", s.nominees).put("counted", !s.totals.empty());
        if (!s.totals.empty()) {
            o.put("totals", s.totals).put("invalid", invalid).put("proof", proof);
            auto& list = o.name("ballots");
            list += '[';
            for (const auto& [voter, ballot] : ballots) {
                comma(list);
                json_object(list).put("voter", voter).put("ballot", ballot);
            }
            list += ']';
        }
    }
    return d;
}

}  // namespace server::wire
