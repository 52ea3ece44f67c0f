#include "tests/crash/client.hpp"

#include <algorithm>
#include <chrono>

using nlohmann::json;
using support::connection_lost;
using support::ws_client;

namespace crash {
namespace {

constexpr std::size_t outstanding = 16;
constexpr std::size_t asked_again = 8;
constexpr std::chrono::seconds patience{20};

}  // namespace

void client::set_up(std::uint16_t port) {
    auto server = ws_client::connect(port, token_);
    const json create{{"type", "command"},
                      {"id", "019ab3f2-7c00-7000-8000-00000000000" + std::to_string(number_)},
                      {"command", "channel.create"},
                      {"data", {{"name", "crash " + std::to_string(number_)}, {"visibility", "everyone"}}}};
    server.send(create.dump());
    for (;;) {
        const auto m = server.receive(patience);
        if (!m || m->closed) throw connection_lost("no answer to channel.create");
        const auto object = json::parse(m->text.substr(0, m->text.find('\n')));
        if (object.at("type") == "reject") throw std::runtime_error(object.dump());
        if (object.at("type") != "ack") continue;
        channel_ = object.at("stream");
        return;
    }
}

void client::work(std::uint16_t port) try {
    auto server = ws_client::connect(port, token_);
    ask_again(server);
    std::size_t open = 0;
    for (;;) {
        std::string bytes;
        for (; open < outstanding; ++open) support::append_text(bytes, ledger_.next(channel_).line);
        server.send_raw(bytes);
        open -= std::min(open, take_answers(server));
    }
} catch (const connection_lost&) {
    // that is what ends it
} catch (const support::handshake_refused& e) {
    complain(e.what());
}

void client::settle(std::uint16_t port) {
    auto server = ws_client::connect(port, token_);
    ask_again(server);
    for (const auto& one : ledger_.all())
        if (!one.answered) complain("never answered: " + one.line);
    server.close();
}

void client::ask_again(ws_client& server) {
    std::vector<std::string> lines;
    for (const auto* one : ledger_.unanswered()) lines.push_back(one->line);
    for (std::size_t i = 0; i < asked_again; ++i)
        if (const auto* one = ledger_.any_answered()) lines.push_back(one->line);
    std::size_t open = 0;
    for (const auto& line : lines) {
        server.send(line);
        if (++open == outstanding) open -= take_answers(server);
    }
    while (open > 0) open -= std::min(open, take_answers(server));
}

std::size_t client::take_answers(ws_client& server) {
    const auto m = server.receive(patience);
    if (!m) {
        complain("no answer within " + std::to_string(patience.count()) + " s");
        throw connection_lost("too slow");
    }
    if (m->closed) throw connection_lost("closed");
    std::size_t answers = 0;
    for (std::size_t from = 0; from < m->text.size();) {
        const auto end = std::min(m->text.find('\n', from), m->text.size());
        const auto line = m->text.substr(from, end - from);
        from = end + 1;
        if (line.find("\"type\":\"ack\"") == line.npos && line.find("\"type\":\"reject\"") == line.npos) continue;
        note(line);
        ++answers;
    }
    return answers;
}

void client::note(const std::string& line) {
    const auto object = json::parse(line);
    if (object.at("type") != "ack") return complain("refused: " + line);
    auto* one = ledger_.find(object.at("id"));
    if (!one) return complain("an answer to nothing that was asked: " + line);
    const auto told = answer_in(object);
    if (one->answered && !(*one->answered == told)) complain("answered differently the second time: " + line);
    one->answered = told;
}

}  // namespace crash
