// The log itself, for audit: pages of it, its checkpoint, proofs, and its verification.

#include "server/http/router.hpp"

#include "core/access/access.hpp"
#include "events/bytes/base64.hpp"
#include "events/codec/json_write.hpp"
#include "events/log/verify.hpp"
#include "server/engine/refusals.hpp"
#include "server/http/checkpoints.hpp"
#include "server/warehouse/values.hpp"
#include "server/warehouse/verify.hpp"
#include "server/wire/attachments.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <filesystem>

namespace server::http {
namespace {

using boost::asio::awaitable;
using events::codec::write_number;
using events::codec::write_string;

constexpr std::size_t page_events_max = 500;

std::string base64(const events::proof::hash& h) {
    return events::bytes::to_base64({reinterpret_cast<const char*>(h.data()), h.size()});
}

std::optional<wire::problem> not_an_auditor(const call& c) {
    const auto who = c.all().read.person(c.member());
    if (who && core::access::may_audit(*who)) return std::nullopt;
    return wire::make(403, wire::problems::forbidden);
}

awaitable<response> page(call c) {
    const auto limit = number(c.request, "limit", 50, 1, page_events_max);
    if (!limit) co_return refuse(bad_query("limit", "1 – 500"), c.language());
    const auto way = c.request.query.find("way");
    const bool back = way != c.request.query.end() && way->second == "backwards";
    if (way != c.request.query.end() && !back && way->second != "forwards")
        co_return refuse(bad_query("way", "forwards, backwards"), c.language());
    const auto head = c.all().engine.log().head().value;
    const auto after = number(c.request, "cursor", 0, 0, INT64_MAX);
    const auto given = number(c.request, "after", after.value_or(0), 0, INT64_MAX);
    if (!after || !given) co_return refuse(bad_query("after", "a position / 位置"), c.language());
    // Backwards, `after` is the position that the page comes before.
    const auto from = back ? (*given == 0 ? head : *given - 1) : *given + 1;
    co_return respond(c, c.all().read.log_page(c.member(), {from}, back ? events::direction::backwards : events::direction::forwards, *limit));
}

awaitable<response> entry(call c) { co_return respond(c, c.all().read.log_entry(c.member(), {number(c.parts[0]).value_or(0)})); }

awaitable<response> checkpoint(call c) {
    std::string note;
    // Named, as g++ 12 would free the frame of one within the expression twice.
    const std::function<void()> slow = [&] {
        // Proofs follow the indexes; a moment's patience gives the newest one.
        auto& log = c.all().engine.log();
        log.wait_indexed(log.head(), std::chrono::milliseconds(200));
        note = sign_and_keep(log, c.all().signer);
    };
    co_await on_lane(c, shares::lane::search, slow);
    auto r = json(std::move(note));
    r.content_type = "text/plain; charset=utf-8";
    r.headers.emplace_back("Opsroom-Verifier-Key", c.all().signer.verifier().text());
    co_return r;
}

response hashes(std::uint64_t size, const std::vector<events::proof::hash>& list) {
    std::string out = R"({"size":)";
    write_number(out, size);
    out += R"(,"hashes":[)";
    for (const auto& h : list) {
        if (out.back() != '[') out += ',';
        write_string(out, base64(h));
    }
    out += "]}";
    return json(std::move(out));
}

awaitable<response> inclusion(call c) {
    const auto& log = c.all().engine.log();
    const auto size = number(c.request, "size", log.tree_size(), 1, log.tree_size());
    if (!size) co_return refuse(bad_query("size", "1 – " + std::to_string(log.tree_size())), c.language());
    const auto position = number(c.request, "position", 0, 1, *size);
    if (!position || *position == 0) co_return refuse(bad_query("position", "1 – " + std::to_string(*size)), c.language());
    co_return hashes(*size, log.inclusion({*position}, *size));
}

awaitable<response> consistency(call c) {
    const auto& log = c.all().engine.log();
    const auto to = number(c.request, "to", log.tree_size(), 1, log.tree_size());
    if (!to) co_return refuse(bad_query("to", "1 – " + std::to_string(log.tree_size())), c.language());
    const auto from = number(c.request, "from", 0, 1, *to);
    if (!from || *from == 0) co_return refuse(bad_query("from", "1 – " + std::to_string(*to)), c.language());
    co_return hashes(*to, log.consistency(*from, *to));
}

/// One verification, on a worker, watched by a streamed response.
struct verifying {
    std::atomic<std::uint64_t> done{0};
    std::atomic<std::uint64_t> of{0};
    std::atomic<bool> over{false};
    events::verification result;
    std::size_t checkpoints = 0;
    std::vector<std::string> files;  ///< beside the log: what is damaged or gone
    std::optional<events::bilingual> keys;  ///< what is said of checkpoints that another key signed
    std::optional<warehouse::data_verified> data;  ///< where these were asked for too
    std::optional<core::refusal> unknown;  ///< why it could not be found out: memory was short, or descriptors, or the index is made anew
};

std::string progress_line(const verifying& v) {
    std::string out = R"({"done":)";
    write_number(out, v.done.load());
    out += R"(,"of":)";
    write_number(out, v.of.load());
    out += "}\n";
    return out;
}

/// What the log rests on beside itself: attachments, people's keys, accounts.
std::vector<std::string> damaged_files(services& all) {
    std::vector<std::string> found;
    for (const auto& sha256 : all.files.check_all()) found.push_back("blobs/" + sha256.substr(0, 2) + '/' + sha256.substr(2));
    std::vector<std::string> carried;
    std::vector<events::member_id> people;
    all.read.views().read([&](const core::views::views& v, events::position) {
        v.attachments.each([&](const std::string& sha256) { carried.push_back(sha256); });
        for (const auto& row : v.directory.rows())
            if (!row.who.erased) people.push_back(row.who.id);
    });
    const auto folder = std::filesystem::absolute(all.config.data);
    for (const auto& [sha256, file] : all.files.unusable_files())
        if (!wire::carriers_of(all.read, sha256).erased()) found.push_back(std::filesystem::absolute(file).lexically_relative(folder).string());
    for (const auto& sha256 : carried)
        if (!all.files.find(sha256) && !all.files.unusable(sha256) && !wire::carriers_of(all.read, sha256).erased()) found.push_back("blobs/" + sha256.substr(0, 2) + '/' + sha256.substr(2));
    const auto& keys = all.engine.keys();
    for (const auto who : people)
        if (!keys.has(who)) found.push_back("keys/people/" + std::to_string(who.value / 256) + '/' + std::to_string(who.value) + ".key");
    if (const auto why = all.accounts.check(); !why.empty()) found.push_back("identity.db (" + why + ')');
    return found;
}

/// Its words are made for the occasion.
void put_problem(std::string& out, int status, std::string_view code, std::string_view zh, std::string_view en, events::language reader) {
    out += R"("problem":)";
    wire::write_problem(out, wire::make(status, {code, "", zh, en}), reader);
}

std::string files_line(const verifying& v, events::language reader) {
    std::string list;
    constexpr std::size_t named_max = 20;
    for (std::size_t i = 0; i < std::min(named_max, v.files.size()); ++i) list += (i ? ", " : "") + v.files[i];
    if (v.files.size() > named_max) list += ", …";
    std::string out = R"({"ok":false,"events":)";
    write_number(out, v.result.upto.value);
    out += ',';
    put_problem(out, 500, "file_damaged", "日志完好，但以下文件损坏、缺失或无法读取，请从备份恢复，或修正其权限：" + list + (v.keys ? "。另外，" + v.keys->zh : ""),
                "the log is whole, but these files are damaged, gone or can't be read; bring them back from a backup, or mend their permissions: " + list + (v.keys ? ". Also, " + v.keys->en : ""), reader);
    out += R"(,"files":[)";
    for (const auto& f : v.files) {
        if (out.back() != '[') out += ',';
        write_string(out, f);
    }
    return out + "]}\n";
}

/// Deliveries that do not come to what the log says of them.
std::string data_line(const verifying& v, events::language reader) {
    constexpr std::size_t named_max = 20;
    events::bilingual list;
    for (std::size_t i = 0; i < std::min(named_max, v.data->faults.size()); ++i) {
        const auto& one = v.data->faults[i];
        list.zh += (i ? "；" : "") + std::to_string(one.delivery.value) + "：" + one.why.zh;
        list.en += (i ? "; " : "") + std::to_string(one.delivery.value) + ": " + one.why.en;
    }
    std::string out = R"({"ok":false,"events":)";
    write_number(out, v.result.upto.value);
    out += ',';
    put_problem(out, 500, "data_differ", "日志与文件完好，但以下数据交付与记录不符：" + list.zh, "the log and its files are whole, but these deliveries are not as they were recorded: " + list.en, reader);
    out += R"(,"deliveries":[)";
    for (const auto& one : v.data->faults) {
        if (out.back() != '[') out += ',';
        write_number(out, one.delivery.value);
    }
    return out + "]}\n";
}

std::string result_line(const verifying& v, events::language reader) {
    if (v.unknown) {
        std::string out = "{";
        put_problem(out, 503, v.unknown->code, "未能验证完，对日志不下结论。" + std::string(v.unknown->zh), "Nothing is said either way. " + std::string(v.unknown->en), reader);
        return out + "}\n";
    }
    if (!v.result.fault && !v.files.empty()) return files_line(v, reader);
    if (!v.result.fault && v.data && !v.data->faults.empty()) return data_line(v, reader);
    if (!v.result.fault && v.keys) {
        std::string out = R"({"ok":false,"events":)";
        write_number(out, v.result.upto.value);
        out += R"(,"root":)";
        write_string(out, base64(v.result.root));
        out += ',';
        put_problem(out, 500, "signing_key_changed", "日志本身逐个事件验证完好，但" + v.keys->zh, "the log itself is whole, event by event, but " + v.keys->en, reader);
        return out + "}\n";
    }
    if (v.result.fault) {
        std::string out = R"({"ok":false,"position":)";
        write_number(out, v.result.fault->at.value);
        out += ',';
        put_problem(out, 500, "log_fault", v.result.fault->message(events::language::zh), v.result.fault->message(events::language::en), reader);
        return out + "}\n";
    }
    std::string out = R"({"ok":true,"events":)";
    write_number(out, v.result.upto.value);
    out += R"(,"root":)";
    write_string(out, base64(v.result.root));
    out += R"(,"checkpoints":)";
    write_number(out, v.checkpoints);
    if (v.data) {
        out += R"(,"deliveries":)";
        write_number(out, v.data->deliveries);
        out += R"(,"rows":)";
        write_number(out, v.data->rows);
    }
    return out + "}\n";
}

awaitable<void> watch(body_writer& to, std::shared_ptr<verifying> state, events::language reader) {
    boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
    while (!state->over.load()) {
        if (!co_await to.write(progress_line(*state))) co_return;
        pause.expires_after(std::chrono::milliseconds(100));
        boost::system::error_code cancelled;
        co_await pause.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
    }
    co_await to.write(result_line(*state, reader));
}

// One at a time: it reads the whole log.
std::atomic<bool> one_is_running{false};

awaitable<response> verify(call c) {
    if (const auto no = not_an_auditor(c)) co_return refuse(*no, c.language());
    if (one_is_running.exchange(true)) {
        auto no = wire::make(429, wire::problems::busy);
        no.retry_after_seconds = 5;
        co_return refuse(no, c.language());
    }
    auto state = std::make_shared<verifying>();
    auto& all = c.all();
    const auto asked = c.request.query.find("data");
    const bool of_data = asked != c.request.query.end() && asked->second == "true";
    const auto let = all.lanes.submit(shares::lane::audit, share_of(c), [state, &all, of_data] {
        try {
            auto& log = all.engine.log();
            const auto& by = all.signer.verifier();
            const auto kept = look_at_checkpoints(log, by);
            state->checkpoints = kept.ours.size();
            state->result = events::verify(log, kept.ours, [&](events::position done, events::position of) {
                state->done = done.value;
                state->of = of.value;
            });
            if (!state->result.fault) {
                state->files = damaged_files(all);
                state->files.insert(state->files.end(), kept.damaged.begin(), kept.damaged.end());
                state->keys = about_other_keys(kept, log, by);
                if (of_data && state->files.empty())
                    state->data = warehouse::verify_data(*all.warehouse, all.read, all.files, [&](std::uint64_t done, std::uint64_t of) {
                        state->done = done;
                        state->of = of;
                    });
            }
        } catch (const warehouse::worker_gone&) {
            state->unknown = warehouse::problems::worker_gone;
        } catch (const std::exception& e) {
            const auto why = engine::refusal_of(e);
            if (wire::status_of(why) != 500) state->unknown = why;
            else state->result.fault = events::log_fault{events::log_fault::kind::unreadable, {state->done.load()}, e.what()};
        }
        one_is_running = false;
        state->over = true;
    });
    if (let != shares::admission::let_in) {
        one_is_running = false;
        throw no_place{let};
    }
    response r;
    r.content_type = "application/x-ndjson";
    r.stream = [state, reader = c.language()](body_writer& to) { return watch(to, state, reader); };
    co_return r;
}

}  // namespace

std::vector<route> log_routes() {
    using openapi::operation;
    const auto audited = [](operation is) { return std::move(is).refuses(403, wire::problems::forbidden); };
    return {
        {method::get, "/api/v1/log", page,
         audited(operation("事件（AU、AD）", "Events (AU, AD)").answers("Page & { items: Event[] }").asks("after", "count", "此位置之后；倒序时为之前", "After this position; backwards, before it")
                     .asks("limit", "1..500", "条数，默认 50", "How many; 50 where it is left out").asks("way", "'forwards' | 'backwards'", "方向", "Which way").asks("cursor", "count", "上一页的 next", "The `next` of the page before").tagged())},
        {method::get, "/api/v1/log/checkpoint", checkpoint,
         operation("签名检查点（C2SP signed note）", "A signed checkpoint (C2SP signed note)").more("公钥在响应头 Opsroom-Verifier-Key 中。", "Its key is in the header Opsroom-Verifier-Key.").answers_as("text/plain; charset=utf-8", "text")},
        {method::get, "/api/v1/log/proof/inclusion", inclusion,
         operation("某一事件在日志中的证明", "That an event is in the log").answers("Proof").asks("position", "id", "事件的位置", "The event's position").asks("size", "id", "到哪一大小的日志，默认全部", "In the log of this size; all of it where it is left out")},
        {method::get, "/api/v1/log/proof/consistency", consistency,
         operation("较早的日志是现在的开头", "That the log of before is the beginning of this one").answers("Proof").asks("from", "id", "较早的大小", "The size before").asks("to", "id", "较晚的大小，默认全部", "The size after; all of it where it is left out")},
        {method::post, "/api/v1/log/verify", verify,
         audited(operation("验证全部日志与文件（AU、AD）", "Verify all of the log, and files (AU, AD)").more("每行一个对象：先是进度，最后是结果。", "An object a line: progress, and at the end what was found.")
                     .asks("data", "yes_no", "同时重新读取每次数据交付，与记录核对", "Read each delivery of data again too, and compare it with what was recorded")
                     .answers_as("application/x-ndjson", "LogProgress | LogVerified"))},
        {method::get, "/api/v1/log/{position}", entry, audited(operation("一个事件（AU、AD）", "An event (AU, AD)").answers("LogEntry").tagged())},
    };
}

}  // namespace server::http
