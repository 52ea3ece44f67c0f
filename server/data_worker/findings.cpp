#include "server/data_worker/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker {
namespace {

constexpr std::size_t least_volumes = 4;

/// A share in hundredths of a per cent, as people write it; what is not all is never shown as all.
std::string percent(std::uint64_t part, std::uint64_t whole) {
    const auto hundredths = whole == 0 ? 10'000 : part * 10'000 / whole;
    return fmt::format("{}.{:02} %", hundredths / 100, hundredths % 100);
}

std::string few(const std::vector<std::string>& all, std::size_t most = 5) {
    std::string out;
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) out += (i ? ", " : "") + all[i];
    return all.size() > most ? out + " …" : out;
}

/// A length of time, as people say it: its two largest parts.
std::string long_zh(std::int64_t minutes) {
    if (minutes >= 1440) return fmt::format("{} 天 {} 小时", minutes / 1440, minutes % 1440 / 60);
    return minutes >= 60 ? fmt::format("{} 小时 {} 分钟", minutes / 60, minutes % 60) : fmt::format("{} 分钟", minutes);
}
std::string long_en(std::int64_t minutes) {
    if (minutes >= 1440) return fmt::format("{} d {} h", minutes / 1440, minutes % 1440 / 60);
    return minutes >= 60 ? fmt::format("{} h {} min", minutes / 60, minutes % 60) : fmt::format("{} min", minutes);
}

/// "1 row is", "5 rows are".
std::string counted(std::uint64_t n, const char* one, const char* many) { return fmt::format("{} {}", n, n == 1 ? one : many); }

class judge {
public:
    judge(const plan& by, const findings& f) : by_(by), f_(f) {}

    std::vector<check_result> all() {
        freshness();
        schema_as_agreed();
        if (f_.missing_columns.empty()) {
            completeness();
            keys();
            repeated();
            ranges();
            values();
            references();
            volume();
            reconciliation();
        }
        std::stable_sort(made_.begin(), made_.end(), [](const auto& a, const auto& b) { return a.check < b.check; });
        return made_;
    }

private:
    void tell(check_kind k, bool passed, std::string zh, std::string en, std::optional<severity> lighter = std::nullopt, std::uint64_t rows = 0) {
        const auto own = by_.check(k).severity;
        if (own == severity::off) return;
        made_.push_back({k, lighter ? std::min(own, *lighter) : own, passed, {std::move(zh), std::move(en)}, passed ? 0 : rows});
    }

    void freshness() {
        if (!f_.late_minutes) return;
        const auto late = std::max<std::int64_t>(*f_.late_minutes, 0);
        tell(check_kind::freshness, static_cast<std::uint64_t>(late) <= f_.grace_minutes, fmt::format("晚 {}，宽限 {}", long_zh(late), long_zh(f_.grace_minutes)), fmt::format("{} late, {} are allowed", long_en(late), long_en(f_.grace_minutes)));
    }

    void schema_as_agreed() {
        if (!f_.missing_columns.empty()) return tell(check_kind::schema, false, "缺少列：" + few(f_.missing_columns), "columns are missing: " + few(f_.missing_columns));
        if (f_.bad_rows > 0) return tell(check_kind::schema, false, fmt::format("{} 行不合格式或类型", f_.bad_rows), counted(f_.bad_rows, "row is", "rows are") + " not of the agreed form or type", {}, f_.bad_rows);
        if (!f_.more_columns.empty()) return tell(check_kind::schema, false, "多出列（未读取）：" + few(f_.more_columns), "further columns, not read: " + few(f_.more_columns), severity::warn);
        if (f_.moved_columns) return tell(check_kind::schema, false, "列的顺序变了", "the columns are in another order", severity::warn);
        if (f_.schema_changed) return tell(check_kind::schema, false, "列与上次不同", "the columns are not those of the last time", severity::warn);
        tell(check_kind::schema, true, "列与约定一致", "the columns are as agreed");
    }

