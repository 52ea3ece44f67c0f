#include "server/warehouse/keeper.hpp"

#include "core/collection/collection.hpp"
#include "core/kernel/verify.hpp"
#include "events/codec/json_read.hpp"
#include "events/codec/json_write.hpp"
#include "events/ending/threads.hpp"
#include "server/warehouse/day_text.hpp"
#include "server/warehouse/opened_file.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstring>
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
constexpr std::size_t volumes_most = 8 * 31;  ///< of deliveries before, by which it is seen what is usual

/// The same for every attempt to check what it holds: the result is recorded once.
events::uuid check_id(std::uint64_t which, std::uint64_t version) {
    // Version 8 (RFC 9562): what is in it is ours to say.
    events::uuid id{};
    std::memcpy(id.bytes.data(), "checks", 6);
    id.bytes[6] = 0x80;
    id.bytes[7] = static_cast<unsigned char>(version);
    id.bytes[8] = 0x80;
    for (std::size_t i = 0; i < 7; ++i) id.bytes[15 - i] = static_cast<unsigned char>(which >> 8 * i);
    return id;
}

template <class T>
json as_json(const T& value) {
    std::string text;
    events::codec::write_json(text, value);
    return json::parse(text);
}

/// The same as long as the installation's key is: 32 bytes, as hex digits.
std::string hashing_key(const events::keyring& keys) {
    events::uuid what{};
    std::memcpy(what.bytes.data(), "personal columns", 16);
    std::string key;
    for (std::uint64_t i = 1; i <= 4; ++i) {
        const auto part = keys.mac(events::the_system, what, i);
        for (int at = 60; at >= 0; at -= 4) key += "0123456789abcdef"[part >> at & 15];
    }
    return key;
}

bool is_one_of(delivery_status is, core::flow::statuses some) { return (some & core::flow::from(is)) != 0; }

/// The event by which it came into force.
std::uint64_t in_force_since(const core::views::entity_row<delivery>& row) {
    for (const auto& step : row.steps.all())
        if (is_one_of(static_cast<delivery_status>(step.status), delivery::loaded)) return step.at.value;
    return 0;
}

std::string named(events::delivery_id which) { return which ? std::to_string(which.value) : std::string(); }

/// By how much it came after it was due; nothing where it was not promised.
json minutes_late(const delivery::state& of) {
    if (!of.due || !of.received_at) return nullptr;
    return std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::minutes>(*of.received_at - *of.due).count());
}

