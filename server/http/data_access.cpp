#include "server/http/data_access.hpp"

#include "core/collection/collection.hpp"
#include "core/metric/metric.hpp"
#include "events/codec/json_write.hpp"
#include "server/warehouse/day_text.hpp"
#include "server/warehouse/exported_file.hpp"
#include "server/warehouse/keeper.hpp"
#include "server/warehouse/values.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

namespace server::http {
namespace {

using boost::asio::awaitable;
using core::collection;
using core::metric;

constexpr std::size_t only_most = 20;
constexpr std::uint64_t exported_part_bytes = 128UL * 1024;

bool read_conditions(const std::string& text, conditions& into) {
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(';', at), text.size());
        const auto part = text.substr(at, end - at);
        const auto colon = part.find(':');
        if (colon == std::string::npos || colon == 0 || into.size() == only_most) return false;
        auto& [dimension, values] = into.emplace_back(part.substr(0, colon), std::vector<std::string>{});
        for (auto v = colon + 1; v <= part.size();) {
            const auto comma = std::min(part.find(',', v), part.size());
            values.push_back(part.substr(v, comma - v));
            v = comma + 1;
        }
        at = end + 1;
    }
    return true;
}

/// Calls f(state) for each entity of a kind that they may see.
template <class Kind, class F>
void each_seen(const call& c, F f) {
    c.all().read.with_reader(c.member(), [&](const core::views::views& v, events::position, const core::context& by) -> wire::reading {
        for (const auto& row : v.of<Kind>().rows())
            if (may_see(row.state, by)) f(row.state);
        return wire::document{};
    });
}

void sort_once(std::vector<std::string>& all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
}

/// What the worker refuses: its words are of the very case.
wire::problem problem_of(const warehouse::worker_refused& no, const core::refusal& as) {
    auto p = wire::make(422, as);
    p.errors.push_back({"", no.zh, no.en});
    return p;
}

awaitable<void> send_exported(services& all, std::uint64_t whose, std::shared_ptr<warehouse::exported_file> from, byte_range asked, body_writer& to) {
    for (auto at = asked.from; at < asked.from + asked.count;) {
        std::string part;
        const auto size = static_cast<std::size_t>(std::min(exported_part_bytes, asked.from + asked.count - at));
        const std::function<void()> slow = [&] { part = from->read(at, size); };
        co_await on_lane_again(all, shares::lane::files, whose, slow);
        if (part.empty() || !co_await to.write(part)) co_return;
        at += part.size();
    }
}

json_value nothing_yet() { return {{"values", json_value::array()}, {"sets", json_value::array()}, {"columns", json_value::array()}, {"rows", json_value::array()}}; }

}  // namespace

std::optional<wire::problem> read_days(const request& asked, std::optional<events::date>& from, std::optional<events::date>& until) {
    const auto read = [&](const char* name, std::optional<events::date>& into) {
        const auto found = asked.query.find(name);
        events::date day;
        if (found == asked.query.end()) return true;
        if (!events::codec::parse_date(found->second, day)) return false;
        into = day;
        return true;
    };
    if (!read("from", from)) return bad_query("from", "2026-11-30");
    if (!read("until", until)) return bad_query("until", "2026-11-30");
    return std::nullopt;
}

std::optional<wire::problem> read_only(const request& asked, conditions& into) {
    const auto only = asked.query.find("only");
    if (only != asked.query.end() && !read_conditions(only->second, into)) return bad_query("only", "region:east,west;channel:app");
    return std::nullopt;
}

std::optional<wire::problem> put_filter(const request& asked, json_value& what) {
    std::optional<events::date> from, until;
    if (auto no = read_days(asked, from, until)) return no;
    conditions only;
    if (auto no = read_only(asked, only)) return no;
    if (from) what["from"] = warehouse::day_text(*from);
    if (until) what["until"] = warehouse::day_text(*until);
    auto& all = what["only"] = json_value::array();
    for (const auto& [dimension, values] : only) all.push_back({{"dimension", dimension}, {"values", values}});
    return std::nullopt;
}

