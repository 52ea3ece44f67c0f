#pragma once
// The bounds of a command's fields, as they are described beside the struct (events/catalog/describe.hpp): checked here for every
// described command, before its own rules are asked; what is told is made from the description.

#include "core/kernel/flow.hpp"
#include "core/kernel/refusal.hpp"
#include "core/kernel/text.hpp"
#include "events/catalog/describe.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace core {

/// Where a field is that does not hold what it may ("form/title"), and what is told.
struct field_fault {
    std::string place;
    const refusal* why;  ///< of static duration
};

/// What is told where a field does not hold what it may.
class field_refusal {
public:
    field_refusal(const events::field& f, bool required);
    field_refusal(const field_refusal&) = delete;
    field_refusal& operator=(const field_refusal&) = delete;

    const refusal& why() const { return why_; }
    /// What it has to hold, without its label: "give one line of at most 200 characters".
    events::wording needs() const { return {zh_, en_}; }

private:
    std::string code_, zh_, en_, told_zh_, told_en_;
    refusal why_;
};

/// Of each field of a struct, in their order.
template <events::described_struct T>
const auto& field_refusals() {
    using members = boost::describe::describe_members<T, boost::describe::mod_public>;
    static const auto all = []<template <class...> class L, class... D>(L<D...>) {
        std::size_t i = 0;
        return std::array<field_refusal, sizeof...(D)>{
            field_refusal(events::fields<T>[i++], !events::is_optional<std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>>)...};
    }(members());
    return all;
}

namespace bounds {

/// By itself, whatever is within it.
bool holds(const std::string& text, const events::field& f, bool required);
bool holds(std::int64_t number, const events::field& f);
bool holds(events::date day);
bool holds(member_id who, const events::field& f, const context& by);
bool holds(const std::vector<member_id>& people, const events::field& f, const context& by);
bool holds(const std::vector<std::string>& all, const events::field& f);
/// By their form: whether there are such is looked at by the rules.
bool holds(const events::department& one);
bool holds(const events::role& one);
bool holds(const std::vector<events::role>& all, const events::field& f);
bool holds(const events::bilingual& both, const events::field& f);
bool holds(std::size_t members, const events::field& f);

template <class T>
bool holds_value(const T& value, const events::field& f, bool required, const context& by) {
    if constexpr (std::is_same_v<T, std::string>) return holds(value, f, required);
    else if constexpr (std::is_base_of_v<events::personal, T>) return holds(value.text, f, required);
    else if constexpr (std::is_same_v<T, bool> || std::is_enum_v<T>) return true;
    else if constexpr (std::is_integral_v<T>) return holds(static_cast<std::int64_t>(value), f);
    else if constexpr (std::is_same_v<T, events::date>) return holds(value);
    else if constexpr (std::is_same_v<T, member_id>) return holds(value, f, by);
    else if constexpr (std::is_same_v<T, std::vector<member_id>>) return holds(value, f, by);
    else if constexpr (std::is_same_v<T, events::department> || std::is_same_v<T, events::role>) return holds(value);
    else if constexpr (std::is_same_v<T, std::vector<std::string>> || std::is_same_v<T, std::vector<events::role>> || std::is_same_v<T, events::bilingual>) return holds(value, f);
    else if constexpr (events::detail::is_vector<T>) return holds(value.size(), f);
    else return true;
}

/// The same in a part that is not finished: what is missing is no fault, and most lists are only counted.
template <class T>
bool holds_unfinished(const T& value, const events::field& f, const context& by) {
    if constexpr (std::is_same_v<T, member_id>) return !value || holds(value, f, by);
    else if constexpr (std::is_same_v<T, events::department> || std::is_same_v<T, events::role>) return value.code.empty() || holds(value);
    else if constexpr (std::is_same_v<T, std::vector<member_id>>) return holds(value, f.least(0), by);
    else if constexpr (events::detail::is_vector<T>) return holds(value.size(), f.least(0));
    else return holds_value(value, f, false, by);
}

template <events::described_struct T>
std::optional<field_fault> fault_in(const T& value, const context& by, bool unfinished = false);

template <class T>
std::optional<field_fault> fault_within(const T& value, const events::field& f, const context& by, bool unfinished) {
    if constexpr (events::described_struct<T>) {
        return fault_in(value, by, unfinished);
    } else if constexpr (events::detail::is_vector<T>) {
        if constexpr (events::described_struct<typename T::value_type>)
            for (std::size_t i = 0; i < value.size() && (!unfinished || f.each_even_then); ++i)
                if (auto fault = fault_in(value[i], by, unfinished)) return field_fault{std::to_string(i) + "/" + fault->place, fault->why};
        return std::nullopt;
    } else {
        return std::nullopt;
    }
}

template <events::described_struct T>
std::optional<field_fault> fault_in(const T& value, const context& by, bool unfinished) {
    std::optional<field_fault> found;
    std::size_t i = 0;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
        const auto n = i++;
        const auto& f = events::fields<T>[n];
        if (found || f.hidden) return;
        const auto look_at = [&](const auto& one, bool required) {
            const bool good = unfinished && !f.from_the_start ? holds_unfinished(one, f, by) : holds_value(one, f, required, by);
            if (!good) found = field_fault{std::string(f.name), &field_refusals<T>()[n].why()};
            else if (auto fault = fault_within(one, f, by, unfinished || f.unfinished)) found = field_fault{std::string(f.name) + "/" + fault->place, fault->why};
        };
        const auto& given = value.*d.pointer;
        if constexpr (events::is_optional<std::remove_cvref_t<decltype(given)>>) {
            if (given) look_at(*given, false);
        } else {
            look_at(given, true);
        }
    });
    return found;
}

}  // namespace bounds

/// The first field of a command that does not hold what it may; nothing where all do, and where it is not its fields that stand in the
/// way: who may not give it, or not now, is told that by the rules, which are not asked about fields.
template <class A>
std::optional<field_fault> field_at_fault(const typename A::command& asked, const typename A::state& now, const context& by) {
    return std::visit([&]<class C>(const C& c) -> std::optional<field_fault> {
        if constexpr (events::described_struct<C>) {
            auto fault = bounds::fault_in(c, by);
            if (!fault) return fault;
            const auto& row = A::flow[asked.index()];
            const auto may = [&] {
                if constexpr (requires { A::as_if(now, asked, by); }) return !flow::who_refuses<A>(row, A::as_if(now, asked, by), by);
                else return !flow::who_refuses<A>(row, now, by);
            };
            return may() && !flow::state_refuses<A>(row, now, by) ? fault : std::nullopt;
        } else {
            return std::nullopt;
        }
    }, asked);
}

}  // namespace core
