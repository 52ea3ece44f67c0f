// Transactions: all of them or nothing, decided in their order, and answered the same for ever.

#include "events/log/verify.hpp"
#include "server/engine/decider.hpp"
#include "tests/sim/room.hpp"

#include <random>

namespace sim::transactions_tests {

using core::channel;
using core::member;
using core::task;

namespace {

constexpr core::date due{std::chrono::year(2026) / 12 / 1};

struct in_memory {
    events::memory_log log;
    events::memory_keyring keys;
};

using part = engine::transaction::part;

template <class Group, class Command>
part say(Command c, std::optional<events::stream_id> target = {}) {
    return {target, {}, {}, core::any_command(typename Group::command(std::move(c)))};
}

std::unique_ptr<engine::transaction> together(std::uint64_t actor, events::uuid id, std::vector<part> parts, bool dry_run = false,
                                              std::uint64_t digest = 7) {
    return std::make_unique<engine::transaction>(engine::transaction{id, {actor}, std::move(parts), digest, dry_run});
}

engine::answer ask(room& r, std::unique_ptr<engine::transaction> t) {
    const auto who = std::make_shared<waiting>();
    if (!r.writer.submit(engine::request{{}, who, 0, std::move(t)})) throw std::runtime_error("the engine takes nothing");
    return who->get();
}

const engine::done_together& done_in(const engine::answer& a) { return std::get<engine::done_together>(a); }

bool same(const engine::answer& a, const engine::answer& b) {
    const auto &x = done_in(a), &y = done_in(b);
    return x.position == y.position && x.count == y.count && x.created == y.created;
}

std::vector<std::pair<std::uint32_t, std::string>> refused_in(const engine::answer& a) {
    std::vector<std::pair<std::uint32_t, std::string>> all;
    for (const auto& p : std::get<engine::refused_together>(a).parts) all.emplace_back(p.index, std::string(p.why.why.code));
    return all;
}

task::assign order(std::uint64_t to, std::string title = "weekly figures") {
    return {std::move(title), {}, "complete", due, {to}, {}, {}, {}};
}

/// A decider by itself, and all that it has decided.
class desk {
public:
    desk() : decides(memory_.log, memory_.keys, 0min) {}

    engine::answer one(std::uint64_t actor, const part& p) {
        return take({engine::client_command{id_no(++ids_), {actor}, p.target, p.expect, p.what, 7}, teller(), 0});
    }
    engine::answer all(std::uint64_t actor, std::vector<part> parts, bool dry_run = false) {
        return take({{}, teller(), 0, together(actor, id_no(++ids_), std::move(parts), dry_run)});
    }
    const std::vector<engine::committed_event>& events() const { return batch_.made->events; }
    events::keyring& keys() { return memory_.keys; }

private:
    std::shared_ptr<waiting> teller() { return std::make_shared<waiting>(); }
    engine::answer take(engine::request&& r) {
        decides.decide(std::move(r), noon, batch_);
        auto told = std::move(batch_.answers.at(0).back().what);
        batch_.answers.clear();
        return told;
    }
    in_memory memory_;
    engine::batch batch_;
    std::uint64_t ids_ = 0;

public:
    engine::decider decides;
};

/// Everything that the rules can see.
bool same_state(desk& a, desk& b) {
    bool same = a.decides.head() == b.decides.head() && a.decides.people() == b.decides.people();
    same = same && a.decides.evidence() == b.decides.evidence();
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto kind) {
        using A = typename decltype(kind)::type;
        const auto &x = a.decides.entities().of<A>().all(), &y = b.decides.entities().of<A>().all();
        same = same && std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const auto& s, const auto& t) {
                   return s.state == t.state && s.version == t.version && s.position == t.position && s.entered == t.entered && s.since == t.since;
               });
    });
    return same;
}

/// But for which command they follow from.
bool same_events(const desk& a, const desk& b, std::size_t from) {
    const auto &x = a.events(), &y = b.events();
    return x.size() == y.size() && std::equal(x.begin() + static_cast<std::ptrdiff_t>(from), x.end(),
                                              y.begin() + static_cast<std::ptrdiff_t>(from), [](const auto& e, const auto& f) {
                                                  const auto &p = e.what.envelope, &q = f.what.envelope;
                                                  return e.what.event == f.what.event && p.position == q.position && p.stream == q.stream &&
                                                         p.version == q.version && p.actor == q.actor && !e.bytes.stored.empty();
                                              });
}

