#include "server/data_worker/reading/xlsx.hpp"

#include "server/data_worker/cast.hpp"
#include "server/data_worker/days.hpp"
#include "server/data_worker/reading/archive.hpp"
#include "server/data_worker/reading/elements.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace data_worker {
namespace {

constexpr std::size_t small_part_max = 16u << 20;

number_look built_in_look(unsigned number) {
    if (number == 9 || number == 10) return number_look::percent;
    const bool day = (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 47) || (number >= 50 && number <= 58);
    return day ? number_look::day : number_look::plain;
}

/// The day alone, where it has no time.
std::string day_or_moment(std::int64_t micros) {
    constexpr std::string_view midnight = " 00:00:00";
    auto text = moment_text(micros);
    if (text.ends_with(midnight)) text.resize(text.size() - midnight.size());
    return text;
}

/// 27 of "AB12", from 0; nothing where it is no cell's name.
std::optional<std::size_t> column_of(std::string_view cell) {
    std::size_t n = 0, letters = 0;
    while (letters < cell.size() && cell[letters] >= 'A' && cell[letters] <= 'Z' && letters < 4) n = n * 26 + static_cast<std::size_t>(cell[letters++] - 'A' + 1);
    return letters == 0 ? std::nullopt : std::optional(n - 1);
}

class reader : public record_source {
public:
    reader(const std::string& path, const std::string& sheet) : from_(path) {
        const auto main = from_.read("xl/workbook.xml", small_part_max);
        pugi::xml_document doc;
        if (!main || !doc.load_buffer(main->data(), main->size())) none("其中没有工作簿", "there is no workbook in it");
        const auto root = child(doc, "workbook");
        from_1904_ = is_set(child(root, "workbookPr"), "date1904");
        const auto part = chosen(root, sheet);
        load_styles();
        load_strings();
        auto bytes = from_.open(part);
        if (!bytes) none("缺少工作表的内容", "the sheet's content is missing");
        rows_ = std::make_unique<elements>(std::move(bytes), "row");
    }

    bool next(record& row) override {
        row.clear();
        pugi::xml_node found;
        if (!rows_->next(doc_, found)) return false;
        row.line = line_ = number_in(attribute(found, "r"), static_cast<unsigned>(line_ + 1));
        for (const auto& c : found.children()) {
            if (local(c) != "c") continue;
            const auto at = column_of(attribute(c, "r")).value_or(row.size());
            if (at < row.size()) continue;
            if (at >= bounds::columns_max) none(fmt::format("第 {} 行超过 {} 列", line_, bounds::columns_max), fmt::format("row {} has more than {} columns", line_, bounds::columns_max));
            while (row.size() < at) {
                row.open();
                row.close();
            }
            add(row, c);
        }
        return true;
    }

private:
    [[noreturn]] static void none(const std::string& zh, const std::string& en) { throw trouble("unreadable", "不是能读取的 XLSX：" + zh, "this XLSX can't be read: " + en); }

    std::string chosen(const pugi::xml_node& root, const std::string& wanted) {
        std::map<std::string, std::string> targets;
        pugi::xml_document doc;
        if (const auto text = from_.read("xl/_rels/workbook.xml.rels", small_part_max); text && doc.load_buffer(text->data(), text->size()))
            for (const auto& r : child(doc, "Relationships").children()) {
                const std::string target(attribute(r, "Target"));
                if (!std::string(attribute(r, "Type")).ends_with("/worksheet")) continue;
                targets[std::string(attribute(r, "Id"))] = target.starts_with("/") ? target : "xl/" + target;
            }
        std::string names;
        for (const auto& s : child(root, "sheets").children()) {
            if (local(s) != "sheet") continue;
            const std::string name(attribute(s, "name"));
            const auto at = targets.find(std::string(attribute(s, "id")));
            if (at == targets.end()) continue;
            const auto state = attribute(s, "state");
            const bool shown = state.empty() || state == "visible";
            if (wanted.empty() ? shown : name == wanted) return at->second;
            names += (names.empty() ? "" : "、") + name;
        }
        if (wanted.empty()) none("其中没有工作表", "there is no sheet in it");
        none(fmt::format("没有名为“{}”的工作表，有：{}", wanted, names), fmt::format("there is no sheet “{}” in it, but: {}", wanted, names));
    }

