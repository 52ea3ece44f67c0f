#pragma once
// The rows of a delivery that were rejected, as a CSV file for whoever has to mend them: line, column and reason, and the row as it was.

#include "server/data_worker/reading/record.hpp"

#include <fstream>
#include <string>
#include <vector>

namespace data_worker {

class rejects_file {
public:
    /// An empty path: nothing is written. What is `hidden` of a row is personal, and not repeated.
    rejects_file(const std::string& path, const std::vector<std::string>& headings, std::vector<bool> hidden);

    void add(const record& row, const std::string& column, const said& why);
    /// A row that is not at hand any more.
    void add(std::uint64_t line, const std::string& column, const said& why);
    bool any() const { return any_; }

private:
    void put(std::string_view text, bool last = false);

    std::vector<bool> hidden_;
    std::ofstream to_;
    bool open_ = false, any_ = false;
    std::uint64_t written_ = 0;
};

}  // namespace data_worker
