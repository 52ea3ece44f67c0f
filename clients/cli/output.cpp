#include "clients/cli/output.hpp"

#include "clients/cli/terminal.hpp"

#include <fmt/format.h>

namespace cli {

std::string raw(const json& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return as_text(value);
    std::string out;
    for (const auto& each : value) out += (out.empty() ? "" : ";") + raw(each);
    return out;
}

std::string shown_list(const context& with, const json& rows, const std::vector<shown_column>& columns) {
    std::string out;
    switch (with.with.format) {
        case format::json: return as_text(rows, 2) + "\n";
        case format::ndjson:
            for (const auto& row : rows) out += as_text(row) + "\n";
            return out;
        case format::csv: {
            std::vector<std::string> line;
            for (const auto& each : columns) line.emplace_back(each.key);
            out = with.mark() + csv_line(line);
            for (const auto& row : rows) {
                line.clear();
                for (const auto& each : columns) line.push_back(raw(at_or_null(row, each.key)));
                out += csv_line(line);
            }
            return out;
        }
        case format::table: break;
    }
    std::vector<column> heads;
    for (const auto& each : columns) heads.push_back({with.say(each.head), each.right, each.shrinks});
    std::vector<std::vector<cell>> lines;
    for (const auto& row : rows) {
        auto& line = lines.emplace_back();
        for (const auto& each : columns) line.push_back(each.show(row));
    }
    if (lines.empty()) return with.with.quiet ? std::string() : with.say({"（没有）\n", "(none)\n"});
    return render_table(heads, lines, terminal_columns(), with.with.color);
}

std::string shown_thing(const context& with, const json& thing, const std::vector<shown_fact>& facts) {
    switch (with.with.format) {
        case format::json: return as_text(thing, 2) + "\n";
        case format::ndjson: return as_text(thing) + "\n";
        case format::csv: {
            std::vector<std::string> keys;
            std::vector<std::string> values;
            for (const auto& [key, value] : thing.items()) {
                const bool plain = !value.is_object() && !(value.is_array() && !value.empty() && value.front().is_object());
                if (!plain) continue;
                keys.push_back(key);
                values.push_back(raw(value));
            }
            return with.mark() + csv_line(keys) + csv_line(values);
        }
        case format::table: break;
    }
    std::vector<std::pair<std::string, cell>> lines;
    for (const auto& each : facts)
        if (!each.value.text.empty()) lines.emplace_back(with.say(each.label), each.value);
    return render_facts(lines, with.with.color);
}

std::string shown_ack(const context& with, const json& ack) {
    if (with.with.format == format::json) return as_text(ack, 2) + "\n";
    if (with.with.format == format::ndjson) return as_text(ack) + "\n";
    const auto stream = text_at(ack, "stream");
    const auto version = number_at(ack, "version").value_or(0);
    const auto position = number_at(ack, "position").value_or(0);
    if (with.with.format == format::csv)
        return with.mark() + csv_line({"stream", "version", "position", "id"}) +
               csv_line({stream, std::to_string(version), std::to_string(position), text_at(ack, "id")});
    if (with.with.quiet) return {};
    if (number_at(ack, "events") == 0)
        return with.with.zh() ? fmt::format("无需改动：{} 仍为第 {} 版\n", stream, version)
                              : fmt::format("nothing to change: {} is still at version {}\n", stream, version);
    return with.with.zh() ? fmt::format("完成：{} 现为第 {} 版（日志位置 {}）\n", stream, version, position)
                          : fmt::format("done: {} is at version {} (log position {})\n", stream, version, position);
}

}  // namespace cli
