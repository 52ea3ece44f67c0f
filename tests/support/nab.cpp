#include "tests/support/nab.hpp"

#include "tests/support/tests_folder.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

namespace support::nab {
namespace {

constexpr double learning_share = 0.15;   // of a series, which counts for nothing
constexpr std::size_t learning_most = 750;

moment time_of(const std::string& stamp) {
    int year = 0, hour = 0, minute = 0, second = 0;
    unsigned month = 0, day = 0;
    if (std::sscanf(stamp.c_str(), "%4d-%2u-%2u %2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) != 6) throw std::runtime_error("no timestamp: " + stamp);
    return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)) + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

series read_one(const std::filesystem::path& file, const std::string& name, const nlohmann::json& windows) {
    series s;
    s.name = name;
    std::ifstream in(file);
    std::string line;
    for (std::getline(in, line); std::getline(in, line);) {
        const auto comma = line.find(',');
        if (comma == line.npos) continue;
        s.stamps.push_back(line.substr(0, std::min<std::size_t>(comma, 19)));
        s.times.push_back(time_of(s.stamps.back()));
        s.values.push_back(std::strtod(line.c_str() + comma + 1, nullptr));
    }
    for (const auto& w : windows) {
        const auto first = w.at(0).get<std::string>().substr(0, 19), last = w.at(1).get<std::string>().substr(0, 19);
        const auto from = std::lower_bound(s.stamps.begin(), s.stamps.end(), first) - s.stamps.begin();
        const auto until = std::upper_bound(s.stamps.begin(), s.stamps.end(), last) - s.stamps.begin();
        if (until > from) s.windows.emplace_back(from, until - 1);
    }
    if (!s.times.empty()) s.days = std::chrono::duration<double>(s.times.back() - s.times.front()).count() / 86'400;
    return s;
}

// 1 at a window's start, 0 at its end, towards -1 behind it; `at` in widths of the window from its end.
double curve(double at) { return at > 3 ? -1 : 2 / (1 + std::exp(5 * at)) - 1; }

struct alarm {
    double score;
    std::size_t window;  // counted over all series; none: a false alarm
    double worth;
};
constexpr std::size_t none = static_cast<std::size_t>(-1);

// What an alarm at each row would earn, the highest scores first.
std::vector<alarm> alarms_of(const std::vector<series>& all, const std::vector<std::vector<double>>& scores) {
    std::vector<alarm> found;
    std::size_t before = 0;
    for (std::size_t k = 0; k < all.size(); ++k) {
        const auto& windows = all[k].windows;
        const auto rows = all[k].values.size();
        for (auto i = std::min(static_cast<std::size_t>(learning_share * static_cast<double>(rows)), learning_most); i < rows; ++i) {
            alarm a{scores[k][i], none, -1};
            for (std::size_t w = 0; w < windows.size() && a.window == none; ++w) {
                const auto width = static_cast<double>(windows[w].second - windows[w].first), past = static_cast<double>(i) - static_cast<double>(windows[w].second);
                if (i >= windows[w].first && past <= 0) a = {a.score, before + w, curve((past - 1) / (width + 1)) / curve(-1)};
                else if (past > 0) a.worth = curve(past / std::max(width, 1.0));
            }
            found.push_back(a);
        }
        before += windows.size();
    }
    std::stable_sort(found.begin(), found.end(), [](const alarm& a, const alarm& b) { return a.score > b.score; });
    return found;
}

result walk(const std::vector<series>& all, const std::vector<std::vector<double>>& scores, const profile& by, const double* threshold) {
    result now;
    double days = 0;
    for (const auto& s : all) now.windows += s.windows.size(), days += s.days;
    const auto alarms = alarms_of(all, scores);
    std::map<std::size_t, double> earned;
    double sum = -by.missed * static_cast<double>(now.windows);
    const auto finished = [&](double at) {
        const auto count = static_cast<double>(now.windows);
        now.threshold = at;
        now.score = 100 * (sum + by.missed * count) / (count + by.missed * count);
        now.false_alarms_in_30_days = static_cast<double>(now.false_alarms) / days * 30;
        return now;
    };
    auto best = finished(1.1);
    for (std::size_t i = 0; i < alarms.size();) {
        const double at = alarms[i].score;
        if (threshold && at < *threshold) break;
        for (; i < alarms.size() && alarms[i].score == at; ++i) {
            const auto& a = alarms[i];
            if (a.window == none) {
                sum += by.false_alarm * a.worth;
                ++now.false_alarms;
            } else if (const auto [had, is_first] = earned.try_emplace(a.window, a.worth); is_first) {
                sum += by.missed + a.worth;
                ++now.found;
            } else if (a.worth > had->second) {
                sum += a.worth - std::exchange(had->second, a.worth);
            }
        }
        if (const auto reached = finished(at); !threshold && reached.score > best.score) best = reached;
    }
    return threshold ? finished(*threshold) : best;
}

}  // namespace

std::filesystem::path folder() {
    if (const char* given = std::getenv("OPSROOM_NAB")) return given;
    return tests_folder().parent_path().parent_path() / "shared" / "data" / "nab";
}

std::vector<series> read(const std::filesystem::path& folder) {
    std::vector<series> all;
    std::ifstream in(folder / "windows.json");
    if (!in) return all;
    const auto windows = nlohmann::json::parse(in);
    for (const auto& [name, of] : windows.items())
        if (std::filesystem::exists(folder / name)) all.push_back(read_one(folder / name, name, of));
    return all;
}

result score(const std::vector<series>& all, const std::vector<std::vector<double>>& scores, const profile& by, double threshold) { return walk(all, scores, by, &threshold); }
result best_score(const std::vector<series>& all, const std::vector<std::vector<double>>& scores, const profile& by) { return walk(all, scores, by, nullptr); }

}  // namespace support::nab
