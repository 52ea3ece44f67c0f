#include "server/wire/commands.hpp"

#include "core/election/election.hpp"
#include "core/member/member.hpp"
#include "events/codec/json_write.hpp"
#include "server/wire/command_codec.hpp"
#include "server/wire/given.hpp"
#include "server/wire/read_tidy.hpp"
#include "server/wire/schema/fields.hpp"

#include <openssl/sha.h>

#include <cstring>

namespace server::wire {
namespace {

using events::codec::fault;

/// Null where there is no such command.
const command_codec* codec_of(std::string_view type) {
    const auto category = events::category_of(type.substr(0, type.find('.')));
    if (!category) return nullptr;
    const auto& codec = command_codec_of(*category);
    return codec.knows(type) ? &codec : nullptr;
}

// Of the command's meaning, not of its spelling: a retry whose JSON is spaced or ordered otherwise is still a retry.
std::uint64_t digest_of(const engine::client_command& c) {
    thread_local std::string text;
    text.assign(core::type_of(c.what));
    text += ' ';
    if (c.target) events::codec::write_stream(text, *c.target);
    text += ' ';
    if (c.expect) events::codec::write_number(text, c.expect->value);
    command_codec_of(c.what.category()).write(text, c.what);
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), sum);
    std::uint64_t digest;
    std::memcpy(&digest, sum, sizeof digest);
    return digest == 0 ? 1 : digest;
}

// What a person says to an election; the rest of the command is made here.
struct vote {
    events::member_id nominee;
};
OPSROOM_DESCRIBE(vote, (nominee, person("候选人", "Candidate").example("@emma", "@emma")))

struct open_election {
    std::string title;
    std::string period;
    std::uint16_t seats;
    std::optional<events::department> electorate;
    core::election::schedule schedule;
};
BOOST_DESCRIBE_STRUCT(open_election, (), (title, period, seats, electorate, schedule))

/// Counts are made here, never taken from outside; so are ballots, of the choice that comes (read_vote). A reset is asked for
/// where its link is made.
bool is_made_here(std::string_view type) { return type == core::election::count::type || type == core::member::reset_password::type; }

// Of the form of a key and of a ballot, for the rules to look at the rest before there is one.
constexpr std::string_view not_yet = "AAAA";

fault read_vote(simdjson::dom::element data, engine::client_command& c) {
    vote v{};
    if (auto wrong = events::codec::read_json(data, v)) return wrong;
    // The choice itself is in no digest: that of a ballot is made with it.
    c.what = core::election::command(core::election::cast{std::string(not_yet)});
    c.left = engine::unmade{v.nominee};
    return {};
}

fault read_opening(simdjson::dom::element data, engine::client_command& c) {
    open_election o{};
    if (auto wrong = read_tidy(data, o)) return wrong;
    core::election::open open{std::move(o.title), std::move(o.period), o.seats, std::move(o.electorate), o.schedule, {}};
    c.what = core::election::command(open);
    c.digest = digest_of(c);  // before it has a key, so that a retry is known
    open.key = not_yet;
    c.what = core::election::command(std::move(open));
    c.left = engine::unmade{};
    return {};
}

std::optional<simdjson::dom::element> empty_object() {
    thread_local simdjson::dom::parser parser;
    static constexpr std::string_view braces = "{}";
    thread_local const simdjson::dom::element object = parser.parse(braces.data(), braces.size()).value();
    return object;
}

}  // namespace

bool write_given(std::string& out, std::string_view type) {
    const bool votes = type == core::election::cast::type;
    if (votes) write_fields<vote>(out);
    return votes;
}

bool takes_command(std::string_view type) { return codec_of(type) && !is_made_here(type); }

read_command_result read_command(const raw_command& raw, const events::uuid& id, events::member_id actor, elections held) {
    const bool opens = raw.type == core::election::open::type, votes = raw.type == core::election::cast::type;
    const auto* codec = codec_of(raw.type);
    const bool known = codec && !is_made_here(raw.type);
    if ((opens || votes) ? held == elections::elsewhere : !known) return make(404, problems::unknown_command);
    engine::client_command c;
    c.id = id;
    c.actor = actor;
    c.target = raw.target;
    c.expect = raw.expect;
    const auto data = raw.data ? *raw.data : *empty_object();
    auto wrong = opens ? read_opening(data, c) : votes ? read_vote(data, c) : codec->read(raw.type, data, c.what);
    if (wrong) return from_fault(std::move(wrong).in("data"));
    if (!c.left) c.digest = digest_of(c);
    return c;
}

std::variant<raw_command, problem> read_command_body(simdjson::dom::element body, std::string_view type) {
    simdjson::dom::object object;
    if (body.get(object) != simdjson::SUCCESS) return from_fault({events::codec::fault_kind::wrong_type, "", "object"});
    raw_command raw;
    raw.type = type;
    once keys;
    for (const auto [key, value] : object) {
        fault wrong;
        if (keys.again(key)) wrong = {events::codec::fault_kind::doubled, "", ""};
        else if (key == "target") wrong = events::codec::read_json(value, raw.target);
        else if (key == "expect") wrong = events::codec::read_json(value, raw.expect);
        else if (key == "data") raw.data = value;
        else wrong = {events::codec::fault_kind::unknown, "", ""};
        if (wrong) return from_fault(std::move(wrong).in(key));
    }
    return raw;
}

problem from_refused(const engine::refused& no) {
    auto p = from_refusal(no.why, no.present, no.place, no.more);
    if (!no.there_are.empty() && !p.errors.empty()) {
        p.errors.front().zh += "现有：" + no.there_are + "。";
        p.errors.front().en += " There are: " + no.there_are + ".";
    }
    return p;
}

}  // namespace server::wire
