#include "server/warehouse/watched_folder.hpp"

#include "core/collection/schedule.hpp"
#include "events/ending/threads.hpp"
#include "server/warehouse/delivered_file.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace server::warehouse {
namespace fs = std::filesystem;
namespace {

using core::collection;
using core::delivery;

constexpr std::size_t entries_max = 10'000, said_max = 1'000;
constexpr unsigned tries_said = 5, tries_seldom = 60;
constexpr std::string_view taken_name = "taken";

using days = std::pair<events::date, events::date>;

/// What a file of the plan is for.
struct place {
    bool is_delivered = false;              ///< its content is there already
    std::optional<std::uint64_t> awaited;   ///< a delivery that is waited for
    std::optional<days> early;              ///< none is, but the day in its name is over, and nothing is known of it
};

/// The period of the plan that a day is in.
std::optional<days> period_of(const events::collection::schedule& by, events::date day, const core::context& now) {
    const std::chrono::sys_days at = day;
    const auto monday = at - (std::chrono::weekday(at) - std::chrono::Monday);
    const auto month = day.year() / day.month();
    for (const days& one : {days{day, day}, days{monday, monday + std::chrono::days(6)}, days{month / 1, month / std::chrono::last}})
        if (core::collecting::due_for(by, one.first, one.second, *now.calendar, now.zone_offset)) return one;
    return std::nullopt;
}

place place_for(const wire::documents& read, std::uint64_t plan, const std::string& sha256, const std::optional<events::date>& day) {
    place found;
    read.views().read([&](const core::views::views& v, events::position) {
        v.with_context(nullptr, read.now(), read.utc_offset(), [&](const core::context& now) {
            const core::views::entity_row<delivery>* earliest = nullptr;
            bool is_known = false;
            for (const auto& row : v.of<delivery>().rows()) {
                const auto& s = row.state;
                if (s.collection.value != plan) continue;
                for (const auto& f : s.files) found.is_delivered = found.is_delivered || f.sha256 == sha256;
                const bool covers = day && s.from <= *day && *day <= s.until;
                is_known = is_known || (covers && s.is != core::delivery_status::waived);
                if (!(delivery::awaited & core::flow::from(s.is))) continue;
                if (day ? covers : !earliest || s.from < earliest->state.from) earliest = &row;
            }
            if (earliest) found.awaited = earliest->number;
            const auto* by = v.of<collection>().row(plan);
            if (!earliest && by && day && !is_known)
                if (const auto period = period_of(by->state.plan.schedule, *day, now); period && period->second < now.today) found.early = period;
        });
    });
    return found;
}

}  // namespace

std::optional<events::date> day_in_name(const std::string& name) {
    const auto digits = [&](std::size_t at, std::size_t count) -> std::optional<int> {
        int n = 0;
        for (std::size_t i = at; i < at + count; ++i) {
            if (i >= name.size() || name[i] < '0' || name[i] > '9') return std::nullopt;
            n = 10 * n + (name[i] - '0');
        }
        return n;
    };
    const auto is_digit = [&](std::size_t at) { return at < name.size() && name[at] >= '0' && name[at] <= '9'; };
    for (std::size_t at = 0; at + 8 <= name.size(); ++at) {
        if (at > 0 && is_digit(at - 1)) continue;
        const bool apart = name[at + 4] == '-' || name[at + 4] == '_' || name[at + 4] == '.';
        const std::size_t month_at = at + (apart ? 5 : 4), day_at = month_at + (apart ? 3 : 2);
        if (apart && (day_at > name.size() || name[month_at + 2] != name[at + 4])) continue;
        const auto y = digits(at, 4), m = digits(month_at, 2), d = digits(day_at, 2);
        if (!y || !m || !d || is_digit(day_at + 2)) continue;
        const events::date day{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)), std::chrono::day(static_cast<unsigned>(*d))};
        if (day.ok() && *y >= 1990 && *y < 2200) return day;
    }
    return std::nullopt;
}

watched_folder::watched_folder(watched_folder_options how, engine::engine& writer, const wire::documents& read, blobs::store& files)
    : how_(std::move(how)), writer_(writer), read_(read), files_(files) {}

watched_folder::~watched_folder() { stop(); }

void watched_folder::start() {
    thread_ = events::start_thread("watching the folder of data", [this](const std::stop_token& stop) { run(stop); });
}

void watched_folder::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void watched_folder::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            if (!how_.has_room || how_.has_room()) look(stop);
        } catch (const std::exception& why) {  // a folder that can't be read now may be later
            say(how_.folder, why.what());
        }
        std::unique_lock hold(mutex_);
        changed_.wait_for(hold, stop, how_.looks_every, [] { return false; });
    }
}

