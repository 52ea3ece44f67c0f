#pragma once
// What an address is for, what it is asked with, what it takes and what it answers: said where its route is, in both languages, and told
// in GET /api/openapi.json.

#include "core/kernel/refusal.hpp"
#include "events/catalog/describe.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::openapi {

/// What may stand in an address: its shape is written as shape.hpp says.
struct parameter {
    std::string_view name;
    std::string_view shape;
    events::wording says;
};

struct answer {
    int status = 200;
    std::string shape;  ///< empty: no body
    std::string_view media = "application/json";
};

/// One of the problems of an address.
struct refused_with {
    int status;
    core::refusal why;
};

/// There is none without words, and so no route.
class operation {
public:
    operation(std::string_view zh, std::string_view en) : says{zh, en} {}

    operation more(std::string_view zh, std::string_view en) && { return change([&] { more_to_say = {zh, en}; }); }
    /// What stands for a {name} in its address, where that is no number.
    operation part(std::string_view name, std::string_view shape, std::string_view zh, std::string_view en) && {
        return change([&] { parts.push_back({name, shape, {zh, en}}); });
    }
    operation asks(std::string_view name, std::string_view shape, std::string_view zh, std::string_view en) && {
        return change([&] { query.push_back({name, shape, {zh, en}}); });
    }
    operation takes(std::string shape, std::string_view media = "application/json") && {
        return change([&] { body = {0, std::move(shape), media}; });
    }
    operation answers(std::string shape, int status = 200) && { return change([&] { good.push_back({status, std::move(shape)}); }); }
    operation answers_as(std::string_view media, std::string shape) && { return change([&] { good.push_back({200, std::move(shape), media}); }); }
    operation done() && { return change([&] { good.push_back({204, {}}); }); }
    /// Beside what any address is refused with.
    operation refuses(int status, const core::refusal& why) && { return change([&] { bad.push_back({status, why}); }); }
    /// With ETag; 304 to who has it.
    operation tagged() && { return change([&] { has_tag = true; }); }
    /// HTTP Basic is taken as well, for programs that know nothing else: a login, and a token of theirs.
    operation basic() && { return change([&] { takes_basic = true; }); }
    /// Given an id of its own, it happens once.
    operation once() && { return change([&] { has_key = true; }); }
    /// It stands for an address of each command (each has one of its own in the document).
    operation for_each_command() && { return change([&] { is_of_commands = true; }); }

    events::wording says;
    events::wording more_to_say = {};
    std::vector<parameter> parts, query;
    answer body{0, {}, {}};
    std::vector<answer> good;
    std::vector<refused_with> bad;
    bool has_tag = false, has_key = false, is_of_commands = false, takes_basic = false;

private:
    operation change(auto how) {
        how();
        return std::move(*this);
    }
};

/// An address, as the document has it.
struct address {
    std::string_view method;  ///< "get"
    std::string_view path;    ///< "/api/v1/tasks/{id}"
    events::wording subject;
    bool for_anybody;         ///< no login
    bool of_any_moment;       ///< takes as_of=
    const operation& is;
};

}  // namespace server::openapi
