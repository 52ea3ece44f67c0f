#include "server/data_worker/ingest.hpp"

#include "server/data_worker/cast.hpp"
#include "server/data_worker/days.hpp"
#include "server/data_worker/digest.hpp"
#include "server/data_worker/engine/appender.hpp"
#include "server/data_worker/reading/table.hpp"
#include "server/data_worker/rejects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace data_worker {
namespace {

constexpr std::size_t unknown_values_max = 20;
constexpr std::int64_t a_day = 86'400'000'000;

struct value {
    enum class is { missing, text, decimal, day, moment } kind = is::missing;
    std::string_view text;
    int128 units = 0;
    std::int64_t time = 0;
};

std::int32_t day_of(std::int64_t moment) { return static_cast<std::int32_t>(moment / a_day - (moment % a_day < 0 ? 1 : 0)); }

/// Columns whose values are not to be repeated.
std::vector<bool> hidden_in(const plan& by, const heading& h) {
    std::vector<bool> hidden(h.names.size());
    for (std::size_t i = 0; i < by.columns.size(); ++i)
        if (by.columns[i].personal && h.at[i]) hidden[*h.at[i]] = true;
    return hidden;
}

class ingester {
public:
    ingester(database& into, const plan& by, const ingest_request& asked, const table& from) : plan_(by), asked_(asked), headings_(from.headings()), rejects_(asked.rejects, headings_.names, hidden_in(by, headings_)), day_(by.day_column()) {
        found_.columns.resize(by.columns.size());
        values_.resize(by.columns.size());
        hashes_.resize(by.columns.size());
        std::string columns;
        std::vector<appended_column> appended;
        for (const auto& c : by.columns) {
            if (!c.stored()) continue;
            columns += sql_name(c.code) + " " + sql_type(c) + ", ";
            appended.push_back({c.is_number() ? column_kind::decimal : c.hashed() ? column_kind::text : c.type == column_type::day ? column_kind::day : c.type == column_type::moment ? column_kind::moment : column_kind::text, c.places, c.wide});
        }
        line_ = appended.size();
        appended.push_back({column_kind::whole});
        // Temporary: what is staged is checked again after a restart, and need not be written twice.
        into.run("CREATE TEMP TABLE " + sql_name(asked.table) + " (" + columns + "_line BIGINT)");
        to_.emplace(into, asked.table, appended);
        days_.resize(static_cast<std::size_t>(asked.until - asked.from) + 1);
    }

    void take(const record& row) {
        ++found_.rows;
        is_doubtful_ = false;
        if (row.bad) return reject(row, row.bad_column < headings_.names.size() ? headings_.names[row.bad_column] : std::string(), *row.bad, {}), void(++found_.bad_rows);
        for (std::size_t i = 0; i < plan_.columns.size(); ++i)
            if (!read(row, i)) return;
        for (std::size_t i = 0; i < plan_.columns.size(); ++i)
            if (!holds(row, i)) return;
        store(row.line);
    }

    /// Before the table is looked at.
    void close() {
        if (to_) to_->close();
        to_.reset();
    }
    rejects_file& rejects() { return rejects_; }
    /// Columns with a number that they have no room for: nothing that was stored is of use.
    const std::set<std::size_t>& too_narrow() const { return too_narrow_; }
    /// Whether the row of a line was taken, and has a value that is doubtful.
    bool is_doubtful(std::uint64_t line) const { return line < doubtful_.size() && doubtful_[line]; }

    ingested finish() {
        close();
        found_.days_expected = days_.size();
        if (!plan_.every_day) found_.days_expected = 1;
        const bool none = std::find(days_.begin(), days_.end(), true) == days_.end();
        for (std::size_t d = 0; d < days_.size(); ++d)
            if (!days_[d] && (plan_.every_day || (none && d + 1 == days_.size()))) found_.empty_days.push_back(day_text(asked_.from + static_cast<std::int32_t>(d)));
        ingested made;
        made.found = std::move(found_);
        return made;
    }

private:
    std::string_view given(const record& row, std::size_t i) const {
        const auto at = headings_.at[i];
        return at && *at < row.size() ? row[*at] : std::string_view();
    }

