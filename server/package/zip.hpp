#pragma once
// A ZIP file written as it goes, with one form only: parts stored as they are, no times, nothing optional. So the same parts
// are the same bytes, and who reads it can see that not one of them was changed.

#include <boost/crc.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace server::package {

class zip {
public:
    /// The largest that this form of ZIP can be.
    static constexpr std::uint64_t bytes_max = 0xFFFF'0000;

    /// Each appends to `out` what comes next in the file.
    void begin(std::string& out, std::string_view path);
    void write(std::string& out, std::string_view bytes);
    void end(std::string& out);
    /// The list of parts.
    void finish(std::string& out);

private:
    struct part {
        std::string path;
        std::uint32_t begins = 0;
        std::uint32_t crc = 0;
        std::uint32_t bytes = 0;
    };
    std::vector<part> parts_;
    boost::crc_32_type sum_;  // of the part that is being written
    std::uint64_t at_ = 0;    // bytes so far
};

}  // namespace server::package
