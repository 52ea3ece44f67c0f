#include "clients/cli/bulk/csv.hpp"

#include "clients/cli/bulk/encoding.hpp"
#include "clients/cli/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cli::bulk {
namespace {

[[noreturn]] void bad_row(std::uint64_t row, std::string_view zh, std::string_view en) {
    throw failure(exit_code::invalid, fmt::format("第 {} 行：{}", row, zh), fmt::format("row {}: {}", row, en));
}

/// What stands between the values: whichever there is most of in the first line.
char separator_of(std::string_view text) {
    std::array<std::size_t, 3> count{};
    constexpr std::string_view all = ",;\t";
    bool quoted = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '\n' || c == '\r'))
            break;
        else if (const auto which = all.find(c); !quoted && which != all.npos)
            ++count[which];
    }
    return all[static_cast<std::size_t>(std::max_element(count.begin(), count.end()) - count.begin())];
}

class reader {
public:
    explicit reader(std::string_view text) : text_(text), separator_(separator_of(text)) { read_separator(); }

    sheet all() {
        sheet rows;
        while (at_ < text_.size()) {
            if (rows.size() > bounds::rows_max)
                throw failure(exit_code::invalid, fmt::format("超过 {} 行：请分成几个文件", bounds::rows_max),
                              fmt::format("more than {} rows: split the file", bounds::rows_max));
            rows.push_back({++row_, {}});
            read_row(rows.back().cells);
        }
        return rows;
    }

private:
    /// "sep=;" before the headings, which spreadsheets take and do not count as a row.
    void read_separator() {
        constexpr std::string_view said = "sep=";
        if (text_.substr(0, said.size()) != said && text_.substr(0, said.size()) != "SEP=") return;
        const auto end = text_.find_first_of("\r\n");
        if (end != said.size() + 1) return;
        separator_ = text_[said.size()];
        at_ = end + (text_.substr(end, 2) == "\r\n" ? 2 : 1);
    }

    void read_row(std::vector<std::string>& into) {
        for (;;) {
            if (into.size() == bounds::columns_max)
                bad_row(row_, fmt::format("超过 {} 列", bounds::columns_max), fmt::format("more than {} columns", bounds::columns_max));
            into.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted() : plain());
            if (into.back().size() > bounds::cell_bytes_max)
                bad_row(row_, fmt::format("第 {} 列的内容超过 {} 字节", into.size(), bounds::cell_bytes_max),
                        fmt::format("column {} holds more than {} bytes", into.size(), bounds::cell_bytes_max));
            if (at_ == text_.size()) return;
            const char c = text_[at_++];
            if (c == separator_) continue;
            if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
            return;
        }
    }

    std::string plain() {
        const auto end = std::min(text_.find_first_of(std::string{separator_, '\r', '\n'}, at_), text_.size());
        const auto value = text_.substr(at_, end - at_);
        at_ = end;
        return std::string(value);
    }

    std::string quoted() {
        std::string out;
        for (++at_;;) {
            const auto end = text_.find('"', at_);
            if (end == text_.npos)
                bad_row(row_, "引号没有结束：请补上右引号（内容中的引号写两遍）",
                        "a quote is never closed: close it (one inside is written twice)");
            out += text_.substr(at_, end - at_);
            at_ = end + 1;
            if (at_ == text_.size() || text_[at_] != '"') break;
            out += '"';
            ++at_;
        }
        if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n')
            bad_row(row_, "右引号之后还有文字：内容中的引号应写两遍", "text after a closing quote: one inside is written twice");
        return out;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::uint64_t row_ = 0;
};

}  // namespace

sheet parse_csv(std::string_view bytes, reading& how) {
    const auto text = to_utf8(bytes, how);
    return reader(text).all();
}

}  // namespace cli::bulk
