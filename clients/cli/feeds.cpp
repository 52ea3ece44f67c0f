#include "clients/cli/feeds.hpp"

#include "clients/cli/terminal.hpp"
#include "clients/cli/uuid.hpp"

#include <fmt/format.h>

#include <iostream>
#include <thread>

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto first_pause = 500ms;
constexpr auto longest_pause = 30s;
constexpr unsigned session_ended = 4001;

/// Half of it to all of it, so that a thousand clients do not come back in the same instant.
std::chrono::milliseconds jittered(std::chrono::milliseconds pause) {
    std::uint32_t random = 0;
    fill_random(&random, sizeof random);
    return pause / 2 + pause / 2 * (random % 1000) / 1000;
}

failure login_ended() {
    return {exit_code::unauthenticated, "登录已失效：请重新运行 opsroom login", "the login has ended: run opsroom login again"};
}

/// Sent whole each time it changes: there is nothing to resume.
bool is_latest_only(const std::string& feed) { return feed == "presence" || feed == "inbox"; }

}  // namespace

feed_reader::feed_reader(context& about, std::string feed, std::optional<std::uint64_t> after)
    : about_(about), feed_(std::move(feed)), after_(after) {
    try {
        connect();
    } catch (const live_closed& gone) {
        throw failure(exit_code::unavailable, fmt::format("实时连接断开：{}", gone.in(language::zh)),
                      fmt::format("the live connection is lost: {}", gone.in(language::en)));
    }
}

feed_reader::~feed_reader() = default;

void feed_reader::connect() {
    socket_ = about_.server().live();
    const auto line = socket_->receive(10s);
    const auto hello = line ? parse_json(*line) : json();
    if (text_at(hello, "type") != "hello") throw live_closed(0, "服务器没有应答", "the server says nothing");
    hello_ = number_at(hello, "position").value_or(0);
    json subscribe{{"type", "subscribe"}, {"feed", feed_}};
    if (after_ && !is_latest_only(feed_)) {
        subscribe["after"] = *after_;
        if (!history_.empty()) subscribe["history"] = history_;
    }
    history_ = text_at(hello, "history");
    socket_->send(as_text(subscribe));
}

void feed_reader::reconnect(const std::string& why) {
    socket_.reset();
    if (!about_.with.quiet)
        std::cerr << "opsroom: " << about_.say({"连接断开，正在重连：", "disconnected, trying again: "}) << why << std::endl;
    for (std::chrono::milliseconds pause = first_pause;; pause = std::min<std::chrono::milliseconds>(pause * 2, longest_pause)) {
        std::this_thread::sleep_for(jittered(pause));
        try {
            connect();
            if (!about_.with.quiet) std::cerr << "opsroom: " << about_.say({"已重新连上", "connected again"}) << std::endl;
            return;
        } catch (const failure& refused) {
            if (refused.kind() != exit_code::unavailable) throw;
        } catch (const live_closed& gone) {
            if (gone.code == session_ended) throw login_ended();
        }
    }
}

std::optional<json> feed_reader::judge(json frame) {
    const auto type = text_at(frame, "type");
    if (type == "error" || type == "ended") throw failure::from_problem(at_or_null(frame, "problem"));
    const bool ours = text_at(frame, "feed") == feed_ || type == "presence" || type == "typing";
    if (!ours) return std::nullopt;
    if (const auto position = number_at(frame, "position")) after_ = *position;
    return frame;
}

std::optional<json> feed_reader::next(std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    for (;;) {
        try {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
            const auto line = socket_->receive(std::max(left, 0ms));
            if (!line) return std::nullopt;
            auto frame = parse_json(*line);
            if (auto wanted = judge(std::move(frame))) return wanted;
        } catch (const live_closed& gone) {
            if (gone.code == session_ended) throw login_ended();
            reconnect(gone.in(about_.with.language));
        }
    }
}

void show(context& about, bool watch, const std::string& feed, const std::function<std::string()>& draw) {
    if (!watch) {
        about.out << draw();
        return;
    }
    const bool redraw = stdout_is_terminal() && terminal_can_move() && about.with.format == format::table;
    std::string before;
    const auto repaint = [&] {
        about.names().forget();
        auto now = draw();
        if (now == before) return;
        if (redraw) about.out << "\x1b[H\x1b[2J\x1b[3J";
        about.out << now << std::flush;
        before = std::move(now);
    };
    feed_reader reader(about, feed, std::nullopt);
    repaint();
    for (;;) {
        if (!reader.next(1h)) continue;
        // What changes together is drawn once.
        while (reader.next(60ms)) {
        }
        repaint();
    }
}

}  // namespace cli
