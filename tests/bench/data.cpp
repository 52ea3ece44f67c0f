// The data part: a year of orders is checked, loaded, published, asked for and written to files by opsroom-data, each beside what the engine
// takes that does that alone, or beside the nearest thing that it can do. One thread and 512 MiB for both, as the server gives them.

#include "tests/bench/data.hpp"
#include "tests/bench/data_process.hpp"
#include "tests/bench/data_rows.hpp"
#include "tests/bench/figure.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;
using bench::data_cost;
using bench::figure;
using nlohmann::json;

constexpr int times = 3, asks = 40, warm = 3;
constexpr double goal_ingest = 1.5, goal_figures_ms = 10, goal_odata = 2, goal_mib = 600;
/// What a metric is calculated from.
const std::string by_day = "SELECT day, count(*), count(amount), sum(amount) FROM set_orders";
constexpr double rows = static_cast<double>(bench::order_rows);

double median(std::vector<double> of) { return bench::percentile(of, 0.5); }

/// What statements take, one behind the other, of an engine that is open already; and the most memory of its process.
data_cost engine(const data_worker::database_options& how, const std::vector<std::string>& statements) {
    std::vector<double> seen;
    const auto all = bench::apart([&] {
        data_worker::database in(how);
        const auto start = bench::clock_type::now();
        const auto before = bench::process_cpu();
        for (const auto& sql : statements) {
            auto found = in.ask(sql, {}, true);
            for (data_worker::text_row row; found.next(row);) {}
        }
        return std::vector{bench::process_cpu() - before, bench::seconds_since(start)};
    }, &seen);
    return {seen.at(0), seen.at(1), all.mib};
}

json delivered(const json& plan, const fs::path& file, json more) {
    more["plan"] = plan;
    more["file"] = file.string();
    more["name"] = file.filename().string();
    return more;
}

json loaded(const json& checked, const char* delivery, int position) {
    if (!checked.contains("prepared")) throw std::runtime_error("a delivery was refused: " + checked.dump());
    return {{"token", checked["prepared"]}, {"delivery", delivery}, {"collection", "1"}, {"position", position}};
}

/// The warehouse that the figures are about, and its files.
struct warehouse {
    fs::path folder;
    bench::order_files files;
    std::optional<bench::data_process> writer, reader;
    std::string snapshot;

    data_worker::database_options published() const { return bench::engine_options(snapshot, folder, true); }
};

// ---- Ingest

struct ingest_cost {
    double check = 0, load = 0, mib = 0;
};

/// Into a new database.
ingest_cost ingest(warehouse& in) {
    in.writer.reset();
    for (const char* file : {"data.duckdb", "data.duckdb.wal"}) fs::remove(in.folder / file);
    in.writer.emplace(in.folder);
    const json year{{"from", bench::orders_from}, {"until", bench::orders_until}};
    in.writer->ask("load", loaded(in.writer->ask("check", delivered(bench::ledger_plan(), in.files.ledger, year)), "1", 1));
    const auto checked = in.writer->measured("check", delivered(bench::orders_plan(), in.files.orders, bench::known_of_orders()));
    ingest_cost made;
    made.check = in.writer->last().cpu;
    if (checked["verdict"] != "accepted" || checked["results"].size() != 10) throw std::runtime_error("not all ten checks passed: " + checked.dump());
    in.writer->measured("load", loaded(checked, "2", 2));
    made.load = in.writer->last().cpu;
    made.mib = in.writer->last().mib;
    return made;
}

void measure_ingest(warehouse& in) {
    std::vector<double> all, checks, loads, alone;
    double mib = 0, alone_mib = 0;
    for (int i = 0; i < times; ++i) {
        const auto file = in.folder / "engine.duckdb";
        fs::remove(file);
        const auto typed = "CREATE TABLE orders AS SELECT * FROM read_csv(" + data_worker::sql_text(in.files.orders.string()) + ", header = true, auto_detect = false, columns = " + bench::columns_for_the_engine() + ")";
        const auto engine_alone = engine(bench::engine_options(file, in.folder), {typed, "CHECKPOINT"});
        fs::remove(file);
        alone.push_back(engine_alone.cpu);
        alone_mib = std::max(alone_mib, engine_alone.mib);
        const auto made = ingest(in);
        all.push_back(made.check + made.load);
        checks.push_back(made.check);
        loads.push_back(made.load);
        mib = std::max(mib, made.mib);
    }
    const auto ours = median(all), theirs = median(alone);
    figure("data.ingest").value(ours, "CPU-s").beside("the engine's read_csv with types, into a table", theirs).at_most(ours / theirs, goal_ingest)
        .with("check_s", median(checks)).with("load_s", median(loads)).with("rows", rows).with("mib_of_csv", static_cast<double>(fs::file_size(in.files.orders)) / (1 << 20));
    figure("data.memory").value(mib, "MiB").beside("the engine's read_csv with types, into a table", alone_mib).at_most(mib, goal_mib).with("rows", rows);
}

// ---- Publishing

void measure_publish(warehouse& in) {
    const auto wanted = bench::figures_of_metrics();
    in.writer->ask("publish", wanted);
    const json next{{"from", bench::day_after}, {"until", bench::day_after}};
    in.writer->ask("load", loaded(in.writer->ask("check", delivered(bench::orders_plan(), in.files.next_day, next)), "3", 3));
    in.snapshot = in.writer->measured("publish", wanted)["snapshot"].get<std::string>();
    std::vector<double> once;
    for (int i = 0; i < times; ++i) once.push_back(engine(in.published(), {by_day + " GROUP BY day ORDER BY day"}).cpu);
    double questions = 0;
    for (const auto& metric : wanted["figures"]) questions += static_cast<double>(metric["asks"].size());
    figure("data.publish").value(in.writer->last().cpu, "CPU-s").beside("one GROUP BY by day of the same rows", median(once)).with("seconds", in.writer->last().seconds)
        .with("metrics", static_cast<double>(bench::published_metrics)).with("stretches_and_splits", questions).with("rows", rows);
}

