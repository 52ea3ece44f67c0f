// The visibility matrix of appraisals and incentives (D4, D5, S6.4), strategies and analyses (S3.2.3, S3.2.4): each role × each
// secret × each way of reading it, at every step of their lives. What each may read is written down here again, by hand.

#include "server/engine/aggregates.hpp"
#include "server/engine/past_views.hpp"
#include "server/search/search.hpp"
#include "server/search/texts.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/flows/evidence.hpp"
#include "server/wire/flows/definitions.hpp"
#include "tests/sim/thin_client.hpp"
#include "tests/support/each_kind.hpp"

#include <set>

namespace sim::visibility_tests {

using core::analysis;
using core::appraisal;
using core::cycle;
using core::incentive;
using core::member;
using core::strategy;

namespace {

using names = std::set<std::string>;

constexpr events::stream_id the_cycle{events::category::cycle, 1};
constexpr events::stream_id weis{events::category::appraisal, 1};
constexpr events::stream_id bonus{events::category::incentive, 1};

appraisal::self_form self(std::string word) {
    return {{{"module", 80, word, {}}, {"analysis", std::nullopt, word, {}}, {"execution", 90, word, {}}}, {}};
}
appraisal::evaluation evaluation(std::string word) {
    return {{{"module", 70, word, {}}, {"analysis", 60, word, {}}, {"execution", 85, word, {}}}, word, {}};
}

struct department {
    events::memory_log log;
    events::memory_keyring keys;
    room r{log, keys};
    shard s{r};
    server::search::texts texts{log, keys};
    mutable engine::past_views past{log, keys, {.held_max = 64}};  // all that there is of it, as each moment is read many times
    std::map<std::string, std::uint64_t> people;
    std::map<std::string, std::unique_ptr<watcher>> watching;  // every feed that they are let into, from the beginning
    std::map<std::string, names> ever;                         // who was allowed each secret at some time

    department() {
        r.start();
        add("zhou", "SL", "board");
        add("lin", "OM", "operations");
        add("wei", "SP", "operations");
        add("na", "DA", "operations");
        add("hui", "HR", "personnel");
        add("aud", "AU", "audit");
        add("ada", "AD", "technology");
        add("rq", "RQ", "marketing");
        add("other", "OM", "technology");
        add("far", "SL", "board");
        for (const auto* below : {"wei", "na"}) superior(below, "lin");
        for (const auto* below : {"lin", "other"}) superior(below, "zhou");
        r.must<core::indicators>(0, *core::handbook_indicators({"SP"}));
        r.must<cycle>(id("hui"), cycle::plan{events::cycle::kind::quarter, 2026, 4, {}});
        r.must<cycle>(id("hui"), cycle::open{"early"}, the_cycle);
        follow();
    }

    void add(const std::string& name, std::string role, std::string of) { people[name] = r.join(name, std::move(role), std::move(of)); }
    void superior(const std::string& of, const std::string& to) {
        r.must<member>(0, member::set_superior{{people.at(to)}}, member_no(people.at(of)));
    }
    std::uint64_t id(const std::string& name) const { return people.at(name); }

    template <class Group, class Command>
    void when(const std::string& who, Command what, events::stream_id target) {
        r.must<Group>(who.empty() ? 0 : id(who), std::move(what), target);
        follow();
    }

    void follow() {
        s.settle();
        s.hub.tick();
        texts.follower.catch_up();
        for (const auto& [name, number] : people) {
            auto& w = watching[name];
            if (!w) w = std::make_unique<watcher>(number);
            for (const auto& f : feeds_to_try())
                if (!w->following.contains(wire::to_string(f)) && !s.hub.subscribe(*w, f, {})) w->following.insert(wire::to_string(f));
        }
    }
    static std::vector<feed> feeds_to_try() {
        return {{wire::one_feed(events::category::appraisal), 1}, {wire::list_feed(events::category::appraisal), 0}, {wire::one_feed(events::category::incentive), 1}, {wire::list_feed(events::category::incentive), 0}, {wire::one_feed(events::category::cycle), 1},
                {wire::list_feed(events::category::cycle), 0}, {feed_kind::inbox, 0}, {feed_kind::waiting, 0}, {feed_kind::audit, 0}, {feed_kind::board, 0}, {feed_kind::task, 1},
                {wire::one_feed(events::category::strategy), 1}, {wire::list_feed(events::category::strategy), 0}, {wire::one_feed(events::category::analysis), 1}, {wire::list_feed(events::category::analysis), 0}};
    }

