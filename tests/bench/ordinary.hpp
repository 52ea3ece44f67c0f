#pragma once
// An ordinary person at work: ten messages a second, each sent when its time has come, and how long each took to be
// acknowledged. What was late counts from when it was due.

#include "tests/bench/department.hpp"
#include "tests/bench/figure.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace bench {

class ordinary {
public:
    ordinary(const department& room, const desk& at, double a_second = 10)
        : socket_(support::ws_client::connect(room.server.port(), at.token)),
          post_(asking("channel.post", "channel/" + std::to_string(at.channel), {{"text", "渠道数据已更新到昨天，欢迎核对。"}})),
          every_(std::chrono::duration_cast<clock_type::duration>(std::chrono::duration<double>(1 / a_second))) {
        if (!socket_.receive(std::chrono::seconds(10))) throw std::runtime_error("the server says no hello");
    }
    ~ordinary() { stop_ = true; }

    void start() {
        thread_ = std::jthread([this] {
            for (auto due = clock_type::now(); !stop_; due += every_) {
                std::this_thread::sleep_until(due);
                auto line = post_;
                const std::string id = fresh_id();
                line["id"] = id;
                socket_.send(line.dump());
                for (bool there = false; !there;) {
                    const auto said = socket_.receive(std::chrono::seconds(60));
                    if (!said || said->closed) return;
                    there = said->text.find(id) != std::string::npos;
                    if (there && said->text.find(R"("type":"ack")") == std::string::npos) return;
                }
                took_ms_.push_back(std::chrono::duration<double, std::milli>(clock_type::now() - due).count());
            }
        });
    }
    /// In milliseconds.
    std::vector<double> stop() {
        stop_ = true;
        thread_.join();
        if (took_ms_.empty()) throw std::runtime_error("an ordinary person was not answered");
        return std::move(took_ms_);
    }
    std::vector<double> go_on_for(double seconds) {
        start();
        std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
        return stop();
    }

private:
    support::ws_client socket_;
    nlohmann::json post_;
    clock_type::duration every_;
    std::atomic<bool> stop_{false};
    std::vector<double> took_ms_;
    std::jthread thread_;
};

}  // namespace bench
