#pragma once
// A sealed package on disk, in the one form that it can have: parts stored as they are, one after the other, without times
// and without anything that is optional. What is in another form was made by somebody else, or changed.

#include <cstdint>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace cli::package {

struct part {
    std::string path;
    std::uint64_t begins;  ///< of its content, in the file
    std::uint64_t bytes;
    std::uint32_t crc;
};

class file {
public:
    /// Reads the list of parts and holds every byte that is not content against what it has to be. Throws `failure`: invalid
    /// where it can't be read or is no package at all, conflict where it was changed.
    explicit file(const std::string& path);

    const std::vector<part>& parts() const { return parts_; }
    /// Throws `failure` (conflict) where it is missing.
    const part& find(const std::string& path) const;

    /// Calls `take` with the content, piece by piece.
    void read(const part& p, const std::function<void(std::string_view)>& take) const;
    /// All of it; throws `failure` (conflict) above `bytes_max`.
    std::string whole(const part& p, std::size_t bytes_max) const;
    /// Calls `take` with each line, until false; a last line that is not ended is one too.
    void lines(const part& p, const std::function<bool(const std::string&)>& take) const;

private:
    void read_list();
    void hold_against_form();
    std::string bytes(std::uint64_t from, std::size_t count) const;

    std::string path_;
    std::uint64_t size_ = 0;
    std::vector<part> parts_;
};

/// The lines of one part, one after the other.
class line_reader {
public:
    line_reader(const std::string& file, const part& p);
    /// False at the end.
    bool next(std::string& line);

private:
    std::ifstream in_;
    std::uint64_t left_;
};

}  // namespace cli::package
