#pragma once
// An aggregate's flow as a table that can be read without its types.

#include "core/definitions/written.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/stream.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

namespace core::written {

template <class A>
written_flow flow_of() {
    written_flow f{};
    f.name = events::name_of(A::category);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::status>>([&](auto d) { f.statuses.push_back(d.name); });
    f.relations.assign(A::relation_names.begin(), A::relation_names.end());
    f.limits.resize(f.statuses.size());
    if constexpr (requires { A::limits; })
        for (const auto& [status, days] : A::limits) f.limits[static_cast<std::size_t>(status)] = days;
    for (const auto& row : A::flow) {
        written_row r{row.command, row.clause, row.in, row.may, row.never, {}, row.is_awaited(), {}, row.is, row.is_decision(),
                      row.whose_turn ? row.whose_turn : row.may, flow::with_overseers<A>(row.may) & ~row.may};
        f.parts |= row.never;
        if (row.next) r.next = static_cast<unsigned>(*row.next);
        if (row.when) r.guard = row.when->name;
        f.rows.push_back(r);
    }
    f.keeps_version = requires(const typename A::state& s) { A::flow_version(s); };
    f.judges = requires { requires A::judges_people; };
    f.personal = f.parts;
    if constexpr (requires { A::personal; }) f.personal |= A::personal;
    return f;
}

}  // namespace core::written
