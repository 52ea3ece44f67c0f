// Statements in SQL that people write (S4.2.2): on what was published last, and on the sets that they may see. Each is on record, with who
// asked it, before it runs (core/query).

#include "server/http/data_access.hpp"

#include "core/kernel/text.hpp"
#include "core/query/query.hpp"
#include "server/warehouse/exported_file.hpp"
#include "server/warehouse/keeper.hpp"
#include "server/warehouse/statement_readers.hpp"
#include "server/warehouse/values.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <memory>

namespace server::http {
namespace {

using boost::asio::awaitable;
using core::query;
using warehouse::exported_file;
using warehouse::statement_readers;

constexpr std::uint64_t statement_rows_most = 100'000;
constexpr std::size_t params_most = 100;
constexpr std::int64_t bytes_most = events::prose_bytes_max;
constexpr int retry_seconds = 5;

constexpr core::refusal not_run{"statement_refused", "S4.2.2", "语句没有执行：原因见 errors。请改正后重试。", "The statement was not run: errors says why. Correct it, and try again.", core::obstacle::field, "sql"};
constexpr core::refusal own_running{"statement_running", "S4.2.2", "您有一条语句正在执行。请等其完成后再试。", "A statement of yours is running. Try again once it is done.", core::obstacle::status};
constexpr core::refusal all_running{"statements_running", "S4.2.2", "同时执行的语句已达上限。请稍候再试。", "As many statements are running as may at once. Try again in a moment.", core::obstacle::status};
constexpr core::refusal over_already{"statement_over", "S4.2.2", "以此编号（Idempotency-Key）提交的语句已执行，其结果不保留。如需再次执行，请换一个编号。",
                                     "The statement that was sent with this id (Idempotency-Key) has run, and what it answered is not kept. Send it with another id to run it again.", core::obstacle::status};

struct statement {
    std::string sql;
    json_value params = json_value::array();
    query::format format = query::format::json;
    std::uint64_t limit = statement_rows_most;
};

wire::problem at_fault(const char* pointer, std::string zh, std::string en) {
    auto p = wire::make(422, wire::problems::bad_fields);
    p.errors.push_back({pointer, std::move(zh), std::move(en)});
    return p;
}

std::optional<wire::problem> read_params(simdjson::dom::element from, json_value& into) {
    const auto wrong = [] { return at_fault("/params", "应为列表，最多 100 项，各为文字、整数或 null（小数请写成文字）", "a list of at most 100 is expected, of texts, whole numbers or null (a decimal as text)"); };
    simdjson::dom::array all;
    if (from.get(all) != simdjson::SUCCESS) return wrong();
    for (const auto one : all) {
        std::string_view text;
        std::int64_t number = 0;
        if (into.size() == params_most) return wrong();
        if (one.is_null()) into.push_back(nullptr);
        else if (one.get(text) == simdjson::SUCCESS) into.push_back(std::string(text));
        else if (one.get(number) == simdjson::SUCCESS) into.push_back(number);
        else return wrong();
    }
    return std::nullopt;
}

/// As it is kept, which is as it is run.
std::optional<wire::problem> tidy(std::string& sql) {
    if (core::text::first_unwanted(sql)) return at_fault("/sql", "含有不能使用的字符", "there is a character in it that can't be used");
    sql = core::text::tidied(sql);
    if (core::text::blank(sql) || sql.size() > static_cast<std::size_t>(bytes_most)) return at_fault("/sql", "须为一条语句，不超过 16,384 字节", "a statement of at most 16,384 bytes is expected");
    return std::nullopt;
}

std::variant<statement, wire::problem> read_statement(const call& c) {
    if (!is_media_type(c.request.content_type, "application/json")) return wire::make(415, wire::problems::not_json);
    const auto root = c.on.bodies.parse(c.request.body);
    if (!root) return wire::make(400, wire::problems::malformed_json);
    simdjson::dom::object object;
    if (root->get(object) != simdjson::SUCCESS) return wire::from_fault({events::codec::fault_kind::wrong_type, "", "object"});
    statement made;
    wire::once keys;
    bool has_sql = false;
    for (const auto [key, value] : object) {
        events::codec::fault wrong;
        if (keys.again(key)) wrong = {events::codec::fault_kind::doubled, "", ""};
        else if (key == "sql") wrong = events::codec::read_json(value, made.sql), has_sql = true;
        else if (key == "format") wrong = events::codec::read_enum(value, made.format);
        else if (key == "limit") wrong = events::codec::read_unsigned(value, made.limit, statement_rows_most);
        else if (key == "params") {
            if (const auto no = read_params(value, made.params)) return *no;
        } else wrong = {events::codec::fault_kind::unknown, "", ""};
        if (wrong) return wire::from_fault(std::move(wrong).in(key));
    }
    if (!has_sql) return wire::from_fault(events::codec::fault{events::codec::fault_kind::missing, "", ""}.in("sql"));
    if (made.limit == 0) return at_fault("/limit", "应为 1–100,000", "1–100,000 is expected");
    if (const auto no = tidy(made.sql)) return *no;
    return made;
}

/// As it is kept: in one line, of characters that everybody can read.
std::optional<std::string> kept_params(const json_value& params) {
    if (params.empty()) return std::nullopt;
    const auto plain = params.dump();
    return core::text::is_plainly_tidy(plain) ? plain : params.dump(-1, ' ', true);
}

/// Ids of the system's commands that are made of somebody's own, so that they meet nobody else's.
events::uuid id_for(const char* what, const call& c, const events::uuid& own) {
    std::string all = what;
    all += '/' + std::to_string(c.member().value) + '/' + events::to_string(own);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> sum{};
    SHA256(reinterpret_cast<const unsigned char*>(all.data()), all.size(), sum.data());
    events::uuid id{};
    std::copy_n(sum.begin(), id.bytes.size(), id.bytes.begin());
    // Version 8 (RFC 9562): what is in it is ours to say.
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x80);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
    return id;
}

engine::client_command asked_by(const call& c, const events::uuid& own, const statement& s) {
    engine::client_command asked;
    asked.id = id_for("query.ask", c, own);
    asked.actor = events::the_system;
    asked.digest = std::max<std::uint64_t>(1, core::text::digest(s.sql, core::text::digest(s.params.dump(), s.limit * 8 + static_cast<std::uint64_t>(s.format))));
    asked.what = query::command(query::ask{c.member(), s.sql, kept_params(s.params), s.format, s.limit});
    return asked;
}

/// One line that can be kept, whatever the engine says.
std::string in_one_line(const std::string& said, const char* otherwise) {
    constexpr std::size_t characters_most = 990;
    std::string line;
    std::size_t characters = 0;
    for (const char c : said) {
        if ((c & 0xC0) != 0x80 && ++characters > characters_most) {
            line += "…";
            break;
        }
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
    line = core::text::tidied(line);
    return core::text::first_unwanted(line) || !core::text::is_line(line, 1'000) ? std::string(otherwise) : line;
}

/// What came of it, made in the lane.
struct run {
    run(statement_readers::lease reader, statement what) : reader(std::move(reader)), what(std::move(what)) {}

    std::optional<statement_readers::lease> reader;  ///< until it has run
    statement what;
    std::uint64_t number = 0;
    json_value said;
    std::shared_ptr<exported_file> made;
    std::optional<wire::problem> no;
    query::command outcome;
};

wire::problem refused_statement(const warehouse::worker_refused& no) {
    if (no.code == "not_published") return wire::make(409, nothing_published);
    auto p = wire::make(422, not_run);
    p.errors.push_back({no.code == "bad_request" ? "/params" : "/sql", no.zh, no.en});
    return p;
}

/// Whether it is still to be run, and the sets that it may read.
std::optional<std::vector<std::string>> sets_to_read(services& all, std::uint64_t number, events::position told) {
    constexpr std::chrono::seconds at_most{5};
    all.read.views().wait_for(told, at_most);
    return all.read.views().read([&](const core::views::views& v, events::position) -> std::optional<std::vector<std::string>> {
        const auto* row = v.of<query>().row(number);
        if (!row || row->state.is != core::query_status::running) return std::nullopt;
        return row->state.sets;
    });
}

void ask(services& all, run& one, const std::vector<std::string>& sets) {
    const auto& what = one.what;
    const auto to = exported_file::name_in(all.warehouse->published());
    constexpr std::array<const char*, 3> formats{"json", "csv", "parquet"};
    const json_value asked{{"do", "sql"}, {"sql", what.sql}, {"params", what.params}, {"rows_max", what.limit}, {"sets", sets},
                           {"format", formats[static_cast<std::size_t>(what.format)]}, {"file", to.string()}, {"query", one.number}};
    const auto begun = std::chrono::steady_clock::now();
    const auto took = [&] { return static_cast<std::uint64_t>((std::chrono::steady_clock::now() - begun) / std::chrono::milliseconds(1)); };
    const auto failed = [&](const std::string& code, const std::string& zh, const std::string& en) {
        one.outcome = query::fail{{code, {in_one_line(zh, "未能执行"), in_one_line(en, "it could not be run")}, took()}};
    };
    try {
        one.said = one.reader->reader().ask(asked);
        one.made = std::make_shared<exported_file>(to);
        one.outcome = query::answer{{one.said.at("rows").get<std::uint64_t>(), one.made->bytes(), took(), one.said.at("more").get<bool>(), one.said.at("sets").get<std::vector<std::string>>()}};
    } catch (const warehouse::worker_refused& no) {
        one.no = refused_statement(no);
        failed(no.code, no.zh, no.en);
    } catch (const warehouse::worker_gone&) {
        std::error_code none;
        std::filesystem::remove(to, none);  // what it had written of it
        one.no = wire::make(503, warehouse::problems::worker_gone);
        failed("data_worker_gone", "数据仓库暂不可用", "the data warehouse could not be asked");
    }
}

/// That it is over: nobody waits for it, and where it can't be taken now it is recorded as lost.
void record(services& all, const events::uuid& id, std::uint64_t number, query::command outcome) {
    engine::client_command over;
    over.id = id;
    over.actor = events::the_system;
    over.digest = 1;
    over.target = events::stream_id{events::category::query, number};
    over.what = std::move(outcome);
    all.engine.submit(engine::request{std::move(over), nullptr, 0});
}

response rows_answer(const call& c, const std::shared_ptr<run>& one) {
    response r;
    r.content_type = one->said.at("type").get<std::string>();
    r.headers.emplace_back("Cache-Control", "private, no-store");
    r.headers.emplace_back("Opsroom-Query", std::to_string(one->number));
    r.headers.emplace_back("Opsroom-Rows", std::to_string(one->said.at("rows").get<std::uint64_t>()));
    r.headers.emplace_back("Opsroom-Cut", one->said.at("more").get<bool>() ? "yes" : "no");
    if (one->what.format != query::format::json) r.headers.emplace_back("Content-Disposition", "attachment");
    give(c, one->made, r);
    return r;
}

awaitable<response> run_statement(call c) {
    constexpr std::chrono::seconds patience{5};
    const auto language = c.language();
    if (auto no = co_await slow_down(c.on, shares::rates::commands, c.member().value, language, 1, patience)) co_return std::move(*no);
    const auto own = id_of(c);
    if (!own) co_return refuse(wire::make(422, wire::problems::bad_command_id), language);
    auto read = read_statement(c);
    if (const auto* no = std::get_if<wire::problem>(&read)) co_return refuse(*no, language);
    auto reader = c.all().warehouse->statements().take(c.member().value);
    if (const auto* taken = std::get_if<statement_readers::taken>(&reader)) {
        auto no = wire::make(429, *taken == statement_readers::taken::theirs ? own_running : all_running);
        no.retry_after_seconds = retry_seconds;
        co_return refuse(no, language);
    }
    const auto one = std::make_shared<run>(std::move(std::get<statement_readers::lease>(reader)), std::move(std::get<statement>(read)));
    auto asked = asked_by(c, *own, one->what);
    const auto recorded = co_await carry_out(c, std::move(asked));
    if (const auto* no = std::get_if<wire::problem>(&recorded)) co_return refuse(*no, language);
    const auto done = std::get<engine::done>(recorded);
    one->number = done.stream.number;
    const auto over = id_for("query.over", c, *own);
    std::function<void()> slow = [&all = c.all(), one, over, told = done.position] {
        if (const auto sets = sets_to_read(all, one->number, told)) {
            ask(all, *one, *sets);
            record(all, over, one->number, one->outcome);
        } else {
            one->no = wire::make(409, over_already);
        }
        one->reader.reset();  // before they are answered, so that they may ask the next at once
    };
    try {
        co_await on_lane(c, shares::lane::queries, slow);
    } catch (const no_place&) {
        record(c.all(), over, one->number, query::fail{{"busy", {"服务器繁忙", "the server was busy"}, 0}});
        throw;
    }
    if (one->no) co_return refuse(*one->no, language);
    co_return rows_answer(c, one);
}

}  // namespace

std::vector<route> data_sql_routes() {
    using openapi::operation;
    return {
        {method::post, "/api/v1/data/sql", run_statement,
         operation("执行 SQL 查询", "Run a query in SQL")
             .more("一条 SELECT，读取您可以查看的数据集（GET /api/v1/data/sets 中的代码即表名），为最近发布的数据；值以 ? 写出，取自 params。最多 100,000 行、30 秒（处理器时间 10 秒）、32 MiB；每人同时一条，共两条。"
                   "每次执行都有记录（opsroom query show），编号见 Opsroom-Query。数值均为文字，一位不差；超出行数时 cut 为真。CSV 带 BOM；Parquet 中同名的列依次加 _2、_3。",
                   "One SELECT, of the sets that you may see (the codes of GET /api/v1/data/sets are the tables), on what was published last; values are written ? and given in params. At most 100,000 rows, 30 seconds (10 of the processor) and 32 MiB; "
                   "one at a time of each person, and two in all. Each is on record (opsroom query show), by the number in Opsroom-Query. Numbers are texts, to the last digit; `cut` says that there were more rows. CSV has a BOM; in Parquet columns of one name become _2, _3.")
             .takes("{ sql: text, params?: any, format?: 'json' | 'csv' | 'parquet', limit?: 1..100000 }")
             .answers("{ query: count, columns: { name: text, type: text }[], cut: yes_no, rows: any }").answers_as("text/csv", "bytes").answers_as("application/vnd.apache.parquet", "bytes").once()
             .refuses(403, core::query::explain(core::query_rejection::no_sets)).refuses(409, nothing_published).refuses(409, over_already)
             .refuses(422, not_run).refuses(429, own_running).refuses(429, all_running).refuses(503, warehouse::problems::worker_gone)},
    };
}

}  // namespace server::http
