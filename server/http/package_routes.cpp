// The sealed package of an archived project, written as it is sent.

#include "server/http/router.hpp"

#include "server/package/package.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;

// Each reads the whole archive: a few at once, whoever asks.
constexpr int at_once_max = 2;
std::atomic<int> under_way{0};

/// One of those that are under way, until it goes.
struct turn {
    turn() { ++under_way; }
    ~turn() { --under_way; }
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
};

struct sending {
    turn counted;
    package::writer from;
};

awaitable<void> send(services& all, std::uint64_t whose, std::shared_ptr<sending> s, body_writer& to) {
    for (bool more = true; more;) {
        std::string piece;
        co_await on_lane_again(all, shares::lane::search, whose, [&] { more = s->from.next(piece); });
        if (!piece.empty() && !co_await to.write(piece)) co_return;
    }
}

awaitable<response> package_of(call c) {
    if (under_way.load() >= at_once_max) {
        auto no = wire::make(429, wire::problems::busy);
        no.retry_after_seconds = 2;
        co_return refuse(no, c.language());
    }
    catch_views_up(c);
    auto& all = c.all();
    const package::sources from{all.read, all.files, all.signer};
    std::variant<package::contents, wire::problem> looked;
    const events::project_id which{number(c.parts[0]).value_or(0)};
    co_await on_lane(c, shares::lane::search, [&] { looked = package::look(from, {c.member(), c.language()}, which); });
    if (const auto* no = std::get_if<wire::problem>(&looked)) co_return refuse(*no, c.language());
    const auto number = std::to_string(which.value);
    const auto s = std::shared_ptr<sending>(new sending{{}, package::writer(from, std::get<package::contents>(std::move(looked)))});
    response r;
    r.content_type = "application/zip";
    r.headers.emplace_back("Content-Disposition", "attachment; filename=\"project-" + number + ".zip\"");
    r.headers.emplace_back("Cache-Control", "private, no-store");
    r.stream = [&all, s, whose = share_of(c)](body_writer& to) { return send(all, whose, s, to); };
    co_return r;
}

}  // namespace

std::vector<route> package_routes() {
    return {{method::get, "/api/v1/projects/{id}/package", package_of,
             openapi::operation("已归档项目的归档包", "The sealed package of an archived project").more("可离线验证：opsroom project verify。", "It verifies offline: opsroom project verify.").answers_as("application/zip", "bytes")
                 .refuses(409, package::not_sealed).refuses(409, package::file_missing).refuses(413, package::too_large)
                 .refuses(503, wire::problems::busy).refuses(503, package::not_proven_yet)}};
}

}  // namespace server::http
