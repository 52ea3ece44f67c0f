// The operations check and load.

#include "server/data_worker/digest.hpp"
#include "server/data_worker/ingest.hpp"
#include "server/data_worker/widths.hpp"
#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace data_worker {
namespace {

constexpr std::size_t staged_max = 8;
constexpr std::int32_t days_max = 400;

json fault_json(const fault& f) { return {{"line", f.line}, {"column", f.column}, {"reason_zh", f.reason.zh}, {"reason_en", f.reason.en}, {"value", f.value}}; }

json result_json(const check_result& r) {
    return {{"check", name_of(r.check)}, {"severity", name_of(r.severity)}, {"passed", r.passed}, {"rows", r.rows}, {"found_zh", shortened(r.found.zh, 199)}, {"found_en", shortened(r.found.en, 199)}};
}

json refused(const trouble& why) {
    const check_result r{check_kind::schema, severity::block, false, why.text};
    return {{"verdict", "refused"}, {"rows", 0}, {"taken", 0}, {"rejected", 0}, {"faulty", 0}, {"restated", 0}, {"results", json::array({result_json(r)})}, {"faults", json::array({fault_json({0, "", why.text, ""})})},
            {"schema_sha256", sha256_of("")}, {"rows_sha256", sha256_of("")}, {"engine", database::version()}};
}

/// "0.73 %" of how far two decimals are apart, in hundredths of a per cent; and that number.
std::pair<std::string, std::uint64_t> apart(const field_text& hundredths) {
    const auto n = hundredths ? static_cast<std::uint64_t>(std::min<long double>(std::stold(*hundredths), 1e15L)) : 0;
    return {fmt::format("{}.{:02} %", n / 100, n % 100), n};
}

}  // namespace

void worker::drop(const staged& s) {
    if (!s.table.empty()) db_->run("DROP TABLE IF EXISTS " + sql_name(s.table));
}

worker::staged worker::stage(const request& r, json& answer) {
    const auto& form = r.needs("plan");
    staged s;
    s.by = plan_from(form);
    s.from = r.day("from");
    s.until = r.day("until");
    if (s.until < s.from || s.until - s.from > days_max) request::wrong("until", "应不早于 from，最多 400 天", "not before from, and 400 days at most");
    ingest_request asked;
    asked.file = r.text("file");
    asked.from = s.from;
    asked.until = s.until;
    asked.hash_key = r.text_or("hash_key", "");
    asked.rejects = r.text_or("rejects", "");
    if (asked.hash_key.size() < 16 && std::any_of(s.by.columns.begin(), s.by.columns.end(), [](const plan_column& c) { return c.hashed(); }))
        request::wrong("hash_key", "有要散列的列，需要至少 16 字节的密钥", "a column is hashed, which needs a key of 16 bytes or more");
    s.table = fmt::format("staged_{}", ++next_);
    asked.table = s.table;
    s.file_sha256 = sha256_of_file(asked.file);
    s.token = sha256_of(fmt::format("{}\n{}\n{}\n{}\n{}", form.dump(), s.file_sha256, s.from, s.until, next_)).substr(0, 32);
    ingested made;
    db_->transaction([&] { made = ingest(*db_, s.by, asked); });
    auto& f = made.found;
    s.rows = f.taken;
    s.rows_sha256 = f.missing_columns.empty() ? made.rows_sha256 : sha256_of("");
    if (f.missing_columns.empty()) look_around(s, r, f);
    f.schema_changed = r.find("known_schema") && r.text("known_schema") != made.schema_sha256;
    const auto results = judged(s.by, f);
    const auto verdict = f.missing_columns.empty() ? verdict_of(results) : verdict::refused;
    json faults = json::array(), all = json::array();
    for (const auto& one : f.faults) faults.push_back(fault_json(one));
    for (const auto& one : results) all.push_back(result_json(one));
    answer = {{"verdict", name_of(verdict)}, {"rows", f.rows}, {"taken", f.taken}, {"rejected", f.rows - f.taken}, {"faulty", f.rows - f.taken + f.doubtful}, {"restated", f.restated}, {"results", std::move(all)}, {"faults", std::move(faults)},
              {"schema_sha256", made.schema_sha256}, {"rows_sha256", s.rows_sha256}, {"file_sha256", s.file_sha256}, {"engine", database::version()}};
    if (!asked.rejects.empty()) answer["has_rejects"] = made.any_rejects;
    if (!f.missing_columns.empty()) s.table.clear();
    return s;
}