    void load_styles() {
        const auto text = from_.read("xl/styles.xml", small_part_max);
        pugi::xml_document doc;
        if (!text || !doc.load_buffer(text->data(), text->size())) return;
        const auto root = child(doc, "styleSheet");
        std::map<unsigned, number_look> own;
        for (const auto& f : child(root, "numFmts").children()) own[number_in(attribute(f, "numFmtId"), 0)] = look_of(attribute(f, "formatCode"));
        for (const auto& x : child(root, "cellXfs").children()) {
            if (local(x) != "xf") continue;
            const auto number = number_in(attribute(x, "numFmtId"), 0);
            const auto known = own.find(number);
            looks_.push_back(known == own.end() ? built_in_look(number) : known->second);
        }
    }

    void load_strings() {
        auto bytes = from_.open("xl/sharedStrings.xml");
        if (!bytes) return;
        elements all(std::move(bytes), "si");
        pugi::xml_document doc;
        pugi::xml_node found;
        std::size_t size = 0;
        while (all.next(doc, found)) {
            strings_.push_back(text_in(found));
            size += strings_.back().size() + sizeof(std::string);
            if (size > bounds::strings_bytes_max) throw trouble("too_large", "工作簿中的文字过多：请改交 CSV", "there are too many texts in the workbook: deliver it as CSV");
        }
    }

    static void put(record& row, std::string_view text, bool number = false) {
        row.open();
        row.add(text);
        row.close(number);
    }
    static void bad(record& row, said why) {
        if (!row.bad) {
            row.bad = std::move(why);
            row.bad_column = row.size();
        }
        put(row, "");
    }

    void add(record& row, const pugi::xml_node& c) const {
        const auto type = attribute(c, "t");
        if (type == "inlineStr") return put(row, text_in(child(c, "is")));
        const auto v = child(c, "v");
        if (!v && child(c, "f")) return bad(row, {"公式没有保存结果：请在表格软件中打开、重新计算并保存", "a formula without its result: open the file in a spreadsheet, recalculate and save it"});
        const std::string_view value = v.text().get();
        if (type == "e") return bad(row, {fmt::format("公式出错（{}）", value), fmt::format("the formula ends in an error ({})", value)});
        if (type == "s") {
            std::size_t which = strings_.size();
            std::from_chars(value.data(), value.data() + value.size(), which);
            if (which < strings_.size()) return put(row, strings_[which]);
            return bad(row, {"文件中缺少这一格的文字：请重新导出", "this cell's text is missing from the file: export it again"});
        }
        if (type == "str") return put(row, unescaped(value));
        if (value.empty()) return put(row, "");
        if (type == "b") return put(row, value == "1" || value == "true" ? "TRUE" : "FALSE");
        if (type == "d") return put(row, value);
        const auto style = number_in(attribute(c, "s"), 0);
        add_number(row, value, style < looks_.size() ? looks_[style] : number_look::plain);
    }

    void add_number(record& row, std::string_view value, number_look look) const {
        const auto text = spreadsheet_number(value, look == number_look::percent ? 2 : 0);
        if (!text) return bad(row, {fmt::format("“{}”不是数字", value), fmt::format("“{}” is not a number", value)});
        if (look == number_look::percent) return put(row, *text + "%");
        if (look == number_look::day)
            if (const auto at = moment_of_serial(*text, from_1904_); at.value) return put(row, day_or_moment(*at.value));
        if (!from_1904_) return put(row, *text, true);
        // A number that is taken for a day later is counted from 1900 there.
        put(row, *text, false);
    }

    archive from_;
    bool from_1904_ = false;
    std::vector<std::string> strings_;
    std::vector<number_look> looks_;  // by style
    std::unique_ptr<elements> rows_;
    pugi::xml_document doc_;
    std::uint64_t line_ = 0;
};

}  // namespace

number_look look_of(std::string_view code) {
    bool percent = false, day = false;
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char c = code[at];
        if (c == ';') break;  // the first section is that of numbers above 0
        if (c == '\\' || c == '_' || c == '*') ++at;
        else if (c == '"') at = std::min(code.find('"', at + 1), code.size());
        else if (c == '[') {
            const auto end = std::min(code.find(']', at), code.size());
            const auto inside = code.substr(at + 1, end - at - 1);
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == inside.npos) day = true;
            at = end;
        } else if (c == '%') percent = true;
        else if (std::string_view("yYdDhHmMsS").find(c) != std::string_view::npos) day = true;
        else if (code.substr(at, 7) == "General") at += 6;
    }
    return percent ? number_look::percent : day ? number_look::day : number_look::plain;
}

std::unique_ptr<record_source> xlsx_rows(const std::string& path, const std::string& sheet) { return std::make_unique<reader>(path, sheet); }

}  // namespace data_worker
