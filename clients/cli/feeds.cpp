#include "clients/cli/feeds.hpp"

#include "clients/cli/terminal.hpp"

#include <iostream>

namespace cli {
namespace {

using namespace std::chrono_literals;

failure login_ended() {
    return {exit_code::unauthenticated, "登录已失效：请重新运行 opsroom login", "the login has ended: run opsroom login again"};
}

feed_options from(std::optional<std::uint64_t> after) {
    feed_options out;
    if (after) out.since = std::to_string(*after);
    out.whole = false;
    return out;
}

}  // namespace

feed_reader::feed_reader(context& about, const std::string& feed, std::optional<std::uint64_t> after)
    : about_(about), room_(about.server().how(), [this](const problem* lost) { connection(lost); }), reader_(room_.feed(feed, from(after))) {
    std::unique_lock lock(mutex_);
    tried_.wait(lock, [this] { return was_up_ || lost_; });
    if (lost_) throw failure::of(*lost_);
}

void feed_reader::connection(const problem* lost) {
    const std::lock_guard lock(mutex_);
    if (!was_up_ && !lost_) {
        was_up_ = lost == nullptr;
        if (lost) lost_ = *lost;
        tried_.notify_all();
    } else if (!about_.with.quiet && (lost == nullptr) != is_up_ && was_up_) {
        if (lost) std::cerr << "opsroom: " << about_.say({"连接断开，正在重连：", "disconnected, trying again: "}) << lost->in(about_.with.language) << std::endl;
        else std::cerr << "opsroom: " << about_.say({"已重新连上", "connected again"}) << std::endl;
    }
    is_up_ = lost == nullptr;
}

std::optional<json> feed_reader::next(std::chrono::milliseconds at_most) {
    try {
        const auto change = reader_.next(at_most);
        return change ? std::optional(*change->said) : std::nullopt;
    } catch (const problem& why) {
        if (why.status() == 401) throw login_ended();
        throw failure::of(why);
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
