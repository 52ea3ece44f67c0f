#include "core/appraisal/visibility.hpp"

#include "core/appraisal/people.hpp"
#include "core/cycle/cycle.hpp"

namespace core {

namespace happened = events::appraisal;
using s = appraisal_status;

bool may_see_appraisal(const appraisal::state& of, const person& reader, const context& by) {
    if (!reader.active || of.is == s::absent) return false;
    if (reader.id == of.employee || reader.id == of.evaluator) return true;
    if (reader.has("HR") && (appraisal::final & flow::from(of.is))) return true;
    if (of.is == s::appealed && (appraisal_people::arbitrates(reader, of, by) || appraisal_people::hears(reader, of, by))) return true;
    return appraisal_people::reviews(reader, of, by);
}

bool may_see_scores(const appraisal::state& of, const person& reader, const context& by) {
    if (may_see_appraisal(of, reader, by)) return true;
    const bool calibrates = reader.active && reader.has("HR") && reader.id != of.employee && reader.id != of.evaluator;
    const auto* in = by.others->find<cycle>(of.cycle.value);
    return calibrates && in && in->is == cycle_status::calibration && (flow::from(s::evaluated, s::talk_recorded, s::talk_held) & flow::from(of.is));
}

bool is_unsealed(const appraisal::state& of) {
    return (flow::from(s::evaluated, s::talk_recorded, s::talk_held, s::finalised, s::appealed, s::reopened, s::applied) & flow::from(of.is)) != 0;
}

bool may_see_piece(const appraisal::piece& p, const appraisal::state& of, member_id reader) { return !p.by || p.by == reader || is_unsealed(of); }

bool may_read_self_form(const appraisal::state& of, const person& reader, const context& by) {
    return may_see_appraisal(of, reader, by) && (reader.id == of.employee || is_unsealed(of));
}

bool may_read_evaluation(const appraisal::state& of, const person& reader, const context& by) {
    return may_see_appraisal(of, reader, by) && (reader.id == of.evaluator || is_unsealed(of));
}

namespace {

struct reads {
    const appraisal::state& of;
    const person& reader;
    const context& by;
    bool operator()(const happened::self_drafted&) const { return reader.active && reader.id == of.employee; }
    bool operator()(const happened::evaluation_drafted&) const { return reader.active && reader.id == of.evaluator; }
    bool operator()(const happened::self_submitted&) const { return may_read_self_form(of, reader, by); }
    bool operator()(const happened::evaluated&) const { return may_read_evaluation(of, reader, by); }
    bool operator()(const happened::evidence_added& e) const {
        return may_see_appraisal(of, reader, by) && (reader.id == e.by || is_unsealed(of));
    }
    bool operator()(const happened::calibrated&) const { return may_see_appraisal(of, reader, by) && is_unsealed(of); }
    bool operator()(const auto&) const { return may_see_appraisal(of, reader, by); }
};

}  // namespace

bool may_read(const events::appraisal::any& what, const appraisal::state& of, const person& reader, const context& by) {
    return std::visit(reads{of, reader, by}, what);
}

}  // namespace core
