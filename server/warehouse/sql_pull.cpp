#include "server/warehouse/sql_pull.hpp"

#include "server/warehouse/sql_text.hpp"

#include <algorithm>

namespace server::warehouse {
namespace {

constexpr std::string_view sqlite = "sqlite:";

bool is_postgresql(const std::string& to) { return to.starts_with("postgresql://") || to.starts_with("postgres://"); }

bool is_name(std::string_view text) {
    constexpr std::size_t bytes_most = 64;
    return !text.empty() && text.size() <= bytes_most &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

}  // namespace

connections read_connections(const std::vector<std::string>& listed) {
    connections all;
    // By its name alone, as an address may have a password in it that nobody is to read.
    const auto fault = [&](const std::string& name, const std::string& zh, const std::string& en) {
        all.fault_zh = "连接 " + name + "：" + zh;
        all.fault_en = "the connection " + name + ": " + en;
        return all;
    };
    std::size_t number = 0;
    for (const auto& one : listed) {
        ++number;
        const auto equals = one.find('=');
        const auto name = one.substr(0, std::min(equals, one.size()));
        if (equals == one.npos || !is_name(name))
            return fault("#" + std::to_string(number), "应形如 名称=sqlite:/路径 或 名称=postgresql://…；名称只含字母、数字、_ 和 -", "it has to look like name=sqlite:/path or name=postgresql://…; a name has letters, digits, _ and - alone");
        const auto to = one.substr(equals + 1);
        if (to.starts_with(sqlite)) {
            if (to.size() == sqlite.size() || to[sqlite.size()] != '/') return fault(name, "sqlite: 之后应为以 / 开头的路径", "a path from / on has to follow sqlite:");
        } else if (is_postgresql(to)) {
            if (const auto [zh, en] = detail::fault_in_postgresql(to); !en.empty()) return fault(name, zh, en);
        } else {
            return fault(name, "应为 sqlite:/路径 或 postgresql://…", "it takes sqlite:/path or postgresql://…");
        }
        if (!all.by_name.emplace(name, to).second) return fault(name, "重复", "it is there twice");
    }
    return all;
}

void pull_by_query(const std::string& connection, const sql_question& what, const sql_pull_limits& within, pulled_file& to, const std::stop_token& stop) {
    if (!begins_as_query(what.query)) throw pull_failed("只接受查询（SELECT）", "only a query (SELECT) is taken");
    if (connection.starts_with(sqlite)) detail::pull_from_sqlite(connection.substr(sqlite.size()), what, within, to, stop);
    else detail::pull_from_postgresql(connection, what, within, to, stop);
}

}  // namespace server::warehouse
