#include "clients/cli/commands/values.hpp"

#include "clients/cli/upload.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
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

json number_of(const std::string& name, const std::string& given) {
    std::uint64_t out = 0;
    const auto end = given.data() + given.size();
    const auto [at, error] = std::from_chars(given.data(), end, out);
    if (error == std::errc() && at == end && !given.empty()) return out;
    throw failure(exit_code::invalid, fmt::format("{} 应为数字，而不是“{}”", name, given), fmt::format("{} is a number, not “{}”", name, given));
}

json json_of(const std::string& path) {
    std::string text;
    if (path == "-") {
        text = from_stdin();
    } else {
        std::ifstream in(path, std::ios::binary);
        if (!in) throw failure(exit_code::invalid, fmt::format("无法读取文件 {}", path), fmt::format("the file {} can't be read", path));
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    auto value = parse_json(text);
    if (value.is_discarded())
        throw failure(exit_code::invalid, fmt::format("{} 不是 JSON", path), fmt::format("{} is not JSON", path));
    return value;
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

/// So that a person need not look up numbers to fill in a form.
json as_typed(context& about, json form) {
    for (const char* one : {"owner", "member"})
        if (const auto& who = text_at(form, one); !who.empty()) form[one] = about.names().person(who);
    for (const char* many : {"concerned", "with"})
        if (form.is_object() && form.contains(many) && form[many].is_array())
            for (auto& who : form[many])
                if (who.is_string()) who = about.names().person(who.get<std::string>());
    for (const char* day : {"effective", "acknowledge_by", "check_on", "next_on", "from", "until"})
        if (const auto typed = text_at(form, day); !typed.empty()) form[day] = day_of(about, typed);
    return form;
}

json list_of(context& about, const field& f, const std::vector<std::string>& given) {
    json out = json::array();
    for (const auto& each : given) {
        if (f.is == value::items) out.push_back(each);
        if (f.is == value::words)
            for (const auto& word : parts_of(each, ',')) out.push_back(word);
        if (f.is == value::numbers)
            for (const auto& n : parts_of(each, ',')) out.push_back(number_of(f.name, n));
        if (f.is == value::people)
            for (const auto& who : parts_of(each, ',')) out.push_back(about.names().person(who));
        if (f.is == value::files) out.push_back(upload(about, each));
        if (f.is == value::pairs) {
            const auto [name, text] = pair_of(f, each);
            out.push_back({{"name", name}, {"text", text}});
        }
        if (f.is == value::limits) {
            const auto [status, days] = pair_of(f, each);
            out.push_back({{"status", status}, {"working_days", number_of(f.name, days)}});
        }
        if (f.is == value::scores) {
            const auto [indicator, score] = pair_of(f, each);
            out.push_back({{"indicator", indicator}, {"score", number_of(f.name, score)}});
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
        case value::number: return number_of(f.name, given.front());
        case value::yes_no: return given.front() == "yes";
        case value::choice: return given.front();
        case value::json_file: return json_of(given.front());
        case value::form_file: return as_typed(about, json_of(given.front()));
        case value::each:
        case value::text: return given.front() == "-" ? from_stdin() : given.front();
        default: return list_of(about, f, given);
    }
}

json& place(json& data, const std::string& key) { return data[json::json_pointer("/" + key)]; }

}  // namespace

bool takes_many(value kind) {
    switch (kind) {
        case value::words:
        case value::people:
        case value::numbers:
        case value::items:
        case value::each:
        case value::pairs:
        case value::limits:
        case value::scores:
        case value::results:
        case value::figures:
        case value::files: return true;
        default: return false;
    }
}

void put_value(context& about, const field& f, const std::vector<std::string>& given, json& data) {
    if (f.key == "*") {
        data.update(value_of(about, f, given));
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
