#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace data_worker {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t rows_max = 10'000;

database_options options_of(const worker_options& how) {
    database_options made;
    made.path = how.database;
    made.memory_mb = how.memory_mb;
    made.threads = how.threads;
    made.spill = how.reads ? fmt::format("{}/reader-{}.spill", how.snapshots, ::getpid()) : how.database + ".spill";
    made.folders = {how.snapshots};
    made.read_only = how.reads;
    return made;
}

}  // namespace

worker::worker(worker_options how) : options_(std::move(how)) {
    if (options_.snapshots.empty()) options_.snapshots = fs::absolute(options_.database).parent_path().string();
    options_.snapshots = fs::absolute(options_.snapshots).lexically_normal().string();
    if (options_.reads) return;  // it opens what there is when it is asked
    const auto open = [&] {
        db_ = std::make_unique<database>(options_of(options_));
        store_ = std::make_unique<store>(*db_);
        store_->sets();
    };
    try {
        open();
    } catch (const trouble& why) {
        store_.reset();
        db_.reset();
        // Another process that has it open is no damage. (A block that is damaged has a "lock" in its name.)
        if (std::string(why.what()).find("Could not set lock") != std::string::npos) throw;
        moved_to_ = fmt::format("{}.damaged-{}", options_.database, std::chrono::system_clock::now().time_since_epoch() / std::chrono::milliseconds(1));
        std::error_code ignored;
        fs::rename(options_.database, moved_to_, ignored);
        fs::rename(options_.database + ".wal", moved_to_ + ".wal", ignored);
        open();
    }
    // Copies that were being made when the one before was killed.
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(options_.snapshots, ignored))
        if (const auto name = entry.path().filename().string(); name.starts_with("snapshot-") && name.ends_with(".part")) fs::remove(entry.path(), ignored);
}

worker::~worker() = default;

json worker::answer(const json& asked) {
    json made = json::object();
    const auto refuse = [&](const std::string& code, const std::string& zh, const std::string& en) { made["error"] = {{"code", code}, {"zh", zh}, {"en", en}}; };
    if (asked.is_object() && asked.contains("id")) made["id"] = asked["id"];
    try {
        if (!asked.is_object()) throw trouble("bad_request", "请求应为对象", "a request is an object");
        const request r(asked);
        made["ok"] = done(r.text("do"), r);
    } catch (const trouble& t) {
        refuse(t.code, t.text.zh, t.text.en);
    } catch (const std::bad_alloc&) {
        refuse("limit", "内存不足", "out of memory");
    } catch (const std::exception& e) {
        refuse("bad_request", std::string("请求无法处理：") + e.what(), std::string("the request can't be dealt with: ") + e.what());
    }
    return made;
}

json worker::done(const std::string& what, const request& r) {
    if (what == "profile") return profile_of(r);
    if (what == "sql") return sql(r);
    if (what == "workbook") return workbook_of(r);
    if (options_.reads) see_newest();
    if (auto made = read(what, r)) return std::move(*made);
    const bool is_known = what == "check" || what == "load" || what == "unload" || what == "loaded" || what == "publish";
    if (is_known && options_.reads) throw trouble("bad_request", "这里只能读：" + what, "this only reads: " + what);
    if (what == "check") return check(r);
    if (what == "load") return load(r);
    if (what == "unload") return unload(r);
    if (what == "loaded") return loaded();
    if (what == "publish") return publish(r);
    throw trouble("bad_request", "没有这种操作：" + what, "there is no such operation: " + what);
}

std::optional<json> worker::read(const std::string& what, const request& r) {
    if (what == "hello") return hello();
    if (what == "sets") return sets();
    if (what == "rows") return rows(r);
    if (what == "values") return values_of(*db_, *store_, r);
    if (what == "odata") return odata_of(*db_, *store_, r);
    if (what == "export") return export_of(*db_, *store_, r);
    if (what == "series") return series_of(*db_, r);
    return std::nullopt;
}

void worker::see_newest() {
    auto newest = newest_snapshot();
    if (newest == seen_) return;
    store_.reset();
    db_.reset();
    seen_.clear();
    auto how = options_of(options_);
    how.path = newest;
    db_ = std::make_unique<database>(how);
    store_ = std::make_unique<store>(*db_, store::opened::to_read);
    seen_ = std::move(newest);
}

json worker::hello() {
    json made{{"engine", database::version()}, {"position", store_->position()}, {"deliveries", db_->number("SELECT count(*) FROM _deliveries")}};
    if (!moved_to_.empty()) made["started_anew"] = {{"moved_to", moved_to_}, {"zh", "数据库无法打开，已移开并重新开始：请重新载入各次交付"}, {"en", "the database could not be opened, was moved aside and begun anew: load the deliveries again"}};
    return made;
}

json worker::unload(const request& r) {
    return {{"unloaded", store_->unload(r.text("delivery"))}};
}

json worker::loaded() {
    json all = json::array();
    for (const auto& d : store_->all()) {
        json one{{"delivery", d.delivery}, {"collection", d.collection}, {"position", d.position}, {"from", day_text(d.from)}, {"until", day_text(d.until)}, {"rows", d.rows}, {"rows_sha256", d.rows_sha256}};
        if (!d.replaces.empty()) one["replaces"] = d.replaces;
        all.push_back(std::move(one));
    }
    return {{"deliveries", std::move(all)}};
}

