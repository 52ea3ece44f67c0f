#include "clients/cli/bulk/csv.hpp"

#include "clients/cli/failure.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <iconv.h>

#include <algorithm>
#include <array>

namespace cli::bulk {
namespace {

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto from = at;
        // A malformed byte reads as U+FFFD; the real one is three bytes long.
        if (next_character(text, at) == U'\uFFFD' && at - from < 3) return false;
    }
    return true;
}

std::optional<std::string> converted(std::string_view bytes, const char* from) {
    const auto with = ::iconv_open("UTF-8", from);
    if (with == reinterpret_cast<iconv_t>(-1)) return std::nullopt;  // NOLINT(performance-no-int-to-ptr): as POSIX says it
    std::string out;
    std::string in(bytes);
    char* at = in.data();
    auto left = in.size();
    std::array<char, 65536> part;
    bool good = true;
    while (good && left > 0) {
        char* to = part.data();
        auto room = part.size();
        const bool stopped = ::iconv(with, &at, &left, &to, &room) == static_cast<std::size_t>(-1);
        out.append(part.data(), part.size() - room);
        good = !stopped || errno == E2BIG;
    }
    ::iconv_close(with);
    return good ? std::optional(std::move(out)) : std::nullopt;
}

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
    explicit reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

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

std::string to_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    std::optional<std::string> out;
    if (bytes.starts_with("\xFF\xFE"))
        out = converted(bytes.substr(2), "UTF-16LE");
    else if (bytes.starts_with("\xFE\xFF"))
        out = converted(bytes.substr(2), "UTF-16BE");
    else if (is_utf8(bytes))
        out = std::string(bytes);
    else
        out = converted(bytes, "GB18030");
    if (!out || out->find('\0') != out->npos)
        throw failure(exit_code::invalid, "文件既不是 UTF-8、UTF-16，也不是 GB18030 文本：请另存为“CSV UTF-8（逗号分隔）”",
                      "the file is text in neither UTF-8, UTF-16 nor GB18030: save it as “CSV UTF-8”");
    return std::move(*out);
}

sheet parse_csv(std::string_view bytes) {
    const auto text = to_utf8(bytes);
    return reader(text).all();
}

}  // namespace cli::bulk
