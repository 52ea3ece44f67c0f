#include "clients/cli/bulk/sheet.hpp"

#include "clients/cli/bulk/csv.hpp"
#include "clients/cli/bulk/xlsx.hpp"
#include "clients/cli/failure.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>

namespace cli::bulk {
namespace {

std::string read_bounded(std::istream& in, const std::string& name) {
    std::string out(bounds::file_bytes_max + 1, '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(in.gcount()));
    if (in.bad()) throw failure(exit_code::invalid, "无法读取 " + name, "cannot read " + name);
    if (out.size() > bounds::file_bytes_max)
        throw failure(exit_code::invalid, fmt::format("{} 超过 {} MiB：请分成几个文件", name, bounds::file_bytes_max >> 20),
                      fmt::format("{} is larger than {} MiB: split it", name, bounds::file_bytes_max >> 20));
    return out;
}

}  // namespace

sheet read_sheet(const std::string& file, reading& how) {
    std::string bytes;
    if (file == "-") {
        bytes = read_bounded(std::cin, "stdin");
    } else {
        std::ifstream in(file, std::ios::binary);
        if (!in) throw failure(exit_code::invalid, "无法读取 " + file, "cannot read " + file);
        bytes = read_bounded(in, file);
    }
    if (bytes.starts_with("\xD0\xCF\x11\xE0"))
        throw failure(exit_code::invalid, "这是旧格式的 .xls（或加了密码的文件）：请另存为 .xlsx 或 CSV",
                      "this is an old .xls, or has a password: save it as .xlsx or CSV");
    auto rows = bytes.starts_with("PK") ? read_xlsx(bytes, how) : parse_csv(bytes, how);
    std::erase_if(rows, [](const sheet_row& r) {
        if (!r.bad.empty()) return false;
        for (const auto& c : r.cells)
            if (c.find_first_not_of(" \t") != c.npos) return false;
        return true;
    });
    if (rows.empty())
        throw failure(exit_code::invalid, "文件是空的：第一行应为列名（--template 可写出）",
                      "the file is empty: its first row holds the headings (--template writes them)");
    return rows;
}

}  // namespace cli::bulk
