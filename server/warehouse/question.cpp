#include "server/warehouse/question.hpp"

#include "events/codec/json_write.hpp"
#include "server/warehouse/day_text.hpp"

#include <algorithm>
#include <cstring>

namespace server::warehouse {
namespace {

using core::delivery;
using json = nlohmann::json;

template <class T>
json as_json(const T& value) {
    std::string text;
    events::codec::write_json(text, value);
    return json::parse(text);
}

std::string named(events::delivery_id which) { return which ? std::to_string(which.value) : std::string(); }

/// By how much it came after it was due; nothing where it was not promised.
json minutes_late(const delivery::state& of) {
    if (!of.due || !of.received_at) return nullptr;
    return std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::minutes>(*of.received_at - *of.due).count());
}

}  // namespace

std::string hashing_key(const events::keyring& keys) {
    events::uuid what{};
    std::memcpy(what.bytes.data(), "personal columns", 16);
    std::string key;
    for (std::uint64_t i = 1; i <= 4; ++i) {
        const auto part = keys.mac(events::the_system, what, i);
        for (int at = 60; at >= 0; at -= 4) key += "0123456789abcdef"[part >> at & 15];
    }
    return key;
}

json question_about(const delivered& what, const std::filesystem::path& file, const std::string& key) {
    auto plan = as_json(what.plan);
    plan["version"] = what.plan_number;
    return {{"plan", std::move(plan)},
            {"file", file.string()},
            {"name", what.state.files.front().name},
            {"from", day_text(what.state.from)},
            {"until", day_text(what.state.until)},
            {"delivery", std::to_string(what.number)},
            {"replaces", named(what.state.replaces)},
            {"hash_key", key}};
}

json check_question(const delivered& what, const std::filesystem::path& file, const std::string& key) {
    auto asked = question_about(what, file, key);
    asked["do"] = "check";
    asked["late_minutes"] = minutes_late(what.state);
    return asked;
}

}  // namespace server::warehouse
