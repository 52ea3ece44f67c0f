#pragma once
// A program that is run for one question, within limits that the operating system holds it to, whatever it does.

#include <cstdint>
#include <string>
#include <vector>

namespace data_worker {

struct child_limits {
    std::uint64_t memory_bytes = 1'500'000'000;  ///< of addresses: the program itself and its library are among them
    unsigned cpu_seconds = 10;
    unsigned wall_seconds = 30;
    std::size_t answer_bytes_max = 48u << 20;
};

/// Runs `program` in `folder`, with an empty environment, and gives it `question` as a frame; gives back the frame that it answers.
/// It writes no file. Throws `trouble` (limit) where it was ended by one of these limits.
std::string run_child(const std::string& program, const std::vector<std::string>& arguments, const std::string& folder, const std::string& question, const child_limits& limits);

/// Copies a file as it is on the disk, in a child: a process that closes a file gives up all its locks on it, and this one holds the database's.
/// Throws `trouble` (engine).
void copy_in_child(const std::string& from, const std::string& to);

}  // namespace data_worker
