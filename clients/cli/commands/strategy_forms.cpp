// Forms of analyses and strategies to fill in: plan, finding, F19.

#include "clients/cli/commands/forms.hpp"
#include "clients/cli/commands/strategy_views.hpp"
#include "clients/cli/context.hpp"
#include "clients/cli/failure.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

const char* plan_template = R"({
  "title": "", "subject": "", "sources": "", "method": "",
  "owner": "@login", "every": 5, "next_on": "+5d",
  "concerned": [], "project": null
}
)";

const char* finding_template = R"({
  "kind": "change", "priority": "normal", "from": "", "until": "",
  "observed": "",
  "figures": [{"name": "", "before": "0", "now": "0", "unit": ""}],
  "cause": "", "suggestion": ""
}
)";

const char* strategy_template = R"({
  "title": "", "kind": "strategy",
  "grounds": [{"fact": "", "analysis": 0, "look": 0}],
  "adjustment": "", "content": "", "expected": "",
  "effective": "+1d", "acknowledge_by": "+3d", "check_on": "+4w",
  "concerned": [], "replaces": null, "project": null
}
)";

/// The wire keeps 0 for none, and takes null.
void none_for_zero(json& form) {
    for (const char* key : {"project", "replaces"})
        if (number_at(form, key) == 0) form[key] = nullptr;
}

void print_analysis_form(context& about, const std::string& form, const std::string& which) {
    const bool plan = form == "plan";
    if (which.empty()) {
        about.out << (plan ? plan_template : form_to_fill_in(about, "finding", parse_json(finding_template)));
        return;
    }
    const auto it = about.server().get(fmt::format("/api/v1/analyses/{}", names::number("analysis", which)));
    json out = plan ? at_or_null(said_in(it, "plan"), "plan") : at_or_null(look_of(it, number_at(it, "found").value_or(0)), "finding");
    if (!out.is_object()) throw failure(exit_code::not_found, "还没有发现", "nothing has been found yet");
    if (plan) {
        out["next_on"] = at_or_null(it, "next_on");
        out["owner"] = at_or_null(it, "owner");
        out["concerned"] = at_or_null(it, "concerned");
        none_for_zero(out);
    }
    about.out << as_text(out, 2) << '\n';
}

/// Of one that holds: the next version, that takes its place. Of a draft: as it is, to be revised.
void print_strategy_form(context& about, const std::string& which) {
    if (which.empty()) {
        about.out << form_to_fill_in(about, "F19", parse_json(strategy_template));
        return;
    }
    const auto it = about.server().get(fmt::format("/api/v1/strategies/{}", names::number("strategy", which)));
    json out = at_or_null(said_in(it, "F19"), "form");
    none_for_zero(out);
    if (number_at(it, "number")) {
        out["replaces"] = at_or_null(it, "id");
        out["concerned"] = at_or_null(it, "concerned");
        out["grounds"] = json::array({{{"fact", ""}, {"analysis", 0}, {"look", 0}}});
        out["adjustment"] = "";
        out["effective"] = "+1d";
        out["acknowledge_by"] = "+3d";
        out["check_on"] = "+4w";
        about.out << form_to_fill_in(about, "F19", std::move(out));
        return;
    }
    about.out << as_text(out, 2) << '\n';
}

}  // namespace

void add_strategy_forms(tree& t, const nouns& n) {
    auto form = std::make_shared<std::string>();
    auto of = std::make_shared<std::string>();
    auto* print = t.verb(n.at("analysis"), "template",
                         {"表单样张：分析计划或发现；加编号则为其现行计划或最近的发现",
                          "a form to fill in: a plan or a finding; with a number, as it is in that analysis"},
                         "opsroom analysis template plan > plan.json\nopsroom analysis template finding > finding.json\nopsroom analysis "
                         "template plan 3 > plan.json",
                         [form, of](context& about) { print_analysis_form(about, *form, *of); });
    auto* which = t.option(print, "FORM", *form, "", {"哪张表", "which form"});
    t.required(which);
    t.only(which, {"plan", "finding"});
    t.option(print, "ANALYSIS", *of, "", {"编号", "its number"});

    auto strategy = std::make_shared<std::string>();
    auto* f19 =
        t.verb(n.at("strategy"), "template",
               {"F19 样张；加编号则为其下一版，草稿则为草稿本身。人员可写编号或“@登录名”，日期可写 +3d",
                "F19 to fill in; with a number its next version, of a draft the draft. People are numbers or \"@login\", days may be +3d"},
               "opsroom strategy template > f19.json\nopsroom strategy template 3 > next.json",
               [strategy](context& about) { print_strategy_form(about, *strategy); });
    t.option(f19, "STRATEGY", *strategy, "", {"编号", "its number"});
}

}  // namespace cli
