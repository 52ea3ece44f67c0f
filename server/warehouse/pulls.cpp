#include "server/warehouse/pulls.hpp"

#include "events/ending/threads.hpp"
#include "server/warehouse/day_text.hpp"
#include "server/warehouse/delivered_file.hpp"
#include "server/warehouse/pulled_file.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace server::warehouse {
namespace {

using core::collection;
using core::delivery;
using events::collection::file_type;
using events::collection::way;

bool is_fetched(way w) { return w == way::http || w == way::query; }

/// Once it is given, its delivery is waited for no more as soon as the views have it.
constexpr std::chrono::seconds delivered_within{5};

}  // namespace

events::instant pulled_from(events::instant due, events::date until, std::chrono::minutes before, std::chrono::minutes utc_offset) {
    const events::instant over = std::chrono::sys_days(until) + std::chrono::days(1) - utc_offset;
    return std::max<events::instant>(due - before, over);
}

std::chrono::seconds pause_after(unsigned tries, std::chrono::seconds least, std::chrono::seconds most) {
    auto pause = least;
    for (unsigned i = 1; i < tries && pause < most; ++i) pause *= 2;
    return std::min(pause, most);
}

pulls::pulls(pull_options how, engine::engine& writer, const wire::documents& read, blobs::store& files)
    : how_(std::move(how)), writer_(writer), read_(read), files_(files) {}

pulls::~pulls() { stop(); }

void pulls::start() {
    thread_ = events::start_thread("fetching data", [this](const std::stop_token& stop) { run(stop); });
}

void pulls::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

std::vector<pull_failure> pulls::failures() const {
    const std::lock_guard hold(mutex_);
    std::vector<pull_failure> all;
    for (const auto& [delivery, one] : failures_) all.push_back(one);
    return all;
}

void pulls::run(const std::stop_token& stop) {
    std::error_code none;
    std::filesystem::remove_all(how_.folder, none);  // what a process that was killed has left
    while (!stop.stop_requested()) {
        if (!how_.has_room || how_.has_room()) look(stop);
        std::unique_lock hold(waiting_mutex_);
        changed_.wait_for(hold, stop, how_.looks_every, [] { return false; });
    }
}

std::vector<pulls::wanted> pulls::gather() const {
    std::vector<wanted> all;
    read_.views().read([&](const core::views::views& v, events::position) {
        const auto now = read_.now();
        for (const auto& row : v.of<delivery>().rows()) {
            const auto& s = row.state;
            if (!(delivery::awaited & core::flow::from(s.is)) || !s.due || !s.late_from) continue;
            const auto* plan = v.of<collection>().row(s.collection.value);
            if (!plan || plan->state.is != core::collection_status::active) continue;
            const auto& form = plan->state.plan;
            if (!is_fetched(form.way) || !form.place) continue;
            if (now < pulled_from(*s.due, s.until, how_.before_due, read_.utc_offset()) || now > *s.late_from + how_.given_up_after) continue;
            all.push_back({row.number, plan->number, s.from, s.until, form.way, form.reading.type, plan->state.set, *form.place, form.query.value_or(""), v.settings().attachment_bytes_max});
        }
    });
    return all;
}

void pulls::look(const std::stop_token& stop) {
    const auto all = gather();
    std::set<std::uint64_t> waited_for;
    for (const auto& one : all) waited_for.insert(one.delivery);
    {
        const std::lock_guard hold(mutex_);
        std::erase_if(failures_, [&](const auto& one) { return !waited_for.contains(one.first); });
    }
    for (const auto& one : all) {
        if (stop.stop_requested()) return;
        {
            const std::lock_guard hold(mutex_);
            const auto known = failures_.find(one.delivery);
            if (known != failures_.end() && read_.now() < known->second.next) continue;
        }
        try {
            fetch(one, stop);
        } catch (const pull_failed& why) {
            if (!stop.stop_requested()) note(one, why);
        } catch (const std::exception& why) {  // a disk that can't be written now may be later
            note(one, {std::string("本机无法保存：") + why.what(), std::string("it can't be kept here: ") + why.what()});
        }
    }
}

