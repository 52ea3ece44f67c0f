#include "server/data_worker/odata/asked.hpp"

#include "server/data_worker/ingest.hpp"
#include "server/data_worker/odata/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace data_worker::odata {
namespace {

constexpr std::size_t options_max = 50, token_bytes_max = 64 * 1024, orderby_max = 10, select_max = 500;
/// What OData has and this service has not.
constexpr std::array not_had{"$expand", "$search", "$apply", "$compute", "$levels", "$deltatoken", "$index", "$schemaversion", "$id"};

std::vector<std::pair<std::string, literal>> key_of(std::string_view text) {
    const std::string option = "key";
    const auto tokens = tokens_of(text, option);
    std::vector<std::pair<std::string, literal>> made;
    const auto none = [&](const token& t) { wrong_at(option, t.at, "键应如 (delivery_='12',line_=3)", "a key is as in (delivery_='12',line_=3)"); };
    for (std::size_t i = 0;;) {
        std::string name;
        if (tokens[i].is == token::what::name) {
            name = tokens[i++].name;
            if (tokens[i++].is != token::what::equals) none(tokens[i - 1]);
        }
        if (tokens[i].is != token::what::value) none(tokens[i]);
        made.emplace_back(std::move(name), tokens[i++].value);
        if (tokens[i].is == token::what::end) return made;
        if (tokens[i].is != token::what::comma) none(tokens[i]);
        ++i;
    }
}

/// Where the parenthesis that `text` begins with ends; its size where it does not.
std::size_t closing(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'') quoted = !quoted;
        if (text[i] == ')' && !quoted) return i;
    }
    return text.size();
}

std::uint64_t whole(const std::string& name, const std::string& text) {
    constexpr std::uint64_t most = 1'000'000'000'000;
    std::uint64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || n > most) wrong(name, name + " 应为不小于 0 的整数", name + " is to be a whole number that is not below 0");
    return n;
}

const property& property_in(const std::string& option, const entity_set& over, const std::vector<token>& tokens, std::size_t at) {
    const auto& t = tokens[at];
    if (t.is != token::what::name) wrong_at(option, t.at, "这里应为列名", "the name of a property is expected here");
    if (tokens[at + 1].is == token::what::open) not_here(option, t.name + "()");
    const auto* p = over.find(t.name);
    if (!p) wrong(t.name, fmt::format("{}：{} 没有列 {}（列名见 $metadata）", option, over.name, t.name), fmt::format("{}: {} has no property {} (see $metadata)", option, over.name, t.name));
    return *p;
}
void see_that_it_goes_on(const std::string& option, const token& t) {
    if (t.is == token::what::slash) not_here(option, "路径（/）", "a path (/)");
    if (t.is != token::what::comma && t.is != token::what::end) wrong_at(option, t.at, "这里应为逗号或结尾", "a comma or the end is expected here");
}

std::vector<const property*> select_of(const std::string& text, const entity_set& over) {
    const std::string option = "$select";
    if (text == "*") return {};
    const auto tokens = tokens_of(text, option);
    std::vector<const property*> made;
    for (std::size_t i = 0;; ++i) {
        const auto* p = &property_in(option, over, tokens, i++);
        if (std::find(made.begin(), made.end(), p) == made.end()) made.push_back(p);
        if (i > 2 * select_max) wrong(option, option + " 的列过多", "too many properties in " + option);
        see_that_it_goes_on(option, tokens[i]);
        if (tokens[i].is == token::what::end) return made;
    }
}

