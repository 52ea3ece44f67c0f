#pragma once
// The words for the fields and values of a project's forms.

#include "events/catalog/value.hpp"

#include <string_view>

namespace server::package {

/// The field or value itself where no word is known.
std::string_view label_of(std::string_view name, events::language l);

}  // namespace server::package