    void reject(const record& row, const std::string& column, const said& why, std::string_view value) {
        if (found_.faults.size() < faults_max) found_.faults.push_back({row.line, column, why, shortened(value)});
        rejects_.add(row, column, why);
    }

    bool fails(const record& row, std::size_t i, const said& why) {
        const auto& c = plan_.columns[i];
        // What is personal is not repeated in what people read of a delivery.
        reject(row, c.name, why, c.personal ? std::string_view() : given(row, i));
        return false;
    }

    template <class T>
    bool cast_failed(const record& row, std::size_t i, const cast<T>& made) {
        if (!made.why) return false;
        ++found_.bad_rows;
        fails(row, i, *made.why);
        return true;
    }

    /// A workbook's number in a column of days.
    cast<std::int64_t> moment(const record& row, std::size_t i, std::string_view text) const {
        if (row.is_number(*headings_.at[i]) && text.size() < 8) return moment_of_serial(text, false);
        if (plan_.columns[i].type == column_type::moment) {
            if (row.is_number(*headings_.at[i]) && text.find('.') != text.npos) return moment_of_serial(text, false);
            return cast_moment(text);
        }
        const auto day = cast_day(text);
        return {day.value ? std::optional(*day.value * a_day) : std::nullopt, day.why};
    }

    bool read(const record& row, std::size_t i) {
        const auto& c = plan_.columns[i];
        auto& v = values_[i];
        v.kind = value::is::missing;
        if (!c.stored() && !c.required) return true;
        const auto text = trimmed(given(row, i));
        if (text.empty()) return true;
        if (c.personal) {
            if (c.hashed()) hashes_[i] = keyed_sha256(asked_.hash_key, text);
            v.kind = value::is::text;
            v.text = hashes_[i];
            return true;
        }
        switch (c.type) {
            case column_type::whole: case column_type::decimal: case column_type::percent: {
                const auto made = cast_decimal(text, c.places, c.type == column_type::percent);
                if (cast_failed(row, i, made)) return false;
                if (made.value) v.kind = value::is::decimal, v.units = *made.value;
                break;
            }
            case column_type::day: case column_type::moment: {
                const auto made = moment(row, i, text);
                if (cast_failed(row, i, made)) return false;
                if (made.value) v.kind = c.type == column_type::day ? value::is::day : value::is::moment, v.time = *made.value;
                break;
            }
            case column_type::yes_no: {
                const auto made = cast_yes_no(text);
                if (cast_failed(row, i, made)) return false;
                if (made.value) v.kind = value::is::text, v.text = *made.value;
                break;
            }
            case column_type::text:
                v.kind = value::is::text;
                v.text = text;
                break;
        }
        return true;
    }

    bool holds(const record& row, std::size_t i) {
        const auto& c = plan_.columns[i];
        const auto& v = values_[i];
        auto& f = found_.columns[i];
        if (v.kind == value::is::missing) {
            if (i == day_) return ++found_.bad_rows, fails(row, i, {"缺少日期", "the day is missing"});
            if (c.key) return ++found_.key_missing, fails(row, i, {"缺少主键", "a part of the key is missing"});
            ++f.missing;
            return true;
        }
        if (i == day_ && (day_of(v.time) < asked_.from || day_of(v.time) > asked_.until))
            return ++found_.off_days, fails(row, i, {"日期不在本次交付的期间内", "the day is not one that this delivery is for"});
        if (v.kind == value::is::decimal && (c.least || c.most || c.hard_least || c.hard_most)) {
            bound units = v.units;
            for (unsigned n = c.places; n < 6; ++n) units *= 10;
            if ((c.hard_least && units < *c.hard_least) || (c.hard_most && units > *c.hard_most)) return ++f.outside_hard, fails(row, i, {"超出限度", "it is past the limit"});
            if ((c.least && units < *c.least) || (c.most && units > *c.most)) ++f.outside, is_doubtful_ = true;
        }
        if (!c.values.empty() && !c.hashed() && v.kind == value::is::text && !std::binary_search(c.values.begin(), c.values.end(), v.text)) {
            ++f.unknown;
            is_doubtful_ = true;
            auto& known = f.unknown_values;
            if (known.size() < unknown_values_max && std::find(known.begin(), known.end(), v.text) == known.end()) known.emplace_back(shortened(v.text, 40));
        }
        return true;
    }

