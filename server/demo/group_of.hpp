#pragma once
// A command as one of any aggregate's, by its type alone.

#include "server/demo/every_kind.hpp"

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <type_traits>
#include <utility>

namespace server::demo {

template <class Command>
core::any_command group_of(Command&& what) {
    core::any_command all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::command_groups>>([&](auto group) {
        using commands = typename decltype(group)::type;
        if constexpr (boost::mp11::mp_contains<commands, std::decay_t<Command>>::value)
            all = commands(std::forward<Command>(what));
    });
    return all;
}

}  // namespace server::demo
