// Backups of this server (AD): made, listed and proven while it runs. To restore one takes no server: `opsroomd restore`.

#include "server/http/router.hpp"

#include "events/codec/json_write.hpp"
#include "server/backup/keeper.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace server::http {
namespace {

using boost::asio::awaitable;
using events::codec::write_number;
using events::codec::write_string;
using watched = std::shared_ptr<const backup::job>;

constexpr std::chrono::milliseconds told_every{100};

std::optional<wire::problem> not_an_administrator(const call& c) {
    const auto who = c.all().read.person(c.member());
    if (who && who->active && who->has("AD")) return std::nullopt;
    return wire::make(403, wire::problems::forbidden);
}

std::string asked(const call& c, const std::string& name) {
    const auto found = c.request.query.find(name);
    return found == c.request.query.end() ? std::string() : found->second;
}

void put(std::string& out, std::string_view key, std::string_view text) {
    if (out.back() != '{') out += ',';
    write_string(out, key);
    out += ':';
    write_string(out, text);
}
void put(std::string& out, std::string_view key, std::uint64_t n) {
    if (out.back() != '{') out += ',';
    write_string(out, key);
    out += ':';
    write_number(out, n);
}

/// A refusal that says what of the folder is the matter.
std::string problem_of(const backup::failure& why, events::language reader) {
    return wire::to_json(wire::make(409, {"backup_failed", "", why.zh, why.en}), reader);
}

response refuse_for(const backup::failure& why, events::language reader) {
    auto r = json(problem_of(why, reader));
    r.status = 409;
    r.content_type = "application/problem+json";
    return r;
}

std::string row_of(const backup::manifest& m, const std::filesystem::path& folder) {
    std::string out = "{";
    put(out, "number", m.number);
    out += R"(,"made":)";
    events::codec::write_instant(out, m.made);
    put(out, "position", m.position.value);
    out += R"(,"time":)";
    events::codec::write_instant(out, m.time);
    put(out, "bytes", m.bytes);
    put(out, "blobs", m.blobs);
    put(out, "people", m.people.size());
    put(out, "history", m.history);
    put(out, "root", m.root);
    put(out, "folder", folder.string());
    put(out, "keys", backup::keys_of(folder, m).string());
    put(out, "version", m.version);
    return out + '}';
}

template <class List, class One>
void put_list(std::string& out, std::string_view key, const List& list, One&& one) {
    out += ",\"";
    out += key;
    out += "\":[";
    for (const auto& each : list) {
        if (out.back() != '[') out += ',';
        one(each);
    }
    out += ']';
}

std::string made_line(const backup::created& made, const std::filesystem::path& folder) {
    std::string out = R"({"ok":true,"backup":)" + row_of(made.what, folder);
    put_list(out, "keys_destroyed", made.keys_destroyed, [&](auto who) { write_number(out, who.value); });
    put_list(out, "damaged", made.damaged, [&](const std::string& sha256) { write_string(out, sha256); });
    return out + "}\n";
}

std::string proven_line(const backup::verified& v, events::language reader) {
    if (v.wrong.empty()) {
        std::string out = R"({"ok":true)";
        put(out, "number", v.number);
        put(out, "events", v.events);
        put(out, "files", v.files);
        return out + "}\n";
    }
    std::string out = R"({"ok":false,"problem":)" + problem_of(v.wrong.front(), reader);
    put_list(out, "wrong", v.wrong, [&](const backup::failure& w) { write_string(out, w.in(reader)); });
    return out + "}\n";
}

awaitable<void> watch(body_writer& to, watched state, std::filesystem::path folder, events::language reader) {
    boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
    while (!state->over.load()) {
        std::string line = "{";
        put(line, "part", state->part.load());
        put(line, "done", state->bytes.load());
        line += "}\n";
        if (!co_await to.write(line)) co_return;
        pause.expires_after(told_every);
        boost::system::error_code cancelled;
        co_await pause.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
    }
    std::string last;
    if (state->failed) last = R"({"ok":false,"problem":)" + problem_of(*state->failed, reader) + "}\n";
    else last = state->made ? made_line(*state->made, folder) : proven_line(*state->proven, reader);
    co_await to.write(last);
}

using begins = std::function<watched(backup::keeper&, const std::filesystem::path&)>;

awaitable<response> begin(call c, begins how) {
    if (const auto no = not_an_administrator(c)) co_return refuse(*no, c.language());
    auto& keeper = *c.all().backups;
    std::filesystem::path folder;
    watched state;
    std::optional<backup::failure> failed;
    try {
        folder = keeper.place(asked(c, "folder"));
        state = how(keeper, folder);
    } catch (const backup::failure& e) {
        failed = e;
    }
    if (failed) co_return refuse_for(*failed, c.language());
    if (!state) {
        auto no = wire::make(429, wire::problems::busy);
        no.retry_after_seconds = 5;
        co_return refuse(no, c.language());
    }
    response r;
    r.content_type = "application/x-ndjson";
    r.stream = [state, folder, reader = c.language()](body_writer& to) { return watch(to, state, folder, reader); };
    co_return r;
}

awaitable<response> create(call c) {
    begins how = [](backup::keeper& k, const std::filesystem::path& f) { return k.create(f); };
    co_return co_await begin(std::move(c), std::move(how));
}

awaitable<response> verify(call c) {
    const auto which = number(c.request, "number", 0, 0, INT64_MAX);
    if (!which) co_return refuse(bad_query("number", "1 –"), c.language());
    begins how = [n = *which](backup::keeper& k, const std::filesystem::path& f) { return k.verify(f, n ? std::optional(n) : std::nullopt); };
    co_return co_await begin(std::move(c), std::move(how));
}

std::string holders_json(const std::vector<backup::holder>& all, std::uint64_t member) {
    std::string out = "{";
    put(out, "member", member);
    put_list(out, "holding", all, [&](const backup::holder& h) {
        out += '{';
        put(out, "folder", h.folder.string());
        put(out, "keys", h.keys.string());
        put_list(out, "numbers", h.numbers, [&](std::uint64_t n) { write_number(out, n); });
        out += h.reachable ? R"(,"reachable":true})" : R"(,"reachable":false})";
    });
    return out + '}';
}

/// What there is; or, with `member=`, which of them still hold that person's key.
awaitable<response> list(call c) {
    if (const auto no = not_an_administrator(c)) co_return refuse(*no, c.language());
    const auto member = number(c.request, "member", 0, 0, INT64_MAX);
    if (!member) co_return refuse(bad_query("member", "a member / 成员编号"), c.language());
    auto& keeper = *c.all().backups;
    std::string body;
    std::optional<backup::failure> failed;
    const auto folder_name = asked(c, "folder");
    const std::function<void()> look = [&] {
        try {
            if (*member) {
                body = holders_json(keeper.holders_of({*member}), *member);
                return;
            }
            const auto folder = keeper.place(folder_name);
            const auto all = std::filesystem::exists(folder) ? backup::read_all(folder) : std::vector<backup::manifest>();
            body = "{";
            put(body, "folder", folder.string());
            put_list(body, "items", all, [&](const backup::manifest& m) { body += row_of(m, folder); });
            body += R"(,"next":null})";
        } catch (const backup::failure& e) {
            failed = e;
        } catch (const std::exception& e) {
            failed.emplace(e.what(), e.what());
        }
    };
    co_await on_lane(c, shares::lane::audit, look);
    if (failed) co_return refuse_for(*failed, c.language());
    co_return json(std::move(body));
}

}  // namespace

