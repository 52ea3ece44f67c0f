#include "core/desk/desk.hpp"

namespace core {

bool may_see(const desk::state& of, const context& by) { return by.actor->active && of.is != desk_status::absent && of.of == by.actor->id; }

}  // namespace core
