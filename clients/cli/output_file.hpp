#pragma once
// A file that is written to: whole or not at all where it is a file.

#include <ostream>
#include <string>
#include <string_view>

namespace cli {

/// "-" is stdout. What is no regular file (a terminal, a pipe, /dev/null) is written into as it is. A file is written beside
/// where it will be and takes its place at the end; links to it are followed, and it keeps its mode. Throws `failure` (invalid)
/// with what the system says.
class output_file {
public:
    output_file(std::string path, std::ostream& stdout_stream);
    /// Readable for its owner alone, whatever it was.
    struct secret {};
    output_file(std::string path, secret);
    ~output_file();
    output_file(const output_file&) = delete;
    output_file& operator=(const output_file&) = delete;

    void write(std::string_view bytes);
    void finish();

    bool is_stdout() const { return stdout_ != nullptr; }

private:
    void open(bool secret);
    [[noreturn]] void fail() const;

    std::string path_;
    std::string target_;  ///< behind links
    std::string beside_;  ///< empty: written into at once
    std::ostream* stdout_ = nullptr;
    int fd_ = -1;
};

}  // namespace cli