/// Commands of every sort, good and bad, by an administrator who may do nearly anything.
class any_commands {
public:
    explicit any_commands(unsigned seed) : random_(seed) {}

    std::vector<part> some(std::size_t count) {
        std::vector<part> all;
        for (std::size_t i = 0; i < count; ++i) all.push_back(one());
        return all;
    }
    part one() {
        switch (upto(21)) {
            case 0:
                return say<member>(member::join{
                    "p" + text(), flip() ? std::optional("l" + text()) : std::nullopt, {}, dept(), {{role()}}, events::language::zh});
            case 1: return say<member>(member::rename{text()}, at(events::category::member));
            case 2: return say<member>(member::set_roles{{{role()}, {"AD"}, {"SL"}}}, at(events::category::member));
            case 3: return say<member>(member::set_superior{someone()}, at(events::category::member));
            case 4: return say<member>(member::delegate{someone(), due, {}, "away"}, at(events::category::member));
            case 5:
                return say<member>(member::leave{"gone", flip() ? std::optional(someone()) : std::nullopt},
                                   events::stream_id{events::category::member, 3 + upto(9)});
            case 6: return say<member>(member::erase{"asked"}, at(events::category::member));
            case 7:
                return say<channel>(
                    channel::create{text(), {}, flip() ? channel::visibility::everyone : channel::visibility::members_only});
            case 8:
                return say<channel>(channel::post{text(), flip() ? std::optional(text()) : std::nullopt}, at(events::category::channel));
            case 9: return say<channel>(channel::react{{1 + upto(4)}, "👍"}, at(events::category::channel));
            case 10: return say<channel>(channel::leave{someone()}, at(events::category::channel));
            case 11: return say<task>(order(1 + upto(9), flip() ? text() : std::string()));
            case 12: return say<task>(task::reassign{someone(), "moved"}, at(events::category::task));
            case 13: return say<task>(task::cancel{flip() ? "enough" : ""}, at(events::category::task));
            case 14:
                return say<core::calendar>(
                    core::calendar::publish_year{static_cast<std::uint16_t>(2026 + upto(3)), "gov", {{due, {"节", "feast"}}}, {}, {}});
            case 15: return say<core::org>(core::org::define_department{dept(), {"部", "dept"}, {}});
            case 16:
                return say<core::definitions>(core::definitions::amend_flow{
                    "task", {}, {{"assigned", static_cast<std::uint16_t>(1 + upto(5))}}, "quicker", "sooner"});
            case 17:
                return say<task>(task::start{}, at(events::category::task));
            case 18:
                return say<task>(task::report_progress{static_cast<std::uint8_t>(upto(100)), text()}, at(events::category::task));
            case 19:
                return say<task>(task::submit{text()}, at(events::category::task));
            case 20:
                return say<task>(task::accept{}, at(events::category::task));
            default:
                return say<core::request>(
                    core::request::draft{{text(), "b", "o", "c", due, {}, events::priority::normal, {true, "none"}, {}}});
        }
    }
    std::uint64_t upto(std::uint64_t most) { return random_() % (most + 1); }

private:
    bool flip() { return random_() & 1; }
    std::string text() { return "t" + std::to_string(upto(30)); }
    std::string role() { return std::array{"OM", "SP", "DA", "RQ"}[upto(3)]; }
    events::department dept() { return {std::array{"operations", "marketing", "technology"}[upto(2)]}; }
    core::member_id someone() { return {1 + upto(9)}; }
    events::stream_id at(events::category kind) { return {kind, 1 + upto(7)}; }
    std::mt19937 random_;
};

void fill(desk& d, unsigned seed) {
    d.one(0, say<member>(member::join{"root", "root", {}, {"operations"}, {{"AD"}, {"OM"}, {"SL"}, {"HR"}}, events::language::en}));
    d.one(0, say<member>(member::join{"wei", "wei", {}, {"operations"}, {{"SP"}}, events::language::en}));
    any_commands c(seed);
    for (int i = 0; i < 60; ++i) d.one(1, c.one());
}

}  // namespace

