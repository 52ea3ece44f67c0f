// The operation profile: what a file that was never seen before looks like, for a person to confirm. From then on nothing is guessed.

#include "server/data_worker/cast.hpp"
#include "server/data_worker/findings.hpp"
#include "server/data_worker/ingest.hpp"
#include "server/data_worker/reading/decode.hpp"
#include "server/data_worker/reading/table.hpp"
#include "server/data_worker/worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace data_worker {
namespace {

constexpr std::size_t beginning_bytes = 1u << 18, first_rows = 200, different_max = 20'000;

struct seen {
    std::string name;
    std::uint64_t filled = 0, missing = 0;
    bool day = true, moment = true, whole = true, decimal = true, percent = true, yes_no = true, code = false, percent_sign = false;
    unsigned places = 0;
    bool unique = true;
    std::unordered_set<std::string> different;
    std::vector<std::string> examples;

    void take(std::string_view cell, bool is_number) {
        const auto text = trimmed(cell);
        if (says_missing(text)) {
            ++missing;
            return;
        }
        ++filled;
        if (examples.size() < 3 && std::find(examples.begin(), examples.end(), text) == examples.end()) examples.emplace_back(shortened(text, 40));
        if (unique && different.size() < different_max) unique = different.emplace(text).second;
        if (day) day = cast_day(text).value && (text.size() != 8 || text[0] == '2' || text[0] == '1');
        if (moment) moment = cast_moment(text).value.has_value();
        if (yes_no) yes_no = cast_yes_no(text).value.has_value();
        if (!decimal && !percent) return;
        // A number with zeros before it, or as long as a telephone's, names something.
        const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits && !is_number && ((text.size() > 1 && text[0] == '0') || text.size() >= 11)) code = true;
        percent_sign = percent_sign || text.ends_with('%');
        const auto number = cast_decimal(text, 6, true);
        if (!number.value) {
            whole = decimal = percent = false;
            return;
        }
        int128 units = *number.value;
        unsigned n = 6;
        while (n > 0 && units % 10 == 0) units /= 10, --n;
        // As it is written, with the zeros at its end.
        const auto point = text.find('.');
        const auto written = point == text.npos ? 0 : std::min<std::size_t>(std::min(text.find_first_not_of("0123456789", point + 1), text.size()) - point - 1, 6);
        places = std::max({places, n, static_cast<unsigned>(written)});
        whole = whole && n == 0;
        if (!text.ends_with('%')) percent = false;
        else decimal = whole = false;
    }

    column_type type() const {
        if (filled == 0) return column_type::text;
        if (day) return column_type::day;
        if (whole && !code) return column_type::whole;
        if (decimal && !code) return column_type::decimal;
        if (percent) return column_type::percent;
        if (moment) return column_type::moment;
        if (yes_no) return column_type::yes_no;
        return column_type::text;
    }
};

struct shape {
    std::size_t width = 0, agree = 0;
};

/// How many columns most rows have.
shape shape_of(record_source& from) {
    std::vector<std::size_t> sizes;
    for (record row; sizes.size() < first_rows && from.next(row);)
        if (!row.is_blank()) sizes.push_back(row.size());
    shape best;
    for (const auto s : sizes) {
        const auto n = static_cast<std::size_t>(std::count(sizes.begin(), sizes.end(), s));
        if (n > best.agree || (n == best.agree && s > best.width)) best = {s, n};
    }
    return best;
}

class profiler {
public:
    explicit profiler(const request& r) : file_(r.text("file")) {
        how_.sheet = r.text_or("sheet", "");
        std::string beginning(beginning_bytes, '\0');
        const auto from = open_file(file_);
        std::size_t size = 0;
        while (const auto n = from->read(beginning.data() + size, beginning.size() - size)) size += n;
        beginning.resize(size);
        if (size == 0) throw trouble("unreadable", "文件是空的", "the file is empty");
        if (beginning.starts_with("PK\x03\x04")) how_.type = file_type::xlsx;
        else read_text(beginning);
    }

    json run() {
        const auto width = shape_of(*open_rows(file_, how_)).width;
        const auto rows = open_rows(file_, how_);
        record row;
        bool found = false;
        while (!found && rows->next(row)) found = !row.is_blank() && filled(row) * 10 >= width * 6 && row.size() + 1 >= width;
        if (!found) throw trouble("unreadable", "文件中没有列名所在的行", "there is no row of headings in the file");
        if (row.line > 101) throw trouble("unreadable", "列名在第 101 行之后", "the headings are below line 101");
        how_.skip = static_cast<unsigned>(row.line - 1);
        if (how_.skip > 0) warn(fmt::format("列名在第 {} 行，之前的行略过", row.line), fmt::format("the headings are in line {}, and what is above is left out", row.line));
        for (std::size_t i = 0; i < row.size(); ++i) {
            columns_.emplace_back();
            columns_.back().name = trimmed(row[i]);
        }
        while (!columns_.empty() && columns_.back().name.empty()) columns_.pop_back();
        read_rows(*rows);
        return told();
    }

private:
    void warn(std::string zh, std::string en) { warnings_.push_back({{"zh", std::move(zh)}, {"en", std::move(en)}}); }