// ---- Figures

void measure_figures(warehouse& in) {
    std::vector<double> ours, ours_cpu, alone, alone_cpu;
    for (int i = -warm; i < asks; ++i) {
        const auto said = in.reader->measured("values", bench::amount_by_day());
        if (said["values"].size() != 365) throw std::runtime_error("not every day of the year has a value");
        if (i < 0) continue;
        ours.push_back(in.reader->last().seconds * 1000);
        ours_cpu.push_back(in.reader->last().cpu * 1000);
    }
    std::vector<double> seen;
    bench::apart([&] {
        data_worker::database engine(in.published());
        std::vector<double> all;
        for (int i = -warm; i < asks; ++i) {
            const auto start = bench::clock_type::now();
            const auto before = bench::process_cpu();
            const auto days = engine.all(by_day + " WHERE day BETWEEN '" + bench::orders_from + "' AND '" + bench::orders_until + "' GROUP BY day ORDER BY day");
            if (i >= 0) all.insert(all.end(), {bench::seconds_since(start) * 1000, (bench::process_cpu() - before) * 1000});
            if (days.size() != 365) throw std::runtime_error("not every day of the year has rows");
        }
        return all;
    }, &seen);
    for (std::size_t i = 0; i + 1 < seen.size(); i += 2) alone.push_back(seen[i]), alone_cpu.push_back(seen[i + 1]);
    const auto p50 = median(ours);
    figure("data.figures").value(p50, "ms").beside("the same statement in the engine alone", median(alone)).at_most(p50, goal_figures_ms)
        .with("cpu_ms", median(ours_cpu)).with("baseline_cpu_ms", median(alone_cpu)).with("rows", rows);
}

// ---- Files and OData

double exported(warehouse& in, const std::string& format) {
    const auto file = in.folder / "published" / ("orders." + format);
    in.reader->measured("export", {{"set", "orders"}, {"format", format}, {"file", file.string()}, {"from", bench::orders_from}, {"until", bench::orders_until}});
    fs::remove(file);
    return in.reader->last().cpu;
}

double copied(const warehouse& in, const std::string& as) {
    const auto file = in.folder / "copied";
    const auto sql = "COPY (SELECT day, no, channel, region, amount, _delivery, _line FROM orders WHERE day <= '" + bench::orders_until + "' ORDER BY day, _delivery, _line) TO " + data_worker::sql_text(file.string()) + " (" + as + ")";
    const auto cost = engine(in.published(), {sql});
    fs::remove(file);
    return cost.cpu;
}

/// From page to page, as Excel goes.
std::pair<double, std::size_t> all_pages(warehouse& in) {
    json asked{{"path", "/orders"}, {"base", "http://localhost/api/v1/odata"}, {"sets", {"orders"}}, {"metrics", json::array()}, {"query", json::object()}};
    double cpu = 0;
    for (std::size_t pages = 1;; ++pages) {
        const auto said = in.reader->measured("odata", asked);
        cpu += in.reader->last().cpu;
        if (said["status"] != 200) throw std::runtime_error("odata: " + said.dump());
        const auto& body = said["body"].get_ref<const std::string&>();
        constexpr std::string_view token = "$skiptoken=";
        const auto link = body.rfind("\"@odata.nextLink\"");
        if (link == body.npos) return {cpu, pages};
        const auto from = body.find(token, link) + token.size();
        asked["query"]["$skiptoken"] = body.substr(from, body.find_first_of("\"&", from) - from);
    }
}

void measure_export(warehouse& in) {
    const auto csv = exported(in, "csv"), parquet = exported(in, "parquet");
    figure("data.export.csv").value(csv, "CPU-s").beside("the engine's COPY of the same rows", copied(in, "FORMAT csv, HEADER")).with("rows", rows);
    figure("data.export.parquet").value(parquet, "CPU-s").beside("the engine's COPY of the same rows", copied(in, "FORMAT parquet, COMPRESSION zstd")).with("rows", rows);
    const auto [odata, pages] = all_pages(in);
    figure("data.odata").value(odata, "CPU-s").beside("the same rows as CSV", csv).at_most(odata / csv, goal_odata).with("pages", static_cast<double>(pages)).with("rows", rows);
}

void measure_bytes(warehouse& in) {
    const auto a_row = [](const fs::path& file) { return static_cast<double>(fs::file_size(file)) / rows; };
    figure("data.bytes").value(a_row(in.folder / "data.duckdb"), "bytes/row").beside("the CSV that it came from", a_row(in.files.orders)).with("snapshot", a_row(in.snapshot)).with("rows", rows);
}

}  // namespace

void bench::data(const fs::path& in) {
    warehouse all{in / "data", {}, {}, {}, {}};
    fs::remove_all(all.folder);
    fs::create_directories(all.folder / "published");
    all.files = write_orders(all.folder);
    measure_ingest(all);
    measure_publish(all);
    measure_bytes(all);
    all.writer.reset();
    all.reader.emplace(all.folder, true);
    measure_figures(all);
    measure_export(all);
    all.reader.reset();
    fs::remove_all(all.folder);
}
