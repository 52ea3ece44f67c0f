#include "core/cited.hpp"

#include "core/kind.hpp"

namespace core {

refusal cited(refusal why, std::string_view command, std::string_view clause) {
    if (why.is != obstacle::who && why.is != obstacle::status) return why;
    const auto category = events::category_of(command.substr(0, command.find('.')));
    const auto* of = category ? kind_of(*category) : nullptr;
    if (of && of->row_says(command, why.code)) why.clause = clause;
    return why;
}

}  // namespace core
