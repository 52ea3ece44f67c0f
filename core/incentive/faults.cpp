#include "core/incentive/faults.hpp"

#include "core/appraisal/appraisal.hpp"
#include "core/election/election.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"

namespace core::incentive_faults {
namespace {

using r = incentive_rejection;
using kind = events::incentive::kind;

bool is_currency(const std::string& code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// A bonus and a salary are an amount; an award or a training may come with one; a promotion has its salary on its own.
bool is_amount(const incentive::form& f) {
    const bool needs = f.kind == kind::bonus || f.kind == kind::salary_adjustment;
    if (!f.amount) return !needs;
    return f.kind != kind::promotion && is_currency(f.amount->currency);
}

bool stands(const appraisal::state& a) { return a.is == appraisal_status::finalised || a.is == appraisal_status::applied; }

check appraisal_at_fault(const incentive::form& f, const context& by) {
    const auto* a = access::find_seen<appraisal>(f.appraisal->value, by);
    if (!a || a->employee != f.member) return r::no_such_appraisal;
    return stands(*a) ? check{} : r::result_open;
}

check election_at_fault(const incentive::form& f, const context& by) {
    if (f.kind != kind::award) return r::bad_ground;
    const auto* e = access::find_seen<election>(f.election->value, by);
    return e && e->is == election_status::announced && forms::contains(e->winners, f.member) ? check{} : r::no_such_election;
}

}  // namespace

check form_at_fault(const incentive::form& f, const context& by, std::uint32_t begun) {
    if (f.appraisal.has_value() == f.election.has_value()) return r::bad_ground;
    if (const auto no = f.appraisal ? appraisal_at_fault(f, by) : election_at_fault(f, by)) return no;
    if (!is_amount(f)) return r::bad_amount;
    if (!forms::is_day_to_come(f.effective, by)) return r::bad_day;
    return forms::are_extras("F16", f.extras, by, begun) ? check{} : r::bad_extras;
}

check ground_at_fault(const state& now, const context& by) {
    if (!now.appraisal) return {};
    const auto* a = by.others->find<appraisal>(now.appraisal.value);
    return a && stands(*a) ? check{} : r::result_open;
}

check text_at_fault(const state& now, const context& by) {
    const auto* p = by.people->find(now.member);
    return p && !p->erased ? check{} : r::bad_member;
}

check at_fault(const incentive::revise& c, const state& now, const context& by) {
    const bool same = c.form.member == now.member && c.form.appraisal.value_or(appraisal_id{}) == now.appraisal &&
                      c.form.election.value_or(election_id{}) == now.election;
    return same ? form_at_fault(c.form, by, now.form_version) : r::bad_ground;
}
check at_fault(const incentive::approve& c, const state& now, const context& by) {
    if (now.sha256.empty() || c.sha256 != now.sha256) return r::other_proposal;
    return by.people->is_active(now.member) ? check{} : r::bad_member;
}
check at_fault(const incentive::hand_over& c, const state& now, const context&) { return c.to != now.member ? check{} : r::bad_successor; }

}  // namespace core::incentive_faults
