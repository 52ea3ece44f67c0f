#include "server/data_worker/days.hpp"
#include "server/data_worker/engine/database_impl.hpp"

#include <fmt/format.h>

#include <cstring>

namespace data_worker {
namespace {

using namespace duck;

struct prepared {
    duckdb_prepared_statement handle = nullptr;
    prepared() = default;
    prepared(const prepared&) = delete;
    prepared& operator=(const prepared&) = delete;
    ~prepared() {
        if (handle) duckdb_destroy_prepare(&handle);
    }
};

void bind(duckdb_prepared_statement to, const parameters& with) {
    if (duckdb_nparams(to) != with.size())
        throw trouble("bad_request", fmt::format("语句有 {} 个参数，给出了 {} 个", duckdb_nparams(to), with.size()), fmt::format("the statement has {} parameters, and {} were given", duckdb_nparams(to), with.size()));
    for (std::size_t i = 0; i < with.size(); ++i) {
        const auto at = i + 1;
        const bool bad = std::visit([&](const auto& v) {
            using T = std::decay_t<decltype(v)>;
            if constexpr (std::is_same_v<T, std::monostate>) return duckdb_bind_null(to, at);
            else if constexpr (std::is_same_v<T, std::int64_t>) return duckdb_bind_int64(to, at, v);
            else return duckdb_bind_varchar_length(to, at, v.data(), v.size());
        }, with[i]) != 0;
        if (bad) throw trouble("bad_request", fmt::format("第 {} 个参数不适用", at), fmt::format("parameter {} does not fit", at));
    }
}

int128 joined(const duckdb_hugeint& h) { return static_cast<int128>((static_cast<uint128>(static_cast<std::uint64_t>(h.upper)) << 64) | h.lower); }

}  // namespace

struct rows_read::impl {
    struct about {
        std::int32_t type = 0;
        std::uint8_t scale = 0;
        std::int32_t stored = 0;
    };

    duckdb_result result{};
    bool open = false;
    duckdb_data_chunk chunk = nullptr;
    std::uint64_t size = 0, at = 0;
    std::vector<result_column> columns;
    std::vector<about> types;
    std::vector<const char*> data;
    std::vector<const std::uint64_t*> valid;

    impl() = default;
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;
    ~impl() {
        if (chunk) duckdb_destroy_data_chunk(&chunk);
        if (open) duckdb_destroy_result(&result);
    }

    void describe() {
        for (std::uint64_t c = 0; c < duckdb_column_count(&result); ++c) {
            auto type = duckdb_column_logical_type(&result, c);
            about a{duckdb_get_type_id(type)};
            if (a.type == decimal_) a.scale = duckdb_decimal_scale(type), a.stored = duckdb_decimal_internal_type(type);
            duckdb_destroy_logical_type(&type);
            types.push_back(a);
            columns.push_back({duckdb_column_name(&result, c), kind_of(a.type)});
        }
        data.resize(columns.size());
        valid.resize(columns.size());
    }

    static column_kind kind_of(std::int32_t type) {
        switch (type) {
            case boolean_: return column_kind::yes_no;
            case float_: case double_: return column_kind::number;
            case decimal_: return column_kind::decimal;
            case date_: return column_kind::day;
            case timestamp_: return column_kind::moment;
            case varchar_: return column_kind::text;
            case int8_: case int16_: case int32_: case int64_: case uint8_: case uint16_: case uint32_: case uint64_: case hugeint_: return column_kind::whole;
            default:
                throw trouble("refused", "结果中有不支持的类型：请在语句中转换为文字，如 CAST(x AS VARCHAR)", "the result has a type that is not given out: cast it in the statement, as in CAST(x AS VARCHAR)");
        }
    }

    bool fetch() {
        if (chunk) duckdb_destroy_data_chunk(&chunk);
        chunk = duckdb_fetch_chunk(result);
        if (!chunk) {
            if (const char* why = duckdb_result_error(&result); why && *why) engine_failed(why);
            return false;
        }
        size = duckdb_data_chunk_get_size(chunk);
        at = 0;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            auto* vector = duckdb_data_chunk_get_vector(chunk, c);
            data[c] = static_cast<const char*>(duckdb_vector_get_data(vector));
            valid[c] = duckdb_vector_get_validity(vector);
        }
        return size > 0;
    }

