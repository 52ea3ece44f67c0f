#include "clients/cli/bulk/xlsx.hpp"

#include "clients/cli/bulk/archive.hpp"
#include "clients/cli/bulk/number_format.hpp"
#include "clients/cli/bulk/xml.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <variant>

namespace cli::bulk {
namespace {

[[noreturn]] void bad_workbook(std::string_view zh, std::string_view en) {
    throw failure(exit_code::invalid, fmt::format("不是能读取的 XLSX：{}", zh), fmt::format("this XLSX can't be read: {}", en));
}

/// A part's name as others mean it: "xl\Worksheets\..\Sheet1.xml" is "xl/sheet1.xml".
std::string part_name(std::string_view written) {
    std::vector<std::string> steps;
    std::string step;
    const auto take = [&] {
        if (step == ".." && !steps.empty()) steps.pop_back();
        else if (!step.empty() && step != "." && step != "..") steps.push_back(step);
        step.clear();
    };
    for (const char c : written) {
        if (c == '/' || c == '\\') take();
        else step += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    take();
    std::string out;
    for (const auto& s : steps) out += (out.empty() ? "" : "/") + s;
    return out;
}

std::string_view folder_of(std::string_view name) { return name.substr(0, name.rfind('/') + 1); }

/// What a cell shows, or why that can't be had.
using shown = std::variant<std::string, note>;

class workbook {
public:
    workbook(const std::string& bytes, reading& how) : from_(bytes), how_(how) {
        for (const auto& name : from_.names()) parts_.emplace(part_name(name), name);
        xml doc;
        if (!load(main_, doc)) bad_workbook("其中没有工作簿", "there is no workbook in it");
        const auto root = child(doc, "workbook");
        from_1904_ = is_set(child(root, "workbookPr"), "date1904");
        std::map<std::string, std::pair<std::string, std::string>> relations = load_relations();
        for (const auto& s : child(root, "sheets").children()) {
            if (local(s) != "sheet") continue;
            const auto& [target, type] = relations[std::string(attribute(s, "id"))];
            if (type.ends_with("/chartsheet") || type.ends_with("/dialogsheet")) continue;
            const auto state = attribute(s, "state");
            sheets_.push_back({std::string(attribute(s, "name")), target, !state.empty() && state != "visible"});
        }
        if (sheets_.empty()) bad_workbook("其中没有工作表", "there is no sheet in it");
        load_strings();
        load_styles();
    }

    sheet read() {
        xml doc;
        if (!load(chosen().part, doc)) bad_workbook("缺少工作表的内容", "the sheet's content is missing");
        const auto root = child(doc, "worksheet");
        find_hidden_columns(root);
        sheet rows;
        std::vector<std::uint64_t> hidden;
        std::uint64_t number = 0;
        for (const auto& r : child(root, "sheetData").children()) {
            if (local(r) != "row") continue;
            number = number_in(attribute(r, "r"), static_cast<unsigned>(number + 1));
            if (rows.size() > bounds::rows_max)
                throw failure(exit_code::invalid, fmt::format("超过 {} 行：请分成几个文件", bounds::rows_max),
                              fmt::format("more than {} rows: split the file", bounds::rows_max));
            sheet_row row{number, {}, {}};
            read_cells(r, row);
            if (row.cells.empty() && row.bad.empty()) continue;
            if (is_set(r, "hidden")) hidden.push_back(number);
            else rows.push_back(std::move(row));
        }
        say_hidden(hidden);
        return rows;
    }

private:
    struct sheet_about {
        std::string name;
        std::string part;
        bool hidden;
    };

    static constexpr std::string_view main_ = "xl/workbook.xml";

    bool load(std::string_view part, xml& into) const {
        const auto name = parts_.find(part);
        if (name == parts_.end()) return false;
        const auto text = from_.read(name->second, bounds::part_bytes_max);
        if (!text) return false;
        if (!parse(*text, into)) bad_workbook(fmt::format("{} 不是有效的 XML", name->second), fmt::format("{} is not XML", name->second));
        return true;
    }

    /// By their ids: the part that each leads to, and of which type it is.
    std::map<std::string, std::pair<std::string, std::string>> load_relations() const {
        std::map<std::string, std::pair<std::string, std::string>> out;
        xml doc;
        if (!load("xl/_rels/workbook.xml.rels", doc)) bad_workbook("缺少工作表的目录", "its list of parts is missing");
        for (const auto& r : child(doc, "Relationships").children()) {
            const auto target = std::string(attribute(r, "Target"));
            const bool whole = target.starts_with('/') || target.starts_with('\\');
            out[std::string(attribute(r, "Id"))] = {part_name(whole ? target : std::string(folder_of(main_)) + target),
                                                    std::string(attribute(r, "Type"))};
        }
        return out;
    }

    const sheet_about& chosen() {
        if (how_.sheet_name.empty()) {
            const auto first = std::find_if(sheets_.begin(), sheets_.end(), [](const auto& s) { return !s.hidden; });
            if (first == sheets_.end())
                throw failure(exit_code::invalid, "所有工作表都被隐藏：请用 --sheet 指定", "every sheet is hidden: name one with --sheet");
            if (sheets_.size() > 1) say_sheets(*first);
            return *first;
        }
        std::string there;
        for (const auto& s : sheets_) {
            if (s.name == how_.sheet_name) return s;
            there += (there.empty() ? "" : ", ") + s.name;
        }
        throw failure(exit_code::invalid, fmt::format("没有名为“{}”的工作表，只有：{}", how_.sheet_name, there),
                      fmt::format("there is no sheet “{}”, only: {}", how_.sheet_name, there));
    }

    void say_sheets(const sheet_about& read) {
        std::string zh, en;
        for (const auto& s : sheets_) {
            if (&s == &read) continue;
            zh += fmt::format("{}“{}”{}", zh.empty() ? "" : "、", s.name, s.hidden ? "（被隐藏）" : "");
            en += fmt::format("{}“{}”{}", en.empty() ? "" : ", ", s.name, s.hidden ? " (hidden)" : "");
        }
        how_.notes.push_back({fmt::format("读取的是工作表“{}”；未读取：{}（用 --sheet 名称 另选）", read.name, zh),
                              fmt::format("the sheet “{}” was read; not read: {} (--sheet NAME chooses another)", read.name, en)});
    }

    void say_hidden(const std::vector<std::uint64_t>& rows) {
        if (rows.empty()) return;
        constexpr std::size_t named = 10;
        std::string which;
        for (std::size_t i = 0; i < std::min(named, rows.size()); ++i) which += fmt::format("{}{}", i == 0 ? "" : ", ", rows[i]);
        if (rows.size() > named) which += " …";
        how_.notes.push_back({fmt::format("{} 行被隐藏或筛选掉，未导入：{}（要导入请先取消隐藏）", rows.size(), which),
                              fmt::format("{} hidden or filtered out, not imported: {} (show them to import them)", rows.size() == 1 ? std::string("1 row is") : std::to_string(rows.size()) + " rows are", which)});
    }

    void find_hidden_columns(const node& worksheet) {
        hidden_columns_.assign(bounds::columns_max, false);
        for (const auto& c : child(worksheet, "cols").children()) {
            if (local(c) != "col" || !is_set(c, "hidden")) continue;
            const auto last = std::min<std::size_t>(number_in(attribute(c, "max"), 0), bounds::columns_max);
            for (std::size_t n = std::max(1u, number_in(attribute(c, "min"), 1)); n <= last; ++n) hidden_columns_[n - 1] = true;
        }
    }

    void load_strings() {
        xml doc;
        if (!load("xl/sharedstrings.xml", doc)) return;
        for (const auto& s : child(doc, "sst").children())
            if (local(s) == "si") strings_.push_back(text_in(s));
    }

    void load_styles() {
        xml doc;
        if (!load("xl/styles.xml", doc)) return;
        const auto root = child(doc, "styleSheet");
        std::map<unsigned, std::string> codes;
        for (const auto& f : child(root, "numFmts").children()) codes[number_in(attribute(f, "numFmtId"), 0)] = attribute(f, "formatCode");
        for (const auto& x : child(root, "cellXfs").children()) {
            if (local(x) != "xf") continue;
            const auto number = number_in(attribute(x, "numFmtId"), 0);
            const auto own = codes.find(number);
            formats_.emplace_back(own == codes.end() ? built_in_format(number) : std::string_view(own->second));
        }
    }

    void read_cells(const node& row, sheet_row& into) const {
        std::size_t next = 0;
        for (const auto& c : row.children()) {
            if (local(c) != "c") continue;
            const auto at = column_of(attribute(c, "r")).value_or(next);
            if (at >= bounds::columns_max)
                throw failure(exit_code::invalid, fmt::format("第 {} 行：超过 {} 列", into.number, bounds::columns_max),
                              fmt::format("row {}: more than {} columns", into.number, bounds::columns_max));
            next = at + 1;
            auto value = value_of(c);
            if (auto* why = std::get_if<note>(&value)) {
                into.bad.push_back({at, std::move(*why)});
                continue;
            }
            auto& text = std::get<std::string>(value);
            if (text.size() > bounds::cell_bytes_max)
                throw failure(exit_code::invalid, fmt::format("第 {} 行：第 {} 列的内容超过 {} 字节", into.number, next, bounds::cell_bytes_max),
                              fmt::format("row {}: column {} holds more than {} bytes", into.number, next, bounds::cell_bytes_max));
            if (text.empty()) continue;
            if (hidden_columns_[at] && !is_set(row, "hidden"))
                throw failure(exit_code::invalid,
                              fmt::format("{} 列被隐藏，但其中有内容：请取消隐藏，或删去这一列", letters_of(at)),
                              fmt::format("column {} is hidden and holds something: show it, or delete it", letters_of(at)));
            if (at >= into.cells.size()) into.cells.resize(at + 1);
            into.cells[at] = std::move(text);
        }
    }

    const number_format& format_of(const node& cell) const {
        static const number_format general("");
        const auto style = number_in(attribute(cell, "s"), 0);
        return style < formats_.size() ? formats_[style] : general;
    }

    shown value_of(const node& c) const {
        const auto type = attribute(c, "t");
        if (type == "inlineStr") return format_of(c).show(text_in(child(c, "is")));
        const auto v = child(c, "v");
        if (!v && child(c, "f"))
            return note{"公式没有保存结果：请在表格软件中打开、重新计算并保存", "a formula without its result: open the file in a spreadsheet, recalculate and save it"};
        const std::string value = v.text().get();
        if (type == "e") return note{fmt::format("公式出错（{}）：请改正", value), fmt::format("the formula ends in an error ({}): correct it", value)};
        if (type == "s") {
            std::size_t which = strings_.size();
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), which);
            if (error == std::errc() && end == value.data() + value.size() && which < strings_.size()) return format_of(c).show(strings_[which]);
            return note{"文件中缺少这一格的文字：请在表格软件中重新保存", "this cell's text is missing from the file: save it again in a spreadsheet"};
        }
        if (type == "str") return format_of(c).show(unescaped(value));
        if (value.empty()) return std::string();
        if (type == "b") return std::string(value == "1" || value == "true" ? "TRUE" : "FALSE");
        if (type == "d") return value.substr(0, 10);  // ISO 8601
        return shown_number(c, value);
    }

