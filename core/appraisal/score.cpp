#include "core/appraisal/score.hpp"

#include <algorithm>
#include <numeric>

namespace core::scores {
namespace {

constexpr std::uint32_t whole = 10'000;  // 100 % in hundredths of a per cent
constexpr std::uint32_t hundred = 100;   // hundredths in a point

// Gives what rounding down left over to the largest remainders; equal ones by code, so that the order plays no part.
void share_out(std::vector<events::appraisal::part>& parts, std::uint64_t sum) {
    std::vector<std::size_t> order;
    std::uint32_t used = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i].score && parts[i].weight > 0) {
            parts[i].used = static_cast<std::uint16_t>(std::uint64_t{parts[i].weight} * whole / sum);
            used += parts[i].used;
            order.push_back(i);
        }
    const auto remainder = [&](std::size_t i) { return std::uint64_t{parts[i].weight} * whole % sum; };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
        return remainder(a) != remainder(b) ? remainder(a) > remainder(b) : parts[a].code < parts[b].code;
    });
    for (std::size_t i = 0; used < whole; ++i, ++used) ++parts[order[i]].used;
}

std::optional<std::uint32_t> in_hundredths(const appraisal::score& points) {
    return points ? std::optional<std::uint32_t>(*points * hundred) : std::nullopt;
}

bool is_quarter_of(const appraisal::state& a, member_id employee, std::uint16_t year) {
    return a.kind == events::cycle::kind::quarter && a.employee == employee && a.year == year && a.quarter >= 1 && a.quarter <= 4;
}

template <class Visit>
void each_quarter(member_id employee, std::uint16_t of, const context& by, Visit visit) {
    const auto highest = by.others->highest(events::category::appraisal);
    for (std::uint64_t n = 1; n <= highest; ++n)
        if (const auto* a = by.others->find<appraisal>(n); a && is_quarter_of(*a, employee, of)) visit(appraisal_id{n}, *a);
}

}  // namespace

mean weigh(std::span<const part> parts) {
    mean all;
    std::uint64_t sum = 0, total = 0;
    for (const auto& p : parts) {
        all.parts.push_back({p.code, p.weight, 0, p.score});
        if (!p.score) continue;
        sum += p.weight;
        total += std::uint64_t{p.weight} * *p.score;
    }
    if (sum == 0) return all;
    all.score = static_cast<std::uint32_t>((2 * total + sum) / (2 * sum));
    share_out(all.parts, sum);
    return all;
}

mean of_form(const std::vector<events::indicators::indicator>& by, const std::vector<appraisal::score>& scores) {
    std::vector<part> parts;
    for (std::size_t i = 0; i < by.size(); ++i) parts.push_back({by[i].code, by[i].weight, i < scores.size() ? in_hundredths(scores[i]) : std::nullopt});
    return weigh(parts);
}

grade grade_of(std::uint32_t score, const scoring& how) {
    if (score >= how.grade_s * hundred) return grade::S;
    if (score >= how.grade_a * hundred) return grade::A;
    if (score >= how.grade_b * hundred) return grade::B;
    return score >= how.grade_c * hundred ? grade::C : grade::D;
}

year quarters_of(member_id employee, std::uint16_t of, const context& by) {
    year found;
    each_quarter(employee, of, by, [&](appraisal_id which, const appraisal::state& a) {
        if (appraisal::final & flow::from(a.is)) found[a.quarter - 1u] = {which, a.result};
    });
    return found;
}

bool has_pending_quarter(member_id employee, std::uint16_t of, const context& by) {
    bool found = false;
    each_quarter(employee, of, by, [&](appraisal_id, const appraisal::state& a) {
        found = found || ((appraisal::pending | flow::from(appraisal_status::appealed)) & flow::from(a.is)) != 0;
    });
    return found;
}

breakdown result_of(const appraisal::state& of, const year& quarters, const scoring& how) {
    breakdown b;
    auto superior = of.superior;
    for (std::size_t i = 0; i < superior.size() && i < of.calibrated.size(); ++i)
        if (of.calibrated[i]) superior[i] = of.calibrated[i];
    b.self = of_form(of.indicators, of.self_in ? of.self : std::vector<appraisal::score>{});
    b.superior = of_form(of.indicators, superior);
    const part sides[]{{"self", how.self_percent, b.self.score}, {"superior", how.superior_percent, b.superior.score}};
    b.evaluation = weigh(sides);
    b.score = b.evaluation.score;
    if (of.kind == events::cycle::kind::annual) {
        std::vector<part> parts;
        for (std::size_t i = 0; i < quarters.size(); ++i) {
            parts.push_back({"Q" + std::to_string(i + 1), 1, quarters[i].score});
            if (quarters[i].score) b.rests_on.push_back(quarters[i].appraisal);
        }
        b.quarters = weigh(parts);
        const part both[]{{"quarters", how.quarters_percent, b.quarters->score}, {"annual", how.annual_percent, b.evaluation.score}};
        b.year = weigh(both);
        b.score = b.year->score;
    }
    if (b.score) b.grade = grade_of(*b.score, how);
    return b;
}

}  // namespace core::scores
