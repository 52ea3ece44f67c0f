#pragma once
// The terminal: its width, a question without echo, and a bar that shows how far something is.

#include "clients/cli/language.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace cli {

bool stdin_is_terminal();
bool stdout_is_terminal();
bool stderr_is_terminal();

/// What the environment says: NO_COLOR, CLICOLOR=0 and TERM=dumb ask for none.
bool colors_wanted();

/// Whether a terminal can do more than show a line after another (TERM=dumb).
bool terminal_can_move();

/// Whether what is written goes into an empty file: CSV that is kept is opened with a spreadsheet.
bool stdout_is_new_file();

/// Of stdout, in columns; 0 where it is not a terminal.
int terminal_columns();

/// Asks on the terminal and reads one line without showing it. The echo comes back whatever happens.
std::string ask_secretly(const std::string& question);

/// Asks on the terminal and reads one line.
std::string ask(const std::string& question);

/// On stderr: a bar that redraws itself on a terminal, a line now and then elsewhere.
class progress {
public:
    progress(std::string label, std::uint64_t total, bool quiet);
    ~progress();
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    void show(std::uint64_t done, std::uint64_t total);
    void show(std::uint64_t done) { show(done, total_); }

    /// Draws the last state and ends the line.
    void finish();

private:
    void draw();

    using clock = std::chrono::steady_clock;
    std::string label_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    bool on_terminal_;
    bool quiet_;
    bool finished_ = false;
    clock::time_point started_ = clock::now();
    clock::time_point drawn_{};
};

}  // namespace cli