/// What takes more than the file itself: other sets, earlier deliveries, and what the caller knows.
void worker::look_around(const staged& s, const request& r, findings& f) {
    const auto replaced = r.text_or("replaces", "");
    if (const auto* previous = r.find("previous"); previous && previous->is_array())
        for (const auto& one : *previous)
            if (one.is_string() && one.get<std::string>() == s.file_sha256) f.repeats = "SHA-256 " + s.file_sha256.substr(0, 12);
    if (f.taken > 0)
        if (const auto same = db_->one("SELECT delivery FROM (SELECT *, n AS _delivery FROM _deliveries) WHERE set_code = ? AND rows_sha256 = ? AND delivery <> ? AND " + live_rows({}) + " ORDER BY n LIMIT 1", {s.by.set, s.rows_sha256, r.text_or("delivery", "")})) f.repeats = *same;
    f.late_minutes = r.number_if("late_minutes");
    f.grace_minutes = s.by.grace_minutes;
    if (s.from == s.until) f.weekday = std::chrono::weekday(std::chrono::sys_days(std::chrono::days(s.from))).iso_encoding();
    if (const auto* volumes = r.find("volumes"); volumes && volumes->is_array())
        for (const auto& v : *volumes)
            if (v.is_object()) f.volumes.push_back({static_cast<unsigned>(request(v).number_if("weekday").value_or(0)), static_cast<std::uint64_t>(std::max<std::int64_t>(request(v).number("rows"), 0))});
    const auto staged_name = sql_name(s.table);
    if (const auto own = store_->set(s.by.set)) {
        std::string same;
        for (const auto& c : s.by.columns) {
            if (!c.key || !c.stored()) continue;
            const auto* known = own->find(c.code);
            same = !known || known->is_number != c.is_number() ? "FALSE" : same + (same.empty() ? "" : " AND ") + "a." + sql_name(c.code) + " = b." + sql_name(c.code);
            if (same == "FALSE") break;
        }
        if (!same.empty() && same != "FALSE") {
            const auto rows = db_->all("SELECT count(*), min((SELECT delivery FROM _deliveries d WHERE d.n = b._delivery)) FROM " + staged_name + " a JOIN (SELECT * FROM " + set_table(s.by.set) + " WHERE " + live_rows({}) +
                                           " AND _delivery NOT IN (SELECT n FROM _deliveries WHERE delivery = ?)) b ON " + same, {replaced});
            f.already = std::stoull(*rows[0][0]);
            f.already_by = rows[0][1].value_or("");
        }
    }
    f.restated = restated_by(s, replaced);
    const auto& references = s.by.check(check_kind::references);
    if (const auto other = references.against.empty() || references.severity == severity::off ? std::nullopt : store_->set(references.against)) {
        for (const auto& c : s.by.columns) {
            const auto* there = c.stored() && c.role == column_role::dimension ? other->find(c.code) : nullptr;
            if (!there || there->code != c.code) continue;
            const auto name = sql_name(c.code);
            const auto rows = db_->all("SELECT count(DISTINCT " + name + "), min(CAST(" + name + " AS VARCHAR)) FROM " + staged_name + " WHERE " + name + " IS NOT NULL AND CAST(" + name + " AS VARCHAR) NOT IN (SELECT CAST(" + name +
                                       " AS VARCHAR) FROM " + set_table(other->code) + " WHERE " + name + " IS NOT NULL AND " + live_rows({}) + ")");
            f.references.push_back({c.name, std::stoull(*rows[0][0]), rows[0][1].value_or("")});
        }
    }
    const auto& reconciled = s.by.check(check_kind::reconciliation);
    if (const auto other = reconciled.against.empty() || reconciled.severity == severity::off ? std::nullopt : store_->set(reconciled.against)) {
        for (const auto& c : s.by.columns) {
            const auto* there = c.stored() && c.is_number() && c.role == column_role::field && c.nature != nature::ratio ? other->find(c.code) : nullptr;
            if (!there || there->code != c.code || !there->is_number || there->unit != c.unit) continue;
            const auto name = sql_name(c.code);
            const auto days = fmt::format("CAST({} AS DATE) BETWEEN DATE '{}' AND DATE '{}'", sql_name(other->day().code), day_text(s.from), day_text(s.until));
            const auto rows = db_->all("SELECT a, b, CASE WHEN a = b THEN 0 WHEN b = 0 THEN 1000000 ELSE ceil(abs(a - b) * 10000.0 / abs(b)) END FROM (SELECT coalesce((SELECT sum(" + name + ") FROM " + staged_name + "), 0) a, coalesce((SELECT sum(" + name +
                                       ") FROM " + set_table(other->code) + " WHERE " + days + " AND " + live_rows({}) + "), 0) b)");
            const auto [text, hundredths] = apart(rows[0][2]);
            f.totals.push_back({c.name, *rows[0][0], *rows[0][1], hundredths <= reconciled.limit.value_or(50), text});
        }
    }
}

