#include "server/data_worker/store.hpp"

#include "server/data_worker/days.hpp"
#include "server/data_worker/ingest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace data_worker {
namespace {

// Which one replaces another is derived, so that it does not matter in which order they are loaded.
constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS _deliveries (n INTEGER, delivery VARCHAR, collection VARCHAR, set_code VARCHAR, "from" DATE, until DATE, position BIGINT, replaces VARCHAR,
    rows BIGINT, rows_sha256 VARCHAR, file_sha256 VARCHAR);
CREATE TABLE IF NOT EXISTS _columns (set_code VARCHAR, place INTEGER, code VARCHAR, name VARCHAR, type INTEGER, role INTEGER, unit VARCHAR, nature INTEGER, places INTEGER, is_number BOOLEAN, is_key BOOLEAN);
)sql";

std::string text_or_null(const std::string& text) { return text.empty() ? "NULL" : sql_text(text); }

delivered read_delivered(const text_row& r) {
    const auto day = [](const field_text& t) {
        int y = 0;
        unsigned m = 0, d = 0;
        std::sscanf(t->c_str(), "%d-%u-%u", &y, &m, &d);
        return static_cast<std::int32_t>(std::chrono::sys_days(std::chrono::year(y) / static_cast<int>(m) / static_cast<int>(d)).time_since_epoch().count());
    };
    return {*r[0], *r[1], day(r[2]), day(r[3]), std::stoll(*r[4]), r[5].value_or(""), std::stoull(*r[6]), *r[7], *r[8]};
}

constexpr const char* delivered_fields = R"(delivery, collection, "from", until, position, replaces, rows, rows_sha256, file_sha256)";

}  // namespace

const set_column* row_set::find(std::string_view wanted) const {
    for (const auto& c : columns)
        if (c.code == wanted) return &c;
    for (const auto& c : columns)
        if (c.name == wanted) return &c;
    return nullptr;
}

const set_column& row_set::day() const {
    return *std::find_if(columns.begin(), columns.end(), [](const set_column& c) { return c.role == column_role::day; });
}

std::string set_table(const std::string& set) { return sql_name("set_" + set); }

std::string live_rows(std::optional<std::int64_t> as_of) {
    const auto known = as_of ? fmt::format(" AND position <= {}", *as_of) : std::string();
    return "_delivery IN (SELECT n FROM _deliveries WHERE TRUE" + known + " AND delivery NOT IN (SELECT replaces FROM _deliveries WHERE replaces IS NOT NULL" + known + "))";
}

store::store(database& in, opened how) : db_(in) {
    if (how == opened::to_write) db_.run(schema);
}

std::optional<delivered> store::find(const std::string& delivery) {
    const auto rows = db_.all(fmt::format("SELECT {} FROM _deliveries WHERE delivery = ?", delivered_fields), {delivery});
    return rows.empty() ? std::nullopt : std::optional(read_delivered(rows.front()));
}

void store::fit_table(const plan& by) {
    const auto table = set_table(by.set);
    db_.run("CREATE TABLE IF NOT EXISTS " + table + " (_delivery INTEGER, _line BIGINT)");
    auto known = set(by.set);
    std::size_t place = known ? known->columns.size() : 0;
    for (const auto& c : by.columns) {
        if (!c.stored()) continue;
        const auto* before = known ? known->find(c.code) : nullptr;
        if (before && before->code != c.code) before = nullptr;
        auto places = c.places;
        if (!before) {
            db_.run("ALTER TABLE " + table + " ADD COLUMN " + sql_name(c.code) + " " + sql_type(c));
        } else if (before->is_number != c.is_number() || (!c.is_number() && sql_type(c) != (before->type == column_type::day ? "DATE" : before->type == column_type::moment ? "TIMESTAMP" : "VARCHAR"))) {
            throw trouble("bad_plan", fmt::format("数据集 {} 中的列 {} 原为另一种类型：请改用新的列代码", by.set, c.code), fmt::format("in the set {} the column {} was of another type: give it a new code", by.set, c.code));
        } else if (c.is_number() && c.places > before->places) {
            db_.run("ALTER TABLE " + table + " ALTER COLUMN " + sql_name(c.code) + " TYPE " + sql_type(c));
        } else {
            places = before->places;
        }
        db_.run("DELETE FROM _columns WHERE set_code = ? AND code = ?", {by.set, c.code});
        const auto at = before ? static_cast<std::size_t>(before - known->columns.data()) : place++;
        db_.run(fmt::format("INSERT INTO _columns VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})", sql_text(by.set), at, sql_text(c.code), sql_text(c.name), static_cast<int>(c.type), static_cast<int>(c.role),
                            sql_text(c.unit), static_cast<int>(c.nature), places, c.is_number(), c.key));
    }
}

