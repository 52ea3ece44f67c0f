#include "clients/cli/commands/values.hpp"

#include "clients/cli/typed_file.hpp"
#include "clients/cli/upload.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace cli {
namespace {

std::string from_stdin() {
    std::string out{std::istreambuf_iterator<char>(std::cin), {}};
    while (out.ends_with('\n')) out.pop_back();
    return out;
}

std::vector<std::string> parts_of(const std::string& text, char between) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(between, from), text.size());
        if (end > from) out.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

json day_of(context& about, const std::string& given) {
    if (const auto day = about.day(given)) return written(*day);
    throw failure(exit_code::invalid, fmt::format("“{}”不是日期：请写成 2026-12-01、今天、明天、+3d 或 +2w", given),
                  fmt::format("“{}” is not a day: write 2026-12-01, today, tomorrow, +3d or +2w", given));
}

json number_of(const field& f, const std::string& given) {
    if (const auto n = whole_number(given, f.within)) return *n;
    throw out_of_range(f.name, f.within, given);
}

/// Rather a file than what is to be said: it is there, or is called like one.
bool is_file(const std::string& given) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(given, ignored) || (given.ends_with(".json") && given.find(' ') == given.npos);
}

/// "NAME=TEXT" in two.
std::pair<std::string, std::string> pair_of(const field& f, const std::string& given) {
    const auto at = given.find('=');
    if (at == given.npos || at == 0)
        throw failure(exit_code::invalid, fmt::format("{} 应写成 名称=内容，而不是“{}”", f.name, given), fmt::format("{} is written NAME=TEXT, not “{}”", f.name, given));
    return {given.substr(0, at), given.substr(at + 1)};
}

/// "12.5%" in two.
std::pair<std::string, std::string> amount_of(std::string_view typed) {
    const auto end = std::min(typed.find_first_not_of("-.0123456789"), typed.size());
    const auto unit = std::min(typed.find_first_not_of(' ', end), typed.size());
    return {std::string(typed.substr(0, end)), std::string(typed.substr(unit))};
}

/// "NAME=BEFORE..NOW UNIT", or without BEFORE what was not measured then. The digits stay text: they are exact.
json figure_of(const field& f, const std::string& given) {
    const auto [name, text] = pair_of(f, given);
    const auto dots = text.find("..");
    const auto [now, unit] = amount_of(std::string_view(text).substr(dots == text.npos ? 0 : dots + 2));
    const auto [before, unit_then] = amount_of(std::string_view(text).substr(0, dots == text.npos ? 0 : dots));
    if (now.empty() || (dots != text.npos && before.empty()) || (!unit_then.empty() && unit_then != unit))
        throw failure(exit_code::invalid, fmt::format("{} 应写成 名称=之前..现在 单位，而不是“{}”", f.name, given),
                      fmt::format("{} is written NAME=BEFORE..NOW UNIT, not “{}”", f.name, given));
    json out{{"name", name}};
    if (!before.empty()) out["before"] = before;
    out["now"] = now;
    out["unit"] = unit;
    return out;
}

json read_file(context& about, const field& f, const std::string& path) {
    return as_typed(about, json_of(path), *f.in_file);
}

json list_of(context& about, const field& f, const std::vector<std::string>& given) {
    json out = json::array();
    for (const auto& each : given) {
        if (f.is == value::items) out.push_back(each);
        if (f.is == value::words)
            for (const auto& word : parts_of(each, ',')) out.push_back(word);
        if (f.is == value::numbers)
            for (const auto& n : parts_of(each, ',')) out.push_back(number_of(f, n));
        if (f.is == value::people)
            for (const auto& who : parts_of(each, ',')) out.push_back(about.names().person(who));
        if (f.is == value::files) out.push_back(upload(about, each));
        if (f.is == value::pairs) {
            const auto [name, text] = pair_of(f, each);
            out.push_back({{"name", name}, {"text", text}});
        }
        if (f.is == value::counts) {
            const auto [name, n] = pair_of(f, each);
            out.push_back({{(*f.in_file)[0].name, name}, {(*f.in_file)[1].name, number_of(f, n)}});
        }
        if (f.is == value::figures) out.push_back(figure_of(f, each));
        if (f.is == value::results) {
            const auto colon = std::min(each.find(':'), each.size());
            out.push_back({{"objective", out.size() + 1}, {"result", each.substr(0, colon)}, {"note", colon < each.size() ? each.substr(colon + 1) : ""}});
        }
    }
    return out;
}

