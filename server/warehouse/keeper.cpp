#include "server/warehouse/keeper.hpp"

#include "core/collection/collection.hpp"
#include "core/kernel/verify.hpp"
#include "events/codec/json_read.hpp"
#include "events/ending/threads.hpp"
#include "server/warehouse/exported_file.hpp"
#include "server/warehouse/figures.hpp"
#include "server/warehouse/once.hpp"
#include "server/warehouse/opened_file.hpp"
#include "server/warehouse/question.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>
#include <vector>

namespace server::warehouse {
namespace {

using core::collection;
using core::delivery;
using core::delivery_status;
using json = nlohmann::json;

constexpr int niceness = 10;  // it takes what others leave of the cores
constexpr std::chrono::milliseconds looks_every{60'000};  // where nobody has told it
constexpr std::chrono::milliseconds pause_least{1'000};
constexpr std::chrono::milliseconds pause_most{60'000};
constexpr std::chrono::seconds asked_again_after{60};
constexpr std::string_view database_name = "warehouse.duckdb";
constexpr int publishing_share = 10;  ///< of the time at most a tenth is spent on publishing
constexpr std::chrono::milliseconds publishes_every_least{1'000};
constexpr std::size_t volumes_most = 8 * 31;  ///< of deliveries before, by which it is seen what is usual

bool is_one_of(delivery_status is, core::flow::statuses some) { return (some & core::flow::from(is)) != 0; }

/// The event by which it came into force.
std::uint64_t in_force_since(const core::views::entity_row<delivery>& row) {
    for (const auto& step : row.steps.all())
        if (is_one_of(static_cast<delivery_status>(step.status), delivery::loaded)) return step.at.value;
    return 0;
}

/// What it corrects, where it does.
const core::views::entity_row<delivery>* before_of(const core::views::views& v, const delivery::state& of) {
    return of.replaces ? v.of<delivery>().row(of.replaces.value) : nullptr;
}

/// The worker's words, as the event has them.
delivery::check check_of(json said) {
    json report;
    for (const char* field : {"verdict", "rows", "taken", "rejected", "faulty", "restated", "engine"}) report[field] = said.at(field);
    report["rejects"] = json::array();
    for (const char* field : {"schema_sha256", "rows_sha256"})
        if (said.contains(field)) report[field] = said.at(field);
    auto& results = report["results"] = json::array();
    for (const auto& r : said.at("results"))
        results.push_back({{"check", r.at("check")}, {"severity", r.at("severity")}, {"passed", r.at("passed")}, {"rows", r.at("rows")}, {"found", {{"zh", r.at("found_zh")}, {"en", r.at("found_en")}}}});
    auto& faults = report["faults"] = json::array();
    for (const auto& f : said.at("faults"))
        faults.push_back({{"line", f.at("line")}, {"column", f.at("column")}, {"reason", {{"zh", f.at("reason_zh")}, {"en", f.at("reason_en")}}}, {"value", f.at("value")}});
    const auto text = json{{"report", std::move(report)}}.dump();
    simdjson::dom::parser parser;
    delivery::check command;
    simdjson::dom::element read;
    if (parser.parse(text).get(read) != simdjson::SUCCESS) throw worker_gone("a report that is no JSON");
    if (const auto wrong = events::codec::read_json(read, command)) throw worker_gone("a report with a fault at " + wrong.pointer + ": " + wrong.expected);
    return command;
}

/// Whether it would be refused again, whoever asks and whenever: the file, or its plan, is no good.
bool is_of_the_file(std::string_view code) { return code == "unreadable" || code == "too_large" || code == "bad_plan" || code == "refused" || code == "limit"; }

/// What can't be read at all is refused, and why is said like a row's fault.
delivery::check refused_for(std::string zh, std::string en) {
    delivery::check command;
    command.report.verdict = events::delivery::verdict::refused;
    command.report.faults.push_back({0, "", {std::move(zh), std::move(en)}, ""});
    return command;
}

}  // namespace

/// A delivery, and all that it takes to check or to load it.
struct keeper::job : delivered {
    std::uint64_t version = 0;
    bool is_loaded = false;  ///< in force: to be loaded. Otherwise to be checked
    std::uint64_t since = 0;
    json volumes = json::array();
    json previous = json::array();
};

keeper::keeper(keeper_options how, engine::engine& writer, const wire::documents& read, const blobs::store& files)
    : how_(std::move(how)), key_(hashing_key(read.keys())), writer_(writer), read_(read), files_(files),
      worker_([this] {
          auto own = options_of_worker();
          own.ended = [this](const std::string& why) {
              if (how_.failed) how_.failed("the data worker has ended, and is started again: " + why);
              lost_ = true;
              // Nobody is woken: one that can't open its database ends each time, and is started again after a pause.
          };
          return own;
      }()),
      figures_(options_of_reader()), exports_(options_of_reader()), statements_(options_of_reader()), reports_(writer, read) {}

worker_options keeper::options_of_worker() const {
    return {.program = how_.program, .database = how_.folder / database_name, .published = published(), .memory_mib = how_.memory_mib, .threads = 1};
}

worker_options keeper::options_of_reader() const {
    auto how = options_of_worker();
    how.only_reads = true;
    how.ended = [this](const std::string& why) {
        if (how_.failed) how_.failed("a reader of the data has ended, and is started again: " + why);
    };
    return how;
}

keeper::~keeper() { stop(); }

void keeper::start() {
    thread_ = events::start_thread("keeping the warehouse", [this](const std::stop_token& stop) { run(stop); });
}

void keeper::stop() {
    thread_.request_stop();
    for (auto* one : {&worker_, &figures_, &exports_}) one->stop();
    statements_.stop();
    if (thread_.joinable()) thread_.join();
}

void keeper::look_again() {
    const std::lock_guard hold(mutex_);
    look_ = true;
    changed_.notify_all();
}

void keeper::run(const std::stop_token& stop) {
    // Of this thread alone, and of the worker that it starts.
    ::setpriority(PRIO_PROCESS, 0, niceness);
    ::pthread_setname_np(::pthread_self(), "warehouse");
    std::filesystem::create_directories(published());
    opened_file::remove_left(how_.folder);
    std::error_code none;
    std::filesystem::remove_all(how_.folder / verifying_name, none);  // with what was being read again, in the clear
    exported_file::remove_left(published());
    auto pause = pause_least;
    bool was_gone = false;
    std::string said;
    while (!stop.stop_requested()) {
        auto wait = looks_every;
        std::size_t done = 0;
        bool failed = false;
        try {
            const bool may = !how_.has_room || how_.has_room();
            if (may && step(stop, done)) {
                wait = std::min(wait, publish());
                wait = std::min(wait, fill_reports());
                pause = pause_least;
                was_gone = false;
                said.clear();
            } else {
                wait = pause_least;
            }
        } catch (const std::exception& why) {  // what it was doing is still to be done
            if (!stop.stop_requested() && how_.failed && std::exchange(said, why.what()) != why.what()) how_.failed(why.what());
            failed = true;
            // Where some of it was done, whatever is wrong is not for long. A worker that was ended is started anew soon, too; one that ends
            // again and again is not.
            const bool gone = dynamic_cast<const worker_gone*>(&why) != nullptr;
            if (done > 0 || (gone && !std::exchange(was_gone, true))) pause = pause_least;
            wait = pause;
        }
        std::unique_lock hold(mutex_);
        const bool woken = changed_.wait_for(hold, stop, wait, [this] { return look_; });
        if (failed && !woken) pause = std::min(2 * pause, pause_most);
        look_ = false;
    }
}

bool keeper::step(const std::stop_token& stop, std::size_t& done) {
    if (lost_ && has_deliveries()) learn_what_is_loaded();
    const auto todo = gather();
    behind_.store(todo.size() + unpublished_, std::memory_order_relaxed);
    to_load_ = static_cast<std::uint64_t>(std::count_if(todo.begin(), todo.end(), [](const job& j) { return j.is_loaded; }));
    if (to_load_ > 0) caught_up_.store(false, std::memory_order_relaxed);
    std::exception_ptr failed;
    std::set<std::uint64_t> not_loaded;
    for (const auto& one : todo) {
        if (stop.stop_requested()) return false;
        // A correction is held against what it corrects: that has to be there first.
        if (!one.is_loaded && not_loaded.contains(one.state.replaces.value)) continue;
        try {
            if (one.is_loaded) {
                load(one);
                --to_load_;
                ++done;
                ++unpublished_;
                publish();
            } else {
                check(one);
                ++done;
                behind_.fetch_sub(1, std::memory_order_relaxed);
            }
        } catch (const worker_gone&) {
            throw;
        } catch (const std::exception& why) {  // one that can't be done does not keep the others waiting
            const auto* no = dynamic_cast<const worker_refused*>(&why);
            const bool for_ever = no && is_of_the_file(no->code);
            if (one.is_loaded && for_ever) --to_load_;
            if (one.is_loaded && !loaded_.contains(one.number) && !for_ever) not_loaded.insert(one.number);
            failed = std::current_exception();
        }
    }
    if (failed) {
        publish();
        std::rethrow_exception(failed);
    }
    return true;
}

bool keeper::has_deliveries() const {
    return read_.views().read([](const core::views::views& v, events::position) { return v.of<delivery>().size() > 0; });
}

/// After a start, of this process or of the worker: what its database holds.
void keeper::learn_what_is_loaded() {
    lost_ = false;
    try {
        const auto has = worker_.ask({{"do", "loaded"}});
        loaded_.clear();
        for (const auto& one : has.at("deliveries")) loaded_.insert(std::stoull(one.at("delivery").get<std::string>()));
    } catch (...) {
        lost_ = true;
        throw;
    }
}

/// Given to the writer a moment ago. What it could not write, as the disk was full, is given again under the same id.
bool keeper::is_asked(std::uint64_t delivery) const {
    const auto found = asked_.find(delivery);
    return found != asked_.end() && std::chrono::steady_clock::now() < found->second + asked_again_after;
}

std::vector<keeper::job> keeper::gather() {
    std::vector<job> all;
    read_.views().read([&](const core::views::views& v, events::position) {
        const auto& plans = v.of<collection>();
        for (const auto& row : v.of<delivery>().rows()) {
            const auto& s = row.state;
            const bool to_check = s.is == delivery_status::received && !is_asked(row.number);
            const bool to_load = is_one_of(s.is, delivery::loaded) && !loaded_.contains(row.number);
            if (s.is != delivery_status::received) asked_.erase(row.number);
            if (!to_check && !to_load) continue;
            const auto* plan = plans.row(s.collection.value);
            if (!plan || s.files.empty()) continue;
            auto& one = all.emplace_back();
            one.number = row.number;
            one.version = row.version.value;
            one.is_loaded = to_load;
            one.since = in_force_since(row);
            one.state = s;
            // What was superseded before it could be loaded never is: the one before that is what this takes the place of.
            for (const auto* r = before_of(v, s); r && !loaded_.contains(r->number) && r->state.is == delivery_status::superseded; r = before_of(v, r->state))
                one.state.replaces = r->state.replaces;
            one.plan = plan->state.plan;
            one.plan_number = plan->state.number;
        }
        for (auto& one : all) {
            if (one.is_loaded) continue;
            for (const auto& row : v.of<delivery>().rows()) {
                const auto& s = row.state;
                const auto* plan = row.number == one.number ? nullptr : plans.row(s.collection.value);
                if (!plan || plan->state.set != one.plan.set) continue;
                if (is_one_of(s.is, delivery::loaded) && one.volumes.size() < volumes_most)
                    one.volumes.push_back({{"weekday", std::chrono::weekday(s.until).iso_encoding()}, {"rows", s.rows}});
                if (is_one_of(s.is, delivery::there) && !s.files.empty() && row.number != one.state.replaces.value)
                    one.previous.push_back(s.files.front().sha256);
            }
        }
    });
    // In the order in which they came into force, as a later one may correct an earlier one.
    std::stable_sort(all.begin(), all.end(), [](const job& a, const job& b) { return std::pair(!a.is_loaded, a.since) < std::pair(!b.is_loaded, b.since); });
    return all;
}

void keeper::check(const job& what) {
    delivery::check command;
    try {
        const opened_file file(files_, what.state.files.front(), how_.folder);
        auto asked = check_question(what, file.path(), key_);
        asked["volumes"] = what.volumes;
        asked["previous"] = what.previous;
        command = check_of(worker_.ask(std::move(asked)));
    } catch (const worker_refused& no) {
        if (!is_of_the_file(no.code)) throw;
        command = refused_for(no.zh, no.en);
    } catch (const blobs::store::unreadable&) {
        command = refused_for("文件已无法读取：请重新交付。", "The file can't be read any more: deliver it again.");
    }
    engine::client_command c;
    c.id = once_id("checks", what.number, static_cast<std::uint8_t>(what.version));
    c.actor = events::the_system;
    c.target = events::stream_id{events::category::delivery, what.number};
    c.digest = 1;
    c.what = delivery::command(std::move(command));
    // Where the inbox is full there is a next time; where the disk is, the views say so by what they still show.
    if (writer_.submit(engine::request{std::move(c), nullptr, 0})) asked_[what.number] = std::chrono::steady_clock::now();
}

void keeper::load(const job& what) {
    const opened_file file(files_, what.state.files.front(), how_.folder);
    auto asked = question_about(what, file.path(), key_);
    asked["do"] = "load";
    asked["collection"] = std::to_string(what.state.collection.value);
    asked["position"] = what.since;
    worker_.ask(std::move(asked));
    loaded_.insert(what.number);
    ++loads_;
}

std::chrono::milliseconds keeper::publish() {
    const auto wait = publish_changes();
    if (to_load_ == 0 && unpublished_ == 0 && !caught_up_.exchange(true) && how_.published) how_.published();
    return wait;
}

std::chrono::milliseconds keeper::publish_changes() {
    const auto begun = std::chrono::steady_clock::now();
    if (!has_deliveries()) return looks_every;
    if (begun < publishes_next_) return std::chrono::ceil<std::chrono::milliseconds>(publishes_next_ - begun);
    const auto of = read_.views().read([&](const core::views::views& v, events::position) {
        return v.with_context(nullptr, read_.now(), read_.utc_offset(), [](const core::context& by) { return metrics_in(by); });
    });
    auto what = figures_wanted(of);
    const auto text = what.dump() + std::to_string(loads_) + ' ' + std::to_string(worker_.started());
    const auto is = std::hash<std::string>()(text);
    if (is == published_) return looks_every;
    what["do"] = "publish";
    worker_.ask(std::move(what));
    published_ = is;
    publications_.fetch_add(1, std::memory_order_relaxed);
    if (how_.published) how_.published();
    behind_.fetch_sub(std::exchange(unpublished_, 0), std::memory_order_relaxed);
    const auto now = std::chrono::steady_clock::now();
    publishes_next_ = now + std::max<std::chrono::steady_clock::duration>(publishes_every_least, publishing_share * (now - begun));
    return looks_every;
}

std::chrono::milliseconds keeper::fill_reports() {
    return published_ ? reports_.look([this](json asked) { return exports_.ask(std::move(asked)); }, published_) : looks_every;
}

}  // namespace server::warehouse
