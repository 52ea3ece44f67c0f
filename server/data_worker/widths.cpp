#include "server/data_worker/widths.hpp"

#include "server/data_worker/ingest.hpp"
#include "server/data_worker/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace data_worker {
namespace {

struct kept {
    int digits = 0;
    unsigned places = 0;
};

std::map<std::string, kept> decimals_of(database& in, const std::string& set) {
    std::map<std::string, kept> all;
    for (const auto& row : in.all("SELECT column_name, numeric_precision, numeric_scale FROM duckdb_columns() WHERE table_name = ? AND schema_name = 'main' AND NOT internal AND data_type LIKE 'DECIMAL%'", {"set_" + set}))
        all[*row[0]] = {std::stoi(*row[1]), static_cast<unsigned>(std::stoul(*row[2]))};
    return all;
}

/// With so many places a narrow column has room for all of them.
bool fits(database& in, const std::string& table, const std::string& column, unsigned places) {
    const auto end = "1" + std::string(static_cast<std::size_t>(narrow_digits) - places, '0');
    return in.number(fmt::format("SELECT count(*) FROM {} WHERE abs({}) >= {}", table, column, end)) == 0;
}

}  // namespace

void make_room(database& in, plan& by, const std::string& staged) {
    const auto known = decimals_of(in, by.set);
    const auto table = set_table(by.set);
    for (auto& c : by.columns) {
        const auto at = known.find(c.code);
        if (!c.stored() || !c.is_number() || at == known.end()) continue;
        const auto [digits, before] = at->second;
        const auto name = sql_name(c.code);
        const auto places = std::max(c.places, before);
        c.wide = c.wide || digits > narrow_digits;
        if (!c.wide && c.places < places) c.wide = !fits(in, sql_name(staged), name, places);
        if (!c.wide && before < places) c.wide = !fits(in, table, name, places);
        // Where it gets more places it gets its width as well, when it is loaded.
        if (c.wide && digits <= narrow_digits && places == before) in.run(fmt::format("ALTER TABLE {} ALTER COLUMN {} TYPE DECIMAL({},{})", table, name, wide_digits, places));
    }
}

}  // namespace data_worker