std::vector<watched_folder::plan> watched_folder::plans() const {
    std::vector<plan> all;
    read_.views().read([&](const core::views::views& v, events::position) {
        for (const auto& row : v.of<collection>().rows()) {
            const auto& s = row.state;
            if (s.is == core::collection_status::active && s.plan.way == events::collection::way::folder && s.plan.place)
                all.push_back({row.number, *s.plan.place, v.settings().attachment_bytes_max});
        }
    });
    return all;
}

/// In the order of their names; only what lies below the folder, whatever the pattern or a link says.
std::vector<fs::path> watched_folder::matching(const plan& of) {
    std::vector<fs::path> found;
    const fs::path pattern(of.pattern);
    const auto folder = (how_.folder / pattern.parent_path()).lexically_normal();
    if (pattern.is_absolute() || fs::weakly_canonical(folder) != (fs::weakly_canonical(how_.folder) / pattern.parent_path()).lexically_normal() || *pattern.begin() == taken_name ||
        std::find(pattern.begin(), pattern.end(), "..") != pattern.end()) {
        say(folder / pattern.filename(), "the pattern of plan " + std::to_string(of.number) + " has to name files below the watched folder");
        return found;
    }
    std::error_code none;
    std::size_t seen = 0;
    for (const auto& one : fs::directory_iterator(folder, none)) {
        if (++seen > entries_max) break;
        const auto name = one.path().filename().string();
        if (one.symlink_status(none).type() == fs::file_type::regular && ::fnmatch(pattern.filename().c_str(), name.c_str(), FNM_PERIOD) == 0) found.push_back(one.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

void watched_folder::look(const std::stop_token& stop) {
    const auto all = plans();
    if (all.empty()) return;
    fs::create_directories(how_.folder / taken_name);
    for (const auto& one : all)
        for (const auto& file : matching(one)) {
            if (stop.stop_requested()) return;
            take(one, file);
        }
}

void watched_folder::take(const plan& by, const fs::path& at) {
    const local_file file(at);
    if (!file) return say(at, std::strerror(errno));
    const auto about = file.about();
    if (std::chrono::system_clock::from_time_t(about.st_mtime) + how_.unchanged_for > std::chrono::system_clock::now()) return;
    const auto bytes = static_cast<std::uint64_t>(about.st_size);
    if (bytes == 0 || bytes > by.bytes_max) return say(at, bytes == 0 ? "it is empty" : "it is larger than a file may be (attachment_bytes_max)");
    const auto sha256 = file.sha256();
    if (sha256.empty()) return say(at, "it can't be read");
    const auto day = day_in_name(at.filename().string());
    const auto where = place_for(read_, by.number, sha256, day);
    if (where.is_delivered) return put_away(at);
    if (!where.awaited && !where.early) {
        // What comes before its day is over waits here.
        if (day) say(at, "plan " + std::to_string(by.number) + " has a delivery of the day in its name, or can't have one yet; a correction is delivered by the plan's owner, on the page");
        return;
    }
    const auto type = media_type_of(at);
    const std::vector<events::attachment> files{{sha256, at.filename().string(), type, bytes}};
    if (!keep_content(files_, file, files[0], by.bytes_max)) return say(at, "it could not be kept, and is tried again; it has to be CSV or XLSX, and unchanged");
    engine::client_command c;
    c.id = fill_id("folder", where.awaited.value_or(by.number), sha256);
    c.actor = events::the_system;
    c.digest = 1;
    if (where.awaited) {
        c.target = events::stream_id{events::category::delivery, *where.awaited};
        c.what = delivery::command(delivery::fill{files, std::nullopt});
    } else {
        c.what = delivery::command(delivery::enter{{by.number}, where.early->first, where.early->second, files, std::nullopt, std::nullopt});
    }
    // Once it is delivered the next look puts it away; where it was refused, or there was no place for it, it is given again, now and then.
    const auto tries = ++tries_[at];
    if (tries == tries_said) say(at, "plan " + std::to_string(by.number) + " does not take it: deliver it on the page, where it is said why");
    if (tries > tries_said && tries % tries_seldom != 0) return;
    writer_.submit(engine::request{std::move(c), nullptr, 0});
}

void watched_folder::put_away(const fs::path& file) {
    auto to = how_.folder / taken_name / file.filename();
    for (int n = 2; fs::exists(to); ++n) to = how_.folder / taken_name / (file.stem().string() + '-' + std::to_string(n) + file.extension().string());
    std::error_code failed;
    fs::rename(file, to, failed);
    if (failed) return say(file, "it was delivered, and can't be moved to " + std::string(taken_name) + ": " + failed.message());
    said_.erase(file);
    tries_.erase(file);
}

void watched_folder::say(const fs::path& file, const std::string& why) {
    if (said_.size() >= said_max) said_.clear();
    if (tries_.size() >= said_max) tries_.clear();
    if (std::exchange(said_[file], why) != why && how_.failed) how_.failed(file.string(), why);
}

}  // namespace server::warehouse
