#pragma once
// A plan of collection (F14), as the worker needs it: how a file is read, what its columns are, and what holds of a delivery.

#include "server/data_worker/engine/int128.hpp"
#include "server/data_worker/trouble.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace data_worker {

enum class column_type { text, whole, decimal, percent, day, moment, yes_no };
enum class column_role { day, field, dimension, label, ignored };
enum class nature { flow, stock, ratio };
enum class treatment { keep, hash, drop };
enum class file_type { csv, xlsx };
enum class text_encoding { utf8, gb18030, utf16le, utf16be };
enum class check_kind { freshness, completeness, schema, key, repeated, range, values, references, volume, reconciliation };
enum class severity { off, warn, block };
constexpr std::size_t check_kinds = 10;

const char* name_of(column_type);
const char* name_of(column_role);
const char* name_of(nature);
const char* name_of(text_encoding);
const char* name_of(check_kind);
const char* name_of(severity);

/// A bound, in units of 10^-6: as exact as any column is.
using bound = int128;

struct plan_column {
    std::string name, code;
    column_type type = column_type::text;
    column_role role = column_role::label;
    std::string unit;
    data_worker::nature nature = data_worker::nature::flow;
    unsigned places = 0;
    bool key = false, required = false, personal = false;
    bool wide = false;  ///< kept as a decimal of 38 digits and not of 18: no plan says so, what was delivered does
    data_worker::treatment treatment = data_worker::treatment::keep;
    std::optional<bound> least, most, hard_least, hard_most;
    std::vector<std::string> values;

    /// Kept in the set's table.
    bool stored() const { return role != column_role::ignored && !(personal && treatment == data_worker::treatment::drop); }
    bool hashed() const { return personal && treatment == data_worker::treatment::hash; }
    bool is_number() const { return !hashed() && (type == column_type::whole || type == column_type::decimal || type == column_type::percent); }
};

struct reading_rules {
    file_type type = file_type::csv;
    text_encoding encoding = text_encoding::utf8;
    char separator = ',';
    unsigned skip = 0, skip_end = 0;
    std::string sheet;
};

struct plan_check {
    data_worker::severity severity = data_worker::severity::warn;
    std::optional<std::uint64_t> limit;
    std::string against;
};

struct plan {
    std::string set;
    reading_rules reading;
    std::vector<plan_column> columns;
    plan_check checks[check_kinds];
    bool every_day = true;  ///< each day of a delivery's time has rows; false: of working days alone
    std::uint64_t grace_minutes = 120;
    std::uint64_t version = 0;

    const plan_check& check(check_kind k) const { return checks[static_cast<std::size_t>(k)]; }
    std::size_t day_column() const;
};

/// Throws `trouble` (bad_plan) that says which field.
plan plan_from(const nlohmann::json& form);

/// Lower-case letters, digits and _, from a letter: what a name in SQL is made of.
bool is_code(const std::string& text);

}  // namespace data_worker
