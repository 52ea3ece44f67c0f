#pragma once
// A program beside this one, told and heard in lines.

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace clients_test {

/// Killed at its end, if it has not ended by itself. One thread.
class child {
public:
    /// `environment` ("NAME=value") is put before this program's own.
    child(const std::vector<std::string>& command, const std::vector<std::string>& environment = {});
    ~child();
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    void say(const std::string& line);
    /// Nothing where it has ended. Throws std::runtime_error where none comes in time.
    std::optional<std::string> hear(std::chrono::milliseconds at_most);
    /// No more is said to it; waits for it to end.
    void finish();

private:
    pid_t pid_ = -1;
    int in_ = -1;
    int out_ = -1;
    std::string heard_;
};

}  // namespace clients_test
