#pragma once
// Where the tests lie, with the samples that they read.

#include <filesystem>

namespace support {

std::filesystem::path tests_folder();

}  // namespace support
