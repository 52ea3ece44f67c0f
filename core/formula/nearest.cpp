#include "core/formula/nearest.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace core::formula {
namespace {

std::u32string characters_of(std::string_view s) {
    std::u32string all;
    for (std::size_t at = 0; at < s.size();) {
        utf8proc_int32_t c = -1;
        const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(s.data()) + at, static_cast<utf8proc_ssize_t>(s.size() - at), &c);
        at += n > 0 ? static_cast<std::size_t>(n) : 1;
        all += static_cast<char32_t>(n > 0 ? utf8proc_tolower(c) : 0xFFFD);
    }
    return all;
}

/// How many characters have to be put in, taken out, changed or swapped with the next (optimal string alignment).
std::size_t apart(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) next[j] = std::min(next[j], before[j - 2] + 1);
        }
        before.swap(row);
        row.swap(next);
    }
    return row[b.size()];
}

}  // namespace

std::string nearest(std::string_view typed, const std::vector<std::string>& all) {
    constexpr std::size_t longest = 64;  // no name that is meant is longer
    const auto meant = characters_of(typed);
    if (meant.empty() || meant.size() > longest) return {};
    std::string best;
    auto least = std::min(std::max<std::size_t>(1, meant.size() / 3) + 1, meant.size());
    for (const auto& each : all) {
        const auto known = characters_of(each);
        if (known.size() > meant.size() + least || meant.size() > known.size() + least) continue;
        if (const auto n = apart(meant, known); n < least) {
            least = n;
            best = each;
        }
    }
    return best;
}

}  // namespace core::formula
