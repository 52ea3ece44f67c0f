#include "server/data_worker/reading/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker {
namespace {

class reader : public record_source {
public:
    reader(std::unique_ptr<byte_source> text, char separator) : text_(std::move(text)), separator_(separator), block_(1u << 16, '\0') {}

    bool next(record& row) override {
        row.clear();
        row.line = line_;
        if (!more() || (peek() == '\x1A' && ended_after())) return false;  // an end of file of old
        row.open();
        for (;;) {
            if (row.open_bytes() == 0 && more() && peek() == '"') quoted(row);
            plain(row);
            row.close();
            if (!more()) break;
            const char c = take();
            if (c == separator_) {
                if (row.size() == bounds::columns_max) too_much(row, fmt::format("超过 {} 列", bounds::columns_max), fmt::format("more than {} columns", bounds::columns_max));
                row.open();
                continue;
            }
            if (c == '\r' && more() && peek() == '\n') take();
            ++line_;
            break;
        }
        return true;
    }

private:
    bool more() {
        if (at_ < size_) return true;
        size_ = text_->read(block_.data(), block_.size());
        at_ = 0;
        return size_ > 0;
    }
    char peek() const { return block_[at_]; }
    char take() { return block_[at_++]; }
    bool ended_after() {
        while (more() && (peek() == '\x1A' || peek() == '\n' || peek() == '\r')) take();
        return !more();
    }

    /// Up to what ends a cell.
    void plain(record& row) {
        while (more()) {
            const auto from = at_;
            while (at_ < size_ && block_[at_] != separator_ && block_[at_] != '\n' && block_[at_] != '\r') ++at_;
            row.add(std::string_view(block_).substr(from, at_ - from));
            bounded(row);
            if (at_ < size_) return;
        }
    }

    void quoted(record& row) {
        const auto from = line_;
        take();
        for (;;) {
            if (!more())
                throw trouble("unreadable", fmt::format("第 {} 行：引号没有结束，文件可能被截断", from), fmt::format("line {}: a quote is never closed, so the file may be cut off", from));
            const auto begin = at_;
            while (at_ < size_ && block_[at_] != '"') {
                if (block_[at_] == '\n') ++line_;
                ++at_;
            }
            row.add(std::string_view(block_).substr(begin, at_ - begin));
            if (row.open_bytes() > bounds::cell_bytes_max)
                throw trouble("unreadable", fmt::format("第 {} 行：引号没有结束", from), fmt::format("line {}: a quote is never closed", from));
            if (at_ == size_) continue;
            take();
            if (!more() || peek() != '"') break;
            row.add(take());
        }
        if (more() && peek() != separator_ && peek() != '\n' && peek() != '\r' && !row.bad) {
            row.bad = said{"右引号之后还有文字：内容中的引号应写两遍", "text after a closing quote: one inside is written twice"};
            row.bad_column = row.size() - 1;
        }
    }

    void bounded(const record& row) const {
        if (row.open_bytes() > bounds::cell_bytes_max) too_much(row, fmt::format("一格的内容超过 {} 字节", bounds::cell_bytes_max), fmt::format("a cell of more than {} bytes", bounds::cell_bytes_max));
        if (row.bytes() > bounds::row_bytes_max) too_much(row, fmt::format("一行超过 {} 字节", bounds::row_bytes_max), fmt::format("a row of more than {} bytes", bounds::row_bytes_max));
    }
    [[noreturn]] static void too_much(const record& row, const std::string& zh, const std::string& en) {
        throw trouble("unreadable", fmt::format("第 {} 行：{}，请核对分隔符与引号", row.line, zh), fmt::format("line {}: {}: compare separators and quotes", row.line, en));
    }

    std::unique_ptr<byte_source> text_;
    char separator_;
    std::string block_;
    std::size_t at_ = 0, size_ = 0;
    std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<record_source> csv_rows(std::unique_ptr<byte_source> text, char separator) { return std::make_unique<reader>(std::move(text), separator); }

}  // namespace data_worker
