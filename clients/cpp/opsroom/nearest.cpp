#include "opsroom/nearest.hpp"

#include <algorithm>

namespace opsroom {
namespace {

/// How many letters have to be put in, taken out, changed or swapped with the next (optimal string alignment).
std::size_t apart(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view typed, const std::vector<std::string>& all) {
    constexpr std::size_t longest = 40;  // nobody means a command by more
    if (typed.empty() || typed.size() > longest) return {};
    std::string best;
    // A letter of a short word, one in three of a longer one.
    std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
    for (const auto& each : all)
        if (const auto n = apart(typed, each); n < least) {
            least = n;
            best = each;
        }
    if (!best.empty()) return best;
    // Or it is where one begins, or is plural where that is not.
    for (const auto& each : all)
        if ((typed.size() >= 2 && each.starts_with(typed)) || (each.size() >= 3 && typed.starts_with(each))) return each;
    return {};
}

}  // namespace opsroom