    static std::size_t filled(const record& row) {
        std::size_t n = 0;
        for (std::size_t i = 0; i < row.size(); ++i) n += !trimmed(row[i]).empty();
        return n;
    }

    void read_text(const std::string& beginning) {
        if (beginning.starts_with("\xD0\xCF\x11\xE0")) throw trouble("unreadable", "这是旧格式的 .xls（或加了密码）：请另存为 .xlsx 或 CSV", "this is an old .xls, or has a password: save it as .xlsx or CSV");
        const auto encoding = encoding_of(beginning, beginning.size() < beginning_bytes);
        if (!encoding) throw trouble("unreadable", "看不出文件是哪种编码：请另存为“CSV UTF-8”", "it can't be told which encoding the file is in: save it as “CSV UTF-8”");
        how_.encoding = *encoding;
        if (*encoding == text_encoding::gb18030) warn("文件不是 UTF-8，按 GB18030 读取：请核对文字", "the file is not UTF-8 and was read as GB18030: see that its texts are right");
        shape best;
        char chosen = ',';
        for (const char s : {',', ';', '\t', '|'}) {
            how_.separator = s;
            try {
                const auto made = shape_of(*open_rows(file_, how_));
                if (made.width > 1 && made.agree * (made.width > 1) > best.agree) best = made, chosen = s;
            } catch (const trouble&) {
                if (s == ',') continue;  // with another one it may be read
            }
        }
        how_.separator = chosen;
    }

    void read_rows(record_source& rows) {
        std::vector<bool> totals;
        std::uint64_t ragged = 0, first_ragged = 0;
        for (record row; rows.next(row);) {
            if (row.is_blank()) continue;
            ++count_;
            const bool total = is_total(row);
            totals.push_back(total);
            if (totals.size() > 10) totals.erase(totals.begin());
            if (row.bad || (how_.type == file_type::csv && row.size() != columns_.size())) {
                if (ragged++ == 0) first_ragged = row.line;
                continue;
            }
            if (total) continue;
            for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].take(i < row.size() ? row[i] : std::string_view(), i < row.size() && row.is_number(i));
        }
        while (!totals.empty() && totals.back()) {
            ++how_.skip_end;
            totals.pop_back();
        }
        count_ -= how_.skip_end;
        if (how_.skip_end > 0) warn(fmt::format("末尾 {} 行像是合计，不作为数据", how_.skip_end), fmt::format("the last {} rows look like totals, and are not taken as data", how_.skip_end));
        if (ragged > 0) warn(fmt::format("{} 行的列数与列名不同，第一处在第 {} 行", ragged, first_ragged), fmt::format("{} rows have another number of columns than the headings, first in line {}", ragged, first_ragged));
    }

    static bool is_total(const record& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto text = trimmed(row[i]);
            if (text.empty()) continue;
            for (const std::string_view w : {"合计", "总计", "小计", "共计", "Total", "total", "TOTAL", "Sum"})
                if (text.starts_with(w)) return true;
            return false;
        }
        return false;
    }

    json told() {
        json all = json::array();
        bool key = false;
        for (auto& c : columns_) {
            const auto type = c.type();
            json one{{"name", c.name}, {"type", name_of(type)}, {"places", type == column_type::decimal || type == column_type::percent ? c.places : 0}, {"examples", c.examples}};
            const auto total = c.filled + c.missing;
            const auto share = total == 0 ? 0 : c.missing * 10'000 / total;
            one["missing_share"] = fmt::format("{}.{:02}", share / 100, share % 100);
            if (!key && count_ > 1 && c.missing == 0 && c.unique && c.filled > 1 && (type == column_type::text || type == column_type::whole)) one["key"] = key = true;
            all.push_back(std::move(one));
        }
        json reading{{"type", how_.type == file_type::csv ? "csv" : "xlsx"}, {"encoding", name_of(how_.encoding)}, {"separator", how_.separator == ',' ? "comma" : how_.separator == ';' ? "semicolon" : how_.separator == '\t' ? "tab" : "bar"},
                     {"skip", how_.skip}, {"skip_end", how_.skip_end}};
        if (!how_.sheet.empty()) reading["sheet"] = how_.sheet;
        return {{"reading", std::move(reading)}, {"columns", std::move(all)}, {"rows", count_}, {"warnings", warnings_}};
    }

    std::string file_;
    reading_rules how_;
    std::vector<seen> columns_;
    std::uint64_t count_ = 0;
    json warnings_ = json::array();
};

}  // namespace

json profile_of(const request& r) { return profiler(r).run(); }

}  // namespace data_worker
