#include "core/formula/words.hpp"

#include <algorithm>
#include <array>

namespace core::formula {
namespace {

// In the order of the enums.
constexpr std::array<std::string_view, 9> functions{"sum", "count", "avg", "min", "max", "last", "median", "quantile", "count_distinct"};
constexpr std::array<std::string_view, 3> shifts{"previous", "year_ago", "rolling"};
constexpr std::array<std::string_view, 7> joining{"where", "and", "or", "in", "not", "is", "missing"};

template <class E, std::size_t N>
std::optional<E> among(const std::array<std::string_view, N>& names, std::string_view word) {
    for (std::size_t i = 0; i < N; ++i)
        if (is_word(word, names[i])) return static_cast<E>(i);
    return std::nullopt;
}

}  // namespace

bool is_word(std::string_view typed, std::string_view word) {
    return std::equal(typed.begin(), typed.end(), word.begin(), word.end(), [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

std::string_view name_of(function f) { return functions[static_cast<std::size_t>(f)]; }
std::string_view name_of(shift s) { return shifts[static_cast<std::size_t>(s)]; }
std::optional<function> function_called(std::string_view word) { return among<function>(functions, word); }
std::optional<shift> shift_called(std::string_view word) { return among<shift>(shifts, word); }

bool is_reserved(std::string_view word) {
    return function_called(word) || shift_called(word) || std::any_of(joining.begin(), joining.end(), [&](auto j) { return is_word(word, j); });
}

std::vector<std::string> callable() {
    std::vector<std::string> all(functions.begin(), functions.end());
    all.insert(all.end(), shifts.begin(), shifts.end());
    return all;
}

}  // namespace core::formula
