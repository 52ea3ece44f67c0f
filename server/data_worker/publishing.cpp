// The operations publish and sql: what readers get, and how those who write their own SQL ask it.
//
// A snapshot is the database as it was: its file, copied where everything is in it. Nobody reads the live one, as a database that is written
// takes no readers, and one that is read could not be opened again.

#include "server/data_worker/child.hpp"
#include "server/data_worker/sql_answer.hpp"
#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace data_worker {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t snapshots_kept = 1;  // who has an older one open keeps it until they look for the newest
constexpr std::int64_t sql_rows_max = 100'000;
constexpr std::size_t sql_bytes_max = 64 * 1024;

/// In the order that they were published in.
std::vector<fs::path> snapshots_in(const fs::path& folder) {
    std::vector<fs::path> all;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("snapshot-") && name.ends_with(".duckdb")) all.push_back(entry.path());
    }
    std::sort(all.begin(), all.end());
    return all;
}

bool is_within(const fs::path& folder, const fs::path& of) {
    const auto [end, rest] = std::mismatch(of.begin(), of.end(), folder.begin(), folder.end());
    return end == of.end() || (std::next(end) == of.end() && end->empty());
}

/// What people see of a set: its rows that count, each with the delivery that it is from and its line there.
void show(database& in, const row_set& s) {
    std::string list;
    for (const auto& c : s.columns) list += "r." + sql_name(c.code) + ", ";
    in.run(fmt::format("CREATE OR REPLACE VIEW {} AS SELECT {}d.delivery AS _delivery, r._line FROM {} r JOIN _deliveries d ON d.n = r._delivery WHERE {}", sql_name(s.code), list, set_table(s.code),
                       "d.n IN (SELECT n FROM _deliveries WHERE delivery NOT IN (SELECT replaces FROM _deliveries WHERE replaces IS NOT NULL))"));
}

}  // namespace

std::string worker::newest_snapshot() const {
    const auto all = snapshots_in(options_.snapshots);
    if (all.empty()) throw trouble("not_published", "还没有发布过数据", "no data were published yet");
    return all.back().string();
}

json worker::publish(const request& r) {
    const fs::path folder = options_.snapshots;
    fs::create_directories(folder);
    const auto calculated = calculate_figures(*db_, *store_, r);
    json sets = json::array();
    for (const auto& s : store_->sets()) {
        show(*db_, s);
        sets.push_back(s.code);
    }
    db_->run("CHECKPOINT");  // all of it is in the one file then
    const auto before = snapshots_in(folder);
    const auto last = before.empty() ? 0 : std::strtoull(before.back().stem().string().c_str() + std::string("snapshot-").size(), nullptr, 10);
    // Numbers, with zeros before them, so that the newest is the last by name.
    const auto name = fmt::format("snapshot-{:012}-{}", last + 1, store_->position());
    const auto made = folder / (name + ".duckdb"), part = folder / (name + ".part");
    try {
        copy_in_child(options_.database, part.string());
    } catch (...) {
        std::error_code ignored;
        fs::remove(part, ignored);
        throw;
    }
    fs::rename(part, made);
    const auto all = snapshots_in(folder);
    for (std::size_t i = 0; i + snapshots_kept < all.size(); ++i) fs::remove(all[i]);
    return {{"snapshot", made.string()}, {"position", store_->position()}, {"sets", std::move(sets)}, {"calculated", calculated}};
}

json worker::sql(const request& r) {
    const auto text = r.text("sql");
    if (text.size() > sql_bytes_max) throw trouble("too_large", "语句过长", "the statement is too long");
    const auto most = r.number_if("rows_max").value_or(1000);
    if (most < 1 || most > sql_rows_max) request::wrong("rows_max", fmt::format("应为 1–{}", sql_rows_max), fmt::format("1–{} is expected", sql_rows_max));
    const fs::path snapshot = fs::absolute(r.text_or("snapshot", newest_snapshot())).lexically_normal();
    if (!is_within(snapshot.parent_path(), options_.snapshots) || !fs::is_regular_file(snapshot)) throw trouble("not_found", "没有这个快照", "there is no such snapshot");
    json asked{{"snapshot", snapshot.filename().string()}, {"sql", text}, {"rows_max", most}, {"sets", r.needs("sets")}};
    if (const auto* p = r.find("params")) asked["params"] = *p;
    child_limits limits;
    limits.cpu_seconds = options_.sql_seconds;
    limits.wall_seconds = 3 * options_.sql_seconds;
    const auto answer = json::parse(run_child(options_.program, {"read"}, snapshot.parent_path().string(), asked.dump(), limits), nullptr, false);
    if (answer.is_object() && answer.contains("ok")) {
        const auto& made = answer["ok"];
        if (!r.find("file")) return made;
        auto told = write_sql_answer(made, r.text("format"), r.text("file"), r.number_if("query"));
        told["more"] = made.at("more");
        told["sets"] = made.at("sets");
        return told;
    }
    if (!answer.is_object() || !answer.contains("error")) throw trouble("engine", "查询进程的答复无法读取", "the answer of the query's process can't be read");
    const auto& e = answer["error"];
    throw trouble(e.value("code", ""), e.value("zh", ""), e.value("en", ""));
}

}  // namespace data_worker
