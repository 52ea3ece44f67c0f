#pragma once
// The rows of a query in somebody else's database (S4.1.2, way "query"), as CSV. It only reads: in a transaction that can't write, of one
// statement, within time, rows and bytes.
//
// Connections are named in the configuration: "shop=sqlite:/srv/shop.db", "orders=postgresql://reader@db.example.com/orders?sslmode=verify-full".
// No password is in there: libpq finds it by its own means (passfile, PGPASSFILE, a service).

#include "events/catalog/value.hpp"
#include "server/warehouse/pulled_file.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace server::warehouse {

struct sql_question {
    std::string query;  ///< with :from and :until
    events::date from{};
    events::date until{};
    std::chrono::minutes utc_offset{0};  ///< of the department
};

struct sql_pull_limits {
    std::chrono::seconds ends_within{120};
    std::uint64_t rows_max = 10'000'000;
};

/// The connections by name, of what the configuration lists; `fault`, in both languages, where one of them is none.
struct connections {
    std::map<std::string, std::string> by_name;
    std::string fault_zh, fault_en;
};
connections read_connections(const std::vector<std::string>& listed);

/// Blocks; throws pull_failed, also where it was told to stop, and what pulled_file does. Any thread.
void pull_by_query(const std::string& connection, const sql_question& what, const sql_pull_limits& within, pulled_file& to, const std::stop_token& stop);

namespace detail {
void pull_from_sqlite(const std::string& file, const sql_question& what, const sql_pull_limits& within, pulled_file& to, const std::stop_token& stop);
void pull_from_postgresql(const std::string& uri, const sql_question& what, const sql_pull_limits& within, pulled_file& to, const std::stop_token& stop);
/// What is wrong with such an address, as far as it is known here; empty: nothing.
std::pair<std::string, std::string> fault_in_postgresql(const std::string& uri);
}  // namespace detail

}  // namespace server::warehouse