std::vector<std::string> sets_seen_by(const call& c) {
    std::vector<std::string> all;
    each_seen<collection>(c, [&](const collection::state& s) { all.push_back(s.set); });
    sort_once(all);
    return all;
}

std::map<std::string, filled_by> plans_seen_by(const call& c) {
    std::map<std::string, filled_by> all;
    each_seen<collection>(c, [&](const collection::state& s) { all[s.set] = {s.id.value, s.name}; });  // by their numbers
    return all;
}

bool may_see_set(const call& c, const std::string& set) {
    bool may = false;
    each_seen<collection>(c, [&](const collection::state& s) { may = may || s.set == set; });
    return may;
}

std::vector<std::string> metrics_seen_by(const call& c) {
    std::vector<std::string> all;
    each_seen<metric>(c, [&](const metric::state& s) {
        if (!s.versions.empty()) all.push_back(s.code);
    });
    sort_once(all);
    return all;
}

awaitable<said_or_not> in_lane(const call& c, shares::lane which, const core::refusal& as, std::function<json_value()> ask) {
    said_or_not said = json_value();
    const std::function<void()> slow = [&] {
        try {
            said = ask();
        } catch (const warehouse::worker_refused& no) {
            if (no.code == "bad_formula" || no.code == "not_published") said = nothing_yet();
            else said = problem_of(no, as);
        } catch (const warehouse::worker_gone&) {
            said = wire::make(503, warehouse::problems::worker_gone);
        }
    };
    co_await on_lane(c, which, slow);
    co_return said;
}

awaitable<said_or_not> ask_figures(const call& c, json_value what) {
    // Named, as g++ 12 would free the function of an expression twice.
    std::function<json_value()> how = [&all = c.all(), &what] { return all.warehouse->figures().ask(std::move(what)); };
    co_return co_await in_lane(c, shares::lane::data, wire::problems::bad_query, std::move(how));
}

const core::refusal nothing_published{"nothing_published", "S4.1.3", "还没有已载入的数据。", "No data are loaded yet.", core::obstacle::status};

boost::asio::awaitable<response> written_for(call c, json_value what, std::string name) {
    std::shared_ptr<warehouse::exported_file> made;
    std::function<json_value()> how = [&]() -> json_value {
        auto& keeper = *c.all().warehouse;
        const auto to = warehouse::exported_file::name_in(keeper.published());
        what["file"] = to.string();
        try {
            auto said = keeper.exports().ask(what);
            made = std::make_shared<warehouse::exported_file>(to);
            return said;
        } catch (const warehouse::worker_gone&) {
            std::error_code none;
            std::filesystem::remove(to, none);  // what it had written of it
            throw;
        }
    };
    const auto said = co_await in_lane(c, shares::lane::exports, wire::problems::bad_query, std::move(how));
    if (const auto* no = std::get_if<wire::problem>(&said)) co_return refuse(*no, c.language());
    if (!made) co_return refuse(wire::make(409, nothing_published), c.language());
    response r;
    r.content_type = std::get<json_value>(said).at("type").get<std::string>();
    r.headers.emplace_back("Cache-Control", "private, no-store");
    r.headers.emplace_back("Content-Disposition", name.empty() ? std::string("attachment") : "attachment; filename=\"" + name + '"');
    give(c, made, r);
    co_return r;
}

void give(const call& c, std::shared_ptr<warehouse::exported_file> made, response& into) {
    const auto bytes = made->bytes();
    into.file.emplace(whole_file{bytes, [&all = c.all(), whose = share_of(c), made = std::move(made)](body_writer& to, byte_range part) { return send_exported(all, whose, made, part, to); }});
}

response fresh(std::string body) {
    auto r = json(std::move(body));
    r.headers.emplace_back("Cache-Control", "private, no-store");
    return r;
}

}  // namespace server::http