    void completeness() {
        const auto limit = by_.check(check_kind::completeness).limit.value_or(9950);
        std::string least;
        std::uint64_t most = 0;
        for (std::size_t i = 0; i < by_.columns.size(); ++i) {
            const auto& c = by_.columns[i];
            if (!c.required || f_.rows == 0 || f_.columns[i].missing <= most) continue;
            most = f_.columns[i].missing;
            least = c.name;
        }
        const bool filled = f_.rows == 0 || (f_.rows - most) * 10'000 >= limit * f_.rows;
        if (!f_.empty_days.empty())
            return tell(check_kind::completeness, false, fmt::format("{} 天应有数据，{} 天没有：{}", f_.days_expected, f_.empty_days.size(), few(f_.empty_days)), fmt::format("of {} days {} have no rows: {}", f_.days_expected, f_.empty_days.size(), few(f_.empty_days)));
        if (most == 0) return tell(check_kind::completeness, true, "必填列无缺", "nothing that is required is missing");
        const auto share = percent(f_.rows - most, f_.rows);
        tell(check_kind::completeness, filled, fmt::format("{}：已填 {}，应不低于 {}", least, share, percent(limit, 10'000)), fmt::format("{}: {} filled, at least {} is expected", least, share, percent(limit, 10'000)), {}, most);
    }

    void keys() {
        if (std::none_of(by_.columns.begin(), by_.columns.end(), [](const plan_column& c) { return c.key; })) return;
        if (f_.key_missing > 0) return tell(check_kind::key, false, fmt::format("{} 行缺少主键，{} 行主键重复", f_.key_missing, f_.doubles), counted(f_.key_missing, "row lacks its key, ", "rows lack their key, ") + counted(f_.doubles, "repeats one", "repeat one"), {}, f_.key_missing + f_.doubles);
        if (f_.doubles > 0) return tell(check_kind::key, false, fmt::format("{} 行主键重复", f_.doubles), counted(f_.doubles, "row repeats a key", "rows repeat a key"), {}, f_.doubles);
        if (f_.already > 0) return tell(check_kind::key, false, fmt::format("{} 个主键已在交付 {} 中", f_.already, f_.already_by), counted(f_.already, "key is", "keys are") + " in delivery " + f_.already_by + " already", severity::warn, f_.already);
        tell(check_kind::key, true, "主键无重复", "no key is repeated");
    }

    void repeated() {
        const bool before = !f_.repeats.empty();
        tell(check_kind::repeated, !before, before ? "与以前的交付相同：" + f_.repeats : "以前没有交付过", before ? "the same was delivered before: " + f_.repeats : "it was not delivered before");
    }

    void ranges() {
        std::uint64_t hard = f_.off_days, soft = 0;
        std::string where;
        bool any = f_.off_days > 0;
        for (std::size_t i = 0; i < by_.columns.size(); ++i) {
            const auto& c = by_.columns[i];
            any = any || c.least || c.most || c.hard_least || c.hard_most;
            hard += f_.columns[i].outside_hard;
            soft += f_.columns[i].outside;
            if (where.empty() && f_.columns[i].outside_hard + f_.columns[i].outside > 0) where = c.name;
        }
        if (f_.off_days > 0 && hard == f_.off_days) return tell(check_kind::range, false, fmt::format("{} 行的日期不在交付的期间内", hard), counted(hard, "row is", "rows are") + " of days that this delivery is not for", {}, hard);
        if (hard > 0) return tell(check_kind::range, false, fmt::format("{} 行超出限度（{}）", hard, where), counted(hard, "row is", "rows are") + " past a limit (" + where + ")", {}, hard);
        if (soft > 0) return tell(check_kind::range, false, fmt::format("{} 个值超出常见范围（{}）", soft, where), counted(soft, "value is", "values are") + " outside what is usual (" + where + ")", severity::warn, soft);
        if (any) tell(check_kind::range, true, "都在范围内", "all are within their range");
    }

    void values() {
        std::vector<std::string> which;
        std::uint64_t n = 0;
        bool any = false;
        for (std::size_t i = 0; i < by_.columns.size(); ++i) {
            any = any || !by_.columns[i].values.empty();
            n += f_.columns[i].unknown;
            for (const auto& v : f_.columns[i].unknown_values) which.push_back(by_.columns[i].name + " = " + v);
        }
        if (!any) return;
        tell(check_kind::values, n == 0, n == 0 ? "取值都已登记" : fmt::format("{} 行的取值未登记：{}", n, few(which)), n == 0 ? "all values are known" : counted(n, "row has", "rows have") + " values that are not known: " + few(which), {}, n);
    }

