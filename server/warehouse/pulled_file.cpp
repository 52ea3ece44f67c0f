#include "server/warehouse/pulled_file.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace server::warehouse {
namespace {

constexpr std::size_t block_bytes = 1u << 18;

[[noreturn]] void fail(const std::filesystem::path& at) { throw boost::system::system_error(errno, boost::system::system_category(), at.string()); }

std::filesystem::path fresh_name(const std::filesystem::path& folder, const std::string& ending) {
    static std::atomic<std::uint64_t> last{0};
    return folder / ("pull-" + std::to_string(::getpid()) + '-' + std::to_string(++last) + ending);
}

}  // namespace

pulled_file::pulled_file(const std::filesystem::path& folder, const std::string& ending, std::uint64_t bytes_max)
    : path_(fresh_name(folder, ending)), bytes_max_(bytes_max), fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
    if (fd_ < 0) fail(path_);
}

pulled_file::~pulled_file() {
    ::close(fd_);
    ::unlink(path_.c_str());
}

void pulled_file::write(std::string_view part) {
    if (part.size() > bytes_max_ - bytes_) {
        const auto most = std::to_string(bytes_max_);
        throw pull_failed("内容超过附件的上限（" + most + " 字节）", "it is larger than a file may be (" + most + " bytes)");
    }
    for (std::size_t done = 0; done < part.size();) {
        const auto n = ::write(fd_, part.data() + done, part.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail(path_);
        done += static_cast<std::size_t>(n);
    }
    bytes_ += part.size();
}

void pulled_file::empty() {
    if (::ftruncate(fd_, 0) != 0 || ::lseek(fd_, 0, SEEK_SET) != 0) fail(path_);
    bytes_ = 0;
}

void csv_rows::begin_field() {
    if (!first_) out_ += ',';
    first_ = false;
}

void csv_rows::text(std::string_view value) {
    begin_field();
    if (!value.empty() && value.find_first_of(",\"\r\n") == value.npos) {
        out_ += value;
        return;
    }
    out_ += '"';
    for (const char c : value) {
        if (c == '"') out_ += '"';
        out_ += c;
    }
    out_ += '"';
}

void csv_rows::missing() { begin_field(); }

void csv_rows::end_row() {
    if (rows() == rows_max_ && rows_ > 0) {
        const auto most = std::to_string(rows_max_);
        throw pull_failed("结果超过 " + most + " 行", "there are more than " + most + " rows");
    }
    out_ += "\r\n";
    first_ = true;
    ++rows_;
    if (out_.size() >= block_bytes) finish();
}

void csv_rows::finish() {
    to_.write(out_);
    out_.clear();
}

}  // namespace server::warehouse
