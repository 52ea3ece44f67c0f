#include "core/appraisal/score.hpp"

#include <algorithm>
#include <numeric>

namespace core::scores {
namespace {

constexpr std::uint32_t whole = 10'000;  // 100 % in hundredths of a per cent
constexpr std::uint32_t hundred = 100;   // hundredths in a point

std::uint32_t rounded(const exact& score) {
    using boost::multiprecision::cpp_int;
    const cpp_int over = denominator(score), sum = 2 * numerator(score) + over;
    return static_cast<std::uint32_t>(sum / (2 * over));
}

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

std::optional<exact> in_hundredths(const appraisal::score& points) {
    return points ? std::optional<exact>(*points * hundred) : std::nullopt;
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
    std::uint64_t sum = 0;
    exact total = 0;
    for (const auto& p : parts) {
        all.parts.push_back({p.code, p.weight, 0, p.score ? std::optional(rounded(*p.score)) : std::nullopt});
        if (!p.score) continue;
        sum += p.weight;
        total += *p.score * p.weight;
    }
    if (sum == 0) return all;
    total /= sum;
    all.score = rounded(total);
    all.exact = exact(total / hundred).str();
    share_out(all.parts, sum);
    return all;
}

mean of_form(const std::vector<events::indicators::indicator>& by, const std::vector<appraisal::score>& scores) {
    std::vector<part> parts;
    for (std::size_t i = 0; i < by.size(); ++i) parts.push_back({by[i].code, by[i].weight, i < scores.size() ? in_hundredths(scores[i]) : std::nullopt});
    return weigh(parts);
}

std::optional<exact> exact_of(const mean& m) {
    if (m.exact) return exact(*m.exact) * hundred;
    return m.score ? std::optional<exact>(*m.score) : std::nullopt;
}

grade grade_of(const exact& score, const scoring& how) {
    if (score >= how.grade_s * hundred) return grade::S;
    if (score >= how.grade_a * hundred) return grade::A;
    if (score >= how.grade_b * hundred) return grade::B;
    return score >= how.grade_c * hundred ? grade::C : grade::D;
}

year quarters_of(member_id employee, std::uint16_t of, const context& by) {
    year found;
    each_quarter(employee, of, by, [&](appraisal_id which, const appraisal::state& a) {
        if (appraisal::final & flow::from(a.is)) found[a.quarter - 1u] = {which, a.breakdown ? exact_of(a.breakdown->evaluation) : a.result ? std::optional<exact>(*a.result) : std::nullopt};
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
    const part sides[]{{"self", how.self_percent, exact_of(b.self)}, {"superior", how.superior_percent, exact_of(b.superior)}};
    b.evaluation = weigh(sides);
    auto result = b.evaluation;
    if (of.kind == events::cycle::kind::annual) {
        std::vector<part> parts;
        for (std::size_t i = 0; i < quarters.size(); ++i) {
            parts.push_back({"Q" + std::to_string(i + 1), 1, quarters[i].score});
            if (quarters[i].score) b.rests_on.push_back(quarters[i].appraisal);
        }
        b.quarters = weigh(parts);
        const part both[]{{"quarters", how.quarters_percent, exact_of(*b.quarters)}, {"annual", how.annual_percent, exact_of(b.evaluation)}};
        b.year = weigh(both);
        result = *b.year;
    }
    b.score = result.score;
    if (const auto score = exact_of(result)) b.grade = grade_of(*score, how);
    return b;
}

}  // namespace core::scores
