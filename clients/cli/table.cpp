#include "clients/cli/table.hpp"

#include "clients/cli/width.hpp"

#include <algorithm>
#include <numeric>

namespace cli {
namespace {

constexpr int gap = 2;
constexpr int narrowest = 6;

/// Takes from the widest columns first, so that short ones stay whole.
void shrink(std::vector<int>& widths, const std::vector<column>& columns, int columns_at_most) {
    const auto total = [&] {
        return std::accumulate(widths.begin(), widths.end(), gap * (static_cast<int>(widths.size()) - 1));
    };
    for (auto over = total() - columns_at_most; over > 0; --over) {
        std::size_t widest = widths.size();
        for (std::size_t i = 0; i < widths.size(); ++i)
            if (columns[i].shrinks && widths[i] > narrowest && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
        if (widest == widths.size()) return;
        --widths[widest];
    }
}

void append_line(std::string& out, const std::vector<cell>& row, const std::vector<column>& columns,
                 const std::vector<int>& widths, bool color) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto shown = fit(row[i].text, widths[i]);
        const std::string pad(static_cast<std::size_t>(std::max(0, widths[i] - width_of(shown))), ' ');
        const auto last = i + 1 == columns.size();
        if (columns[i].right) out += pad;
        out += painted(shown, row[i].as, color);
        if (!columns[i].right && !last) out += pad;
        if (!last) out.append(gap, ' ');
    }
    out += '\n';
}

}  // namespace

std::string painted(const std::string& text, paint as, bool color) {
    if (!color || as == paint::plain || text.empty()) return text;
    const char* code = as == paint::dim     ? "2"
                       : as == paint::bold  ? "1"
                       : as == paint::red   ? "31"
                       : as == paint::green ? "32"
                       : as == paint::yellow ? "33"
                                             : "34";
    return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
}

std::string render_table(const std::vector<column>& columns, const std::vector<std::vector<cell>>& rows, int columns_at_most,
                         bool color) {
    std::vector<int> widths;
    std::vector<cell> heads;
    for (const auto& each : columns) {
        widths.push_back(width_of(each.head));
        heads.push_back({each.head, paint::bold});
    }
    std::vector<std::vector<cell>> lines{heads};
    for (const auto& row : rows) {
        auto& line = lines.emplace_back(row);
        line.resize(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            line[i].text = on_one_line(line[i].text);
            widths[i] = std::max(widths[i], width_of(line[i].text));
        }
    }
    if (columns_at_most > 0) shrink(widths, columns, columns_at_most);
    std::string out;
    for (const auto& line : lines) append_line(out, line, columns, widths, color);
    return out;
}

std::string render_facts(const std::vector<std::pair<std::string, cell>>& facts, bool color) {
    int widest = 0;
    for (const auto& [label, value] : facts) widest = std::max(widest, width_of(label));
    std::string out;
    for (const auto& [label, value] : facts) {
        out += painted(label, paint::bold, color);
        out.append(static_cast<std::size_t>(widest - width_of(label)) + gap, ' ');
        auto shown = shown_safely(value.text);
        const auto indent = "\n" + std::string(static_cast<std::size_t>(widest + gap), ' ');
        for (std::size_t at = 0; (at = shown.find('\n', at)) != std::string::npos; at += indent.size())
            shown.replace(at, 1, indent);
        out += painted(shown, value.as, color) + "\n";
    }
    return out;
}

namespace {

/// Whether it begins like a formula, behind any number of guards.
bool begins_like_a_formula(std::string_view value) {
    const auto guards = std::min(value.find_first_not_of('\''), value.size());
    const auto rest = value.substr(guards);
    if (rest.empty()) return false;
    if (rest.starts_with("\uFF1D") || rest.starts_with("\uFF0B") || rest.starts_with("\uFF0D") || rest.starts_with("\uFF20")) return true;
    const char c = rest.front();
    if (c != '=' && c != '+' && c != '-' && c != '@' && c != '\t' && c != '\r') return false;
    const bool number = guards == 0 && (c == '+' || c == '-') && rest.size() > 1 && rest.find_first_not_of("0123456789.", 1) == rest.npos;
    return !number;
}

}  // namespace

std::string with_guard(std::string value) {
    if (begins_like_a_formula(value)) value.insert(0, 1, '\'');
    return value;
}

std::string without_guard(std::string value) {
    if (value.starts_with('\'') && begins_like_a_formula(value)) value.erase(0, 1);
    return value;
}

std::string csv_line(const std::vector<std::string>& values) {
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) out += ',';
        const auto value = with_guard(values[i]);
        if (value.find_first_of(",\"\r\n") == std::string::npos) {
            out += value;
            continue;
        }
        out += '"';
        for (const char c : value) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    return out + "\r\n";
}

}  // namespace cli
