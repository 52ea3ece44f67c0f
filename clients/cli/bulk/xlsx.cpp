#include "clients/cli/bulk/xlsx.hpp"

#include "clients/cli/bulk/archive.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <map>

namespace cli::bulk {
namespace {

[[noreturn]] void bad_workbook(std::string_view zh, std::string_view en) {
    throw failure(exit_code::invalid, fmt::format("不是能读取的 XLSX：{}", zh), fmt::format("this XLSX can't be read: {}", en));
}

/// Names come with any prefix: "x:row" is a row.
std::string_view local(const pugi::xml_node& n) {
    const std::string_view name = n.name();
    const auto colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}
pugi::xml_node child(const pugi::xml_node& of, std::string_view name) {
    for (const auto& c : of.children())
        if (local(c) == name) return c;
    return {};
}
std::string_view attribute(const pugi::xml_node& of, std::string_view name) {
    for (const auto& a : of.attributes()) {
        std::string_view given = a.name();
        if (given == name || (given.size() > name.size() && given.ends_with(name) && given[given.size() - name.size() - 1] == ':'))
            return a.value();
    }
    return {};
}
unsigned number_in(std::string_view text, unsigned otherwise) {
    unsigned n = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

/// All text in it, but what is only a reading aid (furigana).
void add_text(const pugi::xml_node& of, std::string& to) {
    for (const auto& c : of.children()) {
        if (local(c) == "t")
            to += c.text().get();
        else if (local(c) != "rPh")
            add_text(c, to);
    }
}

class workbook {
public:
    explicit workbook(const std::string& bytes) : from_(bytes) {
        pugi::xml_document doc;
        if (!load("xl/workbook.xml", doc)) bad_workbook("其中没有工作簿", "there is no workbook in it");
        const auto root = child(doc, "workbook");
        const auto flag = attribute(child(root, "workbookPr"), "date1904");
        from_1904_ = flag == "1" || flag == "true";
        for (const auto& s : child(root, "sheets").children())
            if (local(s) == "sheet") sheets_.emplace_back(attribute(s, "name"), attribute(s, "id"));
        if (sheets_.empty()) bad_workbook("其中没有工作表", "there is no sheet in it");
        load_strings();
        load_styles();
    }

    sheet read(const std::string& name) const {
        pugi::xml_document doc;
        if (!load(path_of(name), doc)) bad_workbook("缺少工作表的内容", "the sheet's content is missing");
        sheet rows;
        std::uint64_t number = 0;
        for (const auto& r : child(child(doc, "worksheet"), "sheetData").children()) {
            if (local(r) != "row") continue;
            number = number_in(attribute(r, "r"), static_cast<unsigned>(number + 1));
            if (rows.size() > bounds::rows_max)
                throw failure(exit_code::invalid, fmt::format("超过 {} 行：请分成几个文件", bounds::rows_max),
                              fmt::format("more than {} rows: split the file", bounds::rows_max));
            auto cells = cells_of(r, number);
            if (!cells.empty()) rows.push_back({number, std::move(cells)});
        }
        return rows;
    }

private:
    bool load(const std::string& name, pugi::xml_document& into) const {
        const auto text = from_.read(name, bounds::part_bytes_max);
        if (!text) return false;
        // No document types are read, so nothing expands.
        const auto parsed =
            into.load_buffer(text->data(), text->size(), pugi::parse_cdata | pugi::parse_escapes | pugi::parse_ws_pcdata | pugi::parse_eol);
        if (!parsed) bad_workbook(fmt::format("{} 不是有效的 XML", name), fmt::format("{} is not XML", name));
        return true;
    }

    std::string path_of(const std::string& name) const {
        const auto* chosen = &sheets_.front();
        if (!name.empty()) {
            chosen = nullptr;
            std::string there;
            for (const auto& s : sheets_) {
                if (s.first == name) chosen = &s;
                there += (there.empty() ? "" : ", ") + s.first;
            }
            if (!chosen)
                throw failure(exit_code::invalid, fmt::format("没有名为“{}”的工作表，只有：{}", name, there),
                              fmt::format("there is no sheet “{}”, only: {}", name, there));
        }
        pugi::xml_document doc;
        if (!load("xl/_rels/workbook.xml.rels", doc)) bad_workbook("缺少工作表的目录", "its list of parts is missing");
        for (const auto& r : child(doc, "Relationships").children()) {
            if (attribute(r, "Id") != chosen->second) continue;
            const auto target = std::string(attribute(r, "Target"));
            return target.starts_with('/') ? target.substr(1) : "xl/" + target;
        }
        bad_workbook("工作表不在目录中", "the sheet is not among its parts");
    }

    void load_strings() {
        pugi::xml_document doc;
        if (!load("xl/sharedStrings.xml", doc)) return;
        for (const auto& s : child(doc, "sst").children())
            if (local(s) == "si") add_text(s, strings_.emplace_back());
    }

    void load_styles() {
        pugi::xml_document doc;
        if (!load("xl/styles.xml", doc)) return;
        const auto root = child(doc, "styleSheet");
        std::map<unsigned, std::string> codes;
        for (const auto& f : child(root, "numFmts").children()) codes[number_in(attribute(f, "numFmtId"), 0)] = attribute(f, "formatCode");
        for (const auto& x : child(root, "cellXfs").children()) {
            const auto format = number_in(attribute(x, "numFmtId"), 0);
            const auto& code = codes[format];
            is_date_.push_back(shows_dates(format, code));
            is_percent_.push_back(format == 9 || format == 10 || code.ends_with('%'));
        }
    }

    std::vector<std::string> cells_of(const pugi::xml_node& row, std::uint64_t number) const {
        std::vector<std::string> cells;
        std::size_t next = 0;
        for (const auto& c : row.children()) {
            if (local(c) != "c") continue;
            const auto at = column_of(attribute(c, "r")).value_or(next);
            if (at >= bounds::columns_max)
                throw failure(exit_code::invalid, fmt::format("第 {} 行：超过 {} 列", number, bounds::columns_max),
                              fmt::format("row {}: more than {} columns", number, bounds::columns_max));
            next = at + 1;
            auto value = value_of(c);
            if (value.size() > bounds::cell_bytes_max)
                throw failure(exit_code::invalid, fmt::format("第 {} 行：第 {} 列的内容超过 {} 字节", number, next, bounds::cell_bytes_max),
                              fmt::format("row {}: column {} holds more than {} bytes", number, next, bounds::cell_bytes_max));
            if (value.empty()) continue;
            if (at >= cells.size()) cells.resize(at + 1);
            cells[at] = std::move(value);
        }
        return cells;
    }

    std::string value_of(const pugi::xml_node& c) const {
        const auto type = attribute(c, "t");
        if (type == "inlineStr") {
            std::string out;
            add_text(child(c, "is"), out);
            return out;
        }
        const std::string value = child(c, "v").text().get();
        if (type == "s") {
            const auto which = number_in(value, ~0u);
            return which < strings_.size() ? strings_[which] : std::string();
        }
        if (type == "b") return value == "1" ? "true" : "false";
        if (type == "d") return value.substr(0, 10);  // ISO 8601
        if (type == "str" || type == "e" || value.empty()) return value;
        return shown_number(value, number_in(attribute(c, "s"), 0));
    }

    std::string shown_number(const std::string& value, std::size_t style) const {
        double n = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
        if (error != std::errc() || end != value.data() + value.size()) return value;
        if (style < is_date_.size() && is_date_[style])
            if (const auto day = day_of_serial(n, from_1904_)) return written(*day);
        const bool percent = style < is_percent_.size() && is_percent_[style];
        if (percent) n = std::round(n * 1e10) / 1e8;
        if (n == std::floor(n) && std::abs(n) < 1e15) return fmt::format("{:.0f}{}", n, percent ? "%" : "");
        return percent ? fmt::format("{}%", n) : fmt::format("{}", n);
    }

    archive from_;
    bool from_1904_ = false;
    std::vector<std::pair<std::string, std::string>> sheets_;  // name, and the relation that leads to it
    std::vector<std::string> strings_;
    std::vector<bool> is_date_, is_percent_;  // by style
};

}  // namespace

std::optional<std::chrono::year_month_day> day_of_serial(double serial, bool from_1904) {
    using namespace std::chrono;
    constexpr double last = 2'958'465;  // 9999-12-31
    if (!(serial >= 0) || serial > last) return std::nullopt;
    const auto whole = static_cast<int>(serial);
    if (from_1904) return year_month_day(sys_days(1904y / 1 / 1) + days(whole));
    if (whole == 60) return std::nullopt;
    return year_month_day(sys_days(1899y / 12 / 31) + days(whole > 60 ? whole - 1 : whole));
}

bool shows_dates(unsigned number, std::string_view code) {
    const auto within = [&](unsigned a, unsigned b) { return number >= a && number <= b; };
    if (code.empty()) return within(14, 17) || number == 22 || within(27, 31) || number == 36 || within(50, 54) || within(57, 58);
    bool quoted = false, bracket = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '"')
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (c == '\\')
            ++i;
        else if (c == '[')
            bracket = true;
        else if (c == ']')
            bracket = false;
        else if (!bracket && std::strchr("yYdD", c))
            return true;
    }
    return false;
}

std::optional<std::size_t> column_of(std::string_view cell) {
    std::size_t n = 0, letters = 0;
    while (letters < cell.size() && cell[letters] >= 'A' && cell[letters] <= 'Z' && letters < 4)
        n = n * 26 + static_cast<std::size_t>(cell[letters++] - 'A' + 1);
    return letters == 0 ? std::nullopt : std::optional(n - 1);
}

sheet read_xlsx(const std::string& bytes, const std::string& sheet_name) { return workbook(bytes).read(sheet_name); }

}  // namespace cli::bulk