    void store(std::uint64_t line) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < plan_.columns.size(); ++i) {
            if (!plan_.columns[i].stored()) continue;
            const auto& v = values_[i];
            switch (v.kind) {
                case value::is::missing: break;
                case value::is::text: to_->text(at, v.text); break;
                case value::is::decimal:
                    if (plan_.columns[i].wide || is_narrow(v.units)) to_->decimal(at, v.units);
                    else too_narrow_.insert(i);
                    break;
                case value::is::day: to_->day(at, day_of(v.time)); break;
                case value::is::moment: to_->moment(at, v.time); break;
            }
            ++at;
        }
        to_->whole(line_, static_cast<std::int64_t>(line));
        to_->end_row();
        days_[static_cast<std::size_t>(day_of(values_[day_].time) - asked_.from)] = true;
        ++found_.taken;
        if (!is_doubtful_) return;
        ++found_.doubtful;
        if (doubtful_.size() <= line) doubtful_.resize(line + 1);
        doubtful_[line] = true;
    }

    const plan& plan_;
    const ingest_request& asked_;
    const heading& headings_;
    rejects_file rejects_;
    std::size_t day_, line_ = 0;
    findings found_;
    std::vector<value> values_;
    std::vector<std::string> hashes_;
    std::vector<bool> days_;
    bool is_doubtful_ = false;    ///< the row that is looked at
    std::vector<bool> doubtful_;  ///< by line
    std::set<std::size_t> too_narrow_;
    std::optional<appender> to_;
};

std::string schema_of(const plan& by, const heading& h) {
    std::string all;
    for (std::size_t at = 0; at < h.names.size(); ++at) {
        all += h.names[at] + "\t";
        for (std::size_t i = 0; i < by.columns.size(); ++i)
            if (h.at[i] == at) all += by.columns[i].code + "\t" + name_of(by.columns[i].type);
        all += "\n";
    }
    return sha256_of(all);
}

std::string key_list(const plan& by) {
    std::string all;
    for (const auto& c : by.columns)
        if (c.key) all += (all.empty() ? "" : ", ") + sql_name(c.code);
    return all;
}

struct digest_of_rows {
    std::string sha256;
    bool doubles = false;  ///< two rows have the same key
};

/// In the order of the key, in which rows of the same one stand together.
digest_of_rows digest_of(database& in, const plan& by, const std::string& table) {
    std::vector<const plan_column*> columns;
    for (const auto& c : by.columns)
        if (c.stored()) columns.push_back(&c);
    std::sort(columns.begin(), columns.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
    std::string list, text;
    for (const auto* c : columns) {
        list += (list.empty() ? "" : ", ") + sql_name(c->code);
        text += c->code + "\n";
    }
    const auto key = key_list(by);
    digest_of_rows made;
    sha256 all;
    auto rows = in.ask("SELECT " + list + " FROM " + sql_name(table) + " ORDER BY " + (key.empty() ? list : key), {}, true);
    text_row before(columns.size());
    for (text_row row; rows.next(row); std::swap(row, before)) {
        bool same = !key.empty();
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto& v = row[i];
            same = same && (!columns[i]->key || v == before[i]);
            // With its length before it, so that no two rows read alike.
            if (v) {
                char length[20];
                text.append(length, std::to_chars(length, length + sizeof length, v->size()).ptr);
                text += ':';
                text += *v;
            } else {
                text += '-';
            }
        }
        made.doubles = made.doubles || same;
        text += '\n';
        if (text.size() > (1u << 16)) {
            all.add(text);
            text.clear();
        }
    }
    all.add(text);
    made.sha256 = all.hex();
    return made;
}