namespace {

json columns_of(const row_set& s) {
    json columns = json::array();
    for (const auto& c : s.columns) {
        json one{{"code", c.code}, {"name", c.name}, {"type", name_of(c.type)}, {"role", name_of(c.role)}, {"nature", name_of(c.nature)}, {"places", c.places}, {"key", c.key}};
        if (!c.unit.empty()) one["unit"] = c.unit;
        columns.push_back(std::move(one));
    }
    return columns;
}

}  // namespace

json worker::sets() {
    json all = json::array();
    for (const auto& s : store_->sets()) {
        json one{{"set", s.code}, {"rows", db_->number("SELECT count(*) FROM " + set_table(s.code) + " WHERE " + live_rows({}))}, {"columns", columns_of(s)}};
        if (const auto days = store_->covered(s.code, {})) one["from"] = day_text(days->first), one["until"] = day_text(days->second);
        all.push_back(std::move(one));
    }
    return {{"sets", std::move(all)}};
}

std::string only_values(const std::string& expression, const request& r, parameters& with) {
    const auto& values = r.needs("values");
    if (!values.is_array() || values.empty() || values.size() > 1000) request::wrong("only.values", "应有 1–1000 个值", "1–1000 values are expected");
    std::string list;
    bool missing = false;
    for (const auto& v : values) {
        if (v.is_null()) {
            missing = true;
            continue;
        }
        if (!v.is_string()) request::wrong("only.values", "应为文字", "texts are expected");
        list += list.empty() ? "?" : ", ?";
        with.emplace_back(v.get<std::string>());
    }
    return "(" + (list.empty() ? std::string("FALSE") : expression + " IN (" + list + ")") + (missing ? " OR " + expression + " IS NULL" : "") + ")";
}

std::string only_rows(const row_set& of, const json* only, parameters& with) {
    std::string made;
    if (!only) return made;
    if (!only->is_array() || only->size() > 20) request::wrong("only", "应为列表，最多 20 项", "a list is expected, of 20 at most");
    for (const auto& one : *only) {
        if (!one.is_object()) request::wrong("only", "应为 {dimension, values} 的列表", "a list of {dimension, values} is expected");
        const request r(one);
        const auto name = r.text("dimension");
        const auto* column = of.find(name);
        if (!column) throw trouble("not_found", fmt::format("数据集 {} 没有列 {}", of.code, name), fmt::format("the set {} has no column {}", of.code, name));
        made += " AND " + only_values("CAST(" + sql_name(column->code) + " AS VARCHAR)", r, with);
    }
    return made;
}

json worker::rows(const request& r) {
    const auto code = r.text("set");
    const auto set = store_->set(code);
    if (!set) throw trouble("not_found", "没有数据集 " + code, "there is no set " + code);
    const auto limit = r.number_if("limit").value_or(100);
    if (limit < 1 || limit > rows_max) request::wrong("limit", fmt::format("应为 1–{}", rows_max), fmt::format("1–{} is expected", rows_max));
    const auto day = "CAST(" + sql_name(set->day().code) + " AS DATE)";
    parameters with;
    auto where = live_rows(r.number_if("as_of")) + only_rows(*set, r.find("only"), with);
    if (const auto d = r.day_if("from")) where += " AND " + day + " >= DATE '" + day_text(*d) + "'";
    if (const auto d = r.day_if("until")) where += " AND " + day + " <= DATE '" + day_text(*d) + "'";
    if (const auto* after = r.find("after")) {
        if (!after->is_object()) request::wrong("after", "应为 {delivery, line}", "{delivery, line} is expected");
        const request a(*after);
        const auto n = db_->one("SELECT n FROM _deliveries WHERE delivery = ?", {a.text("delivery")});
        if (!n) throw trouble("not_found", "没有这次交付", "there is no such delivery");
        where += fmt::format(" AND (_delivery > {} OR (_delivery = {} AND _line > {}))", *n, *n, a.number("line"));
    }
    std::string list;
    for (const auto& c : set->columns) list += ", " + sql_name(c.code);
    auto from = db_->ask(fmt::format("SELECT (SELECT delivery FROM _deliveries WHERE n = _delivery), _line{} FROM {} WHERE {} ORDER BY _delivery, _line LIMIT {}", list, set_table(code), where, limit + 1), with);
    json all = json::array();
    bool more = false;
    for (text_row row; from.next(row);) {
        if (all.size() == static_cast<std::size_t>(limit)) {
            more = true;
            break;
        }
        json values = json::object();
        for (std::size_t i = 0; i < set->columns.size(); ++i) values[set->columns[i].code] = row[i + 2] ? json(*row[i + 2]) : json();
        all.push_back({{"delivery", *row[0]}, {"line", std::stoll(*row[1])}, {"values", std::move(values)}});
    }
    json made{{"rows", std::move(all)}, {"more", more}, {"columns", columns_of(*set)}};
    if (more) made["after"] = {{"delivery", made["rows"].back()["delivery"]}, {"line", made["rows"].back()["line"]}};
    return made;
}

}  // namespace data_worker
