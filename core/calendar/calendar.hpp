#pragma once
// The calendar that the department works by: public holidays and make-up days, a year at a time (D6). There is one,
// number 1, from the beginning; of a year that nothing was published about only the days off that are fixed by law are known.

#include "core/kernel/calendar.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/calendar.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(calendar_status, (open, "生效", "In force"))

BOOST_DEFINE_ENUM_CLASS(calendar_rejection, inactive, not_keeper, bad_year, bad_days, drops_days)

struct calendar {
    static constexpr auto category = events::category::calendar;
    static constexpr events::kind_words says{{"日历", "Calendar"}, {"日历", "Calendar"}, "D6",
                                             {"节假日与调休，按年公布。", "Public holidays and make-up days, published by the year."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array<events::section_words, 0> sections{};
    static constexpr std::array<calendar_status, 0> usual_path{};
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
        static constexpr events::command_words says{.label = {"公布年度日历", "Publish a year's calendar"},
                                                     .hint = {"列出全年的放假与调休上班日期，取代此前公布的（D6）。", "Give all days off and make-up working days of the year: they take the place of those published before (D6)."}};
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
    static constexpr std::array<events::wording, 1> relation_words{{{"可公布日历的人", "Whoever may publish the calendar"}}};

    using row = flow::row<calendar_status, calendar_rejection>;
    static const std::array<row, 1> flow;

    static status status_of(const state&) { return calendar_status::open; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
    static section section_of(const event&) { return {}; }
};

BOOST_DESCRIBE_STRUCT(calendar::year, (), (number, source, off, work))
OPSROOM_DESCRIBE(calendar::state, (years, hidden()))
// clang-format off
OPSROOM_DESCRIBE(calendar::publish_year,
    (year, number("年份", "Year").least(1).most(9999).example("2027", "2027")),
    (source, line("依据", "Source").most(512).hint("如官方通知", "The official notice").example("国务院办公厅通知", "Notice of the State Council")),
    (off, list("放假日期", "Days off").code("bad_days")),
    (work, list("调休上班日期", "Make-up working days").code("bad_days")),
    (reason, reason().hint("取消已公布或法定放假的日期时须写明", "Needed where days that were published, or are off by law, are taken away")))
// clang-format on

}  // namespace core
