#include "core/creating.hpp"

#include <boost/mp11/algorithm.hpp>

namespace core {
namespace {

/// What would be there a moment later, as far as it decides on who may.
template <class A>
std::vector<typename A::state> about_to_be(const context& by, project_id within) {
    typename A::state one{};
    if constexpr (std::is_same_v<A, task>) {
        one.department = by.actor->department;
        one.project = within;
    }
    std::vector<typename A::state> all(1, one);
    if constexpr (std::is_same_v<A, indicators>) {
        all.clear();
        for (const char* code : {"SP", "DA", "OM"}) {
            one.role = {code};
            all.push_back(one);
        }
    }
    return all;
}

template <class A>
void add(std::vector<flow::action>& all, const context& by, project_id within) {
    for (const auto& row : A::flow) {
        if (row.may == 0 || row.in != flow::from(typename A::status{})) continue;
        std::optional<refusal> first;
        bool allowed = false;
        for (const auto& state : about_to_be<A>(by, within)) {
            const auto no = flow::who_refuses<A>(row, state, by);
            allowed = allowed || !no;
            if (no && !first) first = A::explain(*no);
        }
        all.push_back({row.command, row.clause, allowed ? std::nullopt : first, {}});
    }
}

}  // namespace

std::vector<flow::action> creating(const context& by, project_id within) {
    std::vector<flow::action> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, aggregate_list>>([&](auto a) {
        using A = typename decltype(a)::type;
        if constexpr (!flow::is_singleton<A>) add<A>(all, by, within);
    });
    return all;
}

}  // namespace core