/// Of each key the first row stays; the others are rejected.
void reject_doubles(database& in, const plan& by, const ingest_request& asked, findings& found, ingester& all) {
    const auto key = key_list(by), name = sql_name(asked.table);
    const auto different = in.number("SELECT count(*) FROM (SELECT DISTINCT " + key + " FROM " + name + ")");
    found.doubles = found.taken - static_cast<std::uint64_t>(different);
    in.run("CREATE TEMP TABLE doubles AS SELECT _line, first FROM (SELECT _line, min(_line) OVER (PARTITION BY " + key + ") AS first FROM " + name + ") WHERE _line > first");
    std::string names;
    for (const auto& c : by.columns)
        if (c.key) names += (names.empty() ? "" : ", ") + c.name;
    auto rows = in.ask("SELECT _line, first FROM doubles ORDER BY _line");
    std::size_t told = 0;
    for (text_row row; rows.next(row);) {
        const said why{"主键与第 " + *row[1] + " 行重复", "the key is that of line " + *row[1]};
        const auto line = std::stoull(*row[0]);
        if (told++ < faults_max) found.faults.push_back({line, names, why, {}});
        all.rejects().add(line, names, why);
        if (all.is_doubtful(line)) --found.doubtful;  // it is rejected, and counted as that
    }
    in.run("DELETE FROM " + name + " WHERE _line IN (SELECT _line FROM doubles)");
    in.run("DROP TABLE doubles");
    found.taken -= found.doubles;
}

}  // namespace

std::string sql_type(const plan_column& c) {
    if (c.is_number()) return fmt::format("DECIMAL({},{})", c.wide ? wide_digits : narrow_digits, c.places);
    if (c.hashed()) return "VARCHAR";
    return c.type == column_type::day ? "DATE" : c.type == column_type::moment ? "TIMESTAMP" : "VARCHAR";
}

std::string shortened(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    for (std::size_t n = 0; at < text.size(); ++at)
        if ((text[at] & 0xC0) != 0x80 && n++ == characters) break;
    return at < text.size() ? std::string(text.substr(0, at)) + "…" : std::string(text);
}

ingested ingest(database& into, plan& by, const ingest_request& asked) {
    std::optional<table> from;
    from.emplace(asked.file, by);
    ingested made;
    for (bool again = from->headings().missing.empty(); again;) {
        ingester all(into, by, asked, *from);
        for (record row; from->next(row);) all.take(row);
        made = all.finish();
        again = !all.too_narrow().empty();
        if (again) { // few deliveries have such numbers: they are read twice
            for (const auto i : all.too_narrow()) by.columns[i].wide = true;
            into.run("DROP TABLE " + sql_name(asked.table));
            from.emplace(asked.file, by);
            continue;
        }
        auto digest = digest_of(into, by, asked.table);
        if (digest.doubles) { // most deliveries have none
            reject_doubles(into, by, asked, made.found, all);
            digest = digest_of(into, by, asked.table);
        }
        made.rows_sha256 = std::move(digest.sha256);
        made.any_rejects = all.rejects().any();
    }
    const auto& h = from->headings();
    if (!h.missing.empty()) {
        made.found.columns.resize(by.columns.size());
        for (const auto& name : h.missing) made.found.faults.push_back({h.line, name, {"缺少这一列", "this column is missing"}, {}});
    }
    auto& f = made.found;
    f.missing_columns = h.missing;
    f.more_columns = h.more;
    f.moved_columns = h.moved;
    made.schema_sha256 = schema_of(by, h);
    std::stable_sort(f.faults.begin(), f.faults.end(), [](const fault& a, const fault& b) { return a.line < b.line; });
    if (f.faults.size() > faults_max) f.faults.resize(faults_max);
    return made;
}

}  // namespace data_worker