    void references() {
        if (f_.references.empty()) return;
        const auto worst = std::max_element(f_.references.begin(), f_.references.end(), [](const auto& a, const auto& b) { return a.unknown < b.unknown; });
        const bool good = worst->unknown == 0;
        tell(check_kind::references, good, good ? "引用都存在" : fmt::format("{}：{} 个值不在 {} 中，如 {}", worst->column, worst->unknown, by_.check(check_kind::references).against, worst->example),
             good ? "all that is referred to is there" : fmt::format("{}: {} values are not in {}, such as {}", worst->column, worst->unknown, by_.check(check_kind::references).against, worst->example));
    }

    void volume() {
        const auto known = usual_volume(f_.volumes, f_.weekday);
        if (!known) return;
        const auto limit = by_.check(check_kind::volume).limit.value_or(500);
        // Where it has always been the same, one per cent counts as one distance.
        const auto distance2 = std::max({known->distance2, known->median2 / 100, std::uint64_t(2)});
        const auto apart2 = known->median2 > 2 * f_.rows ? known->median2 - 2 * f_.rows : 2 * f_.rows - known->median2;
        tell(check_kind::volume, apart2 * 100 <= distance2 * limit, fmt::format("{} 行，以往中位数 {}，离差 {}", f_.rows, known->median2 / 2, distance2 / 2), fmt::format("{} rows; the median is {}, the usual distance from it {}", f_.rows, known->median2 / 2, distance2 / 2));
    }

    void reconciliation() {
        if (f_.totals.empty()) return;
        const auto off = std::find_if(f_.totals.begin(), f_.totals.end(), [](const auto& t) { return !t.within; });
        const auto& t = off == f_.totals.end() ? f_.totals.front() : *off;
        const auto& other = by_.check(check_kind::reconciliation).against;
        tell(check_kind::reconciliation, off == f_.totals.end(), fmt::format("{}：{}，{} 中为 {}，相差 {}", t.column, t.here, other, t.there, t.apart), fmt::format("{}: {}, in {} it is {}, {} apart", t.column, t.here, other, t.there, t.apart));
    }

    const plan& by_;
    const findings& f_;
    std::vector<check_result> made_;
};

}  // namespace

const char* name_of(verdict v) {
    constexpr std::array names{"accepted", "warned", "quarantined", "refused"};
    return names[static_cast<std::size_t>(v)];
}

std::vector<check_result> judged(const plan& by, const findings& found) {
    auto made = judge(by, found).all();
    // Without a column that is read there is nothing to load, whatever the plan says of it.
    if (!found.missing_columns.empty() && made.empty()) made.push_back({check_kind::schema, severity::block, false, {"缺少列：" + few(found.missing_columns), "columns are missing: " + few(found.missing_columns)}});
    for (auto& r : made)
        if (r.check == check_kind::schema && !found.missing_columns.empty()) r.severity = severity::block;
    return made;
}

verdict verdict_of(const std::vector<check_result>& results) {
    auto made = verdict::accepted;
    for (const auto& r : results) {
        if (r.passed) continue;
        made = std::max(made, r.severity == severity::block ? r.check == check_kind::repeated ? verdict::refused : verdict::quarantined : verdict::warned);
    }
    return made;
}

std::optional<usual> usual_volume(const std::vector<weekday_rows>& before, unsigned weekday) {
    std::vector<std::uint64_t> all;
    for (const auto& v : before)
        if (weekday == 0 || v.weekday == 0 || v.weekday == weekday) all.push_back(v.rows);
    if (all.size() < least_volumes) return std::nullopt;
    const auto middle2 = [](std::vector<std::uint64_t>& v) {
        std::sort(v.begin(), v.end());
        return v[(v.size() - 1) / 2] + v[v.size() / 2];
    };
    usual u;
    u.median2 = middle2(all);
    // Distances are doubled once, and so the two in the middle together are four times one: halved.
    for (auto& v : all) v = u.median2 > 2 * v ? u.median2 - 2 * v : 2 * v - u.median2;
    u.distance2 = middle2(all) / 2;
    return u;
}

}  // namespace data_worker