/// Rows that are there and were not, or were there and are not, whichever are more: a row that was changed is one of each.
std::uint64_t worker::restated_by(const staged& s, const std::string& replaced) {
    const auto before = replaced.empty() ? std::nullopt : db_->one("SELECT n FROM _deliveries WHERE delivery = ?", {replaced});
    const auto own = store_->set(s.by.set);
    if (!before || !own) return 0;
    std::string list;
    for (const auto& c : s.by.columns)
        if (c.stored() && own->find(c.code)) list += (list.empty() ? "" : ", ") + sql_name(c.code);
    const auto now = "SELECT " + list + " FROM " + sql_name(s.table), then = "SELECT " + list + " FROM " + set_table(s.by.set) + " WHERE _delivery = " + *before;
    const auto differ = [&](const std::string& a, const std::string& b) { return static_cast<std::uint64_t>(db_->number("SELECT count(*) FROM (" + a + " EXCEPT ALL " + b + ")")); };
    return std::max(differ(now, then), differ(then, now));
}

json worker::check(const request& r) {
    json made;
    try {
        auto s = stage(r, made);
        if (made["verdict"] == name_of(verdict::refused)) {
            drop(s);
            return made;
        }
        made["prepared"] = s.token;
        staged_.push_back(std::move(s));
        if (staged_.size() > staged_max) {
            drop(staged_.front());
            staged_.pop_front();
        }
    } catch (const trouble& why) {
        // What can't be read is refused; a plan or a request that is wrong is not the file's fault.
        if (why.code != "unreadable" && why.code != "too_large") throw;
        return refused(why);
    }
    return made;
}

json worker::load(const request& r) {
    delivered what;
    what.delivery = r.text("delivery");
    what.collection = r.text("collection");
    what.position = r.number("position");
    what.replaces = r.text_or("replaces", "");
    const auto token = r.text_or("token", "");
    auto at = std::find_if(staged_.begin(), staged_.end(), [&](const staged& s) { return s.token == token; });
    if (const auto before = store_->find(what.delivery)) {
        if (at != staged_.end()) {
            drop(*at);
            staged_.erase(at);
        }
        return {{"rows", before->rows}, {"rows_sha256", before->rows_sha256}, {"already", true}};
    }
    if (at == staged_.end() && !r.find("plan")) throw trouble("not_found", "没有这份已检查的数据：请重新检查，或附上计划和文件", "nothing is prepared under this token: check again, or give the plan and the file");
    json made;
    const bool again = at == staged_.end();
    auto s = again ? stage(r, made) : *at;
    if (s.table.empty()) throw trouble("refused", "这份文件不能载入：" + made["results"][0]["found_zh"].get<std::string>(), "this file can't be loaded: " + made["results"][0]["found_en"].get<std::string>());
    what.from = r.day_if("from").value_or(s.from);
    what.until = r.day_if("until").value_or(s.until);
    what.rows = s.rows;
    what.rows_sha256 = s.rows_sha256;
    what.file_sha256 = s.file_sha256;
    try {
        make_room(*db_, s.by, s.table);
        store_->load(s.by, s.table, what);
    } catch (...) {
        if (again) drop(s);
        throw;
    }
    if (!again) staged_.erase(at);
    return {{"rows", what.rows}, {"rows_sha256", what.rows_sha256}};
}

}  // namespace data_worker
