#include "tests/support/tests_folder.hpp"

namespace support {

std::filesystem::path tests_folder() { return OPSROOM_TESTS_FOLDER; }

}  // namespace support