    shown shown_number(const node& c, const std::string& value) const {
        double n = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
        if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(n))
            return note{fmt::format("“{}”不是数字", value), fmt::format("“{}” is not a number", value)};
        if (auto text = format_of(c).show(n, from_1904_)) return std::move(*text);
        if (std::abs(n) >= 1e15)
            return note{"超过 15 位的数字在表格中会丢失末尾几位：请将该列设为文本后重新填写",
                        "a spreadsheet loses the last digits of a number of more than 15: format the column as text and enter it again"};
        return note{"无法读取这种数字格式：请改为常规、数值、日期或文本", "this number format can't be read: use General, Number, Date or Text"};
    }

    archive from_;
    reading& how_;
    std::map<std::string, std::string, std::less<>> parts_;  // as part_name() has it, to what it is called in the file
    bool from_1904_ = false;
    std::vector<sheet_about> sheets_;
    std::vector<std::string> strings_;
    std::vector<number_format> formats_;  // by style
    std::vector<bool> hidden_columns_;
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

std::optional<std::size_t> column_of(std::string_view cell) {
    std::size_t n = 0, letters = 0;
    while (letters < cell.size() && cell[letters] >= 'A' && cell[letters] <= 'Z' && letters < 4)
        n = n * 26 + static_cast<std::size_t>(cell[letters++] - 'A' + 1);
    return letters == 0 ? std::nullopt : std::optional(n - 1);
}

std::string letters_of(std::size_t column) {
    std::string out;
    for (++column; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
    return out;
}

sheet read_xlsx(const std::string& bytes, reading& how) { return workbook(bytes, how).read(); }

}  // namespace cli::bulk
