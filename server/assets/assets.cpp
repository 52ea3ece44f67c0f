#include "server/assets/assets.hpp"
#include "server/assets/table.hpp"

#include <algorithm>

namespace server::assets {

const asset* find_asset(std::string_view path) {
    if (path == "/") path = "/index.html";
    if (path == "/api") path = "/api.html";
    const auto all = table();
    const auto found = std::lower_bound(all.begin(), all.end(), path, [](const asset& a, std::string_view p) { return a.path < p; });
    return found != all.end() && found->path == path ? &*found : nullptr;
}

}  // namespace server::assets
