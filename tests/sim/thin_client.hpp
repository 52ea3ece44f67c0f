#pragma once
// A client that keeps the rows of a list and folds nothing: a snapshot, then rows by id, and what is gone.

#include "tests/sim/watcher.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sim {

using ids = std::set<std::uint64_t>;
using rows_by_id = std::map<std::uint64_t, json>;

inline constexpr feed board{feed_kind::board, 0};
inline constexpr feed channels{feed_kind::channels, 0};

inline ids ids_of(const rows_by_id& rows) {
    ids all;
    for (const auto& [id, row] : rows) all.insert(id);
    return all;
}

inline rows_by_id by_id(const json& rows) {
    rows_by_id all;
    for (const auto& row : rows) all[row.at("id")] = row;
    return all;
}

/// What it holds by what it was told so far.
inline rows_by_id rows_held(const watcher& w, const std::string& name) {
    rows_by_id all;
    for (const auto& l : w.lines) {
        if (l.value("feed", "") != name) continue;
        if (l.at("type") == "snapshot") {
            all = by_id(l.at("data").at("items"));
        } else if (l.at("type") == "events") {
            for (const auto& row : l.at("rows")) all[row.at("id")] = row;
            for (const auto& id : l.value("gone", json::array())) all.erase(id.get<std::uint64_t>());
        }
    }
    return all;
}
inline ids held(const watcher& w, const std::string& name) { return ids_of(rows_held(w, name)); }

/// Everything that it was told is gone, in order.
inline std::vector<std::uint64_t> told_gone(const watcher& w, const std::string& name) {
    std::vector<std::uint64_t> all;
    for (const auto& l : w.of("events", name))
        for (const auto& id : l.value("gone", json::array())) all.push_back(id);
    return all;
}

/// What somebody may see now.
inline rows_by_id rows_visible(room& r, std::uint64_t who, const feed& f) {
    const wire::page all{.limit = 100'000};
    const auto page = f.kind == feed_kind::board ? r.read.tasks({who}, {}, false, all) : r.read.channels({who}, all);
    return by_id(json::parse(std::get<wire::document>(page).body).at("items"));
}
inline ids visible(room& r, std::uint64_t who, const feed& f) { return ids_of(rows_visible(r, who, f)); }

}  // namespace sim