    /// Everything that somebody can read now, whichever way.
    std::vector<std::pair<std::string, std::string>> readings_of(const std::string& name) const {
        const events::member_id who{id(name)};
        const wire::reader reader{who, events::language::en};
        const wire::moment now{log.head(), noon};
        std::vector<std::pair<std::string, std::string>> all;
        const auto add = [&](std::string way, const wire::reading& what) {
            if (const auto* d = std::get_if<wire::document>(&what)) all.emplace_back(std::move(way), d->body);
        };
        wire::flow_query q;
        q.limit = 200;
        add("dossier", wire::read_entity(r.read, {events::category::appraisal, 1}, reader));
        add("dossier as of", wire::read_entity(r.read, {events::category::appraisal, 1}, reader, now));
        for (std::uint64_t p = 1; p <= log.head().value; ++p)
            add("dossier as of " + std::to_string(p), wire::read_entity(r.read, {events::category::appraisal, 1}, reader, wire::moment{{p}, noon}));
        for (std::uint64_t p = 1; p <= log.head().value; ++p) {
            const auto then = r.read.as_of(past.at({p}), {{p}, noon});
            const auto at = " as of " + std::to_string(p);
            add("list" + at, wire::read_entities(then, events::category::appraisal, who, q));
            add("evidence" + at, wire::read_evidence(then, who, {1}));
            add("incentives" + at, wire::read_entities(then, events::category::incentive, who, q));
            add("strategy" + at, wire::read_entity(r.read, {events::category::strategy, 1}, reader, wire::moment{{p}, noon}));
            add("strategies" + at, wire::read_entities(then, events::category::strategy, who, q));
            add("analysis" + at, wire::read_entity(r.read, {events::category::analysis, 1}, reader, wire::moment{{p}, noon}));
            add("analyses" + at, wire::read_entities(then, events::category::analysis, who, q));
            add("task" + at, r.read.task(reader, {1}, wire::moment{{p}, noon}));
            add("tasks" + at, then.sorted_tasks(who, {}, {}, 200));
            add("waiting" + at, wire::waiting_document(then, who, q));
            add("inbox" + at, then.inbox(who, {}));
        }
        add("task", r.read.task(reader, {1}));
        add("tasks", r.read.tasks(who, {}, false, {200, 0}));
        add("tasks, sorted", r.read.sorted_tasks(who, {}, {}, 200));
        const auto hits = server::search::find(r.read, texts.in, texts.follower.position(), who, {"PLAN", {}, INT64_MAX, 50});
        if (const auto* found = std::get_if<wire::document>(&hits)) all.emplace_back("search", found->body);
        add("list", wire::read_entities(r.read, events::category::appraisal, who, q));
        add("evidence", wire::read_evidence(r.read, who, {1}));
        add("incentive", wire::read_entity(r.read, {events::category::incentive, 1}, reader));
        add("incentives", wire::read_entities(r.read, events::category::incentive, who, q));
        add("strategy", wire::read_entity(r.read, {events::category::strategy, 1}, reader));
        add("strategies", wire::read_entities(r.read, events::category::strategy, who, q));
        add("analysis", wire::read_entity(r.read, {events::category::analysis, 1}, reader));
        add("analyses", wire::read_entities(r.read, events::category::analysis, who, q));
        add("cycle", wire::read_entity(r.read, {events::category::cycle, 1}, reader));
        add("waiting", wire::waiting_document(r.read, who, q));
        add("times", wire::times_document(r.read, who, "appraisal"));
        add("inbox", r.read.inbox(who, {}));
        add("log", r.read.log_page(who, {1}, events::direction::forwards, 500));
        for (std::uint64_t p = 1; p <= log.head().value; ++p) add("log entry", r.read.log_entry(who, {p}));
        for (const auto& f : feeds_to_try()) {
            if (r.read.may_subscribe(f, who)) continue;
            const auto first = r.read.first_line(f, who, events::language::en);
            if (const auto* line = std::get_if<wire::snapshot>(&first)) all.emplace_back("feed " + wire::to_string(f), line->line);
        }
        return all;
    }

