#include "core/report/periods.hpp"

namespace core::reporting {
namespace {

using events::report::kind;

constexpr formula::grain grain_of(kind of) {
    switch (of) {
        case kind::week: return formula::grain::week;
        case kind::month: return formula::grain::month;
        case kind::quarter: return formula::grain::quarter;
        case kind::year: return formula::grain::year;
    }
    return formula::grain::week;
}

/// Working days, after the one on which it begins.
constexpr unsigned time_to_write(kind of) {
    switch (of) {
        case kind::week: return 1;
        case kind::month: return 3;
        case kind::quarter: return 5;
        case kind::year: return 10;
    }
    return 1;
}

}  // namespace

formula::period period_of(kind of, events::date day) { return formula::period::of(grain_of(of), day); }

events::date begins_on(const formula::period& of, const working_calendar& days) { return days.after(day_after(of.last()), 0); }

events::date publish_by(kind k, const formula::period& of, const working_calendar& days) { return days.after(begins_on(of, days), time_to_write(k)); }

std::string title_of(kind k, const formula::period& of) {
    const auto words = events::label_of(k);
    const auto label = of.label();
    return std::string(words.zh) + " " + label + " / " + std::string(words.en) + " " + label;
}

}  // namespace core::reporting
