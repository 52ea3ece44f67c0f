#pragma once
// What the command line takes of the client library (clients/cpp) by its bare name.

#include "opsroom/address.hpp"
#include "opsroom/command.hpp"
#include "opsroom/ids.hpp"
#include "opsroom/json.hpp"
#include "opsroom/nearest.hpp"
#include "opsroom/sha256.hpp"
#include "opsroom/system_words.hpp"
#include "opsroom/words.hpp"

namespace cli {

using namespace opsroom;

}  // namespace cli
