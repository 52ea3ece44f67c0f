#pragma once
// Passwords that are guessed first.

#include <initializer_list>
#include <string_view>

namespace server::identity {

/// Whether whoever guesses would try it among the first: what everybody uses, with digits or signs around it or letters
/// written as digits; blanks; one sign again and again; runs of digits, letters or keys; or one of `own` (login, name, …)
/// with little beside it. `password` and `own` are normalised, clean UTF-8.
bool is_weak(std::string_view password, std::initializer_list<std::string_view> own);

}  // namespace server::identity
