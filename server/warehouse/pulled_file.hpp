#pragma once
// What is fetched, while it comes: a file of its own that only this user may read, of so many bytes at most, removed with this.

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace server::warehouse {

/// Why something was not fetched, for whoever reads it on the page or in the log. No secret is ever in it.
class pull_failed : public std::runtime_error {
public:
    pull_failed(std::string zh, std::string en) : std::runtime_error(en), zh(std::move(zh)), en(std::move(en)) {}
    std::string zh, en;
};

class pulled_file {
public:
    /// `ending`: ".csv". Throws boost::system::system_error, as write() does.
    pulled_file(const std::filesystem::path& folder, const std::string& ending, std::uint64_t bytes_max);
    ~pulled_file();
    pulled_file(const pulled_file&) = delete;
    pulled_file& operator=(const pulled_file&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t bytes() const { return bytes_; }
    std::uint64_t bytes_max() const { return bytes_max_; }

    /// Throws pull_failed where it is more than may be.
    void write(std::string_view part);
    /// Begins anew.
    void empty();

private:
    std::filesystem::path path_;
    const std::uint64_t bytes_max_;
    std::uint64_t bytes_ = 0;
    int fd_;
};

/// Rows as CSV (RFC 4180), in UTF-8: nothing is a missing value, "" an empty text. One thread.
class csv_rows {
public:
    csv_rows(pulled_file& to, std::uint64_t rows_max) : to_(to), rows_max_(rows_max) {}

    void text(std::string_view value);
    void missing();
    /// Ends a row; the first is that of the headings. Throws pull_failed where there are more than may be.
    void end_row();
    void finish();

    std::uint64_t rows() const { return rows_ ? rows_ - 1 : 0; }

private:
    void begin_field();

    pulled_file& to_;
    const std::uint64_t rows_max_;
    std::uint64_t rows_ = 0;
    bool first_ = true;
    std::string out_;
};

}  // namespace server::warehouse
