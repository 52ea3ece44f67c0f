#include "core/commands.hpp"

namespace core {
namespace {

template <class A>
using is_decider = std::bool_constant<decider<A>>;

}  // namespace

static_assert(boost::mp11::mp_all_of<aggregate_list, is_decider>::value, "every aggregate has the shape that core/kernel/decider.hpp names");

any_command::any_command() = default;
any_command::any_command(const any_command&) = default;
any_command::any_command(any_command&&) noexcept = default;
any_command& any_command::operator=(const any_command&) = default;
any_command& any_command::operator=(any_command&&) noexcept = default;
any_command::~any_command() = default;

std::string_view type_of(const any_command& command) {
    return std::visit([](const auto& group) {
        return std::visit([](const auto& c) { return std::decay_t<decltype(c)>::type; }, group);
    }, command);
}

}  // namespace core