TEST_CASE("transaction: refused or dry, it leaves no trace; done, it is its commands one by one", "[sim][engine][transaction]") {
    std::size_t refused_whole = 0, done_whole = 0, events = 0;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        desk a, b;
        fill(a, seed);
        fill(b, seed);
        REQUIRE(same_state(a, b));
        any_commands random(seed + 1'000);
        for (int round = 0; round < 6; ++round) {
            INFO("seed " << seed << " round " << round);
            const auto parts = random.some(1 + random.upto(25));
            const auto from = a.events().size();
            const auto dry = a.all(1, parts, true);
            REQUIRE(same_state(a, b));
            REQUIRE(a.events().size() == from);
            const auto told = a.all(1, parts);
            std::vector<part> good;
            if (const auto* no = std::get_if<engine::refused_together>(&told)) {
                ++refused_whole;
                CHECK(refused_in(dry) == refused_in(told));
                REQUIRE(same_state(a, b));
                REQUIRE(a.events().size() == from);
                std::size_t at = 0;
                for (std::uint32_t i = 0; i < parts.size(); ++i) {
                    if (at < no->parts.size() && no->parts[at].index == i)
                        ++at;
                    else
                        good.push_back(parts[i]);
                }
                if (good.empty()) continue;
                REQUIRE(std::holds_alternative<engine::done_together>(a.all(1, good)));
            } else {
                CHECK(done_in(dry).count == done_in(told).count);
                good = parts;
            }
            ++done_whole;
            std::uint32_t count = 0;
            for (const auto& p : good) {
                const auto one = b.one(1, p);
                REQUIRE(std::holds_alternative<engine::done>(one));
                count += std::get<engine::done>(one).count;
            }
            REQUIRE(same_state(a, b));
            REQUIRE(same_events(a, b, from));
            events += count;
        }
    }
    // It did try what it says.
    CHECK(refused_whole > 300);
    CHECK(done_whole > 300);
    CHECK(events > 2'000);
}

TEST_CASE("transaction: who would have joined gets no key", "[sim][engine][transaction]") {
    desk d;
    fill(d, 1);
    const auto next = d.decides.people().rows().size() + 1;
    const auto join = say<member>(member::join{"new", "brand.new", {}, {"operations"}, {}, events::language::zh});
    const auto bad = say<task>(order(99));
    CHECK(refused_in(d.all(1, {join, bad})) == std::vector<std::pair<std::uint32_t, std::string>>{{1, "assignee_not_active"}});
    d.all(1, {join}, true);
    CHECK_FALSE(d.keys().has({next}));
    CHECK(done_in(d.all(1, {join})).created == std::vector{member_no(next)});
    CHECK(d.keys().has({next}));
}

TEST_CASE("transaction: later commands refer to what earlier ones make", "[sim][engine][transaction]") {
    desk d;
    fill(d, 2);
    const auto people = d.decides.people().rows().size();
    constexpr auto bit = std::uint64_t{1} << 63;
    const auto join = [](std::string login) {
        return say<member>(member::join{login, login, {}, {"operations"}, {{"SP"}}, events::language::zh});
    };
    auto analyst = say<member>(member::set_roles{{{"DA"}}});
    analyst.target_made_by = 1;
    auto start = say<task>(task::cancel{"no longer"});
    start.target_made_by = 3;
    auto assign = say<task>(order(bit | 1));
    assign.refers = true;
    const auto told = d.all(1, {join("first"), join("second"), analyst, assign, start});
    REQUIRE(std::holds_alternative<engine::done_together>(told));
    CHECK(d.decides.people().find({people + 2})->has("DA"));
    CHECK(done_in(told).created.size() == 3);

    const auto bad = [&](part p) { return refused_in(d.all(1, {join("third"), std::move(p)})); };
    using list = std::vector<std::pair<std::uint32_t, std::string>>;
    auto forwards = analyst;
    forwards.target_made_by = 1;
    CHECK(bad(forwards) == list{{1, "bad_reference"}});
    auto other_kind = start;
    other_kind.target_made_by = 0;
    CHECK(bad(other_kind) == list{{1, "wrong_target"}});
    auto of_refused = say<task>(order(bit | 0));
    of_refused.refers = true;
    CHECK(refused_in(d.all(1, {join("Not A Login"), of_refused})) == list{{0, "bad_login"}, {1, "bad_reference"}});
    auto unreadable = say<task>(order(1));
    unreadable.skipped = true;
    CHECK(bad(unreadable) == list{{1, "unreadable_part"}});
}

TEST_CASE("transaction: too much at once is refused and undone", "[sim][engine][transaction]") {
    desk d, untouched;
    fill(d, 3);
    fill(untouched, 3);
    channel::import_messages many{"irc", {}};
    for (int i = 0; i < 500; ++i) many.messages.push_back({noon - 1h, {1}, "m" + std::to_string(i), {}});
    std::vector<part> parts{say<channel>(channel::create{"big", {}, channel::visibility::everyone})};
    for (int i = 0; i < 120; ++i) {
        parts.push_back(say<channel>(many));
        parts.back().target_made_by = 0;
    }
    CHECK(refused_in(d.all(1, parts)) == std::vector<std::pair<std::uint32_t, std::string>>{{101, "transaction_too_large"}});
    CHECK(same_state(d, untouched));
}

TEST_CASE("transaction: one batch of the log, one answer for ever", "[sim][engine][transaction]") {
    in_memory m;
    slow_log slow(m.log);
    const auto id = id_no(1);
    engine::answer told;
    {
        room r(slow, m.keys, {.batch_events_max = 16, .utc_offset = 0min});
        r.start();
        const auto lin = r.join("lin", "OM");
        const auto wei = r.join("wei", "SP");
        std::vector<part> parts;
        for (int i = 0; i < 100; ++i) {
            parts.push_back(say<task>(order(wei, "task " + std::to_string(i))));
            parts.push_back(say<task>(task::reschedule{std::chrono::year(2026) / 12 / 2, "later"}));
            parts.back().target_made_by = static_cast<std::uint32_t>(parts.size() - 2);
        }
        const auto head = m.log.head();
        const auto begun = slow.sizes().size();
        CHECK(done_in(ask(r, together(lin, id_no(2), parts, true))).count == 200);
        CHECK(m.log.head() == head);
        slow.hold();
        auto waits = std::make_shared<waiting>();
        REQUIRE(r.writer.submit(engine::request{{}, waits, 0, together(lin, id, parts)}));
        auto again = std::make_shared<waiting>();
        REQUIRE(slow.wait_begun(begun + 1));
        REQUIRE(r.writer.submit(engine::request{{}, again, 0, together(lin, id, parts)}));
        std::this_thread::sleep_for(20ms);
        CHECK(waits->count() == 0);
        CHECK(r.writer.views().position() == head);
        slow.release();
        told = waits->get();
        CHECK(done_in(told).position == events::next(head));
        CHECK(done_in(told).count == 200);
        CHECK(done_in(told).created.size() == 100);
        CHECK(same(again->get(), told));
        CHECK(slow.sizes().back() == 200);
        CHECK(m.log.head().value == head.value + 200);
        CHECK(same(ask(r, together(lin, id, parts)), told));
        const auto other = ask(r, together(lin, id, {parts[0]}, false, 8));
        CHECK(code_of(other) == "command_id_reused");
        const auto nobody = ask(r, together(99, id_no(3), {parts[0]}));
        CHECK(refused_in(nobody) == std::vector<std::pair<std::uint32_t, std::string>>{{0, "not_found"}});
        r.settle();
    }
    const auto head = m.log.head();
    room r(slow, m.keys);
    r.start();
    CHECK(same(ask(r, together(1, id, {say<task>(order(2))})), told));
    CHECK(m.log.head() == head);
    CHECK_FALSE(events::verify(m.log, {}, {}).fault);
    CHECK(views_of(r.writer) == rebuilt(m.log, m.keys));
}

TEST_CASE("engine: what followed by itself is in what a command is answered, also after a restart", "[sim][engine]") {
    in_memory m;
    const auto id = id_no(1);
    engine::done told;
    const auto leave = [&](room& r, std::uint64_t root) {
        return std::get<engine::done>(r.send<member>(root, member::leave{"moved away", core::member_id{3}}, member_no(2), id)->get());
    };
    {
        room r(m.log, m.keys);
        r.start();
        const auto root = r.must<member>(0, member::join{"root", "root", {}, {"operations"}, {{"AD"}, {"OM"}}, events::language::en});
        const auto wei = r.join("wei", "SP");
        r.join("na", "SP");
        r.task(root, wei);
        r.task(root, wei);
        told = leave(r, root);
        CHECK(told.count == 4);  // handed over, left; two tasks go to somebody else
        CHECK(told.stream == member_no(wei));
        CHECK(told.version == events::version{3});
    }
    room r(m.log, m.keys);
    r.start();
    const auto again = leave(r, 1);
    CHECK(again.position == told.position);
    CHECK(again.stream == told.stream);
    CHECK(again.version == told.version);
    CHECK(again.count == told.count);
}

}  // namespace sim::transactions_tests