std::vector<route> backup_routes() {
    using openapi::operation;
    // Said where it happened (refuse_for).
    static constexpr core::refusal failed{"backup_failed", "", "备份目录有误：见 detail。", "Something is the matter with the folder of backups: detail says what."};
    const auto in_folder = [](operation is) {
        return std::move(is).asks("folder", "text", "备份目录下的子目录", "A folder beneath that of backups").refuses(403, wire::problems::forbidden).refuses(409, failed);
    };
    const auto watched = [](operation is) { return std::move(is).more("每行一个对象：先是进度，最后是结果。无人接听也会做完。", "An object a line: progress, and at the end what became of it. It goes on where nobody listens any more."); };
    return {
        {method::get, "/api/v1/backups", list, in_folder(operation("备份（AD）", "Backups (AD)").answers("Backups | KeyHolders").asks("member", "count", "哪些备份仍保有此人的密钥", "Which of them still hold this member's key"))},
        {method::post, "/api/v1/backups", create, watched(in_folder(operation("新建备份（AD）", "Make a backup (AD)").answers_as("application/x-ndjson", "BackupProgress | BackupMade")))},
        {method::post, "/api/v1/backups/verify", verify,
         watched(in_folder(operation("验证备份（AD）", "Prove a backup (AD)").answers_as("application/x-ndjson", "BackupProgress | BackupVerified").asks("number", "count", "备份编号，默认最新", "Which one; the newest where it is left out")))},
    };
}

}  // namespace server::http
