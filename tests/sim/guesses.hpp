#pragma once
// Commands of every sort that somebody might give: filled in by what their fields are and are called, most of them
// sensibly. The same seed guesses the same.

#include "tests/support/every_kind.hpp"
#include "core/definitions/written.hpp"
#include "events/codec/describe.hpp"
#include "server/engine/aggregates.hpp"

#include <boost/mp11.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <random>
#include <string>
#include <string_view>

namespace sim {

/// Where a guess is made.
struct setting {
    const server::engine::aggregates& entities;
    events::date today;
    events::position head;
    std::uint64_t target = 0;  ///< the entity that the command is for
};

class guesses {
public:
    explicit guesses(std::uint64_t seed) : random_(seed) {}

    std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : random_() % n; }
    bool once_in(std::uint64_t n) { return below(n) == 0; }
    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[below(all.size())];
    }

    /// What every form has beyond the program's own fields, until it is set anew.
    events::form_extras extras{1, {}, {}};

    template <class Command>
    Command command(const setting& in) {
        in_ = &in;
        auto made = make<Command>("");
        mend(made);
        return made;
    }

private:
    static constexpr std::uint64_t people = 12;

    events::date day(std::uint64_t least, std::uint64_t most) {
        return std::chrono::sys_days(in_->today) + std::chrono::days(least + below(most - least + 1));
    }

    std::string words(std::string_view name) {
        if (name == "currency") return "CNY";
        if (name == "ballot" || name == "key") return "a2V5";
        if (name == "login") return "login" + std::to_string(below(10'000));
        if (name == "emoji") return std::array{"👍", "🎉", "ok"}[below(3)];
        if (name == "topic") return std::array{"", "plan", "周报"}[below(3)];
        if (name == "sha256") return print_of_target();
        if (once_in(150)) return "";
        return "words " + std::to_string(below(60));
    }

    std::string print_of_target() {
        std::vector<std::string> prints{std::string(64, 'a')};
        if (const auto* p = in_->entities.of<core::project>().find(in_->target); p && !p->state.charter.empty()) prints.push_back(p->state.charter);
        if (const auto* i = in_->entities.of<core::incentive>().find(in_->target)) prints.push_back(i->state.sha256);
        if (const auto* v = in_->entities.of<core::strategy>().find(in_->target)) prints.push_back(v->state.sha256);
        if (const auto* m = in_->entities.of<core::metric>().find(in_->target)) prints.push_back(m->state.sha256);
        if (const auto* c = in_->entities.of<core::collection>().find(in_->target)) prints.push_back(c->state.sha256);
        return prints.size() == 1 || once_in(10) ? prints[0] : prints[1 + below(prints.size() - 1)];
    }

    template <class T>
    [[gnu::noinline]] T make(std::string_view name) {
        namespace codec = events::codec;
        if constexpr (std::is_same_v<T, bool>) {
            return !once_in(10);
        } else if constexpr (std::is_unsigned_v<T>) {
            if (name == "points") return static_cast<T>(1 + below(5));
            if (name == "year") return static_cast<T>(static_cast<int>(in_->today.year()) + static_cast<int>(below(2)));
            if (name == "quarter") return static_cast<T>(1 + below(4));
            if (name == "form") return 1;
            return static_cast<T>(once_in(100) ? 255 : below(name == "score" || name == "percent" ? 101 : 4) + (name == "seats" ? 1 : 0));
        } else if constexpr (std::is_same_v<T, events::member_id>) {
            return {1 + below(people)};
        } else if constexpr (std::is_same_v<T, events::position>) {
            return {1 + below(in_->head.value)};
        } else if constexpr (std::is_same_v<T, events::stream_id>) {
            return {static_cast<events::category>(1 + below(static_cast<std::uint64_t>(events::newest_category))), 1 + below(12)};
        } else if constexpr (requires { events::stream_of(T{}); }) {
            return {1 + below(in_->entities.highest(events::stream_of(T{}).kind) + (once_in(30) ? 1 : 0))};
        } else if constexpr (codec::is_id<T>::value) {
            return {1 + below(once_in(20) ? 200 : 12)};
        } else if constexpr (std::is_same_v<T, std::string>) {
            return words(name);
        } else if constexpr (std::is_same_v<T, events::department>) {
            return {std::array{"operations", "marketing", "technology", "board"}[below(4)]};
        } else if constexpr (std::is_same_v<T, events::role>) {
            return {std::array{"OM", "SP", "DA", "SL", "AD", "HR", "RQ"}[below(7)]};
        } else if constexpr (std::is_same_v<T, events::date>) {
            return once_in(40) ? day(0, 3'000) : day(0, 40);
        } else if constexpr (std::is_same_v<T, events::instant>) {
            return events::instant(std::chrono::sys_days(day(0, 5)));
        } else if constexpr (std::is_same_v<T, events::form_extras>) {
            return extras;
        } else if constexpr (std::is_same_v<T, events::attachment>) {
            return {std::string(64, 'b'), "a.pdf", "application/pdf", 9};
        } else if constexpr (codec::is_optional<T>::value) {
            if (below(2)) return std::nullopt;
            return make<typename T::value_type>(name);
        } else if constexpr (codec::is_vector<T>::value) {
            T items;
            if constexpr (std::is_same_v<T, std::vector<core::appraisal::evidence>>)
                if (!once_in(6)) return items;  // most of what happened is not for everyone to point at
            for (auto n = 1 + below(3); n > 0; --n) {
                auto item = make<typename T::value_type>(name);
                if constexpr (std::equality_comparable<typename T::value_type>)
                    if (std::find(items.begin(), items.end(), item) != items.end()) continue;
                items.push_back(std::move(item));
            }
            return items;
        } else if constexpr (codec::described_enum<T>) {
            using choices = boost::describe::describe_enumerators<T>;
            T chosen{};
            boost::mp11::mp_with_index<boost::mp11::mp_size<choices>::value>(
                below(boost::mp11::mp_size<choices>::value), [&](auto i) { chosen = boost::mp11::mp_at_c<choices, i>::value; });
            return chosen;
        } else {
            static_assert(codec::described_struct<T>, "describe the type, or teach these guesses");
            T made{};
            boost::mp11::mp_for_each<codec::members_of<T>>([&](auto d) {
                auto& field = made.*d.pointer;
                field = make<std::remove_cvref_t<decltype(field)>>(d.name);
            });
            return made;
        }
    }

    // ---- what hangs together -----------------------------------------------------------------------------------------

    template <class... Days>
    static void in_order(Days&... days) {
        std::array<events::date, sizeof...(Days)> all{days...};
        std::sort(all.begin(), all.end());
        std::size_t i = 0;
        ((days = all[i++]), ...);
    }

    void mend(events::cycle::schedule& s) { in_order(s.opens, s.self_closes, s.evaluation_closes, s.calibrates, s.closes); }
    void mend(events::election::schedule& s) {
        in_order(s.nominations_close, s.voting_opens, s.voting_closes);
        if (s.voting_closes == s.voting_opens) s.voting_closes = std::chrono::sys_days(s.voting_opens) + std::chrono::days(1);
    }
    void mend(events::project::charter& c) {
        c.starts = in_->today;
        c.ends = day(60, 120);
        for (auto& m : c.milestones) m.due = day(0, 60);
        std::sort(c.milestones.begin(), c.milestones.end(), [](const auto& a, const auto& b) { return a.due < b.due; });
    }
    void mend(core::analysis::form& f) {
        if (!once_in(8)) f.owner = {4};
        std::erase(f.concerned, f.owner);
        f.every = static_cast<std::uint16_t>(1 + below(8));
    }
    void mend(events::analysis::finding& f) {
        f.until = std::chrono::sys_days(in_->today) - std::chrono::days(below(3));
        f.from = std::chrono::sys_days(f.until) - std::chrono::days(below(30));
        for (auto& one : f.figures) {
            one.now = std::to_string(below(1'000)) + "." + std::to_string(below(10));
            if (one.before) one.before = std::to_string(below(1'000));
        }
    }
    void mend(core::strategy::form& f) {
        f.check_on = std::chrono::sys_days(f.effective) + std::chrono::days(below(30));
        for (auto& g : f.grounds) {
            const auto* a = in_->entities.of<core::analysis>().find(g.analysis.value);
            if (a && a->state.looks) g.look = static_cast<std::uint32_t>(1 + below(a->state.looks));
            else if (!once_in(10)) g.analysis = {}, g.look = 0;
        }
        const auto* before = f.replaces ? in_->entities.of<core::strategy>().find(f.replaces->value) : nullptr;
        if (before && before->state.is == core::strategy_status::published) f.kind = before->state.kind;
        else if (!once_in(8)) f.replaces.reset();
    }
    /// What it may be collected from, and by: its days, columns and checks fit each other.
    void mend(core::collection::form& f) {
        using namespace events::collection;
        if (once_in(8)) return;
        if (const auto* s = in_->entities.of<core::source>().find(f.source.value)) f.holds = one_of(s->state.holds);
        f.set = "set" + std::to_string(below(6));
        f.way = way::upload;
        f.place.reset(), f.query.reset(), f.reading.sheet.reset();
        f.columns.resize(2);
        for (std::size_t i = 0; i < f.columns.size(); ++i) {
            auto& c = f.columns[i];
            c = {"column " + std::to_string(i), "column_" + std::to_string(i), column_type::day, i ? column_role::dimension : column_role::day, {}, nature::flow, 0, false, true, false,
                 treatment::keep, {}, {}, {}, {}, {}, {}};
        }
        f.checks.clear();
        f.schedule = {one_of(std::vector{rhythm::daily, rhythm::working_days}), {}, {}, 600, 120, 2};
        const auto* before = f.replaces ? in_->entities.of<core::collection>().find(f.replaces->value) : nullptr;
        if (before && (core::collection::in_force & core::flow::from(before->state.is))) f.set = before->state.set;
        else f.replaces.reset();
    }
    void mend(std::vector<events::indicators::indicator>& all) {
        const bool good = !once_in(5);
        std::uint8_t left = 100;
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].code = std::array{"module", "analysis", "execution"}[i];
            if (good) left -= all[i].weight = static_cast<std::uint8_t>(i + 1 == all.size() ? left : 1 + below(left - all.size()));
        }
    }

    /// No data are collected here: a metric is a number, or rests on others. `number`: of which it is called.
    void mend(core::metric::form& f, std::uint64_t number) {
        const auto code = [](std::uint64_t n) { return "m" + std::to_string(n); };
        f.code = code(number);
        f.name = {f.code + "名", f.code + " name"};
        f.unit = "";
        f.digits = 2;
        f.formula = std::to_string(1 + below(9));
        for (auto n = below(3); n > 0; --n) f.formula += " + " + code(1 + below(12));
        mend(f.targets, f.direction);
    }
    void mend(std::vector<core::metric::target>& all, core::metric::direction direction) {
        if (all.size() > 1 && !once_in(8)) all.resize(1);
        const bool range = direction == core::metric::direction::within;
        for (auto& t : all) {
            t.until.reset();
            t.value = range ? std::nullopt : std::optional<std::string>("12.5");
            t.least = range ? std::optional<std::string>("1") : std::nullopt;
            t.most = range ? std::optional<std::string>("2") : std::nullopt;
        }
    }
    const core::metric::state* metric_there() const {
        const auto* found = in_->entities.of<core::metric>().find(in_->target);
        return found ? &found->state : nullptr;
    }

    /// Some rows may be taken earlier, or by others too; some steps have less time.
    void mend(core::definitions::amend_flow& c) {
        const auto& f = one_of(core::written::flows());
        const auto more = [&](std::uint32_t bits, const std::vector<std::string_view>& names, std::size_t first) {
            std::vector<std::string> all;
            const auto added = first + below(names.size() - first);
            for (std::size_t i = 0; i < names.size(); ++i)
                if (i == added || bits >> i & 1) all.emplace_back(names[i]);
            return all;
        };
        c.flow = f.name;
        c.rows.clear();
        c.limits.clear();
        for (auto n = below(3); n > 0; --n) {
            const auto& row = one_of(f.rows);
            if (row.may == 0 || (row.in & 1) || (row.decides && !once_in(8))) continue;
            events::definitions::row_change change{std::string(row.command), {}, {}, {}, {}};
            if (f.statuses.size() > 1 && once_in(3)) change.in = more(row.in, f.statuses, 1);
            if (!f.relations.empty() && once_in(4)) change.never = more(row.never, f.relations, 0);
            if (row.never == 0 && !f.relations.empty() && once_in(2)) change.may = more(row.may, f.relations, 0);
            if (row.never == 0 && once_in(3)) change.roles = {make<events::role>("")};
            // What changes nothing is refused.
            if (change.in || change.never || change.may || change.roles || once_in(8)) c.rows.push_back(std::move(change));
        }
        for (auto n = 1 + below(2); n > 0; --n) {
            const auto& row = one_of(f.rows);
            if (!row.awaited && !once_in(8)) continue;
            std::vector<std::string_view> here;
            for (std::size_t i = 0; i < f.statuses.size(); ++i)
                if (row.in >> i & 1) here.push_back(f.statuses[i]);
            if (!here.empty()) c.limits.push_back({std::string(one_of(here)), static_cast<std::uint16_t>(below(10))});
        }
    }
    void mend(core::definitions::confirm_flow& c) {
        const auto* d = in_->entities.of<core::definitions>().find(1);
        if (!d || d->state.pending.empty()) return;
        const auto& one = one_of(d->state.pending);
        c.number = one.number;
        if (!once_in(5)) c.sha256 = one.sha256;
    }
    void mend(core::definitions::amend_form& c) {
        c.form = one_of(core::written::forms()).name;
        c.fields.clear();
        using type = events::definitions::added_type;
        for (auto n = below(3); n > 0; --n) c.fields.push_back({"extra" + std::to_string(n), {"另加", "added"}, !once_in(3), n == 2 ? std::optional(type::line) : std::nullopt});
    }

    /// The appraisal's indicators, by their codes.
    std::vector<std::string> codes() {
        std::vector<std::string> all;
        if (const auto* a = in_->entities.of<core::appraisal>().find(in_->target))
            for (const auto& i : a->state.indicators) all.push_back(i.code);
        return all;
    }
    template <class Lines>
    void mend_lines(Lines& lines) {
        if (once_in(12)) return;
        lines.clear();
        for (const auto& code : codes()) {
            lines.push_back(make<typename Lines::value_type>(""));
            lines.back().indicator = code;
            if (lines.back().score) lines.back().score = *lines.back().score % 101;
        }
    }
    void mend(std::string& indicator) {
        const auto all = codes();
        if (!all.empty()) indicator = one_of(all);
    }

    void mend(auto& c) {
        if constexpr (requires { c.schedule.opens; }) mend(c.schedule);
        else if constexpr (requires { c.schedule->opens; }) { if (c.schedule) mend(*c.schedule); }
        if constexpr (requires { c.schedule.voting_opens; }) mend(c.schedule);
        if constexpr (requires { c.charter.milestones; }) mend(c.charter);
        if constexpr (requires { c.form.every; }) mend(c.form);
        if constexpr (requires { c.form.row_unit; }) mend(c.form);
        if constexpr (requires { c.finding.observed; }) mend(c.finding);
        if constexpr (requires { c.form.grounds; }) mend(c.form);
        if constexpr (requires { c.form.formula; }) {
            const auto* there = metric_there();
            mend(c.form, once_in(8) ? 1 + below(12) : in_->target ? in_->target : in_->entities.highest(events::category::metric) + 1);
            if (there && !once_in(10)) c.form.code = there->code, c.form.name = there->name;
        } else if constexpr (requires { c.targets; c.reason; }) {
            if (const auto* there = metric_there()) mend(c.targets, there->direction);
        }
        if constexpr (requires { c.note; c.until; c.from; }) {
            c.until = in_->today;
            c.from = std::chrono::sys_days(in_->today) - std::chrono::days(below(9));
        }
        if constexpr (requires { c.indicators; }) mend(c.indicators);
        if constexpr (requires { c.form.lines; }) mend_lines(c.form.lines);
        if constexpr (requires { c.indicator; }) mend(c.indicator);
        if constexpr (requires { c.adjustments; }) {
            std::vector<std::string> seen;
            std::erase_if(c.adjustments, [&](auto& one) {
                mend(one.indicator);
                one.score = one.score % 101;
                if (std::find(seen.begin(), seen.end(), one.indicator) != seen.end()) return true;
                seen.push_back(one.indicator);
                return false;
            });
        }
        if constexpr (requires { c.report.conditions; }) {
            const auto* p = in_->entities.of<core::project>().find(in_->target);
            c.report.results.clear();
            for (std::uint16_t i = 1; p && i <= p->state.objectives; ++i)
                c.report.results.push_back({i, make<events::project::attainment>(""), "noted"});
        }
        if constexpr (requires { c.totals; }) {
            const auto* e = in_->entities.of<core::election>().find(in_->target);
            c.totals.clear();
            if (!e) return;
            auto left = static_cast<std::uint32_t>(e->state.voters.size());
            c.invalid = 0;
            for (std::size_t i = 0; i < e->state.nominees.size(); ++i) {
                const auto votes = i + 1 == e->state.nominees.size() ? left : static_cast<std::uint32_t>(below(left + 1));
                c.totals.push_back({e->state.nominees[i], votes});
                left -= votes;
            }
        }
        if constexpr (requires { c.recipients; }) {
            if (std::find(c.recipients.begin(), c.recipients.end(), events::member_id{2}) == c.recipients.end()) c.recipients.push_back({2});
        }
        if constexpr (requires { c.form.appraisal; c.form.effective; }) {
            // What it rests on is their own, and final.
            const auto& all = in_->entities.of<core::appraisal>().all();
            for (std::size_t i = 0; i < all.size(); ++i) {
                if (!all[i].state.result || once_in(4)) continue;
                c.form.appraisal = events::appraisal_id{i + 1};
                c.form.election.reset();
                c.form.member = all[i].state.employee;
            }
        }
        if constexpr (requires { c.winners; }) {
            const auto* e = in_->entities.of<core::election>().find(in_->target);
            if (e && !e->state.nominees.empty() && !once_in(5)) c.winners = {one_of(e->state.nominees)};
        }
        if constexpr (requires { c.milestone + 1; }) ++c.milestone;
    }

    std::mt19937_64 random_;
    const setting* in_ = nullptr;
};

}  // namespace sim
