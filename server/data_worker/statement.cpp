#include "server/data_worker/statement.hpp"

#include "server/data_worker/trouble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace data_worker {
namespace {

using nlohmann::json;

/// Of tables that are made by functions, those that read nothing.
constexpr std::array<std::string_view, 3> row_makers{"range", "generate_series", "unnest"};
/// Of all others, those that tell of the process.
constexpr std::array<std::string_view, 3> tellers{"getenv", "current_setting", "getvariable"};
/// What rows come from, beside sets and row makers: what is made of these.
constexpr std::array<std::string_view, 6> made_of_others{"JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST", "PIVOT", "CTE"};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

std::string text_of(const json& of, const char* key) {
    const auto found = of.find(key);
    return found != of.end() && found->is_string() ? lower(found->get<std::string>()) : std::string();
}

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

[[noreturn]] void not_here(const std::string& what) {
    throw trouble("refused", fmt::format("语句中不能使用 {}：只能查询数据集", what), fmt::format("{} can't be used here: only sets can be queried", what));
}

class looker {
public:
    looker(const std::set<std::string>& may_see, const std::set<std::string>& there_are) : may_see_(may_see), there_are_(there_are) {}

    /// Names that the statement gives to parts of itself. None may be that of something in the database, which another part could mean by it.
    void learn_names(const json& at) {
        if (at.is_object()) {
            if (const auto ctes = at.find("cte_map"); ctes != at.end())
                for (const auto& one : ctes->value("map", json::array())) {
                    auto name = text_of(one, "key");
                    if (there_are_.contains(name) && !may_see_.contains(name)) no_set(name);
                    own_.insert(std::move(name));
                }
            for (const auto& [key, part] : at.items()) learn_names(part);
        } else if (at.is_array()) {
            for (const auto& part : at) learn_names(part);
        }
    }

    void look(const json& at) {
        if (at.is_array()) {
            for (const auto& part : at) look(part);
        } else if (at.is_object()) {
            if (at.contains("from_table")) look_at_source(at["from_table"]);
            if (text_of(at, "class") == "function" && is_among(tellers, text_of(at, "function_name"))) not_here(text_of(at, "function_name"));
            for (const auto& [key, part] : at.items()) look(part);
        }
    }

    const std::set<std::string>& read() const { return read_; }

private:
    /// Where rows come from: what is not known is refused.
    void look_at_source(const json& source) {
        if (!source.is_object()) return;
        const auto type = source.value("type", "");
        if (type == "BASE_TABLE") {
            const auto name = text_of(source, "table_name"), schema = text_of(source, "schema_name");
            const bool plain = text_of(source, "catalog_name").empty() && (schema.empty() || schema == "main");
            if (!plain || (!may_see_.contains(name) && !(schema.empty() && own_.contains(name)))) no_set(name);
            if (may_see_.contains(name)) read_.insert(name);
        } else if (type == "TABLE_FUNCTION") {
            const auto name = source.contains("function") ? text_of(source["function"], "function_name") : std::string();
            if (!is_among(row_makers, name)) not_here(name);
        } else if (!is_among(made_of_others, type)) {
            not_here(type);
        }
        for (const char* side : {"left", "right", "source"})
            if (const auto part = source.find(side); part != source.end()) look_at_source(*part);
    }

    [[noreturn]] static void no_set(const std::string& name) {
        throw trouble("refused", fmt::format("没有数据集 {}，或无权查看", name), fmt::format("there is no set {}, or it is not yours to see", name));
    }

    const std::set<std::string>& may_see_;
    const std::set<std::string>& there_are_;
    std::set<std::string> own_, read_;
};

/// Where the engine stopped reading, for a person: it counts characters from 0.
said place_in(std::string_view statement, const json& tree) {
    const auto said_at = tree.value("position", "");
    if (said_at.empty() || said_at.size() > 9 || !std::all_of(said_at.begin(), said_at.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
    auto left = std::stoul(said_at);
    unsigned long line = 1, character = 1;
    for (std::size_t at = 0; at < statement.size() && left > 0; --left) {
        if (statement[at] == '\n') ++line, character = 1;
        else ++character;
        do ++at;
        while (at < statement.size() && (statement[at] & 0xC0) == 0x80);
    }
    return {fmt::format("（第 {} 行第 {} 字）", line, character), fmt::format(" (line {}, character {})", line, character)};
}

}  // namespace

std::set<std::string> see_what_it_reads(const json& tree, std::string_view statement, const std::set<std::string>& may_see, const std::set<std::string>& there_are) {
    if (tree.value("error", true)) {
        const auto why = tree.value("error_message", "");
        if (tree.value("error_type", "") != "parser")
            throw trouble("refused", "只接受查询（SELECT）：这里的数据只能读", "only a query (SELECT) is taken: data can only be read here");
        const auto place = place_in(statement, tree);
        throw trouble("engine", "语句有误" + place.zh + "：" + why, "the statement is wrong" + place.en + ": " + why);
    }
    if (tree.value("statements", json::array()).size() != 1) throw trouble("refused", "一次只能执行一条语句", "exactly one statement is taken");
    looker all(may_see, there_are);
    all.learn_names(tree);
    all.look(tree);
    return all.read();
}

}  // namespace data_worker
