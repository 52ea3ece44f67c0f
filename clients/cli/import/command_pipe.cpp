#include "clients/cli/import/command_pipe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr int most_tries = 8;
constexpr auto answer_limit = 60s;

std::string line_of(const command& c) {
    json out{{"type", "command"}, {"id", c.id}, {"command", c.type}};
    out.update(body_of(c));
    return as_text(out);
}

/// Doubles from a quarter second on.
std::chrono::milliseconds pause_before(int again) { return 250ms * (1 << std::min(again, 5)); }

}  // namespace

command_pipe::command_pipe(context& about) : about_(about) {
    try {
        connect();
    } catch (const live_closed& gone) {
        reconnect(gone);
    }
}

void command_pipe::connect() {
    socket_ = about_.server().live();
    message_bytes_max_ = number_at(socket_->hello(), "max_message_bytes").value_or(message_bytes_max_);
}

void command_pipe::reconnect(const live_closed& why) {
    for (int again = 0; again < most_tries; ++again) {
        std::this_thread::sleep_for(pause_before(again));
        try {
            connect();
            std::vector<const pending*> in_order;
            for (const auto& [id, p] : under_way_) in_order.push_back(&p);
            std::sort(in_order.begin(), in_order.end(), [](const auto* a, const auto* b) { return a->order < b->order; });
            for (const auto* p : in_order) put(*p);
            return;
        } catch (const live_closed&) {
        } catch (const failure& refused) {
            if (refused.kind() != exit_code::unavailable) throw;
        }
    }
    throw failure(exit_code::unavailable, fmt::format("连接断开，且无法恢复：{}。再次运行同一命令即可接着做，不会重复", why.in(language::zh)),
                  fmt::format("the connection is lost and does not come back: {}. Run the same command again to go on; nothing is "
                              "done twice", why.in(language::en)));
}

void command_pipe::put(const pending& p) { socket_->send(line_of(p.command)); }

void command_pipe::by_http(const pending& p) {
    for (int again = 0;; ++again) {
        try {
            return p.then(about_.server().command(p.command));
        } catch (const failure& refused) {
            if (p.otherwise && p.otherwise(refused)) return;
            if (refused.kind() != exit_code::unavailable || again == most_tries) throw;
        }
        std::this_thread::sleep_for(pause_before(again));
    }
}

void command_pipe::send(command c, on_ack then, on_refused otherwise) {
    pending made{std::move(c), std::move(then), std::move(otherwise), ++order_};
    // Too large for a message of the socket, not for a request.
    if (line_of(made.command).size() > message_bytes_max_) return by_http(made);
    while (under_way_.size() >= window) wait();
    auto id = made.command.id;
    const auto [at, fresh] = under_way_.try_emplace(id, std::move(made));
    try {
        put(at->second);
    } catch (const live_closed& gone) {
        reconnect(gone);
    }
}

void command_pipe::wait() {
    const auto before = under_way_.size();
    while (before != 0 && under_way_.size() == before) {
        try {
            const auto line = socket_->receive(answer_limit);
            if (!line) reconnect({0, "服务器没有应答", "the server says nothing"});
            else handle(parse_json(*line));
        } catch (const live_closed& gone) {
            reconnect(gone);
        }
    }
}

void command_pipe::drain() {
    while (!idle()) wait();
}

void command_pipe::handle(const json& frame) {
    const auto type = text_at(frame, "type");
    if (type == "error") throw failure::from_problem(at_or_null(frame, "problem"));
    const auto found = under_way_.find(text_at(frame, "id"));
    if (found == under_way_.end()) return;
    if (type == "ack") {
        const auto then = std::move(found->second.then);
        under_way_.erase(found);
        return then(frame);
    }
    if (type != "reject") return;
    const auto refused = failure::from_problem(at_or_null(frame, "problem"));
    if (found->second.otherwise && found->second.otherwise(refused)) {
        under_way_.erase(found);
        return;
    }
    if (refused.kind() != exit_code::unavailable || ++found->second.tries > most_tries) throw refused;
    std::this_thread::sleep_for(pause_before(found->second.tries));
    put(found->second);
}

}  // namespace cli
