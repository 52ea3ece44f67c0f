#pragma once
// What a kind is called, and all that its rules refuse with.

#include "core/kernel/refusal.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/stream.hpp"

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <vector>

namespace server::openapi {

struct kind_words {
    events::category category;
    events::kind_words says;
    std::vector<core::refusal> (*refusals)();
};

/// Of a category that there is.
const kind_words& words_of(events::category which);

template <class A>
std::vector<core::refusal> refusals_of() {
    std::vector<core::refusal> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename A::rejection>>([&](auto d) { all.push_back(A::explain(d.value)); });
    return all;
}

}  // namespace server::openapi