    template <class T>
    T value(std::size_t column) const {
        T v;
        std::memcpy(&v, data[column] + at * sizeof(T), sizeof(T));
        return v;
    }

    /// Into what is there, as most fields are as long as that of the row before.
    void text(std::size_t c, field_text& into) const {
        if (types[c].type != varchar_) {
            into = made_text(c);
            return;
        }
        const auto s = value<duckdb_string_t>(c);
        constexpr std::uint32_t inlined = 12;
        const char* from = s.length <= inlined ? data[c] + at * sizeof(duckdb_string_t) + sizeof s.length : s.pointer;
        if (into) into->assign(from, s.length);
        else into.emplace(from, s.length);
    }

    std::string made_text(std::size_t c) const {
        const auto& t = types[c];
        switch (t.type) {
            case boolean_: return value<std::uint8_t>(c) ? "true" : "false";
            case int8_: return std::to_string(value<std::int8_t>(c));
            case int16_: return std::to_string(value<std::int16_t>(c));
            case int32_: return std::to_string(value<std::int32_t>(c));
            case int64_: return std::to_string(value<std::int64_t>(c));
            case uint8_: return std::to_string(value<std::uint8_t>(c));
            case uint16_: return std::to_string(value<std::uint16_t>(c));
            case uint32_: return std::to_string(value<std::uint32_t>(c));
            case uint64_: return std::to_string(value<std::uint64_t>(c));
            case float_: return fmt::format("{}", value<float>(c));
            case double_: return fmt::format("{}", value<double>(c));
            case date_: return day_text(value<std::int32_t>(c));
            case timestamp_: return moment_text(value<std::int64_t>(c));
            case hugeint_: return decimal_text(joined(value<duckdb_hugeint>(c)), 0);
            case decimal_: return decimal_text(t.stored == int16_ ? value<std::int16_t>(c) : t.stored == int32_ ? value<std::int32_t>(c) : t.stored == int64_ ? value<std::int64_t>(c) : joined(value<duckdb_hugeint>(c)), t.scale);
            default: return {};
        }
    }
};

rows_read::rows_read(std::unique_ptr<impl> from) : impl_(std::move(from)) {}
rows_read::rows_read(rows_read&&) noexcept = default;
rows_read::~rows_read() = default;

const std::vector<result_column>& rows_read::columns() const { return impl_->columns; }

bool rows_read::next(text_row& row) {
    auto& in = *impl_;
    while (in.at >= in.size)
        if (!in.fetch()) return false;
    row.resize(in.columns.size());
    for (std::size_t c = 0; c < row.size(); ++c) {
        const bool there = !in.valid[c] || (in.valid[c][in.at / 64] >> (in.at % 64) & 1);
        if (there) in.text(c, row[c]);
        else row[c].reset();
    }
    ++in.at;
    return true;
}

database::impl::~impl() {
    if (connection) duckdb_disconnect(&connection);
    if (file) duckdb_close(&file);
}

void engine_failed(const char* why) {
    const std::string text = why ? why : "";
    const auto first = text.substr(0, std::min(text.find('\n'), std::size_t(300)));
    throw trouble("engine", "数据引擎报告：" + first, "the data engine says: " + first);
}

database::database(const database_options& how) : impl_(std::make_unique<impl>()) {
    struct config {
        duckdb_config handle = nullptr;
        config() { duckdb_create_config(&handle); }
        ~config() { duckdb_destroy_config(&handle); }
        void set(const char* name, const std::string& option) {
            if (duckdb_set_config(handle, name, option.c_str()) != 0) engine_failed(fmt::format("option {} = {}", name, option).c_str());
        }
    } all;
    all.set("threads", std::to_string(how.threads));
    all.set("memory_limit", fmt::format("{}MB", how.memory_mb));
    all.set("autoinstall_known_extensions", "false");
    all.set("autoload_known_extensions", "false");
    all.set("allow_community_extensions", "false");
    all.set("access_mode", how.read_only ? "READ_ONLY" : "READ_WRITE");
    char* why = nullptr;
    if (duckdb_open_ext(how.path.c_str(), &impl_->file, all.handle, &why) != 0) {
        const std::string text = why ? why : "";
        if (why) duckdb_free(why);
        engine_failed(text.c_str());
    }
    if (duckdb_connect(impl_->file, &impl_->connection) != 0) engine_failed("no connection");
    run("SET temp_directory = " + sql_text(how.spill));
    if (!how.folders.empty()) {
        std::string list;
        for (const auto& f : how.folders) list += (list.empty() ? "" : ", ") + sql_text(f);
        run("SET allowed_directories = [" + list + "]");
    }
    run("SET TimeZone = 'UTC'");
    run("SET enable_external_access = false");
    run("SET lock_configuration = true");
}