json value_of(context& about, const field& f, const std::vector<std::string>& given) {
    switch (f.is) {
        case value::person: return about.names().person(given.front());
        case value::day: return day_of(about, given.front());
        case value::number: return number_of(f, given.front());
        case value::money: return money_of(given.front());
        case value::yes_no: return given.front() == "yes";
        case value::choice: return given.front();
        case value::json_file: return read_file(about, f, given.front());
        case value::each:
        case value::words_or_file:
        case value::text: return given.front() == "-" ? from_stdin() : given.front();
        default: return list_of(about, f, given);
    }
}

json& place(json& data, const std::string& key) { return data[json::json_pointer("/" + key)]; }

/// What every form can have is laid over what its file has: a field of the same name is what was typed, another file one more.
void add_to(json& list, const json& more) {
    if (!list.is_array()) list = json::array();
    for (const auto& one : more) {
        const auto same = std::find_if(list.begin(), list.end(), [&](const json& had) { return one.contains("text") && text_at(had, "name") == text_at(one, "name"); });
        if (same == list.end()) list.push_back(one);
        else *same = one;
    }
}

/// The form that a field is part of, from a file; nothing but the file may have been given for it before.
void put_file(context& about, const field& f, const std::string& path, json& data) {
    const auto form = f.key.substr(0, f.key.find('/'));
    if (data.contains(form))
        throw failure(exit_code::usage, fmt::format("{} 与 --file 只能给出一个文件", f.name), fmt::format("give one file: {}, or --file", f.name));
    data[form] = read_file(about, f, path);
}

}  // namespace

std::string text_of_file(const std::string& path) {
    if (path == "-") return from_stdin();
    std::ifstream in(path, std::ios::binary);
    if (!in) throw failure(exit_code::invalid, fmt::format("无法读取文件 {}", path), fmt::format("the file {} can't be read", path));
    return {std::istreambuf_iterator<char>(in), {}};
}

json json_of(const std::string& path) {
    auto value = parse_json(text_of_file(path));
    if (value.is_discarded())
        throw failure(exit_code::invalid, fmt::format("{} 不是 JSON", path), fmt::format("{} is not JSON", path));
    return value;
}

bool takes_many(value kind) {
    switch (kind) {
        case value::words:
        case value::people:
        case value::numbers:
        case value::items:
        case value::each:
        case value::pairs:
        case value::counts:
        case value::results:
        case value::figures:
        case value::files: return true;
        default: return false;
    }
}

bool gives_whole(const field& f, const std::vector<std::string>& given) {
    return f.is == value::json_file ? f.key.find('/') == f.key.npos : f.is == value::words_or_file && is_file(given.front());
}

void put_value(context& about, const field& f, const std::vector<std::string>& given, json& data) {
    if (f.key == "*") {
        data.update(value_of(about, f, given));
        return;
    }
    if (f.is == value::words_or_file && gives_whole(f, given)) {
        put_file(about, f, given.front(), data);
        return;
    }
    if (f.is == value::pairs || f.is == value::files) {
        add_to(place(data, f.key), value_of(about, f, given));
        return;
    }
    if (f.is != value::each) {
        place(data, f.key) = value_of(about, f, given);
        return;
    }
    const auto keys = parts_of(f.key, '|');
    if (given.size() != 1 && given.size() != keys.size())
        throw failure(exit_code::invalid, fmt::format("{} 须给出一次，或 {} 次", f.name, keys.size()), fmt::format("{} is given once, or {} times", f.name, keys.size()));
    for (std::size_t i = 0; i < keys.size(); ++i) place(data, keys[i]) = given[given.size() == 1 ? 0 : i];
}

}  // namespace cli