/// The worker's words, as the event has them.
delivery::check check_of(json said) {
    json report;
    for (const char* field : {"verdict", "rows", "taken", "rejected", "engine"}) report[field] = said.at(field);
    report["faulty"] = said.value("faulty", said.at("rejected").get<std::uint64_t>());
    report["restated"] = said.value("restated", std::uint64_t{0});
    report["rejects"] = json::array();
    for (const char* field : {"schema_sha256", "rows_sha256"})
        if (said.contains(field)) report[field] = said.at(field);
    auto& results = report["results"] = json::array();
    for (const auto& r : said.at("results"))
        results.push_back({{"check", r.at("check")}, {"severity", r.at("severity")}, {"passed", r.at("passed")}, {"rows", r.value("rows", std::uint64_t{0})}, {"found", {{"zh", r.at("found_zh")}, {"en", r.at("found_en")}}}});
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
struct keeper::job {
    std::uint64_t number = 0;
    std::uint64_t version = 0;
    bool is_loaded = false;  ///< in force: to be loaded. Otherwise to be checked
    std::uint64_t since = 0;
    delivery::state state;
    collection::form plan;
    std::uint32_t plan_number = 0;
    json volumes = json::array();
    json previous = json::array();
};

keeper::keeper(keeper_options how, engine::engine& writer, const wire::documents& read, const blobs::store& files)
    : how_(std::move(how)), key_(hashing_key(read.keys())), writer_(writer), read_(read), files_(files),
      worker_({.program = how_.program, .database = how_.folder / database_name, .memory_mib = how_.memory_mib, .threads = 1,
               .ended = [this](const std::string& why) {
                   if (how_.failed) how_.failed("the data worker has ended, and is started again: " + why);
                   lost_ = true;
                   look_again();
               }}) {}

keeper::~keeper() { stop(); }

void keeper::start() {
    thread_ = events::start_thread("keeping the warehouse", [this](const std::stop_token& stop) { run(stop); });
}

void keeper::stop() {
    thread_.request_stop();
    worker_.stop();
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
    std::filesystem::create_directories(how_.folder);
    opened_file::remove_left(how_.folder);
    auto pause = pause_least;
    std::string said;
    while (!stop.stop_requested()) {
        auto wait = looks_every;
        try {
            const bool may = !how_.has_room || how_.has_room();
            if (may && step(stop)) {
                pause = pause_least;
                said.clear();
            } else {
                wait = pause_least;
            }
        } catch (const std::exception& why) {  // what it was doing is still to be done
            if (!stop.stop_requested() && how_.failed && std::exchange(said, why.what()) != why.what()) how_.failed(why.what());
            wait = pause;
            pause = std::min(2 * pause, pause_most);
        }
        std::unique_lock hold(mutex_);
        changed_.wait_for(hold, stop, wait, [this] { return look_; });
        look_ = false;
    }
}

bool keeper::step(const std::stop_token& stop) {
    if (lost_ && has_deliveries()) learn_what_is_loaded();
    const auto todo = gather();
    behind_.store(todo.size(), std::memory_order_relaxed);
    std::exception_ptr failed;
    for (const auto& one : todo) {
        if (stop.stop_requested()) return false;
        try {
            if (one.is_loaded) load(one);
            else check(one);
            behind_.fetch_sub(1, std::memory_order_relaxed);
        } catch (const worker_gone&) {
            throw;
        } catch (const std::exception&) {  // one that can't be done does not keep the others waiting
            failed = std::current_exception();
        }
    }
    if (failed) std::rethrow_exception(failed);
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
        auto plan = as_json(what.plan);
        plan["version"] = what.plan_number;
        command = check_of(worker_.ask({{"do", "check"},
                                        {"plan", std::move(plan)},
                                        {"file", file.path().string()},
                                        {"name", what.state.files.front().name},
                                        {"from", day_text(what.state.from)},
                                        {"until", day_text(what.state.until)},
                                        {"late_minutes", minutes_late(what.state)},
                                        {"delivery", std::to_string(what.number)},
                                        {"replaces", named(what.state.replaces)},
                                        {"hash_key", key_},
                                        {"volumes", what.volumes},
                                        {"previous", what.previous}}));
    } catch (const worker_refused& no) {
        if (!is_of_the_file(no.code)) throw;
        command = refused_for(no.zh, no.en);
    } catch (const blobs::store::unreadable&) {
        command = refused_for("文件已无法读取：请重新交付。", "The file can't be read any more: deliver it again.");
    }
    engine::client_command c;
    c.id = check_id(what.number, what.version);
    c.actor = events::the_system;
    c.target = events::stream_id{events::category::delivery, what.number};
    c.digest = 1;
    c.what = delivery::command(std::move(command));
    // Where the inbox is full there is a next time; where the disk is, the views say so by what they still show.
    if (writer_.submit(engine::request{std::move(c), nullptr, 0})) asked_[what.number] = std::chrono::steady_clock::now();
}

void keeper::load(const job& what) {
    const opened_file file(files_, what.state.files.front(), how_.folder);
    auto plan = as_json(what.plan);
    plan["version"] = what.plan_number;
    worker_.ask({{"do", "load"},
                 {"plan", std::move(plan)},
                 {"file", file.path().string()},
                 {"name", what.state.files.front().name},
                 {"delivery", std::to_string(what.number)},
                 {"collection", std::to_string(what.state.collection.value)},
                 {"hash_key", key_},
                 {"from", day_text(what.state.from)},
                 {"until", day_text(what.state.until)},
                 {"position", what.since},
                 {"replaces", named(what.state.replaces)}});
    loaded_.insert(what.number);
}

}  // namespace server::warehouse