void store::load(const plan& by, const std::string& staged, const delivered& what) {
    db_.transaction([&] {
        fit_table(by);
        std::string list;
        for (const auto& c : by.columns)
            if (c.stored()) list += sql_name(c.code) + ", ";
        const auto n = db_.number("SELECT coalesce(max(n), 0) + 1 FROM _deliveries");
        db_.run(fmt::format("INSERT INTO {} ({}_line, _delivery) SELECT {}_line, {} FROM {}", set_table(by.set), list, list, n, sql_name(staged)));
        db_.run(fmt::format("INSERT INTO _deliveries VALUES ({}, {}, {}, {}, DATE '{}', DATE '{}', {}, {}, {}, {}, {})", n, sql_text(what.delivery), sql_text(what.collection), sql_text(by.set), day_text(what.from),
                            day_text(what.until), what.position, text_or_null(what.replaces), what.rows, sql_text(what.rows_sha256), sql_text(what.file_sha256)));
        db_.run("DROP TABLE " + sql_name(staged));
    });
}

bool store::unload(const std::string& delivery) {
    bool found = false;
    db_.transaction([&] {
        for (const auto& row : db_.all("SELECT n, set_code FROM _deliveries WHERE delivery = ?", {delivery})) {
            found = true;
            db_.run(fmt::format("DELETE FROM {} WHERE _delivery = {}", set_table(*row[1]), *row[0]));
            db_.run("DELETE FROM _deliveries WHERE n = " + *row[0]);
        }
    });
    return found;
}

std::vector<delivered> store::all() {
    std::vector<delivered> made;
    for (const auto& row : db_.all(fmt::format("SELECT {} FROM _deliveries ORDER BY position, n", delivered_fields))) made.push_back(read_delivered(row));
    return made;
}

std::vector<row_set> store::sets() {
    std::vector<row_set> made;
    for (const auto& r : db_.all("SELECT set_code, code, name, unit, type, role, nature, places, is_number, is_key FROM _columns ORDER BY set_code, place")) {
        if (made.empty() || made.back().code != *r[0]) made.push_back({*r[0], {}});
        made.back().columns.push_back({*r[1], *r[2], r[3].value_or(""), static_cast<column_type>(std::stoi(*r[4])), static_cast<column_role>(std::stoi(*r[5])), static_cast<nature>(std::stoi(*r[6])),
                                       static_cast<unsigned>(std::stoi(*r[7])), *r[8] == "true", *r[9] == "true"});
    }
    return made;
}

std::optional<row_set> store::set(const std::string& code) {
    for (auto& s : sets())
        if (s.code == code) return std::move(s);
    return std::nullopt;
}

std::optional<std::pair<std::int32_t, std::int32_t>> store::covered(const std::string& set, std::optional<std::int64_t> as_of) {
    // The condition names the rows' column; here they are the deliveries themselves.
    const auto rows = db_.all("SELECT CAST(min(\"from\") - DATE '1970-01-01' AS BIGINT), CAST(max(until) - DATE '1970-01-01' AS BIGINT) FROM (SELECT *, n AS _delivery FROM _deliveries) WHERE set_code = ? AND " + live_rows(as_of), {set});
    if (rows.empty() || !rows[0][0]) return std::nullopt;
    return std::pair(std::stoi(*rows[0][0]), std::stoi(*rows[0][1]));
}

std::int64_t store::position() { return db_.number("SELECT coalesce(max(position), 0) FROM _deliveries"); }

}  // namespace data_worker