database::~database() = default;

std::string database::version() { return std::string("duckdb ") + duckdb_library_version(); }

rows_read database::ask(const std::string& sql, const parameters& with, bool streaming) {
    prepared statement;
    if (duckdb_prepare(impl_->connection, sql.c_str(), &statement.handle) != 0) engine_failed(duckdb_prepare_error(statement.handle));
    bind(statement.handle, with);
    auto made = std::make_unique<rows_read::impl>();
    made->open = true;
    const auto failed = streaming ? duckdb_execute_prepared_streaming(statement.handle, &made->result) : duckdb_execute_prepared(statement.handle, &made->result);
    if (failed) engine_failed(duckdb_result_error(&made->result));
    made->describe();
    return rows_read(std::move(made));
}

void database::run(const std::string& sql, const parameters& with) {
    if (with.empty()) { // of several statements only this takes all
        duckdb_result result{};
        const bool failed = duckdb_query(impl_->connection, sql.c_str(), &result) != 0;
        const std::string why = failed && duckdb_result_error(&result) ? duckdb_result_error(&result) : "";
        duckdb_destroy_result(&result);
        if (failed) engine_failed(why.c_str());
        return;
    }
    ask(sql, with);
}

std::vector<text_row> database::all(const std::string& sql, const parameters& with) {
    auto from = ask(sql, with);
    std::vector<text_row> rows;
    for (text_row row; from.next(row);) rows.push_back(row);
    return rows;
}

field_text database::one(const std::string& sql, const parameters& with) {
    const auto rows = all(sql, with);
    return rows.empty() || rows.front().empty() ? std::nullopt : rows.front().front();
}

std::int64_t database::number(const std::string& sql, const parameters& with) {
    const auto text = one(sql, with);
    return text ? std::stoll(*text) : 0;
}

rows_read database::ask_untrusted(const std::string& sql, const parameters& with) {
    struct statements {
        duckdb_extracted_statements handle = nullptr;
        ~statements() {
            if (handle) duckdb_destroy_extracted(&handle);
        }
    } found;
    const auto count = duckdb_extract_statements(impl_->connection, sql.c_str(), &found.handle);
    if (count == 0) {
        const char* why = found.handle ? duckdb_extract_statements_error(found.handle) : nullptr;
        if (why && *why) engine_failed(why);
    }
    if (count != 1) throw trouble("refused", "一次只能执行一条语句", "exactly one statement is taken");
    prepared statement;
    if (duckdb_prepare_extracted_statement(impl_->connection, found.handle, 0, &statement.handle) != 0) engine_failed(duckdb_prepare_error(statement.handle));
    if (duckdb_prepared_statement_type(statement.handle) != statement_select)
        throw trouble("refused", "只接受查询（SELECT）：这里的数据只能读", "only a query (SELECT) is taken: data can only be read here");
    bind(statement.handle, with);
    auto made = std::make_unique<rows_read::impl>();
    made->open = true;
    if (duckdb_execute_prepared_streaming(statement.handle, &made->result) != 0) engine_failed(duckdb_result_error(&made->result));
    made->describe();
    return rows_read(std::move(made));
}

void database::transaction(const std::function<void()>& does) {
    run("BEGIN");
    try {
        does();
        run("COMMIT");
    } catch (...) {
        try {
            run("ROLLBACK");
        } catch (const trouble&) {
            // What failed first is what is told; the engine has ended the transaction itself.
        }
        throw;
    }
}

std::string sql_name(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string sql_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

}  // namespace data_worker