std::vector<ordering> orderby_of(const std::string& text, const entity_set& over) {
    const std::string option = "$orderby";
    const auto tokens = tokens_of(text, option);
    std::vector<ordering> made;
    for (std::size_t i = 0;; ++i) {
        made.push_back({&property_in(option, over, tokens, i++)});
        if (tokens[i].is == token::what::name) {
            if (tokens[i].name != "asc" && tokens[i].name != "desc") wrong_at(option, tokens[i].at, "列名之后应为 asc 或 desc", "asc or desc is expected behind a property");
            made.back().down = tokens[i++].name == "desc";
        }
        if (made.size() > orderby_max) wrong(option, fmt::format("{} 最多 {} 列", option, orderby_max), fmt::format("{} takes {} properties at most", option, orderby_max));
        see_that_it_goes_on(option, tokens[i]);
        if (tokens[i].is == token::what::end) return made;
    }
}

void see_format(const std::string& text, bool metadata) {
    const auto media = text.substr(0, text.find(';'));
    const bool good = metadata ? media == "xml" || media == "application/xml" : media == "json" || media == "application/json";
    if (!good) not_here("$format", "$format=" + shortened(text, 40));
}

}  // namespace

place place_of(std::string_view path) {
    if (path.size() > text_bytes_max) wrong("path", "路径过长", "the path is too long");
    while (path.starts_with('/')) path.remove_prefix(1);
    place made;
    if (path.empty()) return made;
    const auto name = path.substr(0, path.find_first_of("/("));
    auto rest = path.substr(name.size());
    if (name == "$metadata" && (rest.empty() || rest == "/")) {
        made.is = resource::metadata;
        return made;
    }
    if (name.starts_with('$')) no_such_path(shortened(name, 100));
    made.set = name;
    made.is = resource::set;
    if (rest.starts_with('(')) {
        const auto end = closing(rest);
        if (end == rest.size()) wrong("path", "路径中的括号没有结束", "the path's parenthesis is not closed");
        made.is = resource::one;
        made.key = key_of(rest.substr(1, end - 1));
        rest.remove_prefix(end + 1);
    }
    if (rest == "/$count" && made.is == resource::set) made.is = resource::count;
    else if (!rest.empty() && rest != "/") no_such_path(shortened(rest, 100));
    return made;
}

options options_of(const json& query, const place& at, const entity_set* over) {
    options made;
    if (query.is_null()) return made;
    if (!query.is_object() || query.size() > options_max) wrong("query", fmt::format("选项最多 {} 个", options_max), fmt::format("{} options at most are taken", options_max));
    const bool rows = at.is == resource::set, counted = rows || at.is == resource::count;
    for (const auto& [name, given] : query.items()) {
        if (!name.starts_with('$')) continue;
        const auto shown = shortened(name, 100);
        if (!given.is_string()) wrong(shown, shown + " 只能出现一次", shown + " may be there once");
        const auto text = given.get<std::string>();
        if (text.size() > (name == "$skiptoken" ? token_bytes_max : text_bytes_max)) wrong(shown, shown + " 过长", shown + " is too long");
        if (name == "$format") {
            see_format(text, at.is == resource::metadata);
        } else if (std::find(not_had.begin(), not_had.end(), name) != not_had.end()) {
            not_here(name, name);
        } else if (name == "$filter" && counted) {
            made.filter = parse_filter(text);
        } else if (name == "$select" && over) {
            made.select = select_of(text, *over);
        } else if (name == "$orderby" && counted) {
            made.orderby = orderby_of(text, *over);
        } else if (name == "$top" && counted) {
            made.top = whole(name, text);
        } else if (name == "$skip" && counted) {
            made.skip = whole(name, text);
        } else if (name == "$count" && counted) {
            if (text != "true" && text != "false") wrong(name, "$count 应为 true 或 false", "$count is true or false");
            made.count = text == "true";
        } else if (name == "$skiptoken" && rows) {
            made.after = text;
        } else {
            constexpr std::array known{"$filter", "$select", "$orderby", "$top", "$skip", "$count", "$skiptoken"};
            if (std::find(known.begin(), known.end(), name) != known.end()) wrong(name, name + " 不适用于这个地址", name + " does not go with this address");
            wrong(shown, "没有选项 " + shown, "there is no option " + shown);
        }
    }
    return made;
}

}  // namespace data_worker::odata
