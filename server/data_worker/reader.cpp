#include "server/data_worker/reader.hpp"

#include "server/data_worker/engine/database.hpp"
#include "server/data_worker/framing.hpp"
#include "server/data_worker/request.hpp"
#include "server/data_worker/statement.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>

namespace data_worker {
namespace {

constexpr std::size_t result_bytes_max = 32u << 20;

const char* name_of(column_kind k) {
    constexpr std::array names{"text", "number", "whole", "decimal", "day", "moment", "yes_no"};
    return names[static_cast<std::size_t>(k)];
}

parameters parameters_of(const request& r) {
    parameters all;
    const auto* given = r.find("params");
    if (!given) return all;
    if (!given->is_array() || given->size() > 100) request::wrong("params", "应为列表，最多 100 项", "a list is expected, of 100 at most");
    for (const auto& p : *given) {
        if (p.is_null()) all.emplace_back(std::monostate());
        else if (p.is_number_integer()) all.emplace_back(p.get<std::int64_t>());
        else if (p.is_string()) all.emplace_back(p.get<std::string>());
        else request::wrong("params", "应为文字、整数或 null（小数请写成文字）", "texts, whole numbers or null are expected (a decimal as text)");
    }
    return all;
}

json answer(const request& r) {
    const auto sql = r.text("sql");
    database_options how;
    how.path = r.text("snapshot");  // in the folder that this process was started in
    how.memory_mb = 512;
    how.threads = 1;
    how.read_only = true;
    database db(how);
    std::set<std::string> may_see, there_are;
    const auto& sets = r.needs("sets");
    if (!sets.is_array()) request::wrong("sets", "应为列表", "a list is expected");
    for (const auto& one : sets)
        if (one.is_string()) may_see.insert(one.get<std::string>());
    for (const auto& row : db.all("SELECT lower(table_name) FROM information_schema.tables")) there_are.insert(row[0].value_or(""));
    const auto read = see_what_it_reads(json::parse(db.one("SELECT json_serialize_sql(CAST(? AS VARCHAR))", {sql}).value_or("{}")), sql, may_see, there_are);
    auto rows = db.ask_untrusted(sql, parameters_of(r));
    json columns = json::array(), all = json::array();
    for (const auto& c : rows.columns()) columns.push_back({{"name", c.name}, {"type", name_of(c.kind)}});
    const auto most = static_cast<std::size_t>(r.number("rows_max"));
    bool more = false;
    std::size_t bytes = 0;
    for (text_row row; rows.next(row);) {
        if (all.size() == most) {
            more = true;
            break;
        }
        json one = json::array();
        for (const auto& v : row) {
            bytes += v ? v->size() + 8 : 8;
            one.push_back(v ? json(*v) : json());
        }
        if (bytes > result_bytes_max) throw trouble("limit", "结果过大：请少要一些行或列", "the result is too large: ask for fewer rows or columns");
        all.push_back(std::move(one));
    }
    return {{"columns", std::move(columns)}, {"rows", std::move(all)}, {"more", more}, {"sets", read}};
}

}  // namespace

int read_snapshot() {
    json made;
    const auto refuse = [&](const std::string& code, const std::string& zh, const std::string& en) { made = {{"error", {{"code", code}, {"zh", zh}, {"en", en}}}}; };
    try {
        const auto frame = read_frame(STDIN_FILENO);
        const auto asked = json::parse(frame.value_or(""), nullptr, false);
        if (!asked.is_object()) throw trouble("bad_request", "请求应为对象", "a request is an object");
        made["ok"] = answer(request(asked));
    } catch (const trouble& t) {
        refuse(t.code, t.text.zh, t.text.en);
    } catch (const std::bad_alloc&) {
        refuse("limit", "查询所需的内存超过了限额", "the query needs more memory than it may take");
    } catch (const std::exception&) {
        refuse("engine", "查询失败", "the query failed");
    }
    return write_frame(STDOUT_FILENO, made.dump(-1, ' ', false, json::error_handler_t::replace)) ? 0 : 1;
}

}  // namespace data_worker
