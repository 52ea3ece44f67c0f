#include "server/warehouse/report_workbook.hpp"

#include "server/warehouse/day_text.hpp"

#include <boost/mp11/algorithm.hpp>

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace server::warehouse {
namespace {

using core::report;
using events::language;
using events::report::figure;
using events::report::mover;
using nlohmann::json;

constexpr std::size_t charts_most = 12;

/// Where these stand in the sheet of figures.
enum column : int { name_at, unit_at, value_at, previous_at, year_ago_at };

json number(const std::optional<std::string>& value) { return value ? json{{"number", *value}} : json(); }
json text(const std::string& value) { return value.empty() ? json() : json(value); }

/// As its description has it.
template <class T, class M>
events::wording label_of(M T::*which) {
    events::wording found;
    std::size_t n = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
        const auto& f = events::fields<T>[n++];
        if constexpr (std::is_same_v<std::remove_cv_t<decltype(d.pointer)>, M T::*>)
            if (d.pointer == which) found = f.label;
    });
    return found;
}

class writer {
public:
    writer(const report::state& of, language reader) : of_(of), taken_(*of.figures), form_(of.content), reader_(reader) {
        for (const auto& f : taken_.figures) by_metric_.emplace(f.metric, &f);
    }

    json made() const {
        json sheets = json::array();
        sheets.push_back(words());
        sheets.push_back(figures());
        sheets.push_back(movers());
        if (!of_.differences.empty()) sheets.push_back(differences());
        return {{"do", "workbook"}, {"sheets", std::move(sheets)}, {"charts", {{"name", say("图表", "Charts")}, {"each", charts()}}}};
    }

private:
    std::string say(const char* zh, const char* en) const { return reader_ == language::zh ? zh : en; }
    std::string say(const events::wording& w) const { return std::string(w.in(reader_)); }
    template <class T, class M>
    std::string say(M T::*field) const { return say(label_of(field)); }
    const std::string& say(const events::bilingual& w) const { return reader_ == language::zh ? w.zh : w.en; }
    template <class Choice>
    std::string chosen(Choice value) const { return say(events::label_of(value)); }
    const figure* figure_of(events::metric_id metric) const {
        const auto found = by_metric_.find(metric);
        return found == by_metric_.end() ? nullptr : found->second;
    }
    std::string called(events::metric_id metric) const {
        const auto* f = figure_of(metric);
        return f ? say(f->name) : std::to_string(metric.value);
    }

    json words() const {
        using state = report::state;
        using report_form = report::form;
        json rows = json::array();
        const auto add = [&](const std::string& what, const std::string& says) {
            if (!says.empty()) rows.push_back(json::array({what, says}));
        };
        add(say(&report_form::title), form_.title);
        add(say(&state::kind), chosen(of_.kind));
        add(say(&state::period), of_.period + " (" + day_text(of_.from) + " – " + day_text(of_.until) + ")");
        add(say("状态", "Status"), chosen(of_.is));
        add(say(&report::snapshot::position), std::to_string(taken_.position));
        add(say(&report::snapshot::deliveries), std::to_string(taken_.deliveries));
        add("SHA-256", of_.sha256);
        add(say("未定的数值", "Figures that are not final"), unsettled());
        add(say(&report_form::settling_reason), form_.settling_reason.value_or(""));
        add(say(&report_form::summary), form_.summary);
        for (const auto& one : form_.conclusions) {
            add(say(&events::report::conclusion::text), one.text);
            for (const auto metric : one.figures) add(say(&events::report::conclusion::figures), cited(metric));
        }
        for (const auto& one : form_.recommendations) {
            add(say(&events::report::advice::text), one.text);
            add(say(&events::report::advice::expected), one.expected);
        }
        add(say(&report_form::measures), form_.measures);
        for (const auto& one : form_.methods) add(say(&report_form::methods), one);
        return {{"name", say("报告", "Report")}, {"wide", true}, {"headings", {say("项目", "Field"), say("内容", "Content")}}, {"rows", std::move(rows)}};
    }

    std::string unsettled() const {
        std::string all;
        for (const auto& f : taken_.figures)
            if (f.state != events::report::finality::closed) all += (all.empty() ? "" : say("、", ", ")) + say(f.name);
        return all;
    }
    std::string cited(events::metric_id metric) const {
        const auto* f = figure_of(metric);
        return called(metric) + (f && f->value ? " " + *f->value + (f->unit.empty() ? "" : " " + f->unit) : "");
    }

    json figures() const {
        json rows = json::array();
        for (const auto& f : taken_.figures)
            rows.push_back(json::array({say(f.name), text(f.unit), number(f.value), number(f.previous), number(f.year_ago), number(f.change), number(f.target), chosen(f.attainment), chosen(f.state),
                                        f.why ? json(chosen(*f.why)) : json(), f.period, f.code, number(std::to_string(f.version))}));
        return {{"name", say("本期数值", "Figures")},
                {"headings",
                 {say(&figure::metric), say(&figure::unit), say("本期", "This period"), say(&figure::previous), say(&figure::year_ago), say(&figure::change), say(&figure::target), say(&figure::attainment), say(&figure::state),
                  say(&figure::why), say(&figure::period), say(&figure::code), say(&figure::version)}},
                {"rows", std::move(rows)}};
    }

    json movers() const {
        json rows = json::array();
        for (const auto& m : taken_.movers) {
            const auto* f = figure_of(m.metric);
            rows.push_back(json::array({called(m.metric), text(f ? f->unit : ""), m.dimension, m.member, number(m.before), number(m.after), number(m.contribution)}));
        }
        return {{"name", say(label_of(&report::snapshot::movers))},
                {"headings", {say(&mover::metric), say(&figure::unit), say(&mover::dimension), say(&mover::member), say(&mover::before), say(&mover::after), say(&mover::contribution)}},
                {"rows", std::move(rows)}};
    }

    json differences() const {
        using difference = report::difference;
        json rows = json::array();
        for (const auto& d : of_.differences) rows.push_back(json::array({called(d.metric), d.period, number(d.before), number(d.after)}));
        return {{"name", say("变动的数值", "Changed since")}, {"headings", {say(&difference::metric), say(&difference::period), say(&difference::before), say(&difference::after)}}, {"rows", std::move(rows)}};
    }

    /// A row without any number has nothing to draw.
    json charts() const {
        constexpr int figures_sheet = 1;
        json all = json::array();
        for (std::size_t i = 0; i < taken_.figures.size() && all.size() < charts_most; ++i) {
            const auto& f = taken_.figures[i];
            if (!f.value && !f.previous && !f.year_ago) continue;
            all.push_back({{"sheet", figures_sheet}, {"row", i}, {"title", int(name_at)}, {"unit", int(unit_at)}, {"from", int(value_at)}, {"to", int(year_ago_at)}});
        }
        return all;
    }

    const report::state& of_;
    const report::snapshot& taken_;
    const report::form& form_;
    language reader_;
    std::map<events::metric_id, const figure*> by_metric_;
};

}  // namespace

json workbook_of(const report::state& of, language reader) { return writer(of, reader).made(); }

}  // namespace server::warehouse
