#pragma once
// The calendar that the department works by: public holidays and make-up days, a year at a time (D6). There is one,
// number 1, from the beginning; of a year that nothing was published about only the days off that are fixed by law are known.

#include "core/kernel/calendar.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/calendar.hpp"

#include <array>
#include <string>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(calendar_status, open)

BOOST_DEFINE_ENUM_CLASS(calendar_rejection, inactive, not_keeper, bad_year, bad_source, bad_days, drops_days, bad_reason)

struct calendar {
    static constexpr auto category = events::category::calendar;
    static constexpr bool singleton = true;
    using status = calendar_status;
    using rejection = calendar_rejection;
    using event = events::calendar::any;

    struct year {
        std::uint16_t number = 0;
        std::string source;
        std::vector<events::calendar::special_day> off;   ///< sorted
        std::vector<events::calendar::special_day> work;  ///< sorted
        bool operator==(const year&) const = default;
    };
    struct state {
        std::vector<year> years;  ///< sorted
        bool operator==(const state&) const = default;

        working_calendar days() const;
    };

    struct publish_year {
        static constexpr std::string_view type = "calendar.publish_year";
        std::uint16_t year;
        std::string source;
        std::vector<events::calendar::special_day> off;
        std::vector<events::calendar::special_day> work;
        std::optional<std::string> reason;  ///< needed where days that were published before are not among these
    };
    using command = std::variant<publish_year>;

    static decision<calendar> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    static constexpr flow::relations keeper = 1;  ///< HR, AD, SL; the OM, where no other department has one (D16)
    static constexpr std::array<std::string_view, 1> relation_names{"keeper"};

    using row = flow::row<calendar_status, calendar_rejection>;
    static const std::array<row, 1> flow;

    static status status_of(const state&) { return calendar_status::open; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
};

BOOST_DESCRIBE_STRUCT(calendar::year, (), (number, source, off, work))
BOOST_DESCRIBE_STRUCT(calendar::state, (), (years))
BOOST_DESCRIBE_STRUCT(calendar::publish_year, (), (year, source, off, work, reason))

}  // namespace core
