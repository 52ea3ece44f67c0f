#include "core/channel/channel.hpp"
#include "core/kernel/archive.hpp"
#include "tests/support/every_kind.hpp"
#include "core/kernel/calendar.hpp"
#include "core/kernel/fields.hpp"
#include "core/kernel/interner.hpp"
#include "core/kernel/statutory.hpp"
#include "core/kernel/text.hpp"
#include "core/task/task.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace core_kernel_tests {

using namespace std::chrono_literals;
namespace archive = core::archive;

namespace {

struct sample {
    std::int32_t number = 0;
    std::optional<std::string> maybe;
    std::vector<std::uint8_t> bytes;
    events::date day{2026y / 1 / 1};
    events::instant at;
    events::priority priority = events::priority::low;
    bool yes = false;
    bool operator==(const sample&) const = default;
};
BOOST_DESCRIBE_STRUCT(sample, (), (number, maybe, bytes, day, at, priority, yes))

template <class T>
std::string saved(const T& value) {
    std::string bytes;
    archive::writer w(bytes);
    write(w, value);
    return bytes;
}

template <class T>
std::optional<T> loaded(std::string_view bytes) {
    T value{};
    archive::reader r(bytes);
    read(r, value);
    return r.finished() ? std::optional(std::move(value)) : std::nullopt;
}

const sample full{-70'000, "文字", {0, 1, 255}, 1999y / 12 / 31, events::instant(-1us), events::priority::urgent, true};

}  // namespace

TEST_CASE("calendar: the day depends on the zone", "[core][kernel][D6]") {
    const events::instant evening{std::chrono::sys_days(2026y / 11 / 22) + 16h - 1us};
    CHECK(core::date_in(evening, core::shanghai) == 2026y / 11 / 22);
    CHECK(core::date_in(evening + 1us, core::shanghai) == 2026y / 11 / 23);
    CHECK(core::date_in(evening, 0min) == 2026y / 11 / 22);
    CHECK(core::date_in(events::instant{std::chrono::sys_days(2026y / 1 / 1)}, -1min) == 2025y / 12 / 31);
}

TEST_CASE("calendar: who wants to know whether it is more than so many days pays for no more", "[core][kernel][shares]") {
    const core::working_calendar days({2026y / 10 / 1}, {2026y / 10 / 10}, {2026});
    for (unsigned ahead = 0; ahead < 40; ++ahead) {
        const events::date from = 2026y / 9 / 25, to = std::chrono::sys_days(from) + std::chrono::days(ahead);
        const auto whole = days.working_days(from, to);
        for (unsigned most = 0; most < 30; ++most) CHECK(days.working_days(from, to, most) == std::min(whole, most));
    }
}

TEST_CASE("commands: a day that is too far is found wherever it is", "[core][kernel][shares]") {
    const auto last = core::last_day_known(2026y / 2 / 28);
    CHECK(last == 2076y / 2 / 28);
    CHECK(core::last_day_known(2024y / 2 / 29) == 2074y / 2 / 28);
    core::task::assign a{"t", {}, "s", last, {1}, {}, {}, {}};
    CHECK_FALSE(core::far_day(a, last));
    a.due = 2076y / 2 / 29;
    CHECK(core::far_day(a, last) == "due");
    CHECK_FALSE(core::far_day(core::task::start{}, last));
    core::election::open e{"t", "2026", 1, {}, {last, last, 9999y / 12 / 31}, "k"};
    CHECK(core::far_day(e, last) == "schedule/voting_closes");
    const std::vector<events::date> some{last, 9999y / 1 / 1};
    CHECK(core::far_day(some, last) == "1");
    CHECK(core::far_day(std::optional(some), last) == "1");
    CHECK_FALSE(core::far_day(std::optional<std::vector<events::date>>(), last));
    CHECK(core::far_day(std::variant<int, events::date>(9999y / 1 / 1), last) == "");
}

TEST_CASE("text: characters, blanks, lines and codes", "[core][kernel]") {
    namespace text = core::text;
    CHECK(text::characters("a周b") == 3);
    CHECK(text::blank(" \t\n\u3000"));
    CHECK(!text::blank(" x"));
    CHECK(text::is_line("a b", 3));
    CHECK(!text::is_line("a\nb", 3));
    CHECK(!text::is_line("abcd", 3));
    CHECK(text::is_code("a", 1));
    CHECK(!text::is_code("", 1));
    CHECK(!text::is_code("a b", 9));
    CHECK(text::digest("12345678") != text::digest("12345678", 1));
    CHECK(text::digest("12345678x") != text::digest("12345678y"));
    CHECK(text::digest("") == text::digest(""));
    CHECK(text::digest("a") != text::digest(std::string("a\0", 2)));
}

TEST_CASE("interner: a text has one number", "[core][kernel]") {
    core::interner all;
    CHECK(all.intern("") == 0);
    CHECK(all.intern("plan") == 1);
    CHECK(all.intern("budget") == 2);
    CHECK(all.intern("plan") == 1);
    CHECK(all.text(2) == "budget");
    CHECK(all.text(0) == "");
    CHECK(all.find("plan") == 1);
    CHECK(!all.find("other"));
    CHECK(all.size() == 3);
}

TEST_CASE("archive: what is written is read again", "[core][kernel]") {
    CHECK(loaded<sample>(saved(full)) == full);
    CHECK(loaded<sample>(saved(sample{})) == sample{});
    for (const std::uint64_t n : {0ull, 1ull, 127ull, 128ull, 16'384ull, ~0ull}) CHECK(loaded<std::uint64_t>(saved(n)) == n);
    for (const std::int64_t n : {0ll, -1ll, 63ll, -64ll, INT64_MIN + 0ll, INT64_MAX + 0ll}) CHECK(loaded<std::int64_t>(saved(n)) == n);
    const std::vector<sample> several(3, full);
    CHECK(loaded<std::vector<sample>>(saved(several)) == several);
    core::interner topics;
    topics.intern("plan");
    topics.intern("预算");
    CHECK(loaded<core::interner>(saved(topics)) == topics);
    CHECK(saved(std::uint64_t{127}).size() == 1);
}

TEST_CASE("archive: states of aggregates are kept and come back", "[core][kernel]") {
    core::task::state t{core::task_status::blocked, 40, 2026y / 12 / 1, {7}, {"operations"}, 99};
    CHECK(loaded<core::task::state>(saved(t)) == t);
    core::channel::state c;
    using namespace events::channel;
    for (const any& e : {any(created{"x", "y", visibility::members_only}), any(joined{{3}}), any(joined{{2}}),
                         any(posted{{1}, {{3}, "hi"}, "plan"}), any(reacted{{1}, {2}, "👍"}), any(reacted{{1}, {3}, "👍"}), any(pinned{{1}})})
        core::channel::evolve(c, e);
    const auto again = loaded<core::channel::state>(saved(c));
    REQUIRE(again);
    CHECK(*again == c);
    CHECK(saved(*again) == saved(c));
}

TEST_CASE("archive: damaged bytes fail and never crash", "[core][kernel]") {
    const auto bytes = saved(std::vector<sample>(4, full));
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK(!loaded<std::vector<sample>>(bytes.substr(0, cut)));
    CHECK(!loaded<std::vector<sample>>(bytes + "x"));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            auto damaged = bytes;
            damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
            loaded<std::vector<sample>>(damaged);  // may read as something else; has to come back
        }
    CHECK(!loaded<std::uint8_t>(saved(256u)));
    CHECK(!loaded<bool>(saved(2u)));
    CHECK(!loaded<events::priority>(saved(4u)));
    CHECK(!loaded<std::uint64_t>(std::string(11, '\xff')));
    CHECK(!loaded<std::vector<sample>>(saved(~0ull)));       // a size beyond the bytes
    CHECK(!loaded<std::string>(saved(1'000'000u) + "abc"));
    CHECK(!loaded<core::interner>(saved(std::vector<std::string>{"a", "a"})));
    CHECK(!loaded<core::seats>(saved(std::vector<core::seat>{{2, 0}, {1, 0}})));
    CHECK(!loaded<core::seats>(saved(std::vector<core::seat>{{2, 0}, {2, 0}})));
}

namespace {

// Counted day by day, as one would on a wall calendar.
core::date naive_after(const core::working_calendar& days, core::date from, unsigned count) {
    auto at = std::chrono::sys_days(from);
    for (unsigned counted = 0; counted < count;) {
        at += std::chrono::days(1);
        if (days.is_working_day(at)) ++counted;
    }
    return at;
}

core::working_calendar spring_of_2026() {
    std::vector<core::date> off;
    for (unsigned d = 15; d <= 23; ++d) off.push_back(2026y / 2 / d);
    return {off, {2026y / 2 / 14, 2026y / 2 / 28}, {2026}};
}

}  // namespace

TEST_CASE("calendar: within n working days counts from the next working day, whatever day it was", "[core][kernel][D15]") {
    for (const auto& days : {core::working_calendar(), spring_of_2026()})
        for (auto from = std::chrono::sys_days(2026y / 1 / 1); from < std::chrono::sys_days(2026y / 4 / 1); from += std::chrono::days(1))
            for (unsigned count = 1; count <= 12; ++count) {
                const auto until = days.after(from, count);
                REQUIRE(until == naive_after(days, from, count));
                REQUIRE(days.working_days(from, until) == count);
                REQUIRE(days.is_working_day(until));
            }
    // From a Saturday five working days end on Friday, as they do from the Friday before.
    const core::working_calendar plain;
    CHECK(plain.after(2026y / 11 / 20, 5) == 2026y / 11 / 27);
    CHECK(plain.after(2026y / 11 / 21, 5) == 2026y / 11 / 27);
    CHECK(plain.after(2026y / 11 / 22, 5) == 2026y / 11 / 27);
    CHECK(plain.after(2026y / 11 / 21, 0) == 2026y / 11 / 23);
}

TEST_CASE("calendar: days off that are fixed by law hold where nothing was published", "[core][kernel][D15]") {
    const core::working_calendar unpublished;
    const core::date off[]{2027y / 1 / 1, 2027y / 2 / 5, 2027y / 2 / 8, 2027y / 4 / 5, 2027y / 6 / 9, 2027y / 9 / 15, 2027y / 10 / 1, 2028y / 5 / 1,
                           2028y / 5 / 2, 2030y / 2 / 4, 2031y / 1 / 1, 2100y / 10 / 1};
    for (const auto day : off) {
        INFO(static_cast<int>(day.year()) << '-' << static_cast<unsigned>(day.month()) << '-' << static_cast<unsigned>(day.day()));
        CHECK(!unpublished.is_working_day(day));
    }
    CHECK(unpublished.is_working_day(2027y / 1 / 4));
    CHECK(unpublished.is_working_day(2027y / 2 / 10));
    // What was published stands alone: that year's days off are those that it names.
    CHECK(core::working_calendar({}, {}, {2027}).is_working_day(2027y / 1 / 1));
    // No more than thirteen days a year, and no fewer than eleven where two of them fall together.
    for (int year = 2025; year <= 2080; ++year) {
        int count = 0;
        const std::chrono::year in{year};
        for (auto day = std::chrono::sys_days(in / 1 / 1); day < std::chrono::sys_days((in + std::chrono::years(1)) / 1 / 1); day += std::chrono::days(1))
            count += core::is_statutory_holiday(day);
        INFO(year);
        CHECK(count >= 12);
        CHECK(count <= 13);
    }
}

}  // namespace core_kernel_tests