    /// `secret` is read by exactly these, and reaches nobody else by any feed.
    void is_read_by(const std::string& secret, const names& allowed) {
        follow();
        ever[secret].insert(allowed.begin(), allowed.end());
        for (const auto& [name, number] : people) {
            INFO(secret << " · " << name);
            bool found = false;
            for (const auto& [way, text] : readings_of(name)) {
                INFO(way);
                const bool here = text.find(secret) != text.npos;
                if (here && !allowed.contains(name)) CHECK(way == "nobody lets them");
                found = found || here;
            }
            CHECK(found == allowed.contains(name));
            bool told = false;
            for (const auto& line : watching.at(name)->lines) told = told || line.dump().find(secret) != std::string::npos;
            CHECK(told == ever[secret].contains(name));
        }
    }
    /// Every command about everything that somebody may not see: answered as about nothing, whatever they say they saw.
    void is_no_oracle() {
        using namespace boost::mp11;
        std::vector<events::stream_id> all;
        for (const auto kind : {events::category::task, events::category::channel, events::category::request, events::category::project,
                                events::category::appraisal, events::category::incentive, events::category::election, events::category::analysis,
                                events::category::strategy, events::category::proposal, events::category::source, events::category::collection, events::category::delivery, events::category::metric,
                                events::category::query, events::category::alert_rule, events::category::alert, events::category::report, events::category::recommendation})
            for (std::uint64_t n = 1; n <= log.highest(kind); ++n) all.push_back({kind, n});
        for (const auto& target : all)
            for (const auto& [name, number] : people) {
                const bool sees = !r.read.may_subscribe(*wire::feed_of(target), {number});
                if (sees) continue;
                opsroom_test::each_aggregate([&]<class A>(mp_identity<A>) {
                    using group_type = typename A::command;
                    if (A::category != target.kind) return;
                    mp_for_each<mp_transform<mp_identity, group_type>>([&](auto command) {
                        using command_type = typename decltype(command)::type;
                        if (core::creates<command_type> || is_theirs_unseen(command_type::type, name)) return;
                        INFO(name << " · " << command_type::type << " · " << to_string(target));
                        const auto told = r.send<A>(number, command_type{}, target, {}, events::version{77})->get();
                        CHECK(code_of(told) == "not_found");
                        if (const auto* no = std::get_if<engine::refused>(&told)) CHECK_FALSE(no->present);
                    });
                });
            }
    }
    /// What somebody does about an appraisal that they do not read.
    bool calibrating = false;
    bool is_theirs_unseen(std::string_view command, const std::string& name) const {
        const bool leads = name == "zhou" || name == "far", answers = leads || name == "hui";
        // While she calibrates, human resources has its scores before her, and so knows of it.
        if (calibrating && name == "hui" && command.starts_with("appraisal.")) return true;
        return (command == "appraisal.apply" && leads) || (command == "appraisal.calibrate" && answers) || (command == "appraisal.reopen" && answers) ||
               (command == "appraisal.change_evaluator" && name == "hui") || (command == "channel.appoint_keeper" && name == "ada");
    }
    /// Numbers are not in what was pushed before they were sealed, but in no reading of the past either.
    void scores_are_read_by(const std::string& scores, const names& allowed) const {
        for (const auto& [name, number] : people) {
            INFO(scores << " · " << name);
            bool found = false;
            for (const auto& [way, text] : readings_of(name)) {
                INFO(way);
                const bool here = text.find(scores) != text.npos;
                if (here && !allowed.contains(name)) CHECK(way == "nobody lets them");
                found = found || here;
            }
            CHECK(found == allowed.contains(name));
        }
    }
    /// That there is such an appraisal, and how many, is known to these by lists, counts and feeds.
    void is_known_to(const names& allowed) {
        wire::flow_query q;
        for (const auto& [name, number] : people) {
            INFO(name);
            const auto list = json::parse(std::get<wire::document>(wire::read_entities(r.read, events::category::appraisal, {number}, q)).body);
            CHECK(list.at("total") == (allowed.contains(name) ? 1 : 0));
            const auto cycle = json::parse(std::get<wire::document>(wire::read_entity(r.read, {events::category::cycle, 1}, {{number}})).body);
            CHECK(cycle.at("appraisals").empty() == !allowed.contains(name));
            CHECK(r.read.may_subscribe({wire::one_feed(events::category::appraisal), 1}, {number}).has_value() == !allowed.contains(name));
        }
    }
};

}  // namespace

TEST_CASE("visibility: an appraisal and what is made of it, each as the wrong person, every way", "[sim][D4][D5][S6.3][S6.4]") {
    department d;
    const names sides_and_reviewer{"wei", "lin", "zhou"};
    d.is_known_to(sides_and_reviewer);
    d.is_no_oracle();

    d.when<appraisal>("wei", appraisal::draft_self{self("DRAFT-OF-WEI")}, weis);
    d.when<appraisal>("lin", appraisal::draft_evaluation{evaluation("DRAFT-OF-LIN")}, weis);
    d.is_read_by("DRAFT-OF-WEI", {"wei"});
    d.is_read_by("DRAFT-OF-LIN", {"lin"});

    d.when<appraisal>("wei", appraisal::submit_self{self("F6-OF-WEI")}, weis);
    d.is_read_by("F6-OF-WEI", {"wei"});
    d.when<appraisal>("lin", appraisal::evaluate{evaluation("F7-OF-LIN")}, weis);
    d.is_read_by("F6-OF-WEI", sides_and_reviewer);
    d.is_read_by("F7-OF-LIN", sides_and_reviewer);
    d.is_read_by("DRAFT-OF-WEI", {"wei"});

    // Returned, both forms are sealed again, with every number in them, and whatever moment is asked for.
    d.when<appraisal>("lin", appraisal::return_self{"AGAIN-PLEASE"}, weis);
    d.is_read_by("AGAIN-PLEASE", sides_and_reviewer);
    d.scores_are_read_by(R"("self":[80,null,90])", {"wei"});
    d.scores_are_read_by(R"("superior":[70,60,85])", {"lin"});
    d.is_no_oracle();
    d.is_read_by("F6-OF-WEI", {"wei"});
    d.is_read_by("F7-OF-LIN", {"lin"});
    d.when<appraisal>("wei", appraisal::submit_self{self("F6-AGAIN")}, weis);
    d.when<appraisal>("lin", appraisal::evaluate{evaluation("F7-AGAIN")}, weis);
    d.is_read_by("F6-AGAIN", sides_and_reviewer);

    const events::date by_then{std::chrono::floor<std::chrono::days>(d.r.now.load()) + std::chrono::days(20)};
    d.when<appraisal>("lin", appraisal::record_talk{{"F8-RESULT", "F8-STRENGTHS", "F8-SHORTCOMINGS", {{"PLAN-WORDS", {d.id("wei")}, "PLAN-STANDARD", by_then}}, {}}}, weis);
    d.when<appraisal>("wei", appraisal::confirm_talk{}, weis);
    d.when<appraisal>("lin", appraisal::confirm_talk{}, weis);
    // The plan becomes a task that is as visible as its appraisal, in every list and feed; its words are nowhere in the clear.
    for (const auto* word : {"PLAN-WORDS", "PLAN-STANDARD", "improvement plan 1.1"}) d.is_read_by(word, sides_and_reviewer);
    using core::task;
    d.when<task>("wei", task::start{}, task_no(1));
    d.when<task>("wei", task::block{"PLAN-BLOCKED", {}}, task_no(1));
    d.is_read_by("PLAN-BLOCKED", sides_and_reviewer);
    d.when<task>("wei", task::unblock{"PLAN-UNBLOCKED"}, task_no(1));
    d.when<task>("wei", task::report_progress{40, "PLAN-PROGRESS"}, task_no(1));
    d.when<task>("lin", task::reschedule{std::chrono::sys_days(by_then) + std::chrono::days(1), "PLAN-LATER"}, task_no(1));
    d.when<task>("wei", task::submit{"PLAN-HALF"}, task_no(1));
    d.when<task>("lin", task::return_work{"PLAN-RETURNED"}, task_no(1));
    d.when<task>("wei", task::start{}, task_no(1));
    d.when<task>("wei", task::submit{"PLAN-DONE"}, task_no(1));
    for (const auto* word : {"PLAN-UNBLOCKED", "PLAN-PROGRESS", "PLAN-LATER", "PLAN-RETURNED", "PLAN-DONE"}) d.is_read_by(word, sides_and_reviewer);
    d.when<task>("lin", task::accept{"PLAN-ACCEPTED"}, task_no(1));
    d.is_read_by("PLAN-ACCEPTED", sides_and_reviewer);
    d.log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view stored) {
        CHECK(stored.find("PLAN-") == stored.npos);
        return true;
    });
    for (const auto* word : {"F8-RESULT", "F8-STRENGTHS", "F8-SHORTCOMINGS"}) d.is_read_by(word, sides_and_reviewer);
    d.is_known_to(sides_and_reviewer);

    // Calibration shows what is calibrated, and not a word: neither what the employee said of themselves.
    d.when<cycle>("hui", cycle::close_self{"early"}, the_cycle);
    d.when<cycle>("hui", cycle::close_evaluation{"early"}, the_cycle);
    d.when<cycle>("hui", cycle::begin_calibration{"early"}, the_cycle);
    wire::flow_query q;
    const auto seen_by_hr = std::get<wire::document>(wire::read_entities(d.r.read, events::category::appraisal, {d.id("hui")}, q)).body;
    CHECK(json::parse(seen_by_hr).at("items").at(0).at("superior") == json::array({70, 60, 85}));
    CHECK_FALSE(json::parse(seen_by_hr).at("items").at(0).contains("self"));
    d.scores_are_read_by(R"("superior":[70,60,85])", {"wei", "lin", "zhou", "hui"});
    d.scores_are_read_by(R"("self":[80,null,90])", sides_and_reviewer);
    d.calibrating = true;
    d.is_no_oracle();
    d.calibrating = false;
    d.when<appraisal>("hui", appraisal::calibrate{{{"analysis", 65}}, "ONE-BAR-FOR-ALL"}, weis);
    d.is_read_by("ONE-BAR-FOR-ALL", sides_and_reviewer);
    d.is_read_by("F7-AGAIN", sides_and_reviewer);
    d.when<cycle>("hui", cycle::close{"early"}, the_cycle);

    d.when<appraisal>("zhou", appraisal::finalise{"FINAL-COMMENT"}, weis);
    const names once_final{"wei", "lin", "zhou", "hui"};
    d.is_known_to(once_final);
    for (const auto* word : {"F6-AGAIN", "F7-AGAIN", "F8-RESULT", "FINAL-COMMENT", "ONE-BAR-FOR-ALL", "PLAN-WORDS"}) d.is_read_by(word, once_final);
    d.is_read_by("DRAFT-OF-LIN", {"lin"});

    // Who answers an appeal reads it while that lasts: here, any superior leader.
    d.when<appraisal>("wei", appraisal::appeal{"NOT-COUNTED"}, weis);
    d.is_read_by("NOT-COUNTED", {"wei", "lin", "zhou", "hui", "far"});
    d.when<appraisal>("far", appraisal::reject_appeal{"COUNTED-ELSEWHERE"}, weis);
    d.is_read_by("COUNTED-ELSEWHERE", once_final);

    incentive::form f16{incentive::kind::bonus, {d.id("wei")}, events::appraisal_id{1}, {}, incentive::money{300'000, "CNY"}, std::chrono::year(2026) / 12 / 10, "BONUS-TERMS", "BONUS-REASON", {}};
    d.r.must<incentive>(d.id("hui"), incentive::propose{f16});
    const names who_decides{"hui", "zhou", "far"};
    d.is_read_by("BONUS-TERMS", who_decides);
    d.is_no_oracle();
    // Who gets it reads what was granted, and not how it was haggled over.
    d.when<incentive>("zhou", incentive::clarify{"WHY-SO-MUCH"}, bonus);
    d.when<incentive>("hui", incentive::answer{"BECAUSE"}, bonus);
    d.when<incentive>("zhou", incentive::send_back{"TOO-MUCH"}, bonus);
    f16.terms = "LESS-TERMS";
    d.when<incentive>("hui", incentive::revise{f16}, bonus);
    const auto sha = d.r.writer.views().read([](const core::views::views& v, events::position) { return v.of<core::incentive>().row(1)->state.sha256; });
    d.when<incentive>("zhou", incentive::approve{sha, {}}, bonus);
    d.is_read_by("LESS-TERMS", {"hui", "zhou", "far", "wei"});
    for (const auto* word : {"BONUS-TERMS", "WHY-SO-MUCH", "BECAUSE", "TOO-MUCH"}) d.is_read_by(word, who_decides);

    // Once their key is gone, nobody reads any of it.
    d.when<member>("", member::leave{"left", events::member_id{d.id("lin")}}, member_no(d.id("wei")));
    d.when<member>("", member::erase{"asked for"}, member_no(d.id("wei")));
    d.people.erase("wei");
    for (const auto* word : {"F6-AGAIN", "F7-AGAIN", "F8-RESULT", "BONUS-TERMS", "LESS-TERMS", "NOT-COUNTED", "PLAN-WORDS", "PLAN-STANDARD"})
        for (const auto& [name, number] : d.people)
            for (const auto& [way, text] : d.readings_of(name)) {
                INFO(word << " · " << name << " · " << way);
                CHECK(text.find(word) == text.npos);
            }
}

TEST_CASE("visibility: who loses sight of an appraisal is told no more of it", "[sim][feeds][D5]") {
    department d;
    watcher zhou(d.id("zhou")), far(d.id("far"));
    for (auto* w : {&zhou, &far}) REQUIRE_FALSE(d.s.hub.subscribe(*w, {wire::list_feed(events::category::appraisal), 0}, {}));
    REQUIRE_FALSE(d.s.hub.subscribe(zhou, {wire::one_feed(events::category::appraisal), 1}, {}));
    CHECK(d.s.hub.subscribe(far, {wire::one_feed(events::category::appraisal), 1}, {}));
    CHECK(zhou.of("snapshot", "appraisals").back().at("data").at("total") == 1);
    // The evaluator answers to somebody else now.
    d.superior("lin", "far");
    d.follow();
    CHECK(zhou.of("ended", "appraisal/1").size() == 1);
    CHECK(zhou.of("snapshot", "appraisals").back().at("data").at("total") == 0);
    CHECK(far.of("snapshot", "appraisals").back().at("data").at("total") == 1);
    const auto told = zhou.lines.size();
    d.when<appraisal>("wei", appraisal::submit_self{self("F6")}, weis);
    CHECK(zhou.lines.size() == told);
    CHECK(far.of("events", "appraisals").back().at("rows").at(0).at("status") == "self_submitted");
}

TEST_CASE("visibility: a strategy before and after it is published, an analysis and whom it concerns", "[sim][access][S3.2.3][S3.2.4]") {
    department d;
    const events::stream_id looked_at{events::category::analysis, 1}, the_strategy{events::category::strategy, 1};
    const events::date today{std::chrono::floor<std::chrono::days>(d.r.now.load())};
    const auto day = [&](int after) { return events::date(std::chrono::sys_days(today) + std::chrono::days(after)); };

    const names insiders{"lin", "wei", "na", "other", "zhou", "far", "aud"};
    analysis::form plan{"PLAN-TITLE", "PLAN-SUBJECT", "members", "weekly", {d.id("na")}, 5, today, {{d.id("wei")}}, {}};
    d.r.must<analysis>(d.id("lin"), analysis::plan{plan});
    d.is_read_by("PLAN-TITLE", insiders);
    d.is_read_by("PLAN-SUBJECT", insiders);
    d.when<analysis>("na", analysis::report{{events::analysis::kind::problem, events::priority::high, day(-7), day(-1), "FOUND-WORDS", {}, {}, {}, {}}}, looked_at);
    d.is_read_by("FOUND-WORDS", insiders);
    // Whom it concerns may be of another department, and no longer be concerned.
    auto with_rq = insiders;
    with_rq.insert("rq");
    plan.concerned.push_back({d.id("rq")});
    d.when<analysis>("lin", analysis::change{plan, "marketing asks"}, looked_at);
    d.is_read_by("FOUND-WORDS", with_rq);
    plan.concerned.pop_back();
    d.when<analysis>("lin", analysis::change{plan, "marketing knows"}, looked_at);
    d.is_read_by("FOUND-WORDS", insiders);
    d.when<analysis>("lin", analysis::handle{events::analysis::outcome::adjust, "HANDLED-WHY"}, looked_at);
    d.is_read_by("HANDLED-WHY", insiders);

    // What is looked at for a project is shared by who shares that, as long as they do.
    plan.project = events::project_id{1};
    d.r.must<core::project>(0, core::project::initiate{{}, "THE-PROJECT", {"operations"}});
    d.when<analysis>("lin", analysis::change{plan, "for the project"}, looked_at);
    d.is_read_by("FOUND-WORDS", insiders);
    events::project::charter charter{};
    charter.name = "charter", charter.lead = {d.id("wei")}, charter.team = {{d.id("wei")}, {d.id("hui")}}, charter.starts = today,
    charter.ends = day(30);
    charter.milestones = {{"m", day(20), "done"}}, charter.budget = {100, "CNY", "x"}, charter.resources = "x",
    charter.expected_results = "x";
    charter.objectives = {"x"}, charter.success_metrics = "x", charter.risks = {{"x", {}, {}, "x"}},
    charter.responsibilities = {{"x", {{d.id("wei")}}, {d.id("wei")}, {}, {}}}, charter.compliance = {true, "x"};
    const events::stream_id the_project{events::category::project, 1};
    d.when<core::project>("lin", core::project::submit_charter{charter}, the_project);
    const auto print =
        d.r.writer.views().read([](const core::views::views& v, events::position) { return v.of<core::project>().row(1)->state.charter; });
    d.when<core::project>("zhou", core::project::approve_charter{print, {}}, the_project);
    auto with_hui = insiders;
    with_hui.insert("hui");
    d.is_read_by("FOUND-WORDS", with_hui);
    d.when<core::project>("lin", core::project::remove_member{{d.id("hui")}}, the_project);
    d.is_read_by("FOUND-WORDS", insiders);

    // Another department's manager has no part in it before it is published (D16).
    const names drafters{"wei", "lin", "zhou", "far", "aud"};
    strategy::form f19{"DRAFT-TITLE", strategy::kind::strategy, {{"GROUND-WORDS", {1}, 1}}, "lower", "CONTENT-WORDS", "more", day(3), day(3), day(9),
                       {{d.id("na")}, {d.id("rq")}}, {}, {}, {}};
    d.r.must<strategy>(d.id("wei"), strategy::draft{f19});
    for (const auto* word : {"DRAFT-TITLE", "GROUND-WORDS", "CONTENT-WORDS"}) d.is_read_by(word, drafters);
    d.is_no_oracle();
    d.when<strategy>("wei", strategy::submit{}, the_strategy);
    d.when<strategy>("lin", strategy::send_back{"BACK-WHY"}, the_strategy);
    d.is_read_by("BACK-WHY", drafters);
    d.when<strategy>("wei", strategy::submit{}, the_strategy);
    const auto sha = d.r.writer.views().read([](const core::views::views& v, events::position) { return v.of<core::strategy>().row(1)->state.sha256; });
    d.when<strategy>("lin", strategy::publish{sha}, the_strategy);
    auto readers = drafters;
    readers.insert({"na", "rq", "other"});
    for (const auto* word : {"DRAFT-TITLE", "CONTENT-WORDS"}) d.is_read_by(word, readers);
    d.when<strategy>("rq", strategy::acknowledge{}, the_strategy);
    d.when<strategy>("lin", strategy::check{{events::strategy::standing::on_track, "CHECK-WORDS", {}, day(20), {}}}, the_strategy);
    d.is_read_by("CHECK-WORDS", readers);
    d.when<strategy>("lin", strategy::end{"END-WHY"}, the_strategy);
    d.is_read_by("END-WHY", readers);
}

}  // namespace sim::visibility_tests
