#pragma once
// Writes what is described, and nothing else, into an object (core/kernel/shown.hpp).

#include "core/kernel/shown.hpp"
#include "server/wire/json_object.hpp"

#include <type_traits>

namespace server::wire {

/// Takes the fields of these structs, by the names and the types that they are described with.
template <class... Described>
class shown_object {
public:
    explicit shown_object(json_object& into) : into_(into) {}

    template <class T>
    shown_object& put(std::type_identity_t<core::shown_key<false, T, Described...>> key, const T& value) {
        into_.put(key, value);
        return *this;
    }
    template <class T>
    shown_object& put_if(bool is, std::type_identity_t<core::shown_key<false, T, Described...>> key, const T& value) {
        into_.put_if(is, key, value);
        return *this;
    }
    /// A list of parts of which not all is shown.
    template <class All, class Write>
    shown_object& put_each(std::type_identity_t<core::shown_key<true, All, Described...>> key, const All& all, Write write) {
        into_.put_each(key, all, [&](json_object& o, const auto& part) {
            shown_object<typename All::value_type> one(o);
            write(one, part);
        });
        return *this;
    }

private:
    json_object& into_;
};

/// What may stand in a row of a kind, and in a dossier beyond that.
template <class A>
using shown_row = shown_object<typename A::state, typename core::shown_as<A>::also>;
template <class A>
using shown_more = shown_object<typename A::state, typename core::shown_as<A>::more>;

}  // namespace server::wire
