#include "clients/cli/typed_file.hpp"

#include "clients/cli/range.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace cli {
namespace {

json day_of(context& about, const std::string& typed) {
    if (const auto day = about.day_in_file(typed)) return written(*day);
    throw failure(exit_code::invalid, fmt::format("“{}”不是日期：请写成 2026-12-01、今天、明天、+3d 或 +2w", typed),
                  fmt::format("“{}” is not a day: write 2026-12-01, today, tomorrow, +3d or +2w", typed));
}

/// The text of a field that means something else, or of one in a list of them.
template <class Read>
void replace(json& value, const std::string& where, Read read) {
    std::vector<std::pair<json*, std::string>> texts;
    if (value.is_string()) texts.emplace_back(&value, where);
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
            if (value[i].is_string()) texts.emplace_back(&value[i], fmt::format("{}[{}]", where, i + 1));
    for (const auto& [text, at] : texts) {
        const auto typed = text->template get<std::string>();
        if (typed.empty()) continue;
        try {
            *text = read(typed);
        } catch (const failure& no) {
            // What goes wrong on the way to the server has nothing to do with this field.
            if (no.kind() != exit_code::not_found && no.kind() != exit_code::invalid) throw;
            throw failure(no.kind(), fmt::format("{}：{}", at, no.in(language::zh)), fmt::format("{}: {}", at, no.in(language::en)));
        }
    }
}

}  // namespace

json money_of(const std::string& typed) {
    if (const auto amount = hundredths(typed)) return *amount;
    throw failure(exit_code::invalid, fmt::format("“{}”不是金额：请写成 1234.56", typed), fmt::format("“{}” is not an amount: write 1234.56", typed));
}

json as_typed(context& about, json file, const std::vector<described_field>& fields) {
    struct part {
        json* value;
        std::string where;
        const std::vector<described_field>* fields;
    };
    std::vector<part> left{{&file, {}, &fields}};
    while (!left.empty()) {
        const auto now = left.back();
        left.pop_back();
        if (now.value->is_array())
            for (std::size_t i = 0; i < now.value->size(); ++i) left.push_back({&(*now.value)[i], fmt::format("{}[{}]", now.where, i + 1), now.fields});
        if (!now.value->is_object()) continue;
        for (auto& [key, value] : now.value->items()) {
            const auto* f = field_of(*now.fields, key);
            if (!f) continue;
            const auto at = now.where.empty() ? key : now.where + "." + key;
            if (f->is == shape::person || f->is == shape::people) replace(value, at, [&](const std::string& who) { return json(about.names().person(who)); });
            else if (f->is == shape::day) replace(value, at, [&](const std::string& day) { return day_of(about, day); });
            else if (f->is == shape::money) replace(value, at, money_of);
            if (value.is_structured()) left.push_back({&value, at, &f->fields});
        }
    }
    return file;
}

}  // namespace cli