void pulls::fetch(const wanted& what, const std::stop_token& stop) {
    std::filesystem::create_directories(how_.folder);
    pulled_file file(how_.folder, what.type == file_type::xlsx ? ".xlsx" : ".csv", what.bytes_max);
    if (what.way == way::http) {
        const auto url = with_days(what.place, what.from, what.until);
        if (!url) throw pull_failed("位置中的占位符只能是 {date}、{from} 和 {until}", "the place has placeholders other than {date}, {from} and {until}");
        pull_over_http(*url, how_.http, file, stop);
    } else {
        const auto found = how_.connections.find(what.place);
        if (found == how_.connections.end()) throw pull_failed("配置 data_connections 中没有连接 " + what.place, "the setting data_connections has no connection " + what.place);
        pull_by_query(found->second, {what.query, what.from, what.until, read_.utc_offset()}, how_.sql, file, stop);
    }
    deliver(what, file);
}

bool pulls::was_delivered(const wanted& what, const std::string& sha256) const {
    return read_.views().read([&](const core::views::views& v, events::position) {
        const auto& rows = v.of<delivery>().rows();
        return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
            const auto& files = row.state.files;
            return row.state.collection.value == what.plan && std::any_of(files.begin(), files.end(), [&](const auto& f) { return f.sha256 == sha256; });
        });
    });
}

void pulls::deliver(const wanted& what, const pulled_file& from) {
    const local_file file(from.path());
    const auto sha256 = file ? file.sha256() : std::string();
    if (sha256.empty()) throw pull_failed("获取的内容无法读取", "what was fetched can't be read");
    if (was_delivered(what, sha256)) throw pull_failed("内容与此前的交付完全相同，数据可能尚未更新", "it is the very content that was delivered before: there may be nothing newer yet");
    auto name = what.set + '-' + day_text(what.from);
    if (what.from != what.until) name += '-' + day_text(what.until);
    name += from.path().extension().string();
    const events::attachment attached{sha256, name, media_type_of(from.path()), from.bytes()};
    if (!keep_content(files_, file, attached, what.bytes_max)) throw pull_failed("内容不是计划所说的 CSV 或 XLSX，或此时无法保存", "it is not CSV or XLSX, as the plan says, or can't be kept just now");
    engine::client_command c;
    c.id = fill_id("pulled", what.delivery, sha256);
    c.actor = events::the_system;
    c.digest = 1;
    c.target = events::stream_id{events::category::delivery, what.delivery};
    c.what = delivery::command(delivery::fill{{attached}, std::nullopt});
    if (!writer_.submit(engine::request{std::move(c), nullptr, 0})) throw pull_failed("服务器繁忙", "the server was busy");
    // Given once: it is not fetched again before that can be seen, and where it was refused it is seen as waited for, and tried again.
    const std::lock_guard hold(mutex_);
    auto& one = failures_[what.delivery];
    one.delivery = what.delivery;
    one.last = read_.now();
    one.next = one.last + std::max<std::chrono::seconds>(delivered_within, pause_after(++one.tries, how_.pause_least, how_.pause_most));
    one.why = {"已获取，等待记录", "it is fetched, and about to be recorded"};
}

void pulls::note(const wanted& what, const pull_failed& why) {
    bool is_new = false;
    {
        const std::lock_guard hold(mutex_);
        auto& one = failures_[what.delivery];
        is_new = one.why.en != why.en;
        one.delivery = what.delivery;
        one.last = read_.now();
        one.next = one.last + pause_after(++one.tries, how_.pause_least, how_.pause_most);
        one.why = {why.zh, why.en};
    }
    if (is_new && how_.failed) how_.failed(what.delivery, "plan " + std::to_string(what.plan) + ", delivery " + std::to_string(what.delivery) + ": " + why.en);
}

}  // namespace server::warehouse
