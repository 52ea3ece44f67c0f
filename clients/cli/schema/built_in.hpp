#pragma once
// What `opsroomd schema` printed when this program was built (embed.cmake makes it a source file).

#include <string_view>

namespace cli {

std::string_view built_in_schema();

}  // namespace cli
