#include "core/collection/faults.hpp"

#include "core/kernel/seen.hpp"
#include "core/source/source.hpp"

#include <algorithm>

namespace core::collecting {
namespace {

using r = collection_rejection;
using fault = std::optional<r>;
using events::collection::column;
using events::collection::column_role;
using events::collection::column_type;
using events::collection::check_kind;
using events::collection::form;
using events::collection::way;

constexpr std::size_t whole_digits_most = 12, decimal_digits_most = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_number(column_type t) { return t == column_type::whole || t == column_type::decimal || t == column_type::percent; }
bool said(const std::optional<std::string>& text) { return text && !text->empty(); }

/// Whether two of them are the same, by what `of` says of each.
template <class List, class Of>
bool has_twice(const List& all, Of of) {
    for (auto a = all.begin(); a != all.end(); ++a)
        if (std::any_of(std::next(a), all.end(), [&](const auto& b) { return of(*a) == of(b); })) return true;
    return false;
}

fault limits_at_fault(const column& c) {
    std::optional<std::int64_t> before;
    for (const auto* limit : {&c.hard_least, &c.least, &c.most, &c.hard_most}) {
        if (!said(*limit)) continue;
        const auto number = millionths(**limit);
        if (!number || !is_number(c.type)) return r::bad_limits;
        if (before && *number < *before) return r::limits_out_of_order;
        before = number;
    }
    return {};
}

fault column_at_fault(const column& c) {
    if (!is_code(c.code)) return r::bad_column_code;
    if (c.places != 0 && c.type != column_type::decimal && c.type != column_type::percent) return r::bad_places;
    if (c.personal && c.treatment == events::collection::treatment::keep) return r::kept_personal;
    const bool unread = c.role == column_role::ignored || (c.personal && c.treatment == events::collection::treatment::drop);
    if (unread && (c.key || c.role == column_role::day)) return r::unread_key;
    if (!c.values.empty() && (is_number(c.type) || has_twice(c.values, [](const std::string& v) { return v; }))) return r::bad_values;
    return limits_at_fault(c);
}

fault columns_at_fault(const std::vector<column>& all) {
    std::size_t days = 0;
    for (const auto& c : all) {
        if (const auto no = column_at_fault(c)) return no;
        if (c.role != column_role::day) continue;
        if (c.type != column_type::day && c.type != column_type::moment) return r::no_day_column;
        ++days;
    }
    if (days != 1) return r::no_day_column;
    const bool twice = has_twice(all, [](const column& c) { return c.name; }) || has_twice(all, [](const column& c) { return c.code; });
    return twice ? r::column_twice : fault{};
}

fault checks_at_fault(const form& f) {
    if (has_twice(f.checks, [](const auto& c) { return c.check; })) return r::check_twice;
    for (const auto& c : f.checks) {
        const bool compares = c.check == check_kind::references || c.check == check_kind::reconciliation;
        const bool good = compares ? said(c.against) && is_code(*c.against) && *c.against != f.set : !said(c.against);
        if (!good && c.severity != events::collection::severity::off) return r::bad_against;
    }
    return {};
}

fault schedule_at_fault(const events::collection::schedule& s) {
    using events::collection::rhythm;
    if (s.weekday.has_value() != (s.rhythm == rhythm::weekly)) return r::bad_weekday;
    return s.day_of_month.has_value() != (s.rhythm == rhythm::monthly) ? r::bad_day_of_month : fault{};
}

/// A pattern that leads nowhere but below the watched folder.
bool is_below(std::string_view pattern) {
    return !pattern.starts_with('/') && pattern.find('\\') == pattern.npos && pattern.find("..") == pattern.npos && pattern.find(':') == pattern.npos;
}

bool is_as_queries_are_written(const events::collection::reading& how) {
    return how.type == events::collection::file_type::csv && how.encoding == events::collection::encoding::utf8 && how.separator == events::collection::separator::comma && how.skip == 0 && how.skip_end == 0;
}

fault way_at_fault(const form& f) {
    const bool has_place = said(f.place);
    if (has_place != (f.way != way::upload)) return r::bad_place;
    if (f.way == way::folder && !is_below(*f.place)) return r::bad_place;
    if (f.way == way::http && !f.place->starts_with("https://") && !f.place->starts_with("http://")) return r::bad_place;
    if (said(f.query) != (f.way == way::query)) return r::bad_query;
    if (f.way == way::query && !is_as_queries_are_written(f.reading)) return r::bad_reading;
    return said(f.reading.sheet) && f.reading.type != events::collection::file_type::xlsx ? r::bad_sheet : fault{};
}

}  // namespace

std::optional<std::int64_t> millionths(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = std::min(text.find('.'), text.size());
    const auto whole = text.substr(0, point), decimals = point < text.size() ? text.substr(point + 1) : std::string_view();
    if (whole.empty() || whole.size() > whole_digits_most || decimals.size() > decimal_digits_most || (point < text.size() && decimals.empty())) return {};
    std::int64_t number = 0;
    for (std::size_t i = 0; i < whole.size() + decimal_digits_most; ++i) {
        const auto at = i - whole.size();
        const char c = i < whole.size() ? whole[i] : at < decimals.size() ? decimals[at] : '0';
        if (!is_digit(c)) return {};
        number = number * 10 + (c - '0');
    }
    return negative ? -number : number;
}

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 63 && is_lower(text[0]) && std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

std::optional<collection_rejection> form_at_fault(const form& f) {
    // What is published beside the sets has these names.
    if (!is_code(f.set) || f.set == "figures" || f.set.starts_with("set_")) return r::bad_set;
    if (const auto no = way_at_fault(f)) return no;
    if (const auto no = columns_at_fault(f.columns)) return no;
    if (const auto no = schedule_at_fault(f.schedule)) return no;
    return checks_at_fault(f);
}

bool is_set_in_use(std::string_view set, collection_id own, collection_id replaced, const context& by) {
    const auto highest = by.others->highest(collection::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        if (n == own.value || n == replaced.value) continue;
        const auto* other = by.others->find<collection>(n);
        if (other && (collection::in_force & flow::from(other->is)) && other->set == set) return true;
    }
    return false;
}

std::optional<collection_rejection> surroundings_at_fault(const form& f, collection_id own, const context& by) {
    const auto* from = access::find_seen<source>(f.source.value, by);
    if (!from || from->is == source_status::retired) return r::no_such_source;
    if (std::find(from->holds.begin(), from->holds.end(), f.holds) == from->holds.end()) return r::bad_holds;
    if (f.replaces) {
        const auto* before = access::find_seen<collection>(f.replaces->value, by);
        if (!before || !(collection::in_force & flow::from(before->is)) || before->set != f.set) return r::bad_replaces;
    }
    return is_set_in_use(f.set, own, f.replaces.value_or(collection_id{}), by) ? r::set_taken : fault{};
}

}  // namespace core::collecting
