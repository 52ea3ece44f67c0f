#pragma once
// A delivery as the worker is asked about it.

#include "core/collection/collection.hpp"
#include "core/delivery/delivery.hpp"
#include "events/keys/keyring.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace server::warehouse {

/// A delivery, and the plan that it is read by.
struct delivered {
    std::uint64_t number = 0;
    core::delivery::state state;
    core::collection::form plan;
    std::uint32_t plan_number = 0;
};

/// By which personal values are hashed: 32 bytes as hex digits, the same as long as the installation's key is.
std::string hashing_key(const events::keyring& keys);

/// What checking and loading it have in common. `file`: its content in the clear.
nlohmann::json question_about(const delivered& what, const std::filesystem::path& file, const std::string& key);

/// The same, to be checked.
nlohmann::json check_question(const delivered& what, const std::filesystem::path& file, const std::string& key);

}  // namespace server::warehouse
