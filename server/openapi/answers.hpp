#pragma once
// What is answered that no kind describes, by its name, in the notation of shape.hpp.

#include <span>
#include <string_view>

namespace server::openapi {

struct named_shape {
    std::string_view name;
    std::string_view shape;
    std::string_view zh;
    std::string_view en;
};

std::span<const named_shape> answers();

}  // namespace server::openapi
