#pragma once
// What one client sent, and what it was told. It is what the log is held against in the end.

#include "events/catalog/uuid.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

namespace crash {

/// What an ack says, without its id.
struct answer {
    std::uint64_t position = 0;
    std::string stream;
    std::uint64_t version = 0;
    std::uint64_t events = 0;
    bool operator==(const answer&) const = default;
};

inline answer answer_in(const nlohmann::json& ack) {
    return {ack.at("position"), ack.at("stream"), ack.at("version"), ack.at("events")};
}

struct sent {
    std::string id;
    std::string line;               ///< the command, as it goes over the wire each time
    std::optional<answer> answered;
};

class ledger {
public:
    explicit ledger(unsigned client) : client_(client), random_(client) {}

    /// A new command: a post to `channel`, and now and then something that creates.
    const sent& next(const std::string& channel) {
        const auto n = all_.size();
        const bool creates = n % 50 == 49;
        const auto words = "client " + std::to_string(client_) + ", command " + std::to_string(n) + ": 继续";
        nlohmann::json command{{"type", "command"}, {"id", fresh_id()}, {"command", creates ? "channel.create" : "channel.post"}};
        if (creates) {
            command["data"] = {{"name", words}, {"visibility", "everyone"}};
        } else {
            command["target"] = channel;
            command["data"] = {{"text", words}};
        }
        index_[command["id"]] = n;
        all_.push_back({command["id"], command.dump(), std::nullopt});
        return all_.back();
    }

    sent* find(const std::string& id) {
        const auto found = index_.find(id);
        return found == index_.end() ? nullptr : &all_[found->second];
    }

    /// Null where nothing is answered yet.
    const sent* any_answered() {
        if (all_.empty()) return nullptr;
        const auto& one = all_[random_() % all_.size()];
        return one.answered ? &one : nullptr;
    }

    const std::vector<sent>& all() const { return all_; }

    std::vector<const sent*> unanswered() const {
        std::vector<const sent*> open;
        for (const auto& one : all_)
            if (!one.answered) open.push_back(&one);
        return open;
    }

private:
    std::string fresh_id() {
        std::array<std::uint8_t, 10> noise;
        for (auto& byte : noise) byte = static_cast<std::uint8_t>(random_());
        noise[9] = static_cast<std::uint8_t>(client_);
        return events::to_string(events::make_uuid_v7(1'795'420'800'000 + all_.size(), noise));
    }

    unsigned client_;
    std::mt19937 random_;
    std::vector<sent> all_;
    std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace crash
