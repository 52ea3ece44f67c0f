#include "core/creating.hpp"

#include "core/kind.hpp"

namespace core {

std::vector<flow::action> creating(const context& by, project_id within) {
    std::vector<flow::action> all;
    each_kind([&](const kind& one) { one.add_creating(all, by, within); });
    return all;
}

}  // namespace core
