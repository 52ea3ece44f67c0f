#include "clients/cli/commands/special/special.hpp"

namespace cli {

const special_view& special_of(std::string_view kind) {
    static const special_view plain;
    for (const auto* one : {&special_analysis, &special_appraisal, &special_election, &special_indicators, &special_project, &special_request, &special_strategy})
        if (one->kind == kind) return *one;
    return plain;
}

}  // namespace cli
