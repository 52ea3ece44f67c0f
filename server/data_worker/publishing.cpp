// The operations publish and sql: what readers get, and how those who write their own SQL ask it.

#include "server/data_worker/child.hpp"
#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace data_worker {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t snapshots_kept = 3;
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

}  // namespace

std::string worker::newest_snapshot() const {
    const auto all = snapshots_in(options_.snapshots);
    if (all.empty()) throw trouble("not_found", "还没有发布过快照：请先 publish", "no snapshot was published yet: publish one first");
    return all.back().string();
}

json worker::publish(const request& r) {
    const auto folder = fs::absolute(r.text_or("folder", options_.snapshots)).lexically_normal();
    if (!is_within(folder, options_.snapshots)) request::wrong("folder", "应在 --snapshots 的文件夹之内", "it has to be within the folder of --snapshots");
    fs::create_directories(folder);
    const auto position = store_->position();
    std::uint64_t last = 0;
    for (const auto& before : snapshots_in(folder)) {
        const auto name = before.stem().string();
        last = std::max<std::uint64_t>(last, std::strtoull(name.c_str() + std::string("snapshot-").size(), nullptr, 10));
    }
    // Numbers, with zeros before them, so that the newest is the last by name.
    const auto name = fmt::format("snapshot-{:012}-{}", last + 1, position);
    const auto made = folder / (name + ".duckdb"), part = folder / (name + ".part");
    json sets = json::array(), files = json::array();
    fs::remove(part);
    const auto attached = sql_text(part.string());
    db_->run("ATTACH " + attached + " AS published");
    try {
        for (const auto& s : store_->sets()) {
            std::string list;
            for (const auto& c : s.columns) list += sql_name(c.code) + ", ";
            const auto select = fmt::format("SELECT {}(SELECT delivery FROM _deliveries WHERE n = _delivery) AS _delivery, _line FROM {} WHERE {} ORDER BY {}, _delivery, _line", list, set_table(s.code), live_rows(r.number_if("as_of")), sql_name(s.day().code));
            db_->run(fmt::format("CREATE TABLE published.{} AS {}", sql_name(s.code), select));
            sets.push_back({{"set", s.code}, {"rows", db_->number("SELECT count(*) FROM published." + sql_name(s.code))}});
            const auto* formats = r.find("formats");
            for (const auto& f : formats && formats->is_array() ? *formats : json::array()) {
                if (f != "parquet" && f != "csv") request::wrong("formats", "应为 parquet、csv", "parquet or csv is expected");
                const auto file = (folder / (s.code + "." + f.get<std::string>())).string();
                db_->run(fmt::format("COPY (FROM published.{}) TO {} ({})", sql_name(s.code), sql_text(file + ".part"), f == "parquet" ? "FORMAT parquet, COMPRESSION zstd" : "FORMAT csv, HEADER"));
                fs::rename(file + ".part", file);
                files.push_back(file);
            }
        }
        db_->run(fmt::format("CREATE TABLE published._snapshot AS SELECT CAST({} AS BIGINT) AS position", position));
        db_->run("DETACH published");
    } catch (...) {
        try {
            db_->run("DETACH published");
        } catch (const trouble&) {
            // What failed first is what is told.
        }
        std::error_code ignored;
        fs::remove(part, ignored);
        throw;
    }
    fs::rename(part, made);
    auto all = snapshots_in(folder);
    for (std::size_t i = 0; i + snapshots_kept < all.size(); ++i) fs::remove(all[i]);
    return {{"snapshot", made.string()}, {"position", position}, {"sets", std::move(sets)}, {"files", std::move(files)}};
}

json worker::sql(const request& r) {
    const auto text = r.text("sql");
    if (text.size() > sql_bytes_max) throw trouble("too_large", "语句过长", "the statement is too long");
    const auto most = r.number_if("rows_max").value_or(1000);
    if (most < 1 || most > sql_rows_max) request::wrong("rows_max", fmt::format("应为 1–{}", sql_rows_max), fmt::format("1–{} is expected", sql_rows_max));
    const fs::path snapshot = fs::absolute(r.text_or("snapshot", newest_snapshot())).lexically_normal();
    if (!is_within(snapshot.parent_path(), options_.snapshots) || !fs::is_regular_file(snapshot)) throw trouble("not_found", "没有这个快照", "there is no such snapshot");
    json asked{{"snapshot", snapshot.filename().string()}, {"sql", text}, {"rows_max", most}};
    if (const auto* p = r.find("params")) asked["params"] = *p;
    if (const auto* s = r.find("sets")) asked["sets"] = *s;
    child_limits limits;
    limits.cpu_seconds = options_.sql_seconds;
    limits.wall_seconds = 3 * options_.sql_seconds;
    const auto answer = json::parse(run_child(options_.program, {"read"}, snapshot.parent_path().string(), asked.dump(), limits), nullptr, false);
    if (answer.is_object() && answer.contains("ok")) return answer["ok"];
    if (!answer.is_object() || !answer.contains("error")) throw trouble("engine", "查询进程的答复无法读取", "the answer of the query's process can't be read");
    const auto& e = answer["error"];
    throw trouble(e.value("code", ""), e.value("zh", ""), e.value("en", ""));
}

}  // namespace data_worker
