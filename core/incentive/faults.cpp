#include "core/incentive/faults.hpp"

#include "core/appraisal/appraisal.hpp"
#include "core/election/election.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"

namespace core::incentive_faults {
namespace {

using r = incentive_rejection;
using kind = events::incentive::kind;

constexpr std::uint64_t cents_max = 1'000'000'000'000'000;

bool is_currency(const std::string& code) {
    return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// A bonus and a salary are an amount; an award or a training may come with one; a promotion has its salary on its own.
bool is_amount(const incentive::form& f) {
    const bool needs = f.kind == kind::bonus || f.kind == kind::salary_adjustment;
    if (!f.amount) return !needs;
    return f.kind != kind::promotion && f.amount->cents > 0 && f.amount->cents <= cents_max && is_currency(f.amount->currency);
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

bool is_erased(member_id who, const context& by) {
    const auto* p = by.people->find(who);
    return !p || p->erased;
}

// Text about somebody who is forgotten can't be kept.
check reason_at_fault(const std::string& reason, const state& now, const context& by) {
    if (is_erased(now.member, by)) return r::bad_member;
    return forms::is_remark(reason) ? check{} : r::bad_reason;
}

}  // namespace

check form_at_fault(const incentive::form& f, const context& by, std::uint32_t begun) {
    if (!by.people->is_active(f.member)) return r::bad_member;
    if (f.appraisal.has_value() == f.election.has_value()) return r::bad_ground;
    if (const auto no = f.appraisal ? appraisal_at_fault(f, by) : election_at_fault(f, by)) return no;
    if (!is_amount(f)) return r::bad_amount;
    if (!forms::is_day_to_come(f.effective, by)) return r::bad_day;
    if (!forms::is_prose(f.terms)) return r::bad_terms;
    if (!forms::is_prose(f.reason)) return r::bad_reason;
    return forms::are_extras("F16", f.extras, by, begun) ? check{} : r::bad_extras;
}

check ground_at_fault(const state& now, const context& by) {
    if (!now.appraisal) return {};
    const auto* a = by.others->find<appraisal>(now.appraisal.value);
    return a && stands(*a) ? check{} : r::result_open;
}

check at_fault(const incentive::revise& c, const state& now, const context& by) {
    const bool same = c.form.member == now.member && c.form.appraisal.value_or(appraisal_id{}) == now.appraisal &&
                      c.form.election.value_or(election_id{}) == now.election;
    return same ? form_at_fault(c.form, by, now.form_version) : r::bad_ground;
}
check at_fault(const incentive::approve& c, const state& now, const context& by) {
    if (now.sha256.empty() || c.sha256 != now.sha256) return r::other_proposal;
    if (!by.people->is_active(now.member)) return r::bad_member;
    return !c.comment || c.comment->size() <= forms::remark_bytes_max ? check{} : r::bad_comment;
}
check at_fault(const incentive::send_back& c, const state& now, const context& by) { return reason_at_fault(c.reason, now, by); }
check at_fault(const incentive::clarify& c, const state& now, const context& by) {
    if (is_erased(now.member, by)) return r::bad_member;
    return forms::is_remark(c.question) ? check{} : r::bad_question;
}
check at_fault(const incentive::answer& c, const state& now, const context& by) {
    if (is_erased(now.member, by)) return r::bad_member;
    return forms::is_prose(c.answer) ? check{} : r::bad_answer;
}
check at_fault(const incentive::reject& c, const state& now, const context& by) { return reason_at_fault(c.reason, now, by); }
check at_fault(const incentive::withdraw& c, const state& now, const context& by) { return reason_at_fault(c.reason, now, by); }
check at_fault(const incentive::take_effect&, const state&, const context&) { return {}; }
check at_fault(const incentive::hand_over& c, const state& now, const context& by) {
    return by.people->is_active(c.to) && c.to != now.member ? check{} : r::bad_successor;
}

}  // namespace core::incentive_faults
