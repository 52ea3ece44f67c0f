#include "clients/cli/terminal.hpp"

#include "clients/cli/width.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int signal) { interrupted = signal; }

int columns_of(int fd) {
    winsize size{};
    if (::isatty(fd) == 0 || ::ioctl(fd, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

/// Without SA_RESTART, so that a read gives up and the echo can be put back before the process ends.
class interruptible {
public:
    interruptible() {
        struct sigaction action {};
        action.sa_handler = on_interrupt;
        ::sigaction(SIGINT, &action, &old_int_);
        ::sigaction(SIGTERM, &action, &old_term_);
    }
    ~interruptible() {
        ::sigaction(SIGINT, &old_int_, nullptr);
        ::sigaction(SIGTERM, &old_term_, nullptr);
        if (interrupted != 0) std::raise(interrupted);
    }

private:
    struct sigaction old_int_ {};
    struct sigaction old_term_ {};
};

class no_echo {
public:
    no_echo() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~no_echo() {
        if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }

private:
    termios before_{};
    bool changed_ = false;
};

std::string read_line() {
    std::string out;
    char c = 0;
    while (::read(STDIN_FILENO, &c, 1) == 1 && c != '\n') out += c;
    return out;
}

}  // namespace

bool stdin_is_terminal() { return ::isatty(STDIN_FILENO) != 0; }
bool stdout_is_terminal() { return ::isatty(STDOUT_FILENO) != 0; }
bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) != 0; }

bool terminal_can_move() {
    const char* kind = std::getenv("TERM");
    return kind == nullptr || std::string_view(kind) != "dumb";
}

bool colors_wanted() {
    const auto value = [](const char* name) {
        const char* it = std::getenv(name);
        return std::string_view(it == nullptr ? "" : it);
    };
    return value("NO_COLOR").empty() && value("CLICOLOR") != "0" && terminal_can_move();
}

bool stdout_is_new_file() {
    struct stat about {};
    return ::fstat(STDOUT_FILENO, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0;
}

int terminal_columns() { return columns_of(STDOUT_FILENO); }

std::string ask_secretly(const std::string& question) {
    std::cerr << question << std::flush;
    std::string out;
    {
        const interruptible signals;
        const no_echo silence;
        out = read_line();
        std::cerr << '\n';
    }
    return out;
}

std::string ask(const std::string& question) {
    std::cerr << question << std::flush;
    return read_line();
}

progress::progress(std::string label, std::uint64_t total, bool quiet)
    : label_(std::move(label)), total_(total), on_terminal_(stderr_is_terminal() && terminal_can_move()), quiet_(quiet) {}

progress::~progress() {
    // Left half way by a failure: its line must not be written into the bar.
    if (!finished_ && on_terminal_ && !quiet_ && drawn_ != clock::time_point{}) std::cerr << '\n';
}

void progress::show(std::uint64_t done, std::uint64_t total) {
    done_ = done;
    total_ = total;
    const auto now = clock::now();
    const auto pause = on_terminal_ ? std::chrono::milliseconds(80) : std::chrono::milliseconds(2000);
    const auto since = drawn_ == clock::time_point{} && !on_terminal_ ? now - started_ : now - drawn_;
    if (since >= pause) draw();
}

void progress::finish() {
    draw();
    if (!quiet_ && on_terminal_) std::cerr << '\n';
    finished_ = true;
}

void progress::draw() {
    drawn_ = clock::now();
    if (quiet_) return;
    const auto fraction = total_ == 0 ? 1.0 : std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
    const auto seconds = std::chrono::duration<double>(drawn_ - started_).count();
    const auto rate = seconds > 0.05 ? fmt::format("  {:.0f}/s", static_cast<double>(done_) / seconds) : std::string();
    const auto figures = fmt::format("{:3.0f}%  {}/{}{}", fraction * 100, done_, total_, rate);
    if (!on_terminal_) {
        std::cerr << label_ << "  " << figures << std::endl;
        return;
    }
    const int room = std::clamp(columns_of(STDERR_FILENO) - width_of(label_) - width_of(figures) - 8, 0, 40);
    const auto full = static_cast<int>(fraction * room);
    std::string bar;
    for (int i = 0; i < room; ++i) bar += i < full ? "█" : "░";
    std::cerr << '\r' << label_ << "  " << bar << "  " << figures << "\x1b[K" << std::flush;
}

}  // namespace cli
