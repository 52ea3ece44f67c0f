#pragma once
// The figures of a metric (S2.3.2), period by period: what the worker is asked for, of whom may see the metric, and the answer that comes of
// what it says. The formula is checked by the catalogue of today; the worker calculates, exactly, and says where there is no value and why.

#include "core/formula/period.hpp"
#include "server/wire/documents.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace server::warehouse {

struct values_query {
    events::metric_id of;
    core::formula::grain grain = core::formula::grain::day;
    std::optional<events::date> from, until;  ///< nothing: the newest so many periods, up to today
    std::optional<std::string> by;            ///< a dimension: its members apart
    std::vector<std::pair<std::string, std::vector<std::string>>> only;
};

inline constexpr int periods_most = 400;
inline constexpr int periods_usual = 30;

/// What is known before the worker is asked: `asks` are for it, one a version of the formula; `answer` becomes the response with what it
/// says, and `periods` has what is known of each by its label.
struct values_question {
    std::vector<nlohmann::json> asks;
    nlohmann::ordered_json answer;
    nlohmann::json periods;
};

/// Within a reading of its own. A problem for who may not see it, or where its formula does not work out.
std::variant<values_question, wire::problem> question_of(const wire::documents& read, events::member_id who, const values_query& asked);

/// The response's body. `said`: the worker's answers, in the order of the questions.
std::string answer_of(values_question asked, const std::vector<nlohmann::json>& said, std::uint64_t behind);

namespace problems {
extern const core::refusal not_published, formula_broken, too_many_periods, worker_gone;
}

}  // namespace server::warehouse
