#include "core/cited.hpp"

#include "core/commands.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>

namespace core {
namespace {

/// Whether a row itself says so: to who may not take it, or of a status that it is not for.
template <class A>
bool says(const typename A::row& row, std::string_view code) {
    const auto is_it = [&](typename A::rejection no) { return no != A::rejection::inactive && A::explain(no).code == code; };
    bool found = is_it(row.not_yours);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::status>>([&](auto at) {
        found = found || (!(row.in & flow::from(at.value)) && is_it(A::wrong_state(row, at.value)));
    });
    return found;
}

template <class A>
bool is_of_row(std::string_view command, std::string_view code) {
    const auto row = std::find_if(A::flow.begin(), A::flow.end(), [&](const auto& r) { return r.command == command; });
    return row != A::flow.end() && says<A>(*row, code);
}

}  // namespace

refusal cited(refusal why, std::string_view command, std::string_view clause) {
    if (why.is != obstacle::who && why.is != obstacle::state) return why;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, aggregate_list>>([&](auto a) {
        if (is_of_row<typename decltype(a)::type>(command, why.code)) why.clause = clause;
    });
    return why;
}

}  // namespace core
